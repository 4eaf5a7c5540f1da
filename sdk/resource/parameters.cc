#include "sdk/resource/parameters.h"

#include <charconv>
#include <utility>

#include "cloudchamber/errors.h"

namespace cloudchamber {
namespace {

// The element that "name[...]" means, made if it is not there. `inside` is what stands in the
// brackets.
Json& element_of(Json& list, std::string_view inside, std::optional<std::size_t> batch_index) {
  if (!list.is_array()) list = Json::array();
  std::size_t index = list.size();
  if (inside == "*") {
    if (batch_index) index = *batch_index;
  } else if (!inside.empty()) {
    std::from_chars(inside.data(), inside.data() + inside.size(), index);
  }
  while (list.size() <= index) list.push_back(Json::object());
  return list[index];
}

void check_is_object(const Json& given) {
  if (given.is_null() || given.is_object()) return;
  throw ParamValidationError(
      "Parameter validation failed:\nThe parameters must be an object, not " +
      std::string(given.type_name()));
}

void merge(Json& into, const Json& given) {
  for (const auto& [name, value] : given.items()) {
    const auto there = into.find(name);
    if (value.is_object() && there != into.end() && there->is_object()) {
      merge(*there, value);
    } else {
      into[name] = value;
    }
  }
}

}  // namespace

void put(Json& parameters, std::string_view target, Json value, std::optional<std::size_t> index) {
  Json* place = &parameters;
  while (true) {
    const std::size_t dot = target.find('.');
    std::string_view part = target.substr(0, dot);
    const std::size_t bracket = part.find('[');
    if (bracket == std::string_view::npos) {
      place = &(*place)[std::string(part)];
    } else {
      const std::string_view inside = part.substr(bracket + 1, part.size() - bracket - 2);
      part = part.substr(0, bracket);
      place = &element_of((*place)[std::string(part)], inside, index);
    }
    if (dot == std::string_view::npos) break;
    target.remove_prefix(dot + 1);
    if (!place->is_object()) *place = Json::object();
  }
  *place = std::move(value);
}

void fill_in(Json& parameters, const std::vector<ValueSource>& sources, const Resource& resource,
             std::optional<std::size_t> index) {
  for (const ValueSource& source : sources) {
    switch (source.source) {
      case Source::kIdentifier:
        put(parameters, source.target, resource.identifier(source.name), index);
        break;
      case Source::kData:
        put(parameters, source.target, source.path->search(resource.data()), index);
        break;
      case Source::kConstant:
        put(parameters, source.target, source.value, index);
        break;
      case Source::kInput:
        break;  // the caller's
      case Source::kResponse:
      case Source::kRequestParameter:
        throw ModelError("A parameter of a request can't come from " + source.path->text());
    }
  }
}

void override_with(Json& parameters, const Json& given) {
  check_is_object(given);
  if (given.is_object()) parameters.update(given);
}

void join(Json& parameters, const Json& given) {
  check_is_object(given);
  if (!given.is_object()) return;
  for (const auto& [name, value] : given.items()) {
    Json& there = parameters[name];
    if (value.is_array() && there.is_array()) {
      there.insert(there.end(), value.begin(), value.end());
    } else if (value.is_object() && there.is_object()) {
      merge(there, value);
    } else {
      there = value;
    }
  }
}

}  // namespace cloudchamber

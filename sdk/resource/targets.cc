#include "sdk/resource/targets.h"

#include <algorithm>
#include <utility>

#include "cloudchamber/errors.h"
#include "sdk/validate/did_you_mean.h"

namespace cloudchamber {
namespace {

std::size_t place_of(const ResourceType& type, std::string_view identifier) {
  for (std::size_t i = 0; i < type.identifiers.size(); ++i) {
    if (type.identifiers[i].name == identifier || type.identifiers[i].method == identifier)
      return i;
  }
  return type.identifiers.size();
}

Json value_of(const ValueSource& source, const Resource& parent, const Json& parameters,
              const Json& response) {
  switch (source.source) {
    case Source::kIdentifier:
      return parent.identifier(source.name);
    case Source::kData:
      return source.path->search(parent.data());
    case Source::kResponse:
      return source.path->search(response);
    case Source::kRequestParameter:
      return source.path->search(parameters);
    case Source::kConstant:
      return source.value;
    case Source::kInput:
      break;
  }
  return {};
}

std::string listed(const ResourceType& type) {
  std::string text;
  for (const IdentifierModel& identifier : type.identifiers)
    text += (text.empty() ? "" : ", ") + identifier.method;
  return text.empty() ? "none" : text;
}

}  // namespace

std::vector<Resource> resources_at(const Target& target, const Resource& parent,
                                   const Json& parameters, const Json& response) {
  const ResourceType& type = parent.core().model->type(target.type);
  Json identifiers(std::vector<Json>(type.identifiers.size()));
  std::vector<Resource> found;
  std::optional<std::size_t> count;  // how many, where there are lists
  for (const ValueSource& source : target.identifiers) {
    const std::size_t place = place_of(type, source.target);
    if (place == identifiers.size())
      throw ModelError(type.name + " has no identifier " + source.target);
    identifiers[place] = value_of(source, parent, parameters, response);
    if (!identifiers[place].is_array()) continue;
    if (count && *count != identifiers[place].size()) {
      throw ResponseParserError("The identifiers of " + type.name +
                                " are not all in the response: " + source.target);
    }
    count = identifiers[place].size();
  }
  for (const Json& value : identifiers) {
    if (value.is_null()) return found;
  }

  Json data = target.path ? target.path->search(response) : Json();
  const auto shared = [](Json& value) {
    return value.is_null() ? nullptr : std::make_shared<const Json>(std::move(value));
  };
  if (!count) {
    found.push_back(make_resource(parent, type, std::move(identifiers), shared(data)));
    return found;
  }
  found.reserve(*count);
  for (std::size_t i = 0; i < *count; ++i) {
    Json own = Json::array();
    for (Json& value : identifiers) own.push_back(value.is_array() ? std::move(value[i]) : value);
    const bool has_data = data.is_array() && i < data.size();
    found.push_back(
        make_resource(parent, type, std::move(own), has_data ? shared(data[i]) : nullptr));
  }
  return found;
}

Json identifiers_of_subresource(const Target& target, const Resource& parent, const Json& given) {
  const ResourceType& type = parent.core().model->type(target.type);
  const std::string title = type.full_name(parent.core().model->service().name);
  const auto refuse = [&](const std::string& what) {
    throw UnknownMemberError(title + " has the identifiers " + listed(type) + ": " + what);
  };
  Json identifiers(std::vector<Json>(type.identifiers.size()));
  for (const ValueSource& source : target.identifiers) {
    const std::size_t place = place_of(type, source.target);
    if (place < identifiers.size()) identifiers[place] = value_of(source, parent, Json(), Json());
  }
  if (given.is_object()) {
    for (const auto& [name, value] : given.items()) {
      const std::size_t place = place_of(type, name);
      if (place == identifiers.size()) {
        std::vector<std::string_view> methods;
        for (const IdentifierModel& one : type.identifiers) methods.push_back(one.method);
        refuse("\"" + name + "\" is none of them" + did_you_mean(name, methods));
      }
      identifiers[place] = value;
    }
  } else {
    std::size_t place = 0;
    for (const Json& value : given) {
      while (place < identifiers.size() && !identifiers[place].is_null()) ++place;
      if (place == identifiers.size()) refuse("too many were given");
      identifiers[place] = value;
    }
  }
  for (std::size_t i = 0; i < identifiers.size(); ++i) {
    const IdentifierModel& identifier = type.identifiers[i];
    if (identifiers[i].is_null()) refuse(identifier.method + " was not given");
    if (identifier.integer ? !identifiers[i].is_number_integer() : !identifiers[i].is_string())
      refuse(identifier.method + " must be " + (identifier.integer ? "an integer" : "a string"));
  }
  return identifiers;
}

}  // namespace cloudchamber

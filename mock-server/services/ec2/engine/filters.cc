#include "mock-server/services/ec2/engine/filters.h"

#include <algorithm>

#include "mock-server/services/ec2/engine/errors.h"

namespace cloudchamber::mock::ec2 {
namespace {

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html
constexpr std::size_t kMaxFilters = 50;
constexpr std::size_t kMaxValues = 200;

}  // namespace

// Goes back only to the last *: time is at most the product of both lengths.
bool matches_wildcards(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t after_star = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      after_star = t;
      continue;
    }
    const bool escaped = p + 1 < pattern.size() && pattern[p] == '\\';
    const std::size_t literal = escaped ? p + 1 : p;
    if (p < pattern.size() && ((pattern[p] == '?') || pattern[literal] == text[t])) {
      p = literal + 1;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++after_star;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

Filters::Filters(const Call& call, const Kind& kind) {
  read(call.input(), kind.filters, kind.taggable);
}
Filters::Filters(const Json& input, std::span<const FilterField> fields) {
  read(input, fields, false);
}

void Filters::read(const Json& input, std::span<const FilterField> fields, bool tags) {
  auto given = input.find("Filters");
  if (given == input.end()) given = input.find("Filter");
  if (given == input.end()) return;
  std::size_t values = 0;
  for (const Json& filter : *given) {
    const std::string name = filter.value("Name", std::string("null"));
    Filter resolved{What::kField, nullptr, Path(""), "", {}};
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const FilterField& f) { return f.name == name; });
    if (field != fields.end()) {
      resolved.field = &*field;
      resolved.path = Path(field->path);
    } else if (tags && name.starts_with("tag:")) {
      resolved.what = What::kTag;
      resolved.tag = name.substr(4);
    } else if (tags && name == "tag-key") {
      resolved.what = What::kTagKey;
    } else if (tags && name == "tag-value") {
      resolved.what = What::kTagValue;
    } else {
      throw invalid_parameter("The filter '" + name + "' is invalid");
    }
    if (const auto list = filter.find("Values"); list != filter.end()) {
      for (const Json& value : *list) {
        const std::string& text = value.get_ref<const std::string&>();
        resolved.values.push_back({text, text.find_first_of("*?\\") != std::string::npos});
      }
    }
    values += resolved.values.size();
    filters_.push_back(std::move(resolved));
  }
  if (filters_.size() > kMaxFilters || values > kMaxValues)
    throw AwsError("FilterLimitExceeded",
                   "The maximum number of filter values specified on a single call is 200");
}

bool Filters::any_text(const Filter& filter, std::string_view text) {
  return std::any_of(filter.values.begin(), filter.values.end(), [&](const Value& value) {
    return value.has_wildcards ? matches_wildcards(value.text, text) : value.text == text;
  });
}

bool Filters::any_value(const Filter& filter, const Json& value) {
  if (value.is_string()) return any_text(filter, value.get_ref<const std::string&>());
  if (value.is_array()) {
    return std::any_of(value.begin(), value.end(),
                       [&](const Json& element) { return any_value(filter, element); });
  }
  return !value.is_null() && any_text(filter, value.dump());
}

bool Filters::holds_for_tags(const Filter& filter, const Tags& tags) {
  if (filter.what == What::kTag) {
    const auto tag = tags.find(filter.tag);
    return tag != tags.end() && any_text(filter, tag->second);
  }
  return std::any_of(tags.begin(), tags.end(), [&](const auto& tag) {
    return any_text(filter, filter.what == What::kTagKey ? tag.first : tag.second);
  });
}

bool Filters::accept(const View& view, const Kind& kind, const std::string& id,
                     const Resource& resource) const {
  if (filters_.empty()) return true;
  Json scratch;
  const Json& shown = at_present(view, kind, resource, scratch);
  return std::all_of(filters_.begin(), filters_.end(), [&](const Filter& filter) {
    if (filter.what != What::kField) return holds_for_tags(filter, resource.tags);
    if (filter.field->value != nullptr)
      return any_value(filter, filter.field->value(view, id, resource));
    return filter.path.any(shown, [&](const Json& value) { return any_value(filter, value); });
  });
}

bool Filters::accept(const Json& shown) const {
  return std::all_of(filters_.begin(), filters_.end(), [&](const Filter& filter) {
    return filter.path.any(shown, [&](const Json& value) { return any_value(filter, value); });
  });
}

}  // namespace cloudchamber::mock::ec2

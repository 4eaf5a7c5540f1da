#include "tools/scenario/match.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::scenario {
namespace {

using Result = std::optional<Difference>;

Result compare(const Json& expected, const Json* actual, const std::string& path);

Result differs(const std::string& path, std::string expected, const Json* actual) {
  return Difference{path, std::move(expected), actual == nullptr ? "nothing" : shown(*actual)};
}

bool has_type(const Json& value, const std::string& type) {
  if (type == "string") return value.is_string();
  if (type == "number") return value.is_number();
  if (type == "integer") return value.is_number_integer();
  if (type == "boolean") return value.is_boolean();
  if (type == "list") return value.is_array();
  if (type == "object") return value.is_object();
  if (type == "blob") return value.is_binary();
  if (type == "null") return value.is_null();
  if (type == "timestamp") {
    if (!value.is_string() || !value.get_ref<const std::string&>().ends_with('Z')) return false;
    return parse_timestamp(value.get_ref<const std::string&>()).has_value();
  }
  return false;
}

std::size_t length_of(const Json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>().size();
  if (value.is_binary()) return value.get_binary().size();
  return value.is_structured() ? value.size() : 0;
}

Result compare_type(const Json& type, const Json* actual, const std::string& path) {
  if (actual != nullptr && has_type(*actual, type.get<std::string>())) return {};
  return differs(path, "a " + type.get<std::string>(), actual);
}

Result compare_like(const Json& pattern, const Json* actual, const std::string& path) {
  const std::string& text = pattern.get_ref<const std::string&>();
  if (actual != nullptr && (actual->is_string() || actual->is_binary()) &&
      is_like(bytes_of(*actual), text)) {
    return {};
  }
  return differs(path, "something like " + pattern.dump(), actual);
}

Result compare_in(const Json& choices, const Json* actual, const std::string& path) {
  for (const Json& choice : choices) {
    if (!compare(choice, actual, path)) return {};
  }
  return differs(path, "one of " + shown(choices), actual);
}

Result compare_all(const Json& matchers, const Json* actual, const std::string& path) {
  for (const Json& matcher : matchers) {
    if (Result difference = compare(matcher, actual, path)) return difference;
  }
  return {};
}

Result compare_between(const Json& range, const Json* actual, const std::string& path) {
  const bool comparable = actual != nullptr && ((actual->is_number() && range[0].is_number()) ||
                                                (actual->is_string() && range[0].is_string()));
  if (comparable && *actual >= range[0] && *actual <= range[1]) return {};
  return differs(path, "between " + range[0].dump() + " and " + range[1].dump(), actual);
}

Result compare_length(const Json& length, const Json* actual, const std::string& path) {
  const bool measurable =
      actual != nullptr && (actual->is_string() || actual->is_binary() || actual->is_structured());
  if (!measurable) return differs(path, "something with a length", actual);
  const Json found = length_of(*actual);
  if (const Result wrong = compare(length, &found, path)) {
    return Difference{path, "length " + wrong->expected,
                      "length " + found.dump() + ": " + shown(*actual)};
  }
  return {};
}

Result compare_each(const Json& expected, const Json* actual, const std::string& path) {
  if (actual == nullptr || !actual->is_array()) return differs(path, "a list", actual);
  for (std::size_t i = 0; i < actual->size(); ++i) {
    const Json& item = (*actual)[i];
    if (Result wrong = compare(expected, &item, path + "[" + std::to_string(i) + "]")) return wrong;
  }
  return {};
}

// Gives each expected element an actual one of its own, in any order: the augmenting paths of
// bipartite matching, so that a choosy matcher gets what a lenient one took first.
class Pairing {
 public:
  Pairing(const Json& expected, const Json& actual)
      : expected_(expected), actual_(actual), owner_(actual.size(), kNone) {}

  // The first expected element that finds none, else nothing.
  std::optional<std::size_t> first_without() {
    for (std::size_t i = 0; i < expected_.size(); ++i) {
      tried_.assign(actual_.size(), false);
      if (!place(i)) return i;
    }
    return {};
  }
  std::optional<std::size_t> first_left_over() const {
    const auto left = std::find(owner_.begin(), owner_.end(), kNone);
    if (left == owner_.end()) return {};
    return static_cast<std::size_t>(left - owner_.begin());
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  bool place(std::size_t i) {
    for (std::size_t j = 0; j < actual_.size(); ++j) {
      if (tried_[j] || compare(expected_[i], &actual_[j], "")) continue;
      tried_[j] = true;
      if (owner_[j] == kNone || place(owner_[j])) {
        owner_[j] = i;
        return true;
      }
    }
    return false;
  }

  const Json& expected_;
  const Json& actual_;
  std::vector<std::size_t> owner_;
  std::vector<bool> tried_;
};

Result compare_unordered(const Json& expected, const Json* actual, const std::string& path,
                         bool whole) {
  if (actual == nullptr || !actual->is_array()) return differs(path, "a list", actual);
  Pairing pairing(expected, *actual);
  if (const auto missing = pairing.first_without()) {
    return differs(path, "an element " + shown(expected[*missing]), actual);
  }
  const auto extra = whole ? pairing.first_left_over() : std::nullopt;
  if (!extra) return {};
  return differs(path + "[" + std::to_string(*extra) + "]", "no such element", &(*actual)[*extra]);
}

Result compare_list(const Json& expected, const Json& actual, const std::string& path) {
  for (std::size_t i = 0; i < std::max(expected.size(), actual.size()); ++i) {
    const std::string place = path + "[" + std::to_string(i) + "]";
    if (i >= expected.size()) return differs(place, "the end of the list", &actual[i]);
    const Json* item = i < actual.size() ? &actual[i] : nullptr;
    if (Result wrong = compare(expected[i], item, place)) return wrong;
  }
  return {};
}

Result compare_members(const Json& expected, const Json& actual, const std::string& path,
                       bool exact) {
  const std::string start = path.empty() ? "" : path + ".";
  for (const auto& [key, value] : expected.items()) {
    const auto found = actual.find(key);
    const Json* member = found == actual.end() ? nullptr : &*found;
    if (Result wrong = compare(value, member, start + key)) return wrong;
  }
  if (!exact) return {};
  for (const auto& [key, value] : actual.items()) {
    if (!expected.contains(key)) return differs(start + key, "no such member", &value);
  }
  return {};
}

Result compare_json(const Json& expected, const Json* actual, const std::string& path) {
  if (actual == nullptr || !(actual->is_string() || actual->is_binary())) {
    return differs(path, "JSON in a string", actual);
  }
  const Json parsed = Json::parse(bytes_of(*actual), nullptr, false);
  if (parsed.is_discarded()) return differs(path, "JSON in a string", actual);
  return compare(expected, &parsed, path + "<json>");
}

Result compare_matcher(const std::string& matcher, const Json& argument, const Json* actual,
                       const std::string& path) {
  if (matcher == "$any") return actual != nullptr ? Result() : differs(path, "anything", actual);
  if (matcher == "$absent") return actual == nullptr ? Result() : differs(path, "nothing", actual);
  if (matcher == "$type") return compare_type(argument, actual, path);
  if (matcher == "$like") return compare_like(argument, actual, path);
  if (matcher == "$in") return compare_in(argument, actual, path);
  if (matcher == "$all") return compare_all(argument, actual, path);
  if (matcher == "$between") return compare_between(argument, actual, path);
  if (matcher == "$length") return compare_length(argument, actual, path);
  if (matcher == "$each") return compare_each(argument, actual, path);
  if (matcher == "$contains") return compare_unordered(argument, actual, path, false);
  if (matcher == "$unordered") return compare_unordered(argument, actual, path, true);
  if (matcher == "$json") return compare_json(argument, actual, path);
  if (matcher == "$not") {
    return compare(argument, actual, path) ? Result()
                                           : differs(path, "not " + shown(argument), actual);
  }
  if (actual == nullptr || !actual->is_object()) return differs(path, "an object", actual);
  return compare_members(argument, *actual, path, true);  // $exact
}

Result compare(const Json& expected, const Json* actual, const std::string& path) {
  if (const std::string matcher = matcher_of(expected); !matcher.empty()) {
    return compare_matcher(matcher, *expected.begin(), actual, path);
  }
  if (actual == nullptr) return differs(path, shown(expected), actual);
  if (expected.is_object() && actual->is_object()) {
    return compare_members(expected, *actual, path, false);
  }
  if (expected.is_array() && actual->is_array()) return compare_list(expected, *actual, path);
  const bool bytes = expected.is_binary() || actual->is_binary();
  const bool textual = (expected.is_binary() || expected.is_string()) &&
                       (actual->is_binary() || actual->is_string());
  const bool equal =
      bytes && textual ? bytes_of(expected) == bytes_of(*actual) : expected == *actual;
  return equal ? Result() : differs(path, shown(expected), actual);
}

Json readable(const Json& value) {
  if (value.is_binary()) return Json{{"$base64", base64_encode(bytes_of(value))}};
  if (!value.is_structured()) return value;
  Json result = value;
  for (Json& part : result) part = readable(part);
  return result;
}

}  // namespace

Result first_difference(const Json& expected, const Json& actual) {
  return compare(expected, &actual, "");
}

std::string matcher_of(const Json& expected) {
  if (!expected.is_object() || expected.size() != 1) return "";
  const std::string& key = expected.begin().key();
  return key.size() > 1 && key[0] == '$' ? key : "";
}

bool is_like(std::string_view text, std::string_view pattern) {
  std::size_t t = 0;
  std::size_t p = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::string shown(const Json& value, std::size_t longest) {
  std::string text = readable(value).dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > longest) {
    const std::string total = std::to_string(text.size());
    while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xC0U) == 0x80U) --longest;
    text.resize(longest);
    text += "... (" + total + " characters)";
  }
  return text;
}

}  // namespace cloudchamber::scenario

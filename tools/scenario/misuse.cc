// What matchers there are and what each takes.
#include <algorithm>
#include <string_view>
#include <vector>

#include "sdk/model/names.h"
#include "tools/scenario/match.h"

namespace cloudchamber::scenario {
namespace {

struct Matcher {
  std::string_view name;
  std::string_view takes;
  bool (*accepts)(const Json& argument);
  bool nests;  // its argument holds expectations
};

bool is_true(const Json& argument) { return argument == true; }
bool is_text(const Json& argument) { return argument.is_string(); }
bool is_list(const Json& argument) { return argument.is_array(); }
bool is_object(const Json& argument) { return argument.is_object(); }
bool is_pair(const Json& argument) { return argument.is_array() && argument.size() == 2; }
bool is_anything(const Json&) { return true; }
bool is_type(const Json& argument) {
  const std::vector<Json> types = {"string", "number", "integer", "boolean",  "list",
                                   "object", "blob",   "null",    "timestamp"};
  return std::find(types.begin(), types.end(), argument) != types.end();
}

constexpr Matcher kMatchers[] = {
    {"$any", "true", is_true, false},
    {"$absent", "true", is_true, false},
    {"$type", "one of string, number, integer, boolean, list, object, blob, null and timestamp",
     is_type, false},
    {"$like", "a pattern with * and ?", is_text, false},
    {"$in", "a list", is_list, true},
    {"$all", "a list", is_list, true},
    {"$between", "[least, most]", is_pair, false},
    {"$length", "a length or a matcher", is_anything, true},
    {"$each", "what each element is", is_anything, true},
    {"$contains", "a list", is_list, true},
    {"$unordered", "a list", is_list, true},
    {"$json", "what the JSON is", is_anything, true},
    {"$not", "what it is not", is_anything, true},
    {"$exact", "an object", is_object, true},
    {"$base64", "a string", is_text, false},
    {"$repeat", "[text, times]", is_pair, false},
};

}  // namespace

std::optional<std::string> find_misuse(const Json& expected) {
  if (!expected.is_structured()) return {};
  const std::string name = matcher_of(expected);
  if (name.empty()) {
    for (const Json& part : expected) {
      if (auto wrong = find_misuse(part)) return wrong;
    }
    return {};
  }
  std::vector<std::string_view> names;
  for (const Matcher& matcher : kMatchers) {
    names.push_back(matcher.name);
    if (matcher.name != name) continue;
    const Json& argument = *expected.begin();
    if (!matcher.accepts(argument)) {
      return name + " takes " + std::string(matcher.takes) + ", not " + shown(argument, 60);
    }
    if (!matcher.nests) return {};
    // $exact's own argument is an object of members, never a matcher.
    if (argument.is_structured() && (matcher.name == "$exact" || argument.is_array())) {
      for (const Json& part : argument) {
        if (auto wrong = find_misuse(part)) return wrong;
      }
      return {};
    }
    return find_misuse(argument);
  }
  const std::string_view nearest = nearest_name(name, names);
  return "there is no matcher " + name +
         (nearest.empty() ? "" : "; did you mean " + std::string(nearest) + "?");
}

}  // namespace cloudchamber::scenario

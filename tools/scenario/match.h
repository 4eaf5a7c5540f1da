// Comparing a result with what a scenario expects of it: the first difference, or none.
//
// An expected object asks for its members and lets others be; a list must match element by element;
// all else must be equal. An object whose only key starts with "$" is a matcher; docs/scenarios.md
// lists them. Pure functions.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cloudchamber/json.h"

namespace cloudchamber::scenario {

struct Difference {
  std::string path;      // "Contents[1].Key", "" for the whole value
  std::string expected;  // for people
  std::string actual;
};

[[nodiscard]] std::optional<Difference> first_difference(const Json& expected, const Json& actual);

// What is wrong with the matchers in an expectation (an unknown name, a wrong argument); nothing
// when they are all right.
[[nodiscard]] std::optional<std::string> find_misuse(const Json& expected);

// "$like" for {"$like": "a*"}, "" for what is no matcher.
[[nodiscard]] std::string matcher_of(const Json& expected);

// Does `text` look like `pattern`, in which * stands for any characters and ? for one?
[[nodiscard]] bool is_like(std::string_view text, std::string_view pattern);

// JSON for people: bytes as {"$base64": ...}, cut to a readable length.
[[nodiscard]] std::string shown(const Json& value, std::size_t longest = 400);

}  // namespace cloudchamber::scenario

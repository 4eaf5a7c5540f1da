// The parts of a scenario's values that are filled in while it is played: ${name} and the forms in
// which long or binary values are written.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber::scenario {

using Variables = std::map<std::string, Json>;

[[nodiscard]] bool is_variable_name(std::string_view name);

// The names of all ${...} in the strings of a value. "$${" is a plain "${".
[[nodiscard]] std::vector<std::string> variables_in(const Json& value);

// The value with its variables replaced, a string that is nothing but one ${name} by the variable's
// value whatever its type; {"$base64": "..."} becomes bytes, {"$repeat": ["ab", 3]} the string
// "ababab". Throws ScenarioError for an unknown variable or a malformed form.
[[nodiscard]] Json expand(const Json& value, const Variables& variables);

}  // namespace cloudchamber::scenario

// JMESPath's built-in functions, private to jmespath_*.cc.
#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "sdk/codec/jmespath_node.h"

namespace cloudchamber {

// A value, or the &expression for whose place it stands.
struct JmesPathArgument {
  const Json* value = nullptr;
  const JmesPath::Node* expression = nullptr;
};

// Applies an &expression to a value. What it gives lives as long as the search.
using JmesPathApply = std::function<const Json&(const JmesPath::Node&, const Json&)>;

struct JmesPathFunction {
  std::string_view name;
  std::vector<unsigned> parameters;  // the types that each takes, as bits
  bool variadic = false;             // the last one may repeat
  Json (*run)(const std::vector<JmesPathArgument>&, const JmesPathApply&) = nullptr;
};

// Null when there is none of that name.
[[nodiscard]] const JmesPathFunction* find_jmespath_function(std::string_view name);

// Checks the types of the arguments (JmesPathError "invalid-type"), then runs the function.
[[nodiscard]] Json call_jmespath_function(const JmesPathFunction& function,
                                          const std::vector<JmesPathArgument>& arguments,
                                          const JmesPathApply& apply);

}  // namespace cloudchamber

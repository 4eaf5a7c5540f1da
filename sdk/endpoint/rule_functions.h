// The functions that endpoint rules call, each of values alone.
// https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html and its page of AWS's.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sdk/endpoint/rule_value.h"

namespace cloudchamber {

using RuleFunction = RuleValue (*)(std::span<const RuleValue> arguments);

// The function of that name and how many arguments it takes; null for those that the evaluator
// knows itself (isSet, getAttr) and for unknown ones.
struct NamedRuleFunction {
  RuleFunction run = nullptr;
  std::size_t arity = 0;
};
[[nodiscard]] NamedRuleFunction rule_function(std::string_view name);

// A step of getAttr's paths: "resourceId[0]".
struct RuleStep {
  std::string name;
  std::optional<std::size_t> index;
};
[[nodiscard]] std::vector<RuleStep> parse_rule_path(std::string_view path);
[[nodiscard]] RuleValue get_attribute(const RuleValue& value, std::span<const RuleStep> steps);

}  // namespace cloudchamber

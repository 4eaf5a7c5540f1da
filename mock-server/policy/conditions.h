// The operators of a policy's Condition block. Pure functions.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber::mock {

// Is there such an operator ("ForAnyValue:StringLikeIfExists")?
[[nodiscard]] bool is_condition_operator(std::string_view name);

// Does the operator hold between the values of the policy (a string, number, boolean or an array of
// them) and those of the request (nothing: the key is absent)? False for an unknown operator.
[[nodiscard]] bool condition_holds(std::string_view name, const Json& wanted,
                                   const std::optional<std::vector<std::string>>& actual);

}  // namespace cloudchamber::mock

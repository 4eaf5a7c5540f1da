// Reads the four kinds of expressions into trees, with AWS's checks and AWS's words where one is
// wrong ("Invalid FilterExpression: Syntax error; token: ...").
//
// The one idea: conditions and operands are read by the same rules, since only what follows a
// parenthesis tells which one it opened; so reading never goes back and is linear. Depth is bounded
// by limits.h. Throws ValidationException.
//
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html
#pragma once

#include <string_view>
#include <vector>

#include "mock-server/services/dynamodb/expressions/placeholders.h"
#include "mock-server/services/dynamodb/expressions/tree.h"

namespace cloudchamber::mock::dynamodb {

// `parameter`: "ConditionExpression", "FilterExpression", "KeyConditionExpression".
[[nodiscard]] Node parse_condition(std::string_view text, std::string_view parameter,
                                   Placeholders& placeholders);
[[nodiscard]] std::vector<UpdateAction> parse_update(std::string_view text,
                                                     Placeholders& placeholders);
[[nodiscard]] std::vector<Path> parse_projection(std::string_view text, Placeholders& placeholders);

}  // namespace cloudchamber::mock::dynamodb

// The parameters that expressions replaced: Expected, QueryFilter, ScanFilter, KeyConditions:
// conditions on one top-level attribute each.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber::mock::dynamodb {

struct LegacyCondition {
  std::string attribute;
  std::string comparison;  // a ComparisonOperator
  std::vector<const Json*> values;
};

// Reads a map of attribute to Condition (ComparisonOperator, AttributeValueList), or to
// ExpectedAttributeValue. ValidationException for operands that don't fit. The conditions refer to
// the input.
[[nodiscard]] std::vector<LegacyCondition> read_conditions(const Json& conditions);
[[nodiscard]] std::vector<LegacyCondition> read_expected(const Json& expected);

// Whether all, or with `any` at least one, hold for the attributes of an item.
[[nodiscard]] bool holds(const std::vector<LegacyCondition>& conditions, bool any,
                         const Json& attributes);

}  // namespace cloudchamber::mock::dynamodb

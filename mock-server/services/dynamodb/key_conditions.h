// What a Query asks of its keys: from KeyConditionExpression or KeyConditions to a range of bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"
#include "mock-server/services/dynamodb/expressions/tree.h"
#include "mock-server/services/dynamodb/legacy.h"
#include "mock-server/services/dynamodb/schema.h"

namespace cloudchamber::mock::dynamodb {

struct KeyCondition {
  std::string attribute;
  std::string comparison;  // as in LegacyCondition: EQ, LT, LE, GT, GE, BETWEEN, BEGINS_WITH
  std::vector<const Json*> values;
};

// Of a parsed KeyConditionExpression. Throws ValidationException in AWS's words.
[[nodiscard]] std::vector<KeyCondition> read_key_conditions(const Node& expression);
[[nodiscard]] std::vector<KeyCondition> read_key_conditions(
    const std::vector<LegacyCondition>& conditions);

// Bytes in order: from `begin` up to but not with `end` ("" is beyond all).
struct KeyRange {
  std::string begin;
  std::string end;
};

// Checks the conditions against the keys of a table or index and gives the range that they select.
[[nodiscard]] KeyRange range_of(const KeySchema& keys, const std::vector<KeyCondition>& conditions);

// Whether an item's key attributes meet the conditions: for starting keys.
[[nodiscard]] bool meets(const KeyCondition& condition, const Json& value);

}  // namespace cloudchamber::mock::dynamodb

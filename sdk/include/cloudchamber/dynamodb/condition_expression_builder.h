// ConditionExpressionBuilder: conditions into the text that DynamoDB understands.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cloudchamber/dynamodb/conditions.h"
#include "cloudchamber/json.h"

namespace cloudchamber::dynamodb {

struct BuiltConditionExpression {
  std::string condition_expression;   // "#n0 = :v0"
  Json attribute_name_placeholders;   // {"#n0": "myattribute"}
  Json attribute_value_placeholders;  // {":v0": "myvalue"}, plain values
};

// Numbers its placeholders through all expressions it builds, so that several can stand in one
// request. For one thread at a time.
class ConditionExpressionBuilder {
 public:
  // Counts from #n0 and :v0 again, and forgets what was reserved.
  void reset();
  // Placeholders that others use, the names of both objects: they are passed over.
  void reserve(const Json& attribute_names, const Json& attribute_values);

  // Throws DynamoDBNeedsKeyConditionError when `is_key_condition` and an Attr is in it.
  [[nodiscard]] BuiltConditionExpression build_expression(const Condition& condition,
                                                          bool is_key_condition = false);
  // Throws as well DynamoDBNeedsConditionError when the parameter is none.
  [[nodiscard]] BuiltConditionExpression build_expression(const Json& condition,
                                                          bool is_key_condition = false);

 private:
  class Building;
  int name_count_ = 0;
  int value_count_ = 0;
  Json reserved_ = Json::object();
};

}  // namespace cloudchamber::dynamodb

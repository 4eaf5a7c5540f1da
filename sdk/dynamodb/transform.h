// Plain values and conditions in parameters and results, found by the model: members whose shape is
// AttributeValue, KeyExpression or ConditionExpression, however deep. Pure functions. What does not
// fit its shape is left as it is, for the validator to refuse.
#pragma once

#include "cloudchamber/json.h"
#include "sdk/model/shape.h"

namespace cloudchamber::dynamodb {

// Conditions become expressions; their placeholders go to ExpressionAttributeNames and
// ExpressionAttributeValues (as plain values) of the same structure.
void inject_condition_expressions(const Shape& input, Json& parameters);
// Plain values become attribute values.
void inject_attribute_value_input(const Shape& input, Json& parameters);
// Attribute values become plain values.
void inject_attribute_value_output(const Shape& output, Json& result);

}  // namespace cloudchamber::dynamodb

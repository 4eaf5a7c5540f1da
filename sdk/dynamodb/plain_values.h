// What makes the client of the DynamoDB resource speak plain values, in all operations, pages and
// waiters:
// - an attribute value, wherever the model has one, is a plain value (cloudchamber/dynamodb/
//   types.h), going in and coming out;
// - a condition may stand for a KeyConditionExpression, FilterExpression or ConditionExpression,
//   also inside TransactItems; its placeholders are added to the ExpressionAttributeNames and
//   ExpressionAttributeValues beside it, and avoid those.
// The items in errors (ClientError::response()) stay attribute values, as in boto3.
//
// Calls then throw as well, before anything is sent, TypeError for a value that DynamoDB has no
// type for, DynamoDBNeedsConditionError and DynamoDBNeedsKeyConditionError.
#pragma once

#include "sdk/client/call_transformation.h"

namespace cloudchamber::dynamodb {

[[nodiscard]] const CallTransformation& plain_values();

}  // namespace cloudchamber::dynamodb

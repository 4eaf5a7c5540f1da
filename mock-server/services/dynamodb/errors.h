// What DynamoDB answers when it refuses: one named factory an error, with AWS's code and words.
#pragma once

#include <string>

#include "mock-server/call/aws_error.h"

namespace cloudchamber::mock::dynamodb {

// ValidationException with exactly this text.
[[nodiscard]] AwsError validation_error(const std::string& message);
// ValidationException: "One or more parameter values were invalid: " and `message`.
[[nodiscard]] AwsError invalid_parameter(const std::string& message);
// ConditionalCheckFailedException; `item` (may be null) is added where the caller asked for it.
[[nodiscard]] AwsError conditional_check_failed(const Json* item = nullptr);
// DuplicateItemException: an INSERT of a key that is there.
[[nodiscard]] AwsError duplicate_item();
// ResourceNotFoundException: "Requested resource not found" with the table's name where AWS tells
// it.
[[nodiscard]] AwsError resource_not_found();
[[nodiscard]] AwsError resource_not_found(const std::string& message);
[[nodiscard]] AwsError table_not_found(const std::string& table_name);
[[nodiscard]] AwsError resource_in_use(const std::string& message);
[[nodiscard]] AwsError limit_exceeded(const std::string& message);

}  // namespace cloudchamber::mock::dynamodb

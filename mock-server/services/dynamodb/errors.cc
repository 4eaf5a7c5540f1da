#include "mock-server/services/dynamodb/errors.h"

#include <nlohmann/json.hpp>

namespace cloudchamber::mock::dynamodb {

AwsError validation_error(const std::string& message) {
  return AwsError("ValidationException", message, 400);
}

AwsError invalid_parameter(const std::string& message) {
  return validation_error("One or more parameter values were invalid: " + message);
}

AwsError conditional_check_failed(const Json* item) {
  AwsError error("ConditionalCheckFailedException", "The conditional request failed", 400);
  if (item != nullptr) error.with("Item", *item);
  return error;
}

AwsError duplicate_item() {
  return AwsError("DuplicateItemException", "Duplicate primary key exists in table", 400);
}

AwsError resource_not_found() { return resource_not_found("Requested resource not found"); }

AwsError resource_not_found(const std::string& message) {
  return AwsError("ResourceNotFoundException", message, 400);
}

AwsError table_not_found(const std::string& table_name) {
  return resource_not_found("Requested resource not found: Table: " + table_name + " not found");
}

AwsError resource_in_use(const std::string& message) {
  return AwsError("ResourceInUseException", message, 400);
}

AwsError limit_exceeded(const std::string& message) {
  return AwsError("LimitExceededException", message, 400);
}

}  // namespace cloudchamber::mock::dynamodb

// One named factory per error that SQS answers. Texts are those of AWS, from the recordings where
// they have them.
#pragma once

#include <string>

#include "mock-server/call/aws_error.h"

namespace cloudchamber::mock::sqs {

// `query`: the query protocol words it another way (go-cloud's recordings of 2023 and 2026 have
// both).
[[nodiscard]] inline AwsError queue_does_not_exist(bool query) {
  return {"QueueDoesNotExist", query ? "The specified queue does not exist for this wsdl version."
                                     : "The specified queue does not exist."};
}
// GetQueueUrl in the query protocol; today's words it as every other operation.
[[nodiscard]] inline AwsError no_queue_url(bool query) {
  return {"QueueDoesNotExist",
          query ? "The specified queue does not exist or you do not have access to it."
                : "The specified queue does not exist."};
}
[[nodiscard]] inline AwsError missing_parameter(const std::string& name) {
  return {"MissingParameter", "The request must contain the parameter " + name + "."};
}
[[nodiscard]] inline AwsError invalid_parameter(const std::string& message) {
  return {"InvalidParameterValue", message};
}
[[nodiscard]] inline AwsError invalid_parameter(const std::string& value, const std::string& name,
                                                const std::string& reason) {
  return invalid_parameter("Value " + value + " for parameter " + name +
                           " is invalid. Reason: " + reason);
}
[[nodiscard]] inline AwsError unknown_attribute(const std::string& name) {
  return {"InvalidAttributeName", "Unknown Attribute " + name + "."};
}
[[nodiscard]] inline AwsError invalid_attribute_value(const std::string& name) {
  return {"InvalidAttributeValue", "Invalid value for the parameter " + name + "."};
}
[[nodiscard]] inline AwsError invalid_attribute_value(const std::string& name,
                                                      const std::string& reason) {
  return {"InvalidAttributeValue",
          "Invalid value for the parameter " + name + ". Reason: " + reason};
}
[[nodiscard]] inline AwsError queue_name_exists(const std::string& attribute) {
  return {
      "QueueNameExists",
      "A queue already exists with the same name and a different value for attribute " + attribute};
}
[[nodiscard]] inline AwsError receipt_handle_is_invalid(const std::string& handle) {
  return {"ReceiptHandleIsInvalid",
          "The input receipt handle \"" + handle + "\" is not a valid receipt handle."};
}

// Recorded by LocalStack, test_sqs_move_task.py, status included.
[[nodiscard]] inline AwsError no_resource(const std::string& message) {
  return {"ResourceNotFoundException", message, 404};
}
[[nodiscard]] inline AwsError over_limit(const std::string& message) {
  return {"OverLimit", message, 403};
}

}  // namespace cloudchamber::mock::sqs

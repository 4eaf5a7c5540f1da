// The errors that all of EC2 shares; a kind's own are made of its Kind.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
#pragma once

#include <string>

#include "mock-server/call/aws_error.h"

namespace cloudchamber::mock::ec2 {

[[nodiscard]] inline AwsError missing_parameter(const std::string& name) {
  return {"MissingParameter", "The request must contain the parameter " + name};
}
[[nodiscard]] inline AwsError invalid_parameter(const std::string& message) {
  return {"InvalidParameterValue", message};
}
// "Value (x) for parameter cidrBlock is invalid. This is not a valid CIDR block."
[[nodiscard]] inline AwsError invalid_value(const std::string& value, const std::string& name,
                                            const std::string& reason = "") {
  return invalid_parameter("Value (" + value + ") for parameter " + name + " is invalid." +
                           (reason.empty() ? "" : " " + reason));
}
[[nodiscard]] inline AwsError invalid_combination(const std::string& message) {
  return {"InvalidParameterCombination", message};
}
[[nodiscard]] inline AwsError dependency_violation(const std::string& message) {
  return {"DependencyViolation", message};
}
[[nodiscard]] inline AwsError operation_not_permitted(const std::string& message) {
  return {"OperationNotPermitted", message};
}

}  // namespace cloudchamber::mock::ec2

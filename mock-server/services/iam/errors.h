// What IAM answers instead of a result, one factory an error. Statuses are the model's. Texts as
// AWS words them: LocalStack's recordings of AWS, else what its users have reported.
#pragma once

#include <cstddef>
#include <string>

#include "mock-server/call/aws_error.h"

namespace cloudchamber::mock::iam {

[[nodiscard]] inline AwsError no_such_entity(const std::string& message) {
  return {"NoSuchEntity", message};
}
[[nodiscard]] inline AwsError entity_already_exists(const std::string& message) {
  return {"EntityAlreadyExists", message};
}
// `what`: "must detach all policies first."
[[nodiscard]] inline AwsError cannot_delete(const std::string& what) {
  return {"DeleteConflict", "Cannot delete entity, " + what};
}
[[nodiscard]] inline AwsError delete_conflict(const std::string& message) {
  return {"DeleteConflict", message};
}
[[nodiscard]] inline AwsError limit_exceeded(const std::string& message) {
  return {"LimitExceeded", message};
}
[[nodiscard]] inline AwsError quota_exceeded(const std::string& quota, std::size_t limit) {
  return limit_exceeded("Cannot exceed quota for " + quota + ": " + std::to_string(limit));
}
[[nodiscard]] inline AwsError invalid_input(const std::string& message) {
  return {"InvalidInput", message};
}
[[nodiscard]] inline AwsError validation_error(const std::string& message) {
  return {"ValidationError", message};
}
[[nodiscard]] inline AwsError malformed_policy(const std::string& message) {
  return {"MalformedPolicyDocument", message};
}
[[nodiscard]] inline AwsError unmodifiable(const std::string& message) {
  return {"UnmodifiableEntity", message};
}

[[nodiscard]] inline AwsError policy_not_found(const std::string& arn) {
  return no_such_entity("Policy " + arn + " was not found.");
}
[[nodiscard]] inline AwsError policy_not_attachable(const std::string& arn) {
  return no_such_entity("Policy " + arn + " does not exist or is not attachable.");
}

}  // namespace cloudchamber::mock::iam

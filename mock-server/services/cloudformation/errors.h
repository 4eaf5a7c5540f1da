// One named factory per error that CloudFormation answers. Texts are AWS's, from the recordings
// where they have them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mock-server/call/aws_error.h"

namespace cloudchamber::mock::cloudformation {

[[nodiscard]] inline AwsError validation_error(const std::string& message) {
  return {"ValidationError", message, 400};
}
[[nodiscard]] inline AwsError template_format_error(const std::string& what) {
  return validation_error("Template format error: " + what);
}
[[nodiscard]] inline AwsError template_error(const std::string& what) {
  return validation_error("Template error: " + what);
}
// AWS words an unknown stack in several ways.
[[nodiscard]] inline AwsError no_stack_with_id(const std::string& name) {
  return validation_error("Stack with id " + name + " does not exist");
}
[[nodiscard]] inline AwsError no_stack(const std::string& name) {
  return validation_error("Stack [" + name + "] does not exist");
}
[[nodiscard]] inline AwsError no_quoted_stack(const std::string& name) {
  return validation_error("Stack '" + name + "' does not exist");
}
[[nodiscard]] inline AwsError no_resource(const std::string& resource, const std::string& stack) {
  return validation_error("Resource " + resource + " does not exist for stack " + stack);
}
[[nodiscard]] inline AwsError stack_exists(const std::string& name) {
  return {"AlreadyExistsException", "Stack [" + name + "] already exists"};
}
[[nodiscard]] inline AwsError wrong_state(const std::string& stack_id, std::string_view status) {
  return validation_error("Stack:" + stack_id + " is in " + std::string(status) +
                          " state and can not be updated.");
}
[[nodiscard]] inline AwsError no_change_set(const std::string& name) {
  return {"ChangeSetNotFound", "ChangeSet [" + name + "] does not exist"};
}

// "[A, B]"
[[nodiscard]] inline std::string listed(const std::vector<std::string>& names) {
  std::string text = "[";
  for (const std::string& name : names) text += (text.size() > 1 ? ", " : "") + name;
  return text + ']';
}

}  // namespace cloudchamber::mock::cloudformation

// What the operations have in common: the template and the options of a stack as a call gives them.
#pragma once

#include <string>

#include "mock-server/call/call.h"
#include "mock-server/services/cloudformation/stacks/stacks.h"

namespace cloudchamber::mock::cloudformation {

// The text of TemplateBody or of what TemplateURL names in S3. Throws ValidationError; `required`
// tells whether it is one to name neither ("" is given back otherwise).
[[nodiscard]] std::string template_text(const Call& call, bool required = true);

// All that makes a stack. `previous` is what an update replaces, null for a new stack. Template,
// parameters and capabilities are checked: throws ValidationError, InsufficientCapabilities,
// NotImplemented.
[[nodiscard]] Blueprint blueprint_of(const Call& call, const Blueprint* previous);

// Throws "Template error: resource X does not support attribute type Y in Fn::GetAtt".
void check_attributes(const Json& body);

// The capabilities that a template needs, with why: "The following resource(s) require
// capabilities: [AWS::IAM::Role]".
struct NeededCapabilities {
  std::vector<std::string> capabilities;
  std::string reason;
};
[[nodiscard]] NeededCapabilities capabilities_needed(const Json& body);

// A stack that must exist, as the operations word it.
[[nodiscard]] const Stack& existing_stack(const Call& call, const Stacks& stacks,
                                          AwsError (*missing)(const std::string&),
                                          const char* member = "StackName");

// One page of a list: {items, token of the next page or ""}. `token` is what the call gave.
struct Page {
  std::size_t first = 0;
  std::size_t last = 0;
  std::string next;
};
[[nodiscard]] Page page_of(const Call& call, std::size_t count, std::size_t page_size);

}  // namespace cloudchamber::mock::cloudformation

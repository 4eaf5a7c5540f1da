// What a stack gives out: its outputs, and those of them that it exports to other stacks.
#pragma once

#include <map>
#include <string>

#include "mock-server/services/cloudformation/stacks/stack_scope.h"

namespace cloudchamber::mock::cloudformation {

struct OutputsOfStack {
  Json outputs = Json::array();  // as DescribeStacks shows them
  std::map<std::string, std::string> exports;
};

// Throws StackFailure for exports that others have or that others use and that would change, and
// ValidationError for outputs that are no text.
[[nodiscard]] OutputsOfStack outputs_of(const StackScope& scope, const Stack& stack,
                                        const Stacks& stacks, const Conditions& conditions);

}  // namespace cloudchamber::mock::cloudformation

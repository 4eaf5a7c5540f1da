// Finding change sets, by their id or by the names of stack and change set.
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/cloudformation/stacks/stacks.h"

namespace cloudchamber::mock::cloudformation {

struct NamedChangeSet {
  const Stack* stack = nullptr;
  const ChangeSet* set = nullptr;
};

// That which the call's ChangeSetName (and StackName) name. Throws ChangeSetNotFound, and
// ValidationError for a stack that is not there.
[[nodiscard]] NamedChangeSet change_set_named(const Call& call, const Stacks& stacks);

}  // namespace cloudchamber::mock::cloudformation

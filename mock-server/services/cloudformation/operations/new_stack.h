// Steps that CreateStack and UpdateStack share with change sets.
#pragma once

#include <string>

#include "mock-server/call/call.h"
#include "mock-server/services/cloudformation/stacks/stacks.h"

namespace cloudchamber::mock::cloudformation {

// A stack that nothing has happened to. Throws LimitExceededException.
[[nodiscard]] Stack new_stack(const Call& call, Stacks& stacks, const std::string& name);

// Creates it, and keeps it and what became of it. Throws what its conditions and references
// refuse, before anything was done.
void create_now(const Call& call, Stacks& stacks, Stack stack, const std::string& token);
void update_now(const Call& call, Stacks& stacks, const std::string& id, Blueprint next,
                const std::string& token, bool disable_rollback);

// Whether there is anything to do. Throws ValidationError as the update itself would.
[[nodiscard]] bool is_update(const Call& call, const Stacks& stacks, const Stack& stack,
                             const Blueprint& next);

// A stack's other change sets can't be executed any more.
void make_change_sets_obsolete(Stack& stack, const std::string& but);

// A signal counts once for each id.
void add_signal(Stack& stack, const std::string& logical_id, Signal signal);

}  // namespace cloudchamber::mock::cloudformation

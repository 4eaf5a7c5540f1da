// What an update would change, before it is carried out: for change sets, and to tell whether there
// is anything to update at all.
#pragma once

#include <vector>

#include "mock-server/call/call.h"
#include "mock-server/services/cloudformation/stacks/stacks.h"

namespace cloudchamber::mock::cloudformation {

// What stands for values that only carrying it out will tell.
inline constexpr const char* kKnownAfterApply = "{{changeSet:KNOWN_AFTER_APPLY}}";

// In order of logical ids. Throws StackFailure and what the functions refuse.
[[nodiscard]] std::vector<Change> plan_changes(const Call& call, const Stacks& stacks,
                                               const Stack& stack, const Blueprint& next,
                                               const Conditions& conditions, const Needs& needs);

// Whether replacing `before` by `after` in a resource of `type` makes a new one: "True", "False",
// and whether the property is one that does.
[[nodiscard]] bool needs_replacement(std::string_view type, const Json& before, const Json& after);

// Members of two objects that differ.
[[nodiscard]] std::vector<std::string> differing(const Json& before, const Json& after);

}  // namespace cloudchamber::mock::cloudformation

// Stacks, events and resources as the operations show them at one time.
#pragma once

#include "cloudchamber/clock.h"
#include "cloudchamber/json.h"
#include "mock-server/services/cloudformation/stacks/stack.h"

namespace cloudchamber::mock::cloudformation {

[[nodiscard]] Json describe_stack(const Stack& stack, TimePoint now);
[[nodiscard]] Json summarize_stack(const Stack& stack, TimePoint now);
[[nodiscard]] Json describe_event(const Stack& stack, const EventKey& key, const Event& event);
[[nodiscard]] Json describe_resource(const Stack& stack, const Stack::Shown& shown);

// [{ParameterKey, ParameterValue}], hidden ones as "****".
[[nodiscard]] Json parameters_shown(const Blueprint& blueprint);

// The outputs that show at this time.
[[nodiscard]] const Json& outputs_at(const Stack& stack, TimePoint now);

// The resources that DescribeStackResources and the like show: those that were deleted only of a
// deleted stack.
[[nodiscard]] std::vector<Stack::Shown> resources_shown(const Stack& stack, TimePoint now);

}  // namespace cloudchamber::mock::cloudformation

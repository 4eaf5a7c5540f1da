// Instances, for the families that belong to them.
#pragma once

#include <string>
#include <vector>

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kInstance;

// The states of an instance, with their codes.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html
[[nodiscard]] Json instance_state(const std::string& name);
// "running": as it is at this moment.
[[nodiscard]] std::string state_of(const View& view, const Resource& instance);

// The instance of that id; else InvalidInstanceID.Malformed or NotFound, also when it ended more
// than an hour ago. Valid until the state changes.
[[nodiscard]] const Resource& instance_at(const Call& call, const Ec2& state,
                                          const std::string& id);
[[nodiscard]] Resource& instance_to_change(const Call& call, Ec2& state, const std::string& id);
// The call's InstanceIds; else InvalidParameterCombination.
[[nodiscard]] const Json& instances_named(const Call& call);
// All of a list of ids, each once, in its order: throws for the missing ones together.
[[nodiscard]] std::vector<std::string> instance_ids(const Call& call, const Ec2& state,
                                                    const Json& list);

// As DescribeInstances groups it: {"ReservationId": ..., "OwnerId": ..., "Groups": [], "Instances":
// []}, without its instances.
[[nodiscard]] Json reservation_of(const Call& call, const Resource& instance);

}  // namespace cloudchamber::mock::ec2

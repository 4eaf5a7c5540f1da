// The security groups that a call names for an instance or a network interface.
#pragma once

#include "mock-server/services/ec2/engine/kind.h"

namespace cloudchamber::mock::ec2 {

// [{"GroupId": ..., "GroupName": ...}] of these ids, in their order. Throws
// InvalidGroupId.Malformed, InvalidGroup.NotFound, and InvalidParameter for groups of another VPC
// than the subnet.
[[nodiscard]] Json security_groups_of_ids(const Ec2& state, const std::string& subnet_id,
                                          const Json& ids);
// Of these names, in the default VPC. Throws InvalidGroup.NotFound.
[[nodiscard]] Json security_groups_of_names(const Ec2& state, const Json& names);
// The VPC's default group, alone.
[[nodiscard]] Json default_security_group(const Ec2& state, const std::string& vpc_id);

}  // namespace cloudchamber::mock::ec2

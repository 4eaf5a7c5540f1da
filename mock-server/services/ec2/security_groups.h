// Security groups, for the families whose resources are in them.
#pragma once

#include <string>
#include <vector>

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kSecurityGroup;

// The group that every VPC has from the beginning.
[[nodiscard]] std::string default_security_group_of(const Ec2& state, const std::string& vpc_id);

// The group of that name (whatever its case) in the VPC, "" when there is none.
[[nodiscard]] std::string security_group_named(const Ec2& state, const std::string& vpc_id,
                                               const std::string& name);

// The id of the group that a call means by GroupId, or by GroupName in the default VPC. Throws
// MissingParameter, InvalidGroupId.Malformed, InvalidGroup.NotFound.
[[nodiscard]] std::string security_group_given(const Call& call, const Ec2& state);

// The ids of groups by their names in the default VPC. Throws InvalidGroup.NotFound.
[[nodiscard]] std::vector<std::string> default_vpc_security_groups(const Ec2& state,
                                                                   const Json& names);

}  // namespace cloudchamber::mock::ec2

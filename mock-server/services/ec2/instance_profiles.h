// The IAM instance profile that an instance has.
#pragma once

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

// {"Arn": ..., "Id": ...} of a profile given by {"Arn": ...} or {"Name": ...}. Throws
// InvalidParameterValue for one that IAM does not have.
[[nodiscard]] Json instance_profile(const Call& call, const Json& specification);

// Puts the profile on the instance and records the association. Returns its id.
std::string associate_profile(const Origin& origin, Ec2& state, const std::string& instance_id,
                              const Json& profile);

}  // namespace cloudchamber::mock::ec2

// The default VPC, which every account has in every region before anything was called.
// https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
#pragma once

#include <string>

#include "mock-server/services/ec2/engine/state.h"

namespace cloudchamber::mock::ec2 {

// Puts it into a state that has never been written to. All ids are digests of account and region:
// who looks without writing sees what the first writer will leave.
void found(Ec2& state, const std::string& account, const std::string& region);

}  // namespace cloudchamber::mock::ec2

// Network ACLs, for the families that ask which one guards a subnet.
#pragma once

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kNetworkAcl;

}  // namespace cloudchamber::mock::ec2

// Elastic IP addresses, for the families that use them (NAT gateways).
#pragma once

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kAddress;

}  // namespace cloudchamber::mock::ec2

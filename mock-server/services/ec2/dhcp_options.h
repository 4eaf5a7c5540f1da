#pragma once

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kDhcpOptions;

// The id of the options that a new VPC gets: made when they are not there (any more).
std::string default_dhcp_options(const Origin& origin, Ec2& state);

}  // namespace cloudchamber::mock::ec2

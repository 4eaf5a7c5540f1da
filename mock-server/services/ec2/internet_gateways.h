#pragma once

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kInternetGateway;

// The id of the gateway that is attached to the VPC, "" when none is.
[[nodiscard]] std::string internet_gateway_of(const Ec2& state, const std::string& vpc_id);

// A new one, attached to `vpc_id` unless that is "".
std::string make_internet_gateway(const Origin& origin, Ec2& state, const std::string& vpc_id,
                                  Tags tags = {});

}  // namespace cloudchamber::mock::ec2

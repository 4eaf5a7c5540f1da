// The private IPv4 addresses of network interfaces.
#pragma once

#include <string>
#include <vector>

#include "cloudchamber/json.h"
#include "mock-server/services/ec2/subnet_addresses.h"

namespace cloudchamber::mock::ec2 {

// What PrivateIpAddress, PrivateIpAddresses and SecondaryPrivateIpAddressCount of an input ask for,
// the primary one first. Throws InvalidParameterCombination, InvalidParameterValue and what
// SubnetAddresses throws.
[[nodiscard]] std::vector<std::string> addresses_asked_for(const Json& input,
                                                           SubnetAddresses& free);

// {"Primary": ..., "PrivateIpAddress": ..., "PrivateDnsName": ...}
[[nodiscard]] Json private_address(const std::string& region, const std::string& address,
                                   bool primary, bool named);

}  // namespace cloudchamber::mock::ec2

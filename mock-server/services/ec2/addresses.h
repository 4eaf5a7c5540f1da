// Elastic IP addresses, for the families that use them.
//
// An address knows the network interface and private address it is associated with; the interface
// shows the association with that private address. Both are kept in step here.
#pragma once

#include <string>

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kAddress;

// A new address of Amazon's pool. Its allocation id.
std::string allocate_address(const Origin& origin, Ec2& state, const std::string& public_ip,
                             Tags tags);

// Associates the address with a private address of the interface, in place of what both are
// associated with. Returns the association's id.
std::string associate_address(const Origin& origin, Ec2& state, const std::string& allocation_id,
                              const std::string& interface_id, const std::string& private_ip);
// Does nothing when it is not associated.
void disassociate_address(const Origin& origin, Ec2& state, const std::string& allocation_id);

// Throws InvalidIPAddress.InUse when it is associated.
void check_address_free(const Ec2& state, const std::string& allocation_id);

// Whether a network interface in the VPC has a public address.
[[nodiscard]] bool has_public_addresses(const Ec2& state, const std::string& vpc_id);

}  // namespace cloudchamber::mock::ec2

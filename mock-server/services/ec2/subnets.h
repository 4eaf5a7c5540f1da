#pragma once

#include <optional>
#include <string>

#include "mock-server/services/ec2/engine/cidr.h"
#include "mock-server/services/ec2/engine/resources.h"
#include "mock-server/services/ec2/zones.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kSubnet;

struct NewSubnet {
  std::string vpc_id;
  Cidr cidr;
  Zone zone;
  bool is_default = false;
  std::optional<Cidr6> ipv6_cidr{};
  Tags tags{};
};
// Its id.
std::string make_subnet(const Origin& origin, Ec2& state, const NewSubnet& subnet);

// The IPv6 block that a subnet of the VPC is to have. Throws InvalidParameterValue,
// InvalidSubnet.Range, InvalidSubnet.Conflict.
[[nodiscard]] Cidr6 subnet_ipv6_cidr(const std::string& text, const Ec2& state,
                                     const std::string& vpc_id);
// {"AssociationId": ..., "Ipv6CidrBlock": ..., "Ipv6CidrBlockState": {"State": "associated"}}
[[nodiscard]] Json associated_subnet_ipv6_cidr(const Origin& origin, const Cidr6& cidr);

// Whether a subnet of the VPC lies in (overlaps) the block.
[[nodiscard]] bool has_subnet_in(const Ec2& state, const std::string& vpc_id, const Cidr& cidr);

// The default subnet of the zone (of the first zone that has one, for ""), "" when there is none.
[[nodiscard]] std::string default_subnet_of(const Ec2& state, const std::string& zone_name);

}  // namespace cloudchamber::mock::ec2

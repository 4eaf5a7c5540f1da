// VPCs, for the families that live in them.
#pragma once

#include <vector>

#include "mock-server/services/ec2/engine/cidr.h"
#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kVpc;

struct NewVpc {
  Cidr cidr;
  std::string tenancy = "default";
  bool is_default = false;
  bool ipv6 = false;  // with a block of IPv6 that Amazon provides
  Tags tags{};
};
// Its id. What every VPC has from the beginning is made by the families that are told of it.
std::string make_vpc(const Origin& origin, Ec2& state, const NewVpc& vpc);

// The default VPC's id, "" when there is none.
[[nodiscard]] std::string default_vpc_of(const Ec2& state);

// All IPv4 blocks of a VPC, the primary one first.
[[nodiscard]] std::vector<Cidr> cidrs_of(const Resource& vpc);

// A block of a VPC's size (/16 to /28) that a parameter gives. Throws InvalidParameterValue or
// InvalidVpc.Range.
[[nodiscard]] Cidr vpc_cidr(const std::string& text);

// {"AssociationId": ..., "CidrBlock": ..., "CidrBlockState": {"State": "associated"}}
[[nodiscard]] Json associated_cidr(const Origin& origin, const Cidr& cidr);
// Of a block of 2^72 addresses that Amazon provides.
[[nodiscard]] Json associated_ipv6_cidr(const Origin& origin);

}  // namespace cloudchamber::mock::ec2

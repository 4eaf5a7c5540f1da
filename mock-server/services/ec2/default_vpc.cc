// CreateDefaultVpc and CreateDefaultSubnet.
#include "mock-server/services/ec2/default_vpc.h"

#include "mock-server/services/ec2/engine/checks.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/internet_gateways.h"
#include "mock-server/services/ec2/subnets.h"
#include "mock-server/services/ec2/vpcs.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr Cidr kBlock{(172U << 24U) | (31U << 16U), 16};
constexpr int kSubnetLength = 20;

// The first /20 of the VPC that no subnet is in.
Cidr free_block(const Ec2& state, const std::string& vpc_id) {
  Cidr cidr{kBlock.address, kSubnetLength};
  while (kBlock.contains(cidr) && has_subnet_in(state, vpc_id, cidr))
    cidr.address += static_cast<std::uint32_t>(cidr.size());
  if (!kBlock.contains(cidr))
    throw AwsError("InsufficientCidrBlocks",
                   "Insufficient CIDR blocks to create a default subnet in " + vpc_id);
  return cidr;
}

std::string make_default_subnet(const Origin& origin, Ec2& state, const std::string& vpc_id,
                                const Zone& zone) {
  return make_subnet(
      origin, state,
      {.vpc_id = vpc_id, .cidr = free_block(state, vpc_id), .zone = zone, .is_default = true});
}

// The gateway comes before the subnets: families that hear of it give the main route table its
// route to the internet.
std::string make_default_vpc(const Origin& origin, Ec2& state) {
  std::string id = make_vpc(origin, state, {.cidr = kBlock, .is_default = true});
  make_internet_gateway(origin, state, id);
  for (const Zone& zone : zones_of(origin.region())) make_default_subnet(origin, state, id, zone);
  return id;
}

Json create_default_vpc(Call& call, Ec2& state) {
  if (!default_vpc_of(state).empty())
    throw AwsError("DefaultVpcAlreadyExists",
                   "A Default VPC already exists for this account in this region.");
  const std::string id = make_default_vpc(Origin(call), state);
  return {{"Vpc", shown(call, state, kVpc, id)}};
}

Json create_default_subnet(Call& call, Ec2& state) {
  const std::string vpc_id = default_vpc_of(state);
  if (vpc_id.empty())
    throw AwsError("DefaultVpcDoesNotExist",
                   "No default VPC exists for this account in this region.");
  const std::string name = required_text(call, "AvailabilityZone");
  for (const Zone& zone : zones_of(call.region())) {
    if (zone.name != name) continue;
    if (const std::string existing = default_subnet_of(state, name); !existing.empty())
      throw AwsError("DefaultSubnetAlreadyExistsInAvailabilityZone",
                     "'" + existing + "' is already the default subnet in " + name + ".");
    const std::string id = make_default_subnet(Origin(call), state, vpc_id, zone);
    return {{"Subnet", shown(call, state, kSubnet, id)}};
  }
  throw invalid_value(name, "availabilityZone");
}

}  // namespace

void found(Ec2& state, const std::string& account, const std::string& region) {
  make_default_vpc(Origin::founding(account, region), state);
  state.founded = true;
}

Family default_vpcs() {
  return {.kinds = {},
          .operations = {{"CreateDefaultSubnet", writes<create_default_subnet>},
                         {"CreateDefaultVpc", writes<create_default_vpc>}}};
}

}  // namespace cloudchamber::mock::ec2

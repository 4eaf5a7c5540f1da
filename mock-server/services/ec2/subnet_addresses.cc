#include "mock-server/services/ec2/subnet_addresses.h"

#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/network_interfaces.h"
#include "mock-server/services/ec2/subnets.h"

namespace cloudchamber::mock::ec2 {
namespace {
// The first four are AWS's, and the last one.
// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
constexpr std::uint32_t kReservedAtTheStart = 4;
}  // namespace

SubnetAddresses::SubnetAddresses(const Ec2& state, const std::string& subnet_id)
    : subnet_id_(subnet_id),
      cidr_(*Cidr::parse(get(state, kSubnet, subnet_id).shown.at("CidrBlock").get<std::string>())),
      next_(cidr_.address + kReservedAtTheStart) {
  for (const auto& [id, one] : state.of(kNetworkInterface)) {
    if (one.shown.at("SubnetId") != subnet_id) continue;
    for (const Json& address : one.shown.at("PrivateIpAddresses"))
      taken_.insert(*parse_ipv4(address.at("PrivateIpAddress").get<std::string>()));
  }
}

std::string SubnetAddresses::take() {
  while (taken_.contains(next_)) ++next_;
  if (!cidr_.contains(next_ + 1))
    throw AwsError("InsufficientFreeAddressesInSubnet",
                   "There are not enough free addresses in subnet '" + subnet_id_ +
                       "' to satisfy the requested number of instances.");
  taken_.insert(next_);
  return ipv4_text(next_);
}

std::uint64_t SubnetAddresses::count() const {
  return cidr_.size() - kReservedAtTheStart - 1 - taken_.size();
}

void SubnetAddresses::take(const std::string& address) {
  const std::optional<std::uint32_t> number = parse_ipv4(address);
  if (!number.has_value()) throw invalid_value(address, "privateIpAddress", "Invalid IP address.");
  if (!cidr_.contains(*number))
    throw invalid_parameter("Address " + address +
                            " does not fall within the subnet's address range");
  const std::uint32_t place = *number - cidr_.address;
  if (place < kReservedAtTheStart || place + 1 == cidr_.size())
    throw invalid_parameter("Address " + address + " is in subnet's reserved address range");
  if (!taken_.insert(*number).second)
    throw AwsError("InvalidIPAddress.InUse", "Address " + address + " is in use.");
}

}  // namespace cloudchamber::mock::ec2

// Which IPv4 addresses of a subnet network interfaces may have.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "mock-server/services/ec2/engine/cidr.h"
#include "mock-server/services/ec2/engine/state.h"

namespace cloudchamber::mock::ec2 {

// The addresses of one subnet that are free, as of when this was made, less those taken from it.
class SubnetAddresses {
 public:
  SubnetAddresses(const Ec2& state, const std::string& subnet_id);

  // The lowest that is free. Throws InsufficientFreeAddressesInSubnet.
  [[nodiscard]] std::string take();
  [[nodiscard]] std::uint64_t count() const;  // how many are free
  // That one. Throws InvalidParameterValue when it is none of the subnet's own,
  // InvalidIPAddress.InUse.
  void take(const std::string& address);

 private:
  std::string subnet_id_;
  Cidr cidr_;
  std::set<std::uint32_t> taken_;
  std::uint32_t next_;  // none below it is free
};

}  // namespace cloudchamber::mock::ec2

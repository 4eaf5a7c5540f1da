// The network interfaces that RunInstances is asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mock-server/services/ec2/network_interfaces.h"
#include "mock-server/services/ec2/subnet_addresses.h"

namespace cloudchamber::mock::ec2 {

// One interface that each instance gets.
struct LaunchInterface {
  std::string existing_id;  // "" for a new one
  std::string subnet_id;
  Json asked_for = Json::object();  // its private addresses, as the input gives them
  Json groups = Json::array();
  std::string description;
  std::int64_t device_index = 0;
  bool delete_on_termination = true;
  bool public_address = false;
};

// Of an input of RunInstances (a launch template's data laid under it), by device index: the first
// is the primary one. Throws what AWS answers to subnets, groups, zones and addresses that do not
// fit.
[[nodiscard]] std::vector<LaunchInterface> launch_interfaces(const Call& call, const Ec2& state,
                                                             const Json& input);

}  // namespace cloudchamber::mock::ec2

// Route tables, for the families whose resources they route to.
#pragma once

#include <string>

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kRouteTable;

// The table that subnets without one of their own use.
[[nodiscard]] std::string main_route_table_of(const Ec2& state, const std::string& vpc_id);

// The table that routes for a subnet: its own, else the main one.
[[nodiscard]] std::string route_table_of_subnet(const Ec2& state, const std::string& subnet_id);

}  // namespace cloudchamber::mock::ec2

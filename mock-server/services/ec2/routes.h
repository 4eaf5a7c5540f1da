// Routes of route tables. In a table's `shown` stand those that calls have made, without a state;
// the local ones, those of gateway endpoints, and all states are computed, since they change with
// VPCs and targets.
#pragma once

#include "mock-server/services/ec2/engine/kind.h"

namespace cloudchamber::mock::ec2 {

// A Kind::at_present: the table with all its routes, as they are now.
const Json& with_all_routes(const View& view, const Resource& table, Json& scratch);

// A VPC's blocks, each a local route.
[[nodiscard]] Json local_routes(const Resource& vpc);

Json create_route(Call& call, Ec2& state);
Json replace_route(Call& call, Ec2& state);
Json delete_route(Call& call, Ec2& state);

}  // namespace cloudchamber::mock::ec2

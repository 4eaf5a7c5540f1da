// Query and Scan: pages of a table or an index.
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/dynamodb/tables.h"

namespace cloudchamber::mock::dynamodb {

Json query(Call& call, const State& state);
Json scan(Call& call, const State& state);

}  // namespace cloudchamber::mock::dynamodb

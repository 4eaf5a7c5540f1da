// TransactGetItems and TransactWriteItems.
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/dynamodb/tables.h"

namespace cloudchamber::mock::dynamodb {

Json transact_get_items(Call& call, const State& state);
Json transact_write_items(Call& call, State& state);

}  // namespace cloudchamber::mock::dynamodb

// BatchGetItem and BatchWriteItem.
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/dynamodb/tables.h"

namespace cloudchamber::mock::dynamodb {

Json batch_get_item(Call& call, const State& state);
Json batch_write_item(Call& call, State& state);

}  // namespace cloudchamber::mock::dynamodb

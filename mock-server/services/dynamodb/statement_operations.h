// PartiQL: ExecuteStatement, BatchExecuteStatement, ExecuteTransaction.
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/dynamodb/tables.h"

namespace cloudchamber::mock::dynamodb {

Json execute_statement(Call& call, State& state);
Json batch_execute_statement(Call& call, State& state);
Json execute_transaction(Call& call, State& state);

}  // namespace cloudchamber::mock::dynamodb

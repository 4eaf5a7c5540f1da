// TransactGetItems and TransactWriteItems.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mock-server/call/call.h"
#include "mock-server/services/dynamodb/item_operations.h"
#include "mock-server/services/dynamodb/tables.h"

namespace cloudchamber::mock::dynamodb {

// Writes all or nothing and gives the reply of TransactWriteItems. `request` is what a
// ClientRequestToken in `input` stands for. Throws TransactionCanceledException,
// ValidationException, ResourceNotFoundException, IdempotentParameterMismatchException.
[[nodiscard]] Json transact(State& state, const std::vector<Write>& writes, const Json& input,
                            TimePoint now);
// What an earlier transaction with the token of `input` answered, null when there was none.
[[nodiscard]] const Json* replayed(const State& state, const Json& input, const Json& request,
                                   TimePoint now);
// Notes the reply under the token of `input`, if it has one.
void remember(State& state, const Json& input, const Json& request, const Json& reply,
              TimePoint now);

// ConsumedCapacity of a transaction; `kind` is ReadCapacityUnits or WriteCapacityUnits.
[[nodiscard]] Json consumed_by_transaction(const Json& input,
                                           std::map<std::string, Consumed>& consumed,
                                           std::string_view kind);

Json transact_get_items(Call& call, const State& state);
Json transact_write_items(Call& call, State& state);

}  // namespace cloudchamber::mock::dynamodb

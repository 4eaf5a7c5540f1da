// What statements do, in the terms of the other operations: the keys they name, the writes they
// mean, the pages they read.
#pragma once

#include <optional>
#include <string>

#include "mock-server/services/dynamodb/item_operations.h"
#include "mock-server/services/dynamodb/partiql/statement.h"
#include "mock-server/services/dynamodb/tables.h"

namespace cloudchamber::mock::dynamodb {

// The key that a WHERE clause names by an equality on each of its attributes.
struct NamedKey {
  Json key;
  bool only = false;  // the clause says nothing else
};
// Nothing unless it names a whole key. Throws ValidationException for values that are no key.
[[nodiscard]] std::optional<NamedKey> named_key(const partiql::Statement& statement,
                                                const KeySchema& keys);

// A writing statement as a write. Movable, not copyable: the write refers to the other members.
struct StatementWrite {
  partiql::Statement statement;
  std::unique_ptr<Json> input;  // TableName, Key and the options of the request
  Write write;
};
// `options`: the request's, of which ReturnConsumedCapacity and ReturnValuesOnConditionCheckFailure
// are kept. Throws ResourceNotFoundException, ValidationException.
[[nodiscard]] StatementWrite write_of(partiql::Statement statement, const State& state,
                                      const Json& options);

// One page of a SELECT: Items, and LastEvaluatedKey and NextToken where there is more. `text` and
// the parameters are what a NextToken belongs to.
[[nodiscard]] Json read_page_of(const partiql::Statement& statement, const State& state,
                                const Json& input, TimePoint now);

}  // namespace cloudchamber::mock::dynamodb

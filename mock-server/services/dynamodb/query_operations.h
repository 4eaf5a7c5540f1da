// Query and Scan: pages of a table or an index.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mock-server/call/call.h"
#include "mock-server/services/dynamodb/expressions/tree.h"
#include "mock-server/services/dynamodb/key_conditions.h"
#include "mock-server/services/dynamodb/tables.h"

namespace cloudchamber::mock::dynamodb {

// What a SELECT of PartiQL reads: like a Query where `where` names one partition, else like a Scan.
// Refers to what it was made of.
struct StatementRead {
  const Json* input = nullptr;  // Limit, ConsistentRead, ReturnConsumedCapacity
  std::string table;
  std::string index;
  const Node* where = nullptr;               // null: everything
  std::vector<const Node*> conjuncts;        // of `where`
  const std::vector<Path>* paths = nullptr;  // null: whole items
  const Json* start_key = nullptr;
  bool forward = true;
};
// Items, LastEvaluatedKey, ConsumedCapacity.
[[nodiscard]] Json read_for_statement(const StatementRead& read, const State& state, TimePoint now);
// The condition on a key's attribute that holds where this node does, if it is such a one.
[[nodiscard]] std::optional<KeyCondition> key_condition_of(const Node& node,
                                                           const KeyAttribute& attribute);

Json query(Call& call, const State& state);
Json scan(Call& call, const State& state);

}  // namespace cloudchamber::mock::dynamodb

// GetItem, PutItem, UpdateItem, DeleteItem in two steps each: reading the request, which needs no
// table, and doing it. Batches and transactions are made of the same steps.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mock-server/services/dynamodb/expressions/tree.h"
#include "mock-server/services/dynamodb/request.h"

namespace cloudchamber::mock::dynamodb {

// What is to be read of an item: everything, or the parts at these paths.
struct Selection {
  std::optional<std::vector<Path>> paths;
  [[nodiscard]] Json of(const Json& attributes) const {
    return paths ? project(attributes, *paths) : attributes;
  }
};
// Of ProjectionExpression or AttributesToGet. Checks that all placeholders are used.
[[nodiscard]] Selection read_selection(const Json& input);

struct LegacyUpdate {
  std::string attribute;
  std::string action;  // PUT, ADD, DELETE
  const Json* value;   // null when not given
};

// A write: what is asked of one item. Refers to the input.
struct Write {
  enum class Kind { kPut, kUpdate, kDelete, kCheck };
  Kind kind = Kind::kPut;
  const Json* input = nullptr;
  Item item;  // kPut: as it will be stored
  WriteCondition condition;
  std::vector<UpdateAction> actions;  // kUpdate
  std::vector<LegacyUpdate> updates;  // kUpdate, of AttributeUpdates
  bool is_legacy_update = false;
  bool is_insert = false;  // kPut: DuplicateItemException where the item exists
};
// Throws ValidationException for what can be told without the table.
[[nodiscard]] Write read_put(const Json& input);
[[nodiscard]] Write read_update(const Json& input);
[[nodiscard]] Write read_delete(const Json& input);
[[nodiscard]] Write read_condition_check(const Json& input);

// What the table has to say about a write before it is tried: bad keys and index keys. Gives the
// item's key bytes.
[[nodiscard]] std::string check_write(const Write& write, const Definition& table);

struct Written {
  std::optional<Item> before;
  std::optional<Item> after;
};
// The item as it will be (nothing when it goes), the condition already met. ValidationException for
// an update that can't be done.
[[nodiscard]] std::optional<Item> outcome(const Write& write, const Definition& table,
                                          const Item* before);

// Does one write and gives what the reply has in common for all: ConsumedCapacity and
// ItemCollectionMetrics, where `input` asks for them.
struct Done {
  Written written;
  Json reply = Json::object();
};
[[nodiscard]] Done perform(const Write& write, State& state, const Json& input, TimePoint now);

// The part of an item that an update has touched.
[[nodiscard]] Json updated_part(const Write& write, const Item& item);

// The handlers.
Json get_item(Call& call, const State& state);
Json put_item(Call& call, State& state);
Json update_item(Call& call, State& state);
Json delete_item(Call& call, State& state);

}  // namespace cloudchamber::mock::dynamodb

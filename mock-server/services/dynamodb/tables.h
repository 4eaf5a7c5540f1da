// The state of DynamoDB in one region of an account: tables with their items and index entries,
// streams, and the tokens of recent transactions. All of it values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/clock.h"
#include "cloudchamber/json.h"
#include "mock-server/services/dynamodb/schema.h"
#include "mock-server/state/table.h"
#include "mock-server/state/world.h"

namespace cloudchamber::mock::dynamodb {

// An item as stored: its attributes never change once they are in, so copies share them.
struct Item {
  std::shared_ptr<const Json> attributes;
  std::size_t bytes = 0;  // size_of_attributes
};

using Items = Table<std::string, Item>;           // by key_bytes
using Entries = Table<std::string, std::string>;  // entry_bytes -> key_bytes

struct TableData {
  std::shared_ptr<const Definition> definition;
  Items items;
  std::vector<Entries> entries;  // one an index, in the definition's order
  std::size_t bytes = 0;
};

struct StreamRecord {
  std::string event_id;
  std::string event_name;  // INSERT, MODIFY, REMOVE
  TimePoint created;
  std::shared_ptr<const Json> keys;
  std::shared_ptr<const Json> old_image;  // null where there is none
  std::shared_ptr<const Json> new_image;
  std::size_t bytes = 0;
  bool by_service = false;  // time to live
};

struct Stream {
  std::string table_name;
  std::string arn;
  std::string label;
  std::string view_type;
  std::string shard_id;
  TimePoint created;
  bool enabled = true;
  std::uint64_t first_sequence = 0;            // what the first record has, or will have
  std::uint64_t last_sequence = 0;             // when not enabled any more
  std::shared_ptr<const Definition> table;     // as it was when the stream was made
  Table<std::uint64_t, StreamRecord> records;  // by sequence number
};

// What TransactWriteItems answered under a client request token.
struct Replay {
  TimePoint at;
  std::string request_digest;
  std::shared_ptr<const Json> consumed;  // the reply
};

struct State {
  static constexpr Scope kScope = Scope::kRegion;
  Table<std::string, TableData> tables;     // by name
  Table<std::string, Stream> streams;       // by ARN
  Table<std::string, Replay> transactions;  // by token
  std::uint64_t sequence = 0;               // of the latest stream record
};

[[nodiscard]] Item make_item(Json attributes);

// The item under a key, else null; one whose time to live is over is not there any more.
[[nodiscard]] const Item* find_item(const TableData& table, const std::string& key, TimePoint now);
[[nodiscard]] bool is_expired(const Definition& table, const Json& attributes, TimePoint now);

// Puts or (null attributes) removes the item under `key`; keeps index entries, sizes and the
// table's stream. `by_service`: removed because its time was over.
void write_item(State& state, TableData& table, const std::string& key, Item item, TimePoint now,
                bool by_service = false);

// Fills the entries of the index at `position` from all items.
void fill_index(TableData& table, std::size_t position);

}  // namespace cloudchamber::mock::dynamodb

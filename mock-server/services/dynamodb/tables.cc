#include "mock-server/services/dynamodb/tables.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "mock-server/services/dynamodb/keys.h"

namespace cloudchamber::mock::dynamodb {
namespace {

// An expiry time further back than this is taken for a mistake:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
constexpr Seconds kOldestExpiry{5 * 365 * 24 * 3600LL};

// Stream records are kept for a day.
constexpr Seconds kRecordLifetime{24 * 3600LL};

std::string hex_id(std::uint64_t sequence) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out(32, '0');
  // The same event has the same id for every reader, and ids look as AWS's do.
  std::uint64_t mixed = sequence * 0x9e3779b97f4a7c15U;
  for (std::size_t i = 0; i < 16; ++i, mixed >>= 4U) out[i] = kDigits[mixed & 15U];
  for (std::size_t i = 32; i-- > 16; sequence >>= 4U) out[i] = kDigits[sequence & 15U];
  return out;
}

void record(State& state, const Definition& table, const Item* before, const Item& after,
            TimePoint now, bool by_service) {
  Stream* stream = state.streams.change(table.stream.arn);
  if (stream == nullptr) return;
  // A write that changes nothing leaves no record.
  if (before != nullptr && after.attributes != nullptr &&
      *before->attributes == *after.attributes) {
    return;
  }
  StreamRecord entry;
  entry.event_name = before == nullptr             ? "INSERT"
                     : after.attributes == nullptr ? "REMOVE"
                                                   : "MODIFY";
  entry.created = now;
  entry.by_service = by_service;
  const Item& any = before != nullptr ? *before : after;
  entry.keys = std::make_shared<const Json>(key_of(table.keys, *any.attributes));
  entry.bytes = size_of_attributes(*entry.keys);
  const std::string& view = stream->view_type;
  if (before != nullptr && (view == "OLD_IMAGE" || view == "NEW_AND_OLD_IMAGES")) {
    entry.old_image = before->attributes;
    entry.bytes += before->bytes;
  }
  if (after.attributes != nullptr && (view == "NEW_IMAGE" || view == "NEW_AND_OLD_IMAGES")) {
    entry.new_image = after.attributes;
    entry.bytes += after.bytes;
  }
  const std::uint64_t sequence = ++state.sequence;
  entry.event_id = hex_id(sequence);
  while (!stream->records.empty()) {
    const auto oldest = stream->records.begin();
    if (now - oldest->second.created <= kRecordLifetime) break;
    stream->records.erase(std::uint64_t{oldest->first});
  }
  stream->records.put(sequence, std::move(entry));
}

}  // namespace

Item make_item(Json attributes) {
  const std::size_t bytes = size_of_attributes(attributes);
  return {std::make_shared<const Json>(std::move(attributes)), bytes};
}

bool is_expired(const Definition& table, const Json& attributes, TimePoint now) {
  if (table.ttl_attribute.empty()) return false;
  const auto found = attributes.find(table.ttl_attribute);
  if (found == attributes.end() || type_of(*found) != Type::kN) return false;
  const std::int64_t seconds = number_of(*found).whole();
  if (seconds < 0) return false;
  const auto now_seconds = std::chrono::duration_cast<Seconds>(now.time_since_epoch()).count();
  return seconds <= now_seconds && seconds > now_seconds - kOldestExpiry.count();
}

const Item* find_item(const TableData& table, const std::string& key, TimePoint now) {
  const Item* item = table.items.find(key);
  if (item == nullptr || is_expired(*table.definition, *item->attributes, now)) return nullptr;
  return item;
}

void write_item(State& state, TableData& table, const std::string& key, Item item, TimePoint now,
                bool by_service) {
  const Definition& definition = *table.definition;
  const Item* found = table.items.find(key);
  if (found != nullptr && !by_service && is_expired(definition, *found->attributes, now)) {
    // AWS's sweeper would have taken it by now: the writer meets a missing item.
    write_item(state, table, key, {}, now, true);
    found = nullptr;
  }
  const std::optional<Item> before = found == nullptr ? std::nullopt : std::optional(*found);
  if (!before && item.attributes == nullptr) return;
  for (std::size_t i = 0; i < definition.indexes.size(); ++i) {
    const Index& index = definition.indexes[i];
    std::optional<std::string> old_entry;
    std::optional<std::string> new_entry;
    if (before) old_entry = entry_bytes(index, *before->attributes, key);
    if (item.attributes != nullptr) new_entry = entry_bytes(index, *item.attributes, key);
    if (old_entry == new_entry) continue;
    if (old_entry) table.entries[i].erase(*old_entry);
    if (new_entry) table.entries[i].put(std::move(*new_entry), key);
  }
  if (definition.stream.enabled) {
    record(state, definition, before ? &*before : nullptr, item, now, by_service);
  }
  if (before) table.bytes -= before->bytes;
  if (item.attributes == nullptr) {
    table.items.erase(key);
  } else {
    table.bytes += item.bytes;
    table.items.put(key, std::move(item));
  }
}

void fill_index(TableData& table, std::size_t position) {
  Entries entries;
  const Index& index = table.definition->indexes[position];
  for (const auto& [key, item] : table.items) {
    if (auto entry = entry_bytes(index, *item.attributes, key)) entries.put(*entry, key);
  }
  table.entries[position] = std::move(entries);
}

}  // namespace cloudchamber::mock::dynamodb

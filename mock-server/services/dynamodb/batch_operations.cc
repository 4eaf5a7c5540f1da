#include "mock-server/services/dynamodb/batch_operations.h"

#include <unordered_set>

#include "mock-server/services/dynamodb/item_operations.h"
#include "mock-server/services/dynamodb/keys.h"
#include "mock-server/services/dynamodb/limits.h"
#include "mock-server/services/dynamodb/request.h"

namespace cloudchamber::mock::dynamodb {
namespace {

AwsError duplicates() { return validation_error("Provided list of item keys contains duplicates"); }

AwsError key_mismatch() {
  return validation_error("The provided key element does not match the schema");
}

// The table of an entry of RequestItems, whose name may be an ARN.
std::string named_table(const State& state, const std::string& name_or_arn) {
  std::string name = table_name(name_or_arn);
  if (!state.tables.contains(name)) throw resource_not_found();
  return name;
}

struct TableRead {
  const std::string* asked_name;
  const Json* request;
  Selection selection;
};

TableRead read_table_request(const std::string& name, const Json& request, std::size_t& count) {
  TableRead read{&name, &request, read_selection(request)};
  std::unordered_set<std::string> seen;
  for (const Json& key : *member(request, "Keys")) {
    check_attributes(key);
    if (!seen.insert(key.dump(-1, ' ', false, Json::error_handler_t::replace)).second) {
      throw duplicates();
    }
    if (++count > kMaxBatchGetKeys) {
      throw validation_error("Too many items requested for the BatchGetItem call");
    }
  }
  return read;
}

struct BatchWrite {
  std::string table;
  std::string key;
  Write write;
};

Write read_write_request(const Json& request) {
  if (request.size() != 1) {
    throw validation_error(
        request.empty()
            ? "Supplied AttributeValue has more than one datatypes set, must contain exactly one "
              "of the supported datatypes"
            : "Supplied WriteRequest has more than one datatypes set, must contain exactly one of "
              "PutRequest, DeleteRequest");
  }
  if (const Json* put = member(request, "PutRequest")) return read_put(*put);
  return read_delete(*member(request, "DeleteRequest"));
}

}  // namespace

Json batch_get_item(Call& call, const State& state) {
  const Json& requests = call.at("RequestItems");
  std::vector<TableRead> reads;
  std::size_t count = 0;
  for (const auto& [name, request] : *requests.get_ptr<const Json::object_t*>()) {
    reads.push_back(read_table_request(name, request, count));
  }
  Json responses = Json::object();
  Json unprocessed = Json::object();
  Json consumed_by_table = Json::array();
  std::size_t bytes = 0;
  for (const TableRead& read : reads) {
    const TableData& table = *state.tables.find(named_table(state, *read.asked_name));
    const Definition& definition = *table.definition;
    const bool consistent = flag_member(*read.request, "ConsistentRead");
    Consumed consumed(definition);
    Json& items = responses[*read.asked_name] = Json::array();
    std::unordered_set<std::string> given;
    for (const Json& key : *member(*read.request, "Keys")) check_key(definition.keys, key);
    for (const Json& key : *member(*read.request, "Keys")) {
      if (bytes >= kMaxBatchGetBytes) {
        Json& rest = unprocessed[*read.asked_name];
        if (rest.is_null()) {
          rest = *read.request;
          rest["Keys"] = Json::array();
        }
        rest["Keys"].push_back(key);
        continue;
      }
      const std::string key_text = key_bytes(definition.keys, key);
      // Two ways to write a number are one key: it is answered once.
      if (!given.insert(key_text).second) continue;
      const Item* item = find_item(table, key_text, call.now());
      consumed.add_table(Consumed::read_units(item == nullptr ? 0 : item->bytes, consistent));
      if (item == nullptr) continue;
      bytes += item->bytes;
      items.push_back(read.selection.of(*item->attributes));
    }
    consumed_by_table.push_back(consumed.to_json(wants_consumed_by_index(call.input())));
  }
  Json reply = {{"Responses", std::move(responses)}, {"UnprocessedKeys", std::move(unprocessed)}};
  if (wants_consumed(call.input())) reply["ConsumedCapacity"] = std::move(consumed_by_table);
  return reply;
}

Json batch_write_item(Call& call, State& state) {
  const Json& requests = call.at("RequestItems");
  std::vector<BatchWrite> writes;
  for (const auto& [name, list] : *requests.get_ptr<const Json::object_t*>()) {
    for (const Json& request : list) writes.push_back({name, "", read_write_request(request)});
  }
  if (writes.size() > kMaxBatchWrites) {
    throw validation_error("Too many items requested for the BatchWriteItem call");
  }
  std::unordered_set<std::string> seen;
  for (BatchWrite& write : writes) {
    write.table = named_table(state, write.table);
    const Definition& table = *state.tables.find(write.table)->definition;
    try {
      write.key = check_write(write.write, table);
    } catch (const AwsError& error) {
      // A batch has one word for all that is wrong with an item's own key.
      const std::string message = error.message();
      if (message.find("Missing the key") != std::string::npos ||
          message.find("Type mismatch for key") != std::string::npos) {
        throw key_mismatch();
      }
      throw;
    }
    if (!seen.insert(write.table + '/' + write.key).second) throw duplicates();
  }
  std::map<std::string, Consumed> consumed;
  Json metrics = Json::object();
  const std::string* wants_metrics = text_member(call.input(), "ReturnItemCollectionMetrics");
  for (const BatchWrite& write : writes) {
    TableData& table = *state.tables.change(write.table);
    const Item* found = find_item(table, write.key, call.now());
    const std::optional<Item> before = found == nullptr ? std::nullopt : std::optional(*found);
    const std::optional<Item> after = outcome(write.write, *table.definition, found);
    write_item(state, table, write.key, after.value_or(Item{}), call.now());
    consumed.try_emplace(write.table, *table.definition)
        .first->second.add_write(before ? &*before : nullptr, after ? &*after : nullptr);
    if (wants_metrics != nullptr && *wants_metrics == "SIZE" &&
        table.definition->has_local_indexes()) {
      const Json& key = after ? *after->attributes : *member(*write.write.input, "Key");
      Json& list = metrics[write.table];
      if (list.is_null()) list = Json::array();
      list.push_back(collection_metrics(table, key));
    }
  }
  Json reply = {{"UnprocessedItems", Json::object()}};
  if (wants_consumed(call.input())) {
    Json& list = reply["ConsumedCapacity"] = Json::array();
    for (const auto& [name, one] : consumed) {
      list.push_back(one.to_json(wants_consumed_by_index(call.input())));
    }
  }
  if (!metrics.empty()) reply["ItemCollectionMetrics"] = std::move(metrics);
  return reply;
}

}  // namespace cloudchamber::mock::dynamodb

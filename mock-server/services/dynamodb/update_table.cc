// UpdateTable: billing, throughput, global indexes, streams and the rest of a table's settings.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "mock-server/services/dynamodb/description.h"
#include "mock-server/services/dynamodb/request.h"
#include "mock-server/services/dynamodb/streams.h"
#include "mock-server/services/dynamodb/table_definition.h"
#include "mock-server/services/dynamodb/table_operations.h"

namespace cloudchamber::mock::dynamodb {
namespace {

bool is_something_to_do(const Call& call) {
  for (const char* name : {"ProvisionedThroughput", "BillingMode", "StreamSpecification",
                           "SSESpecification", "ReplicaUpdates", "TableClass",
                           "DeletionProtectionEnabled", "OnDemandThroughput", "WarmThroughput"}) {
    if (call.find(name) != nullptr) return true;
  }
  const Json* updates = call.find("GlobalSecondaryIndexUpdates");
  return updates != nullptr && !updates->empty();
}

void check_updates(const Json& updates) {
  std::set<std::string> names;
  std::size_t online = 0;
  for (const Json& update : updates) {
    if (update.empty()) {
      throw invalid_parameter(
          "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
          "GlobalSecondaryIndexUpdate.Delete must not be null");
    }
    if (update.size() > 1) {
      throw invalid_parameter(
          "Only one of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
          "GlobalSecondaryIndexUpdate.Delete can be specified in one update");
    }
    const Json& action = *update.begin();
    if (!names.insert(action["IndexName"].get<std::string>()).second) {
      throw invalid_parameter(
          "Only one global secondary index update per index is allowed simultaneously. Index: " +
          action["IndexName"].get<std::string>());
    }
    if (!update.contains("Update")) ++online;
  }
  if (online > 1) {
    throw limit_exceeded(
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously "
        "per table");
  }
}

std::string printed_schema(const KeySchema& keys) {
  std::string out = "Schema:[SchemaElement: key{";
  bool first = true;
  keys.each([&](const KeyAttribute& attribute, bool is_hash) {
    out += (first ? "" : "}, SchemaElement: key{") + attribute.name + ":" +
           std::string(type_name(attribute.type)) + (is_hash ? ":HASH" : ":RANGE");
    first = false;
  });
  return out + "}]";
}

// The request defines the new index's key attributes, also those that the table knows; what other
// indexes rely on can't change its type.
void merge_attributes(const Call& call, Definition& table, const Json& create) {
  const auto given = call.find("AttributeDefinitions") == nullptr
                         ? std::vector<std::pair<std::string, Type>>()
                         : read_attributes(call.at("AttributeDefinitions"));
  const Index wanted = read_index(create, true, given);
  for (const auto& [name, type] : given) {
    const auto known = table.type_of_attribute(name);
    if (!known || *known == type) continue;
    const auto user = std::find_if(
        table.indexes.begin(), table.indexes.end(),
        [&name = name](const Index& index) { return index.keys.find(name) != nullptr; });
    const KeySchema& existing = user == table.indexes.end() ? table.keys : user->keys;
    throw invalid_parameter(
        "Attributes cannot be redefined. Please check that your attribute has the same type as "
        "previously defined. Existing schema: " +
        printed_schema(existing) + " New schema: " + printed_schema(wanted.keys));
  }
  // Only what the new index needs is kept: AWS passes over other definitions.
  wanted.keys.each([&](const KeyAttribute& attribute, bool) {
    if (!table.type_of_attribute(attribute.name)) {
      table.attributes.emplace_back(attribute.name, attribute.type);
    }
  });
}

void forget_unused_attributes(Definition& table) {
  const auto used = [&](const std::string& name) {
    return table.keys.find(name) != nullptr ||
           std::any_of(table.indexes.begin(), table.indexes.end(),
                       [&](const Index& index) { return index.keys.find(name) != nullptr; });
  };
  table.attributes.erase(
      std::remove_if(table.attributes.begin(), table.attributes.end(),
                     [&](const auto& attribute) { return !used(attribute.first); }),
      table.attributes.end());
}

void create_index(const Call& call, Definition& definition, TableData& data, const Json& create) {
  const std::string name = create["IndexName"];
  if (definition.find_index(name) != nullptr) {
    throw validation_error(
        "Attempting to create an index which already exists: index already exists: " + name);
  }
  check_global_index(definition, create);
  merge_attributes(call, definition, create);
  definition.indexes.push_back(read_index(create, true, definition.attributes));
  if (std::count_if(definition.indexes.begin(), definition.indexes.end(),
                    [](const Index& index) { return index.global; }) > 20) {
    throw limit_exceeded("Subscriber limit exceeded: Number of GlobalSecondaryIndexes exceeds 20");
  }
  data.entries.emplace_back();
}

void delete_index(Definition& definition, TableData& data, const Json& remove) {
  const std::string name = remove["IndexName"];
  const auto found = std::find_if(definition.indexes.begin(), definition.indexes.end(),
                                  [&](const Index& index) { return index.name == name; });
  if (found == definition.indexes.end()) {
    throw resource_not_found("Requested resource not found");
  }
  if (!found->global) {
    throw invalid_parameter("Index is not a global secondary index: " + name);
  }
  data.entries.erase(data.entries.begin() + (found - definition.indexes.begin()));
  definition.indexes.erase(found);
  forget_unused_attributes(definition);
}

void check_change(const Throughput& current, const Throughput& wanted) {
  if (current.read != wanted.read || current.write != wanted.write) return;
  throw validation_error(
      "The provisioned throughput for the table will not change. The requested value equals the "
      "current value. Current ReadCapacityUnits provisioned for the table: " +
      std::to_string(current.read) +
      ". Requested ReadCapacityUnits: " + std::to_string(wanted.read) +
      ". Current WriteCapacityUnits provisioned for the table: " + std::to_string(current.write) +
      ". Requested WriteCapacityUnits: " + std::to_string(wanted.write) +
      ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request "
      "higher limits.");
}

void change_throughput(Throughput& current, const Json& given, TimePoint now) {
  check_throughput(given);
  const Throughput wanted = read_throughput(given);
  check_change(current, wanted);
  if (wanted.read > current.read || wanted.write > current.write) current.increased = now;
  if (wanted.read < current.read || wanted.write < current.write) {
    current.decreased = now;
    ++current.decreases_today;
  }
  current.read = wanted.read;
  current.write = wanted.write;
}

void update_index(const Call& call, Definition& definition, const Json& update) {
  const std::string name = update["IndexName"];
  const auto found = std::find_if(definition.indexes.begin(), definition.indexes.end(),
                                  [&](const Index& index) { return index.name == name; });
  if (found == definition.indexes.end() || !found->global) {
    throw resource_not_found("Requested resource not found");
  }
  if (const Json* throughput = member(update, "ProvisionedThroughput")) {
    change_throughput(found->throughput, *throughput, call.now());
  }
  if (const Json* limits = member(update, "OnDemandThroughput")) {
    found->on_demand = read_limits(*limits, "MaxReadRequestUnits", "MaxWriteRequestUnits");
  }
  if (const Json* limits = member(update, "WarmThroughput")) {
    found->warm = read_limits(*limits, "ReadUnitsPerSecond", "WriteUnitsPerSecond");
  }
}

void update_billing(const Call& call, Definition& definition) {
  const std::string* mode = text_member(call.input(), "BillingMode");
  const Json* throughput = call.find("ProvisionedThroughput");
  const bool on_demand = mode == nullptr ? definition.pay_per_request : *mode == "PAY_PER_REQUEST";
  if (on_demand && throughput != nullptr) {
    throw invalid_parameter(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
        "PAY_PER_REQUEST");
  }
  if (mode != nullptr && !on_demand && throughput == nullptr) {
    throw invalid_parameter(
        "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
  }
  if (mode != nullptr) {
    definition.billing_mode_told = true;
    if (on_demand && !definition.pay_per_request) {
      definition.pay_per_request_since = call.now();
      definition.throughput = {};
      for (Index& index : definition.indexes) index.throughput = {};
    }
    definition.pay_per_request = on_demand;
  }
  if (throughput != nullptr) change_throughput(definition.throughput, *throughput, call.now());
}

void update_settings(const Call& call, State& state, Definition& definition) {
  definition.table_class = call.text_or("TableClass", definition.table_class);
  definition.deletion_protection =
      call.flag_or("DeletionProtectionEnabled", definition.deletion_protection);
  if (const Json* limits = call.find("OnDemandThroughput")) {
    definition.on_demand = read_limits(*limits, "MaxReadRequestUnits", "MaxWriteRequestUnits");
  }
  if (const Json* limits = call.find("WarmThroughput")) {
    definition.warm = read_limits(*limits, "ReadUnitsPerSecond", "WriteUnitsPerSecond");
  }
  if (const Json* encryption = call.find("SSESpecification")) {
    if (!flag_member(*encryption, "Enabled")) {
      definition.kms_key.clear();
    } else if (definition.kms_key.empty()) {
      definition.kms_key = "arn:aws:kms:" + call.region() + ":" + call.account() + ":key/" +
                           call.text_or("KMSMasterKeyId", call.ids().uuid());
    }
  }
  if (const Json* stream = call.find("StreamSpecification")) {
    set_stream(call, state, definition, *stream);
  }
}

}  // namespace

Json update_table(Call& call, State& state) {
  const std::string name = table_name(call.text("TableName"));
  if (call.find("ReplicaUpdates") != nullptr) throw not_implemented("UpdateTable: ReplicaUpdates");
  if (!is_something_to_do(call)) {
    throw validation_error(
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
        "GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required for "
        "UpdateTable");
  }
  const Json* updates = call.find("GlobalSecondaryIndexUpdates");
  if (updates != nullptr) check_updates(*updates);
  TableData* table = state.tables.change(name);
  if (table == nullptr) throw table_not_found(name);
  Definition definition = *table->definition;
  update_billing(call, definition);
  bool fills = false;
  if (updates != nullptr) {
    for (const Json& update : *updates) {
      if (const Json* create = member(update, "Create")) {
        create_index(call, definition, *table, *create);
        fills = true;
      } else if (const Json* remove = member(update, "Delete")) {
        delete_index(definition, *table, *remove);
      } else if (const Json* change = member(update, "Update")) {
        update_index(call, definition, *change);
      }
    }
  }
  update_settings(call, state, definition);
  table->definition = std::make_shared<const Definition>(std::move(definition));
  if (fills) fill_index(*table, table->entries.size() - 1);
  return {{"TableDescription", describe(*table, "UPDATING")}};
}

}  // namespace cloudchamber::mock::dynamodb

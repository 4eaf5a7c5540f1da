#include "mock-server/services/dynamodb/description.h"

#include <nlohmann/json.hpp>

#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::dynamodb {
namespace {

Json describe_throughput(const Throughput& throughput) {
  Json result = {{"ReadCapacityUnits", throughput.read},
                 {"WriteCapacityUnits", throughput.write},
                 {"NumberOfDecreasesToday", throughput.decreases_today}};
  if (throughput.increased) result["LastIncreaseDateTime"] = iso8601(*throughput.increased);
  if (throughput.decreased) result["LastDecreaseDateTime"] = iso8601(*throughput.decreased);
  return result;
}

Json describe_on_demand(const Limits& limits) {
  return {{"MaxReadRequestUnits", limits.read}, {"MaxWriteRequestUnits", limits.write}};
}

// What a table or index can take at once: what was asked for, else AWS's defaults.
Json describe_warm(const std::optional<Limits>& warm, bool pay_per_request,
                   const Throughput& throughput) {
  Limits limits = pay_per_request ? Limits{12000, 4000} : Limits{throughput.read, throughput.write};
  if (warm) limits = *warm;
  return {{"ReadUnitsPerSecond", limits.read},
          {"WriteUnitsPerSecond", limits.write},
          {"Status", "ACTIVE"}};
}

Json describe_projection(const Index& index) {
  switch (index.projection) {
    case Projection::kAll:
      return {{"ProjectionType", "ALL"}};
    case Projection::kKeysOnly:
      return {{"ProjectionType", "KEYS_ONLY"}};
    case Projection::kInclude:
      break;
  }
  return {{"ProjectionType", "INCLUDE"}, {"NonKeyAttributes", index.non_key_attributes}};
}

std::size_t bytes_in(const TableData& table, std::size_t position) {
  // AWS brings these figures up to date every six hours or so; counting an index whole on every
  // DescribeTable would make it slow, so a partial one is estimated from the table's average.
  const std::size_t count = table.entries[position].size();
  return table.items.empty() ? 0 : table.bytes / table.items.size() * count;
}

Json describe_index(const TableData& table, std::size_t position, bool creating) {
  const Definition& definition = *table.definition;
  const Index& index = definition.indexes[position];
  Json result = {{"IndexName", index.name},
                 {"KeySchema", describe_key_schema(index.keys)},
                 {"Projection", describe_projection(index)},
                 {"IndexSizeBytes", bytes_in(table, position)},
                 {"ItemCount", table.entries[position].size()},
                 {"IndexArn", definition.arn + "/index/" + index.name}};
  if (!index.global) return result;
  result["IndexStatus"] = creating ? "CREATING" : "ACTIVE";
  result["ProvisionedThroughput"] = describe_throughput(index.throughput);
  if (!creating) {
    result["WarmThroughput"] =
        describe_warm(index.warm, definition.pay_per_request, index.throughput);
  }
  if (index.on_demand) result["OnDemandThroughput"] = describe_on_demand(*index.on_demand);
  return result;
}

void describe_indexes(const TableData& table, bool creating, Json& result) {
  for (std::size_t i = 0; i < table.definition->indexes.size(); ++i) {
    Json& list = result[table.definition->indexes[i].global ? "GlobalSecondaryIndexes"
                                                            : "LocalSecondaryIndexes"];
    if (list.is_null()) list = Json::array();
    list.push_back(describe_index(table, i, creating));
  }
}

}  // namespace

Json describe_key_schema(const KeySchema& keys) {
  Json result = Json::array();
  keys.each([&](const KeyAttribute& attribute, bool is_hash) {
    result.push_back({{"AttributeName", attribute.name}, {"KeyType", is_hash ? "HASH" : "RANGE"}});
  });
  return result;
}

Json describe(const TableData& table, const std::string& status) {
  const Definition& definition = *table.definition;
  Json attributes = Json::array();
  for (const auto& [name, type] : definition.attributes) {
    attributes.push_back({{"AttributeName", name}, {"AttributeType", type_name(type)}});
  }
  Json result = {{"TableName", definition.name},
                 {"TableArn", definition.arn},
                 {"TableId", definition.id},
                 {"TableStatus", status},
                 {"CreationDateTime", iso8601(definition.created)},
                 {"AttributeDefinitions", std::move(attributes)},
                 {"KeySchema", describe_key_schema(definition.keys)},
                 {"ItemCount", table.items.size()},
                 {"TableSizeBytes", table.bytes},
                 {"ProvisionedThroughput", describe_throughput(definition.throughput)},
                 {"DeletionProtectionEnabled", definition.deletion_protection}};
  const bool creating = status == "CREATING";
  if (!creating) {
    result["WarmThroughput"] =
        describe_warm(definition.warm, definition.pay_per_request, definition.throughput);
  }
  if (definition.billing_mode_told) {
    Json& summary = result["BillingModeSummary"] = {
        {"BillingMode", definition.pay_per_request ? "PAY_PER_REQUEST" : "PROVISIONED"}};
    if (definition.pay_per_request_since && !creating) {
      summary["LastUpdateToPayPerRequestDateTime"] = iso8601(*definition.pay_per_request_since);
    }
  }
  if (definition.on_demand)
    result["OnDemandThroughput"] = describe_on_demand(*definition.on_demand);
  describe_indexes(table, creating, result);
  if (definition.stream.enabled) {
    result["StreamSpecification"] = {{"StreamEnabled", true},
                                     {"StreamViewType", definition.stream.view_type}};
  }
  if (!definition.stream.arn.empty()) {
    result["LatestStreamArn"] = definition.stream.arn;
    result["LatestStreamLabel"] = definition.stream.label;
  }
  if (!definition.table_class.empty()) {
    result["TableClassSummary"] = {{"TableClass", definition.table_class}};
  }
  if (!definition.kms_key.empty()) {
    result["SSEDescription"] = {
        {"Status", "ENABLED"}, {"SSEType", "KMS"}, {"KMSMasterKeyArn", definition.kms_key}};
  }
  return result;
}

}  // namespace cloudchamber::mock::dynamodb

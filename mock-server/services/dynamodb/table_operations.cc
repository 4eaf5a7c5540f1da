#include "mock-server/services/dynamodb/table_operations.h"

#include <nlohmann/json.hpp>

#include "mock-server/services/dynamodb/description.h"
#include "mock-server/services/dynamodb/request.h"
#include "mock-server/services/dynamodb/streams.h"
#include "mock-server/services/dynamodb/table_definition.h"

namespace cloudchamber::mock::dynamodb {

Json create_table(Call& call, State& state) {
  Definition definition = define_table(call);
  if (state.tables.contains(definition.name)) {
    throw resource_in_use("Table already exists: " + definition.name);
  }
  if (const Json* stream = call.find("StreamSpecification")) {
    set_stream(call, state, definition, *stream);
  }
  TableData table;
  table.entries.resize(definition.indexes.size());
  table.definition = std::make_shared<const Definition>(std::move(definition));
  Json description = describe(table, "CREATING");
  std::string name = table.definition->name;
  state.tables.put(std::move(name), std::move(table));
  return {{"TableDescription", std::move(description)}};
}

Json describe_table(Call& call, const State& state) {
  const std::string name = table_name(call.text("TableName"));
  const TableData* table = state.tables.find(name);
  if (table == nullptr) throw table_not_found(name);
  return {{"Table", describe(*table, "ACTIVE")}};
}

Json list_tables(Call& call, const State& state) {
  const auto limit = static_cast<std::size_t>(call.integer_or("Limit", 100));
  const std::string* start = text_member(call.input(), "ExclusiveStartTableName");
  Json names = Json::array();
  Json reply = Json::object();
  auto position = start == nullptr ? state.tables.begin() : state.tables.upper_bound(*start);
  for (; position != state.tables.end(); ++position) {
    if (names.size() == limit) {
      reply["LastEvaluatedTableName"] = names.back();
      break;
    }
    names.push_back(position->first);
  }
  reply["TableNames"] = std::move(names);
  return reply;
}

Json delete_table(Call& call, State& state) {
  const std::string name = table_name(call.text("TableName"));
  const TableData* table = state.tables.find(name);
  if (table == nullptr) throw table_not_found(name);
  if (table->definition->deletion_protection) {
    throw validation_error(
        "Resource cannot be deleted as it is currently protected against deletion. Disable "
        "deletion protection first.");
  }
  end_stream(state, *table->definition);
  Json description = describe(*table, "DELETING");
  // What AWS still tells of a table that goes.
  for (const char* gone : {"AttributeDefinitions", "KeySchema", "CreationDateTime",
                           "LocalSecondaryIndexes", "GlobalSecondaryIndexes", "WarmThroughput"}) {
    description.erase(gone);
  }
  state.tables.erase(name);
  return {{"TableDescription", std::move(description)}};
}

}  // namespace cloudchamber::mock::dynamodb

#include "mock-server/services/dynamodb/service.h"

#include <algorithm>

#include "mock-server/call/constraints.h"
#include "mock-server/services/dynamodb/batch_operations.h"
#include "mock-server/services/dynamodb/errors.h"
#include "mock-server/services/dynamodb/item_operations.h"
#include "mock-server/services/dynamodb/query_operations.h"
#include "mock-server/services/dynamodb/request.h"
#include "mock-server/services/dynamodb/statement_operations.h"
#include "mock-server/services/dynamodb/streams.h"
#include "mock-server/services/dynamodb/table_operations.h"
#include "mock-server/services/dynamodb/transact_operations.h"

namespace cloudchamber::mock::dynamodb {
namespace {

// AWS's own order in the lists of its enums.
const std::vector<std::pair<std::string_view, std::string_view>>& enum_lists() {
  static const std::vector<std::pair<std::string_view, std::string_view>> kLists = {
      {"ComparisonOperator",
       "IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS"},
      {"ConditionalOperator", "OR, AND"},
      {"ProjectionType", "ALL, INCLUDE, KEYS_ONLY"},
      {"ReturnValue", "ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW"},
      {"ScalarAttributeType", "B, N, S"},
      {"Select", "SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES"}};
  return kLists;
}

bool is_about_items(std::string_view operation) {
  return operation.find("Item") != std::string_view::npos || operation == "Query" ||
         operation == "Scan";
}

// What is said of table names by the operations on tables, before all else.
void check_named_table(const Call& call) {
  const Shape& input = *call.operation().input;
  const Member* name = input.find("TableName");
  if (name == nullptr || !name->required) return;
  const std::string* given = text_member(call.input(), "TableName");
  if (given == nullptr) {
    throw validation_error(
        "The parameter 'TableName' is required but was not present in the request");
  }
  if (given->size() < 3 || (given->size() > 255 && given->compare(0, 4, "arn:") != 0)) {
    throw validation_error(
        "TableName must be at least 3 characters long and at most 255 characters long");
  }
}

bool is_arn(const std::string& name) { return name.compare(0, 4, "arn:") == 0; }

// Whether some table of the request is named by its ARN: in TableName, by TransactItems, by
// RequestItems.
bool names_by_arn(const Json& input) {
  if (const std::string* name = text_member(input, "TableName")) return is_arn(*name);
  if (const Json* requests = member(input, "RequestItems")) {
    const auto& tables = *requests->get_ptr<const Json::object_t*>();
    return std::any_of(tables.begin(), tables.end(),
                       [](const auto& table) { return is_arn(table.first); });
  }
  const Json* items = member(input, "TransactItems");
  if (items == nullptr) return false;
  for (const Json& item : *items) {
    for (const Json& action : item) {
      if (!action.is_object()) continue;
      const std::string* name = text_member(action, "TableName");
      if (name != nullptr && is_arn(*name)) return true;
    }
  }
  return false;
}

void validate(const Call& call) {
  if (call.operation().input == nullptr) return;
  if (!is_about_items(call.operation().name)) check_named_table(call);
  // Values have their own rules and words (attribute_value.h).
  ConstraintOptions options{.skipped_shapes = {"AttributeValue"}, .enum_lists = &enum_lists()};
  // A table's name is either that or an ARN; the model leaves both alone.
  if (!names_by_arn(call.input())) {
    options.replaced_shapes = {{"TableArn", call.service().find_shape("TableName")}};
  }
  if (call.operation().name == "CreateTable") {
    options.also_required = {"AttributeDefinitions", "KeySchema"};
  }
  if (const auto message = constraint_message(*call.operation().input, call.input(), options)) {
    throw validation_error(*message);
  }
}

}  // namespace

Service make_service() {
  return Service("dynamodb")
      .on("CreateTable", create_table)
      .on("DescribeTable", describe_table)
      .on("ListTables", list_tables)
      .on("UpdateTable", update_table)
      .on("DeleteTable", delete_table)
      .on("GetItem", get_item)
      .on("PutItem", put_item)
      .on("UpdateItem", update_item)
      .on("DeleteItem", delete_item)
      .on("Query", query)
      .on("Scan", scan)
      .on("BatchGetItem", batch_get_item)
      .on("BatchWriteItem", batch_write_item)
      .on("TransactGetItems", transact_get_items)
      .on("TransactWriteItems", transact_write_items)
      .on("ExecuteStatement", execute_statement)
      .on("BatchExecuteStatement", batch_execute_statement)
      .on("ExecuteTransaction", execute_transaction)
      .on("TagResource", tag_resource)
      .on("UntagResource", untag_resource)
      .on("ListTagsOfResource", list_tags_of_resource)
      .on("DescribeTimeToLive", describe_time_to_live)
      .on("UpdateTimeToLive", update_time_to_live)
      .on("DescribeContinuousBackups", describe_continuous_backups)
      .on("UpdateContinuousBackups", update_continuous_backups)
      .on("DescribeLimits", describe_limits)
      .on("DescribeEndpoints", describe_endpoints)
      .validated_by(validate);
}

Service make_streams_service() {
  return Service("dynamodbstreams")
      .on("ListStreams", list_streams)
      .on("DescribeStream", describe_stream)
      .on("GetShardIterator", get_shard_iterator)
      .on("GetRecords", get_records)
      .validated_by(validate);
}

}  // namespace cloudchamber::mock::dynamodb

#include "mock-server/services/dynamodb/service.h"

#include "mock-server/call/constraints.h"
#include "mock-server/services/dynamodb/batch_operations.h"
#include "mock-server/services/dynamodb/errors.h"
#include "mock-server/services/dynamodb/item_operations.h"
#include "mock-server/services/dynamodb/query_operations.h"
#include "mock-server/services/dynamodb/streams.h"
#include "mock-server/services/dynamodb/table_operations.h"
#include "mock-server/services/dynamodb/transact_operations.h"

namespace cloudchamber::mock::dynamodb {
namespace {

void validate(const Call& call) {
  if (call.operation().input == nullptr) return;
  // Values have their own rules and words (attribute_value.h).
  static const ConstraintOptions kOptions{{"AttributeValue"}};
  if (const auto message = constraint_message(*call.operation().input, call.input(), kOptions)) {
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

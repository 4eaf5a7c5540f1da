// AWS::DynamoDB::Table
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-dynamodb-table.html
#include <algorithm>
#include <optional>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/resource_types/rename.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

Json stream_specification(const ResourceCall& call) {
  Json stream = renamed(*call.find("StreamSpecification"), {}, "StreamSpecification");
  stream["StreamEnabled"] = true;
  return stream;
}
Json encryption(const ResourceCall& call) {
  return renamed(*call.find("SSESpecification"), {{"SSEEnabled", "Enabled"}}, "SSESpecification");
}

void set_time_to_live(const ResourceCall& call, const std::string& table) {
  if (!call.changed("TimeToLiveSpecification")) return;
  const Json* now = call.find("TimeToLiveSpecification");
  Json specification = now != nullptr ? *now : call.context().before["TimeToLiveSpecification"];
  if (now == nullptr) specification["Enabled"] = false;
  // To turn off what was never on is nothing to AWS either.
  if (call.physical_id().empty() && specification.value("Enabled", Json(true)) == false) return;
  call.invoke("dynamodb", "UpdateTimeToLive",
              {{"TableName", table}, {"TimeToLiveSpecification", specification}});
}

void set_backups(const ResourceCall& call, const std::string& table) {
  if (!call.changed("PointInTimeRecoverySpecification")) return;
  const Json* now = call.find("PointInTimeRecoverySpecification");
  const Json specification = now != nullptr ? *now : Json{{"PointInTimeRecoveryEnabled", false}};
  call.invoke("dynamodb", "UpdateContinuousBackups",
              {{"TableName", table}, {"PointInTimeRecoverySpecification", specification}});
}

Json describe(const ResourceCall& call, const std::string& table) {
  return call.invoke("dynamodb", "DescribeTable", {{"TableName", table}})["Table"];
}

Json what_get_att_gives(const ResourceCall& call, const std::string& table) {
  const Json description = describe(call, table);
  Json attributes{{"Arn", description["TableArn"]}};
  if (description.contains("LatestStreamArn"))
    attributes["StreamArn"] = description["LatestStreamArn"];
  return attributes;
}

Made create(const ResourceCall& call) {
  const std::string name = call.name_or_generated("TableName", 255);
  Json input = call.pick({"AttributeDefinitions", "KeySchema", "BillingMode",
                          "ProvisionedThroughput", "OnDemandThroughput", "GlobalSecondaryIndexes",
                          "LocalSecondaryIndexes", "TableClass", "DeletionProtectionEnabled"});
  input["TableName"] = name;
  if (call.has("StreamSpecification")) input["StreamSpecification"] = stream_specification(call);
  if (call.has("SSESpecification")) input["SSESpecification"] = encryption(call);
  if (Json tags = call.tags(); !tags.empty()) input["Tags"] = std::move(tags);
  call.invoke("dynamodb", "CreateTable", input);
  set_time_to_live(call, name);
  set_backups(call, name);
  return {name, what_get_att_gives(call, name)};
}

const Json* index_named(const Json& indexes, const Json& name) {
  const auto found = std::find_if(indexes.begin(), indexes.end(), [&](const Json& index) {
    return index.is_object() && index.value("IndexName", Json()) == name;
  });
  return found == indexes.end() ? nullptr : &*found;
}

// DynamoDB takes one index's creation or deletion at a time.
void update_indexes(const ResourceCall& call, const std::string& table) {
  const Json now = call.list("GlobalSecondaryIndexes");
  const Json before = call.context().before.value("GlobalSecondaryIndexes", Json::array());
  const auto change = [&](const char* kind, Json index) {
    Json update = Json::object();
    update[kind] = std::move(index);
    Json input{{"TableName", table}, {"GlobalSecondaryIndexUpdates", Json::array({update})}};
    if (call.has("AttributeDefinitions"))
      input["AttributeDefinitions"] = *call.find("AttributeDefinitions");
    call.invoke("dynamodb", "UpdateTable", input);
  };
  for (const Json& index : before) {
    const Json* kept = index_named(now, index["IndexName"]);
    if (kept == nullptr || kept->value("KeySchema", Json()) != index.value("KeySchema", Json()) ||
        kept->value("Projection", Json()) != index.value("Projection", Json()))
      change("Delete", {{"IndexName", index["IndexName"]}});
  }
  for (const Json& index : now) {
    const Json* had = index_named(before, index.value("IndexName", Json()));
    const bool same = had != nullptr &&
                      index.value("KeySchema", Json()) == had->value("KeySchema", Json()) &&
                      index.value("Projection", Json()) == had->value("Projection", Json());
    if (!same) {
      change("Create", index);
    } else if (index.contains("ProvisionedThroughput") && index != *had) {
      change("Update", {{"IndexName", index["IndexName"]},
                        {"ProvisionedThroughput", index["ProvisionedThroughput"]}});
    }
  }
}

Made update(const ResourceCall& call) {
  const std::string& table = call.physical_id();
  Json input = Json::object();
  for (const char* name : {"BillingMode", "ProvisionedThroughput", "OnDemandThroughput",
                           "TableClass", "DeletionProtectionEnabled"}) {
    if (call.changed(name) && call.has(name)) input[name] = *call.find(name);
  }
  if (call.changed("BillingMode") && call.text_or("BillingMode", "PROVISIONED") == "PROVISIONED") {
    input["BillingMode"] = "PROVISIONED";
    if (call.has("ProvisionedThroughput"))
      input["ProvisionedThroughput"] = *call.find("ProvisionedThroughput");
  }
  if (call.changed("SSESpecification"))
    input["SSESpecification"] =
        call.has("SSESpecification") ? encryption(call) : Json{{"Enabled", false}};
  if (!input.empty()) {
    input["TableName"] = table;
    call.invoke("dynamodb", "UpdateTable", input);
  }
  if (call.changed("StreamSpecification")) {
    // Another view type is another stream.
    if (call.context().before.contains("StreamSpecification")) {
      call.invoke("dynamodb", "UpdateTable",
                  {{"TableName", table}, {"StreamSpecification", {{"StreamEnabled", false}}}});
    }
    if (call.has("StreamSpecification")) {
      call.invoke("dynamodb", "UpdateTable",
                  {{"TableName", table}, {"StreamSpecification", stream_specification(call)}});
    }
  }
  if (call.changed("GlobalSecondaryIndexes")) update_indexes(call, table);
  set_time_to_live(call, table);
  set_backups(call, table);
  const std::string arn = describe(call, table)["TableArn"].get<std::string>();
  const Json tags = call.tags();
  Json gone = Json::array();
  for (const Json& tag : call.invoke("dynamodb", "ListTagsOfResource", {{"ResourceArn", arn}})
                             .value("Tags", Json::array())) {
    const bool kept = std::any_of(tags.begin(), tags.end(),
                                  [&](const Json& one) { return one["Key"] == tag["Key"]; });
    if (!kept) gone.push_back(tag["Key"]);
  }
  if (!gone.empty())
    call.invoke("dynamodb", "UntagResource", {{"ResourceArn", arn}, {"TagKeys", gone}});
  if (!tags.empty()) call.invoke("dynamodb", "TagResource", {{"ResourceArn", arn}, {"Tags", tags}});
  return {table, what_get_att_gives(call, table)};
}

void remove(const ResourceCall& call) {
  try {
    call.invoke("dynamodb", "DeleteTable", {{"TableName", call.physical_id()}});
  } catch (const AwsError& error) {
    if (error.code() != "ResourceNotFoundException") throw;
  }
}

}  // namespace

ResourceType dynamodb_table() {
  return {.name = "AWS::DynamoDB::Table",
          .properties = {{"TableName", OnChange::kReplace},
                         {"KeySchema", OnChange::kReplace, true},
                         {"LocalSecondaryIndexes", OnChange::kReplace},
                         {"AttributeDefinitions"},
                         {"BillingMode"},
                         {"DeletionProtectionEnabled"},
                         {"GlobalSecondaryIndexes"},
                         {"OnDemandThroughput"},
                         {"PointInTimeRecoverySpecification"},
                         {"ProvisionedThroughput"},
                         {"SSESpecification"},
                         {"StreamSpecification"},
                         {"TableClass"},
                         {"Tags"},
                         {"TimeToLiveSpecification"}},
          .attributes = {"Arn", "StreamArn"},
          .identifiers = {"TableName"},
          .name_property = "TableName",
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation

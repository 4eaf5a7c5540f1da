// AWS::SQS::Queue
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sqs-queue.html
#include <array>

#include "mock-server/services/cloudformation/resource_types/types.h"
#include "mock-server/services/cloudformation/template/functions.h"

namespace cloudchamber::mock::cloudformation {
namespace {

constexpr std::array<const char*, 12> kAttributes = {"ContentBasedDeduplication",
                                                     "DeduplicationScope",
                                                     "DelaySeconds",
                                                     "FifoThroughputLimit",
                                                     "KmsDataKeyReusePeriodSeconds",
                                                     "KmsMasterKeyId",
                                                     "MaximumMessageSize",
                                                     "MessageRetentionPeriod",
                                                     "ReceiveMessageWaitTimeSeconds",
                                                     "RedriveAllowPolicy",
                                                     "RedrivePolicy",
                                                     "VisibilityTimeout"};

// What AWS sets where a template no longer says.
const char* default_of(std::string_view attribute) {
  if (attribute == "DelaySeconds" || attribute == "ReceiveMessageWaitTimeSeconds") return "0";
  if (attribute == "MaximumMessageSize") return "1048576";
  if (attribute == "MessageRetentionPeriod") return "345600";
  if (attribute == "VisibilityTimeout") return "30";
  if (attribute == "ContentBasedDeduplication") return "false";
  return "";
}

Json attributes_in(const ResourceCall& call, bool changed_only) {
  Json attributes = Json::object();
  for (const char* name : kAttributes) {
    if (changed_only && !call.changed(name)) continue;
    if (call.has(name)) {
      attributes[name] = call.document(name);
    } else if (changed_only) {
      attributes[name] = default_of(name);
    }
  }
  if (call.has("SqsManagedSseEnabled") && (!changed_only || call.changed("SqsManagedSseEnabled")))
    attributes["SqsManagedSseEnabled"] =
        call.flag_or("SqsManagedSseEnabled", true) ? "true" : "false";
  return attributes;
}

Json tag_map(const ResourceCall& call) {
  Json map = Json::object();
  for (const Json& tag : call.tags()) map[tag["Key"].get<std::string>()] = tag["Value"];
  return map;
}

Json what_get_att_gives(const ResourceCall& call, const std::string& name, const std::string& url) {
  return {{"Arn", call.arn("sqs", name)}, {"QueueName", name}, {"QueueUrl", url}};
}

Made create(const ResourceCall& call) {
  const bool fifo = call.flag_or("FifoQueue", false);
  std::string name = call.name_or_generated("QueueName", fifo ? 75 : 80);
  if (fifo && !call.has("QueueName")) name += ".fifo";
  Json attributes = attributes_in(call, false);
  if (fifo) attributes["FifoQueue"] = "true";
  Json input{{"QueueName", name}, {"Attributes", attributes}};
  if (Json tags = tag_map(call); !tags.empty()) input["tags"] = std::move(tags);
  // CreateQueue would give an existing queue back.
  bool exists = true;
  try {
    call.invoke("sqs", "GetQueueUrl", {{"QueueName", name}});
  } catch (const AwsError&) {
    exists = false;
  }
  if (exists) throw AwsError("QueueNameExists", name + " already exists", 400);
  const std::string url = call.invoke("sqs", "CreateQueue", input)["QueueUrl"].get<std::string>();
  return {url, what_get_att_gives(call, name, url)};
}

Made update(const ResourceCall& call) {
  const std::string& url = call.physical_id();
  if (const Json attributes = attributes_in(call, true); !attributes.empty())
    call.invoke("sqs", "SetQueueAttributes", {{"QueueUrl", url}, {"Attributes", attributes}});
  const Json tags = tag_map(call);
  Json gone = Json::array();
  const Json had =
      call.invoke("sqs", "ListQueueTags", {{"QueueUrl", url}}).value("Tags", Json::object());
  for (const auto& [key, value] : had.items()) {
    if (!tags.contains(key)) gone.push_back(key);
  }
  if (!gone.empty()) call.invoke("sqs", "UntagQueue", {{"QueueUrl", url}, {"TagKeys", gone}});
  if (!tags.empty()) call.invoke("sqs", "TagQueue", {{"QueueUrl", url}, {"Tags", tags}});
  return {url, what_get_att_gives(call, url.substr(url.rfind('/') + 1), url)};
}

void remove(const ResourceCall& call) {
  try {
    call.invoke("sqs", "DeleteQueue", {{"QueueUrl", call.physical_id()}});
  } catch (const AwsError& error) {
    if (error.code() != "QueueDoesNotExist") throw;
  }
}

}  // namespace

ResourceType sqs_queue() {
  ResourceType type{.name = "AWS::SQS::Queue",
                    .properties = {{"QueueName", OnChange::kReplace},
                                   {"FifoQueue", OnChange::kReplace},
                                   {"SqsManagedSseEnabled"},
                                   {"Tags"}},
                    .attributes = {"Arn", "QueueName", "QueueUrl"},
                    .identifiers = {"QueueUrl"},
                    .name_property = "QueueName",
                    .create = create,
                    .update = update,
                    .remove = remove};
  for (const char* attribute : kAttributes) type.properties.push_back({attribute});
  return type;
}

}  // namespace cloudchamber::mock::cloudformation

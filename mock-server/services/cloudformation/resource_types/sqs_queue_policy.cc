// AWS::SQS::QueuePolicy
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sqs-queuepolicy.html
#include <algorithm>

#include "mock-server/services/cloudformation/resource_types/types.h"
#include "mock-server/services/cloudformation/template/functions.h"

namespace cloudchamber::mock::cloudformation {
namespace {

void set_policy(const ResourceCall& call, const Json& queue, const std::string& policy) {
  call.invoke("sqs", "SetQueueAttributes",
              {{"QueueUrl", text_of(queue)}, {"Attributes", {{"Policy", policy}}}});
}

Made create(const ResourceCall& call) {
  const std::string policy = call.document("PolicyDocument");
  for (const Json& queue : call.list("Queues")) set_policy(call, queue, policy);
  const std::string id = call.generated_name();
  return {id, {{"Id", id}}};
}

Made update(const ResourceCall& call) {
  const Json now = call.list("Queues");
  for (const Json& queue : call.context().before.value("Queues", Json::array())) {
    if (std::find(now.begin(), now.end(), queue) == now.end()) set_policy(call, queue, "");
  }
  const std::string policy = call.document("PolicyDocument");
  for (const Json& queue : now) set_policy(call, queue, policy);
  return {call.physical_id(), {{"Id", call.physical_id()}}};
}

void remove(const ResourceCall& call) {
  for (const Json& queue : call.list("Queues")) {
    try {
      set_policy(call, queue, "");
    } catch (const AwsError& error) {
      if (error.code() != "QueueDoesNotExist") throw;
    }
  }
}

}  // namespace

ResourceType sqs_queue_policy() {
  return {.name = "AWS::SQS::QueuePolicy",
          .properties = {{"PolicyDocument", OnChange::kUpdate, true},
                         {"Queues", OnChange::kUpdate, true}},
          .attributes = {"Id"},
          .identifiers = {"Id"},
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation

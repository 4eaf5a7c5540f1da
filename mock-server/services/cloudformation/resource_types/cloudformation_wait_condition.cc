// AWS::CloudFormation::WaitCondition and its handle. The handle is a URL that takes signals
// (operations/signals.h); the condition waits for them (stacks/deployer.cc).
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudformation-waitcondition.html
#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/resource_types/types.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock::cloudformation {
namespace {

Made create_condition(const ResourceCall& call) {
  return {call.context().stack_id + '/' + call.context().logical_id, {{"Data", "{}"}}};
}

// Shaped like the presigned URL that AWS gives, but to us.
Made create_handle(const ResourceCall& call) {
  const Call& outer = call.call();
  return {outer.endpoint() + "/cloudformation-waitcondition-" + outer.region() + '/' +
          uri_encode(call.context().stack_id) + '/' + call.context().logical_id +
          "?AWSAccessKeyId=" + "AKIA" + outer.ids().letters_and_digits(16) +
          "&Signature=" + outer.ids().hex(40)};
}

Made keep(const ResourceCall& call) { return {call.physical_id(), call.context().attributes}; }

Made refuse_update(const ResourceCall& call) {
  throw validation_error("Update to resource type " + call.context().type + " is not supported.");
}

void remove(const ResourceCall&) {}

}  // namespace

ResourceType cloudformation_wait_condition() {
  return {.name = "AWS::CloudFormation::WaitCondition",
          .properties = {{"Handle"}, {"Timeout"}, {"Count"}},
          .attributes = {"Data"},
          .identifiers = {"Id"},
          .create = create_condition,
          .update = refuse_update,
          .remove = remove};
}

ResourceType cloudformation_wait_condition_handle() {
  return {.name = "AWS::CloudFormation::WaitConditionHandle",
          .identifiers = {"Id"},
          .create = create_handle,
          .update = keep,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation

// AWS::IAM::Group
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iam-group.html
#include "mock-server/services/cloudformation/resource_types/iam_entity.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

Made create(const ResourceCall& call) {
  const IamEntity group{"Group", call.name_or_generated("GroupName")};
  const Json made = call.invoke("iam", "CreateGroup", named(group, call.pick({"Path"})))["Group"];
  set_policies(call, group);
  return {group.name, {{"Arn", made["Arn"]}}};
}

Made update(const ResourceCall& call) {
  const IamEntity group{"Group", call.physical_id()};
  Json attributes = call.context().attributes;
  if (call.changed("Path")) {
    call.invoke("iam", "UpdateGroup", named(group, {{"NewPath", call.text_or("Path", "/")}}));
    attributes["Arn"] = call.invoke("iam", "GetGroup", named(group))["Group"]["Arn"];
  }
  set_policies(call, group);
  return {group.name, attributes};
}

void remove(const ResourceCall& call) {
  const IamEntity group{"Group", call.physical_id()};
  drop_policies(call, group);
  invoke_unless_gone(call, "DeleteGroup", named(group));
}

}  // namespace

ResourceType iam_group() {
  return {.name = "AWS::IAM::Group",
          .properties = {{"GroupName", OnChange::kReplace},
                         {"ManagedPolicyArns"},
                         {"Path"},
                         {"Policies"}},
          .attributes = {"Arn"},
          .identifiers = {"GroupName"},
          .name_property = "GroupName",
          .needs_iam_capability = true,
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation

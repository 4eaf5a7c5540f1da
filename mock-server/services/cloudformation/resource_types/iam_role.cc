// AWS::IAM::Role
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iam-role.html
#include "mock-server/services/cloudformation/resource_types/iam_entity.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

Made create(const ResourceCall& call) {
  const IamEntity role{"Role", call.name_or_generated("RoleName")};
  Json input = call.pick({"Path", "Description", "MaxSessionDuration", "PermissionsBoundary"});
  input["AssumeRolePolicyDocument"] = call.document("AssumeRolePolicyDocument");
  if (Json tags = call.tags(); !tags.empty()) input["Tags"] = std::move(tags);
  const Json made = call.invoke("iam", "CreateRole", named(role, std::move(input)))["Role"];
  set_policies(call, role);
  return {role.name, {{"Arn", made["Arn"]}, {"RoleId", made["RoleId"]}}};
}

Made update(const ResourceCall& call) {
  const IamEntity role{"Role", call.physical_id()};
  if (call.changed("AssumeRolePolicyDocument")) {
    call.invoke("iam", "UpdateAssumeRolePolicy",
                named(role, {{"PolicyDocument", call.document("AssumeRolePolicyDocument")}}));
  }
  if (call.changed("Description") || call.changed("MaxSessionDuration")) {
    call.invoke("iam", "UpdateRole",
                named(role, {{"Description", call.text("Description")},
                             {"MaxSessionDuration", call.integer_or("MaxSessionDuration", 3600)}}));
  }
  if (call.changed("PermissionsBoundary")) {
    if (call.has("PermissionsBoundary")) {
      call.invoke("iam", "PutRolePermissionsBoundary",
                  named(role, call.pick({"PermissionsBoundary"})));
    } else {
      call.invoke("iam", "DeleteRolePermissionsBoundary", named(role));
    }
  }
  set_policies(call, role);
  set_tags(call, role);
  return {role.name, call.context().attributes};
}

void remove(const ResourceCall& call) {
  const IamEntity role{"Role", call.physical_id()};
  drop_policies(call, role);
  invoke_unless_gone(call, "DeleteRole", named(role));
}

}  // namespace

ResourceType iam_role() {
  return {.name = "AWS::IAM::Role",
          .properties = {{"AssumeRolePolicyDocument", OnChange::kUpdate, true},
                         {"RoleName", OnChange::kReplace},
                         {"Path", OnChange::kReplace},
                         {"Description"},
                         {"ManagedPolicyArns"},
                         {"MaxSessionDuration"},
                         {"PermissionsBoundary"},
                         {"Policies"},
                         {"Tags"}},
          .attributes = {"Arn", "RoleId"},
          .identifiers = {"RoleName"},
          .name_property = "RoleName",
          .needs_iam_capability = true,
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation

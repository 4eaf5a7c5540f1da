// AWS::IAM::User
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iam-user.html
#include <algorithm>

#include "mock-server/services/cloudformation/resource_types/iam_entity.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

void set_groups(const ResourceCall& call, const IamEntity& user) {
  const Json now = call.list("Groups");
  const Json before = call.context().before.value("Groups", Json::array());
  for (const Json& group : before) {
    if (std::find(now.begin(), now.end(), group) == now.end())
      invoke_unless_gone(call, "RemoveUserFromGroup", named(user, {{"GroupName", group}}));
  }
  for (const Json& group : now) {
    if (std::find(before.begin(), before.end(), group) == before.end())
      call.invoke("iam", "AddUserToGroup", named(user, {{"GroupName", group}}));
  }
}

Made create(const ResourceCall& call) {
  const IamEntity user{"User", call.name_or_generated("UserName")};
  Json input = call.pick({"Path", "PermissionsBoundary"});
  if (Json tags = call.tags(); !tags.empty()) input["Tags"] = std::move(tags);
  const Json made = call.invoke("iam", "CreateUser", named(user, std::move(input)))["User"];
  set_policies(call, user);
  set_groups(call, user);
  return {user.name, {{"Arn", made["Arn"]}}};
}

Made update(const ResourceCall& call) {
  const IamEntity user{"User", call.physical_id()};
  Json attributes = call.context().attributes;
  if (call.changed("Path")) {
    call.invoke("iam", "UpdateUser", named(user, {{"NewPath", call.text_or("Path", "/")}}));
    attributes["Arn"] = call.invoke("iam", "GetUser", named(user))["User"]["Arn"];
  }
  if (call.changed("PermissionsBoundary")) {
    if (call.has("PermissionsBoundary")) {
      call.invoke("iam", "PutUserPermissionsBoundary",
                  named(user, call.pick({"PermissionsBoundary"})));
    } else {
      call.invoke("iam", "DeleteUserPermissionsBoundary", named(user));
    }
  }
  set_policies(call, user);
  set_groups(call, user);
  set_tags(call, user);
  return {user.name, attributes};
}

void remove(const ResourceCall& call) {
  const IamEntity user{"User", call.physical_id()};
  drop_policies(call, user);
  for (const Json& group : call.list("Groups"))
    invoke_unless_gone(call, "RemoveUserFromGroup", named(user, {{"GroupName", group}}));
  invoke_unless_gone(call, "DeleteUser", named(user));
}

}  // namespace

ResourceType iam_user() {
  return {.name = "AWS::IAM::User",
          .properties = {{"UserName", OnChange::kReplace},
                         {"Groups"},
                         {"ManagedPolicyArns"},
                         {"Path"},
                         {"PermissionsBoundary"},
                         {"Policies"},
                         {"Tags"}},
          .attributes = {"Arn"},
          .identifiers = {"UserName"},
          .name_property = "UserName",
          .needs_iam_capability = true,
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation

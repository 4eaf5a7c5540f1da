// AWS::IAM::InstanceProfile
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iam-instanceprofile.html
#include <algorithm>

#include "mock-server/services/cloudformation/resource_types/iam_entity.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

const char* const kKind = "InstanceProfile";

void set_roles(const ResourceCall& call, const IamEntity& profile) {
  const Json now = call.list("Roles");
  const Json before = call.context().before.value("Roles", Json::array());
  for (const Json& role : before) {
    if (std::find(now.begin(), now.end(), role) == now.end())
      invoke_unless_gone(call, "RemoveRoleFromInstanceProfile",
                         named(profile, {{"RoleName", role}}));
  }
  for (const Json& role : now) {
    if (std::find(before.begin(), before.end(), role) == before.end())
      call.invoke("iam", "AddRoleToInstanceProfile", named(profile, {{"RoleName", role}}));
  }
}

Made create(const ResourceCall& call) {
  const IamEntity profile{kKind, call.name_or_generated("InstanceProfileName", 128)};
  const Json made =
      call.invoke("iam", "CreateInstanceProfile", named(profile, call.pick({"Path"})));
  set_roles(call, profile);
  return {profile.name, {{"Arn", made["InstanceProfile"]["Arn"]}}};
}

Made update(const ResourceCall& call) {
  set_roles(call, {kKind, call.physical_id()});
  return {call.physical_id(), call.context().attributes};
}

void remove(const ResourceCall& call) {
  const IamEntity profile{kKind, call.physical_id()};
  for (const Json& role : call.list("Roles"))
    invoke_unless_gone(call, "RemoveRoleFromInstanceProfile", named(profile, {{"RoleName", role}}));
  invoke_unless_gone(call, "DeleteInstanceProfile", named(profile));
}

}  // namespace

ResourceType iam_instance_profile() {
  return {.name = "AWS::IAM::InstanceProfile",
          .properties = {{"Roles", OnChange::kUpdate, true},
                         {"InstanceProfileName", OnChange::kReplace},
                         {"Path", OnChange::kReplace}},
          .attributes = {"Arn"},
          .identifiers = {"InstanceProfileName"},
          .name_property = "InstanceProfileName",
          .needs_iam_capability = true,
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation

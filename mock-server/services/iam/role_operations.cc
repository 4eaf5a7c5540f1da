// Roles: created, shown, changed, deleted.
#include "mock-server/services/iam/boundaries.h"
#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/listing.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/policy_document.h"
#include "mock-server/services/iam/roles.h"
#include "mock-server/services/iam/show.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::iam {
namespace {

// Of other accounts nothing is known.
bool principal_exists(const Call& call, const Iam& iam, const std::string& arn) {
  const std::string own = "arn:aws:iam::" + call.account() + ':';
  if (!arn.starts_with(own)) return true;
  const std::string name = arn.substr(arn.rfind('/') + 1);
  if (arn.starts_with(own + "role/")) {
    const Role* role = find<Role>(iam, name);
    return role != nullptr && arn_of(call.account(), *role) == arn;
  }
  if (!arn.starts_with(own + "user/")) return true;
  const User* user = find<User>(iam, name);
  return user != nullptr && arn_of(call.account(), *user) == arn;
}

std::string checked_trust_policy(const Call& call, const Iam& iam, const char* member) {
  const std::string& document = call.text(member);
  check_trust_policy(document,
                     [&](const std::string& arn) { return principal_exists(call, iam, arn); });
  if (policy_size(document) > kMaxTrustPolicySize) {
    throw quota_exceeded("ACLSizePerRole", kMaxTrustPolicySize);
  }
  return document;
}

}  // namespace

Role& modifiable_role(const Call& call, Iam& iam) {
  Role& role = change<Role>(iam, call);
  if (!role.linked_service.empty()) {
    throw unmodifiable("Cannot perform the operation on the protected role '" + role.name +
                       "' - this role is only modifiable by AWS");
  }
  return role;
}

// What CreateRole shows lacks what GetRole adds: LocalStack's recording test_create_describe_role.
Json create_role(Call& call, Iam& iam) {
  const std::string path = call.text_or("Path", "/");
  if (path.starts_with("/aws-service-role/")) {
    throw validation_error(
        "The specified value for path is invalid. Paths that begin with /aws-service-role/ are "
        "reserved for service-linked roles.");
  }
  Role role = make<Role>(call, iam);
  role.trust_policy = checked_trust_policy(call, iam, "AssumeRolePolicyDocument");
  role.description = call.text_or("Description", "");
  role.max_session_duration = call.integer_or("MaxSessionDuration", role.max_session_duration);
  if (call.has("PermissionsBoundary")) role.boundary = checked_boundary(call, iam);
  Json shape = whole(call.account(), role);
  shape.erase("RoleLastUsed");
  if (!call.has("MaxSessionDuration")) shape.erase("MaxSessionDuration");
  put(iam, std::move(role));
  return {{"Role", std::move(shape)}};
}

Json get_role(Call& call, const Iam& iam) {
  return {{"Role", whole(call.account(), get<Role>(iam, call))}};
}

Json list_roles(Call& call, const Iam& iam) {
  return list_entities<Role>(call, iam, "Roles",
                             [&](const Role& role) { return listed(call.account(), role); });
}

Json update_role(Call& call, Iam& iam) {
  Role& role = change<Role>(iam, call);
  role.description = call.text_or("Description", role.description);
  role.max_session_duration = call.integer_or("MaxSessionDuration", role.max_session_duration);
  return Json::object();
}

Json update_role_description(Call& call, Iam& iam) {
  Role& role = change<Role>(iam, call);
  role.description = call.text("Description");
  return {{"Role", listed(call.account(), role)}};
}

Json update_assume_role_policy(Call& call, Iam& iam) {
  static_cast<void>(modifiable_role(call, iam));
  std::string document = checked_trust_policy(call, iam, "PolicyDocument");
  modifiable_role(call, iam).trust_policy = std::move(document);
  return Json::object();
}

Json delete_role(Call& call, Iam& iam) {
  const Role role = modifiable_role(call, iam);
  const std::string key = lowered(role.name);
  for (const auto& [name, profile] : iam.instance_profiles) {
    if (profile.role == key) {
      throw cannot_delete("must remove roles from instance profile first.");
    }
  }
  if (!role.attached.empty()) throw cannot_delete("must detach all policies first.");
  if (!role.inline_policies.empty()) throw cannot_delete("must delete policies first.");
  erase(iam, role);
  return Json::object();
}

}  // namespace cloudchamber::mock::iam

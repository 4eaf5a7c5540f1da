#include "mock-server/services/iam/show.h"

#include "mock-server/services/iam/kinds.h"

namespace cloudchamber::mock::iam {

Json listed(const std::string& account, const User& user) { return shown_entity(account, user); }

Json whole(const std::string& account, const User& user) {
  Json shape = listed(account, user);
  show_boundary(shape, user);
  show_tags(shape, user.tags);
  return shape;
}

Json listed(const std::string& account, const Group& group) { return shown_entity(account, group); }

Json listed(const std::string& account, const Role& role) {
  Json shape = shown_entity(account, role);
  shape["AssumeRolePolicyDocument"] = encoded_document(role.trust_policy);
  shape["MaxSessionDuration"] = role.max_session_duration;
  if (!role.description.empty()) shape["Description"] = role.description;
  return shape;
}

Json whole(const std::string& account, const Role& role) {
  Json shape = listed(account, role);
  shape["RoleLastUsed"] = Json::object();
  show_boundary(shape, role);
  show_tags(shape, role.tags);
  return shape;
}

Json listed(const std::string& account, const Iam& iam, const InstanceProfile& profile) {
  Json shape = shown_entity(account, profile);
  shape["Roles"] = Json::array();
  if (const Role* role = iam.roles.find(profile.role)) {
    Json shown_role = listed(account, *role);
    shown_role.erase("MaxSessionDuration");
    shape["Roles"].push_back(std::move(shown_role));
  }
  return shape;
}

Json attached_policy(const std::string& name, const std::string& arn) {
  return {{"PolicyName", name}, {"PolicyArn", arn}};
}

// The type is "Policy", whatever the model says: awsdocs/iam-user-guide issue 82.
void show_boundary(Json& shape, const Identity& identity) {
  if (identity.boundary.empty()) return;
  shape["PermissionsBoundary"] = {{"PermissionsBoundaryType", "Policy"},
                                  {"PermissionsBoundaryArn", identity.boundary}};
}

}  // namespace cloudchamber::mock::iam

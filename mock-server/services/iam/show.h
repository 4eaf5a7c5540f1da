// Users, groups, roles and instance profiles as answers have them. "Whole" is what Create and Get
// show, "listed" what lists show, which AWS leaves tags and boundaries out of.
#pragma once

#include <string>

#include "cloudchamber/json.h"
#include "mock-server/services/iam/state.h"

namespace cloudchamber::mock::iam {

[[nodiscard]] Json listed(const std::string& account, const User& user);
[[nodiscard]] Json whole(const std::string& account, const User& user);

[[nodiscard]] Json listed(const std::string& account, const Group& group);

[[nodiscard]] Json listed(const std::string& account, const Role& role);
[[nodiscard]] Json whole(const std::string& account, const Role& role);

[[nodiscard]] Json listed(const std::string& account, const Iam& iam,
                          const InstanceProfile& profile);

// The members AttachedPolicies, and the policies of an identity in GetAccountAuthorizationDetails.
[[nodiscard]] Json attached_policy(const std::string& name, const std::string& arn);

// Sets `shape["PermissionsBoundary"]` where there is one.
void show_boundary(Json& shape, const Identity& identity);

}  // namespace cloudchamber::mock::iam

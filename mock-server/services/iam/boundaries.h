// Permissions boundaries of users and roles.
#pragma once

#include <string>

#include "mock-server/call/call.h"
#include "mock-server/services/iam/state.h"

namespace cloudchamber::mock::iam {

// The member PermissionsBoundary, an ARN that can be one. Throws ValidationError, NoSuchEntity.
[[nodiscard]] std::string checked_boundary(const Call& call, const Iam& iam);

}  // namespace cloudchamber::mock::iam

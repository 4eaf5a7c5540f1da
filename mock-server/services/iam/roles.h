// Roles that may be changed.
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/iam/state.h"

namespace cloudchamber::mock::iam {

// The role that the input names, to be changed. Throws NoSuchEntity, and UnmodifiableEntity for a
// service-linked role.
[[nodiscard]] Role& modifiable_role(const Call& call, Iam& iam);

}  // namespace cloudchamber::mock::iam

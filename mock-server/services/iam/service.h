#pragma once

#include "mock-server/call/service.h"

namespace cloudchamber::mock::iam {

// IAM: users, groups, roles, policies and the credentials that the server then accepts. README.md
// in this folder tells what is emulated.
[[nodiscard]] Service make_service();

}  // namespace cloudchamber::mock::iam

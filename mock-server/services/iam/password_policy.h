// What the account demands of passwords.
#pragma once

#include <string>

#include "mock-server/services/iam/state.h"

namespace cloudchamber::mock::iam {

// Throws PasswordPolicyViolation for a password that the account's policy, or AWS's own where
// there is none, does not take; `profile` holds the former passwords.
void check_password(const Iam& iam, const LoginProfile& profile, const std::string& password);

}  // namespace cloudchamber::mock::iam

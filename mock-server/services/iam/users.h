// Who an operation on a user is about.
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/iam/state.h"

namespace cloudchamber::mock::iam {

// The user that the input names, else the caller: a user, or the account's root user, which is
// Iam::root. Throws NoSuchEntity, and ValidationError for a caller who is no user.
[[nodiscard]] const User& user_or_caller(const Call& call, const Iam& iam);
[[nodiscard]] User& user_or_caller(const Call& call, Iam& iam);

// When every account of the simulation was opened: 2020-01-01T00:00:00Z.
inline constexpr TimePoint kRootCreated{Seconds(1'577'836'800)};

// Is it the root user?
[[nodiscard]] inline bool is_root(const User& user) { return user.name.empty(); }

// Sets UserName, which the root user does not have.
void show_user_name(Json& shape, const User& user);

}  // namespace cloudchamber::mock::iam

// The access keys that the world has given out (IAM, STS) or was told of: authorize/ verifies
// signatures made with them.
#pragma once

#include <optional>
#include <string>

#include "cloudchamber/clock.h"
#include "mock-server/state/table.h"
#include "mock-server/state/world.h"

namespace cloudchamber::mock {

struct Credential {
  std::string secret_access_key;
  std::string session_token;  // "" for a long-term key
  std::string account;
  std::string arn;      // of the principal: a root user, a user, an assumed role
  std::string user_id;  // what GetCallerIdentity gives as UserId
  std::optional<TimePoint> expires;
  bool active = true;  // false: made inactive, or deleted; refused as if nobody had created it
};

// Shared by all accounts: a request names its key before anything else is known of it.
struct KnownCredentials {
  static constexpr Scope kScope = Scope::kShared;
  Table<std::string, Credential> by_access_key_id;
};

}  // namespace cloudchamber::mock

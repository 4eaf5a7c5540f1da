// Temporary credentials: made, remembered for the server to verify, and shown once.
#pragma once

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"
#include "mock-server/state/credentials.h"

namespace cloudchamber::mock::sts {

// New credentials with which a request is made as `identity` (its account, arn and user_id) for
// `duration` from now. The result is the model's Credentials structure.
[[nodiscard]] Json issue(Call& call, KnownCredentials& known, Credential identity,
                         Seconds duration);

// Temporary credentials' access keys begin with ASIA, which AWS documents.
[[nodiscard]] bool has_temporary_credentials(const Principal& principal);

}  // namespace cloudchamber::mock::sts

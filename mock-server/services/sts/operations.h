// The handlers of STS, by the files they stand in.
#pragma once

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"
#include "mock-server/state/credentials.h"

namespace cloudchamber::mock::sts {

// assume_role.cc
Json assume_role(Call& call, KnownCredentials& known);

// session_operations.cc
Json get_caller_identity(Call& call);
Json get_session_token(Call& call, KnownCredentials& known);

}  // namespace cloudchamber::mock::sts

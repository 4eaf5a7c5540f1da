// How IAM words that an input is not what its model demands.
#pragma once

#include "mock-server/call/call.h"

namespace cloudchamber::mock::iam {

// Throws ValidationError.
void check_constraints(const Call& call);

}  // namespace cloudchamber::mock::iam

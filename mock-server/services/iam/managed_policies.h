// What the operations on managed policies share.
#pragma once

#include <string>

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"
#include "mock-server/services/iam/aws_managed.h"
#include "mock-server/services/iam/state.h"
#include "mock-server/services/iam/usage.h"

namespace cloudchamber::mock::iam {

// The member PolicyDocument, fit for a managed policy. Throws MalformedPolicyDocument,
// LimitExceeded.
[[nodiscard]] std::string checked_managed_policy(const Call& call);

// The account's policy that the member PolicyArn names, to be changed. Throws NoSuchEntity,
// ValidationError, and AccessDenied for one of AWS's.
[[nodiscard]] ManagedPolicy& own_policy(const Call& call, Iam& iam);

[[nodiscard]] Json shown(const std::string& account, const ManagedPolicy& policy,
                         const Usage& usage);
[[nodiscard]] Json shown(const AwsManagedPolicy& policy, const Usage& usage);

}  // namespace cloudchamber::mock::iam

// How often managed policies are used, counted once for all of them.
#pragma once

#include <map>
#include <string>

#include "mock-server/services/iam/state.h"

namespace cloudchamber::mock::iam {

struct Usage {
  std::int64_t attached = 0;    // to users, groups and roles
  std::int64_t boundaries = 0;  // of users and roles
};

// By ARN; what is not there is not used.
[[nodiscard]] std::map<std::string, Usage> policy_usage(const Iam& iam);

}  // namespace cloudchamber::mock::iam

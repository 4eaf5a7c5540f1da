#include "mock-server/services/iam/usage.h"

namespace cloudchamber::mock::iam {

std::map<std::string, Usage> policy_usage(const Iam& iam) {
  std::map<std::string, Usage> usage;
  const auto count = [&](const auto& identities) {
    for (const auto& [key, identity] : identities) {
      for (const auto& [arn, name] : identity.attached) ++usage[arn].attached;
      if (!identity.boundary.empty()) ++usage[identity.boundary].boundaries;
    }
  };
  count(iam.users);
  count(iam.groups);
  count(iam.roles);
  return usage;
}

}  // namespace cloudchamber::mock::iam

// Managed policies, those of the account and AWS's own, found by ARN.
#pragma once

#include <string>
#include <string_view>

#include "mock-server/call/call.h"
#include "mock-server/services/iam/state.h"

namespace cloudchamber::mock::iam {

// A well-formed ARN of a managed policy.
struct PolicyArn {
  std::string text;
  bool of_aws = false;  // arn:aws:iam::aws:policy/...
  std::string account;
  std::string name;  // what follows the last '/'
};
// Throws ValidationError.
[[nodiscard]] PolicyArn parse_policy_arn(const std::string& text);

// The policy of the account with that ARN; null when there is none.
[[nodiscard]] const ManagedPolicy* find_policy(const Iam& iam, const PolicyArn& arn);

// Checks that there is such a policy to attach. Where not `strict`, any of AWS's is believed to be
// there, since the catalogue holds some of them only. Throws NoSuchEntity.
void check_attachable(const Call& call, const Iam& iam, const PolicyArn& arn);

}  // namespace cloudchamber::mock::iam

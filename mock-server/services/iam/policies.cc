#include "mock-server/services/iam/policies.h"

#include "mock-server/services/iam/aws_managed.h"
#include "mock-server/services/iam/kinds.h"

namespace cloudchamber::mock::iam {

// LocalStack's recording test_role_attach_policy.
PolicyArn parse_policy_arn(const std::string& text) {
  PolicyArn arn;
  arn.text = text;
  std::string_view rest = text;
  std::string_view parts[5];
  for (std::string_view& part : parts) {
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos) {
      throw validation_error("Invalid ARN:  Could not be parsed!");
    }
    part = rest.substr(0, colon);
    rest.remove_prefix(colon + 1);
  }
  if (parts[0] != "arn") throw validation_error("Invalid ARN:  Could not be parsed!");
  if (parts[2] != "iam" || !rest.starts_with("policy/") || rest.ends_with('/')) {
    throw validation_error("ARN " + text + " is not valid.");
  }
  arn.of_aws = parts[4] == "aws";
  arn.account = parts[4];
  arn.name = rest.substr(rest.rfind('/') + 1);
  return arn;
}

const ManagedPolicy* find_policy(const Iam& iam, const PolicyArn& arn) {
  if (arn.of_aws) return nullptr;
  const ManagedPolicy* found = find<ManagedPolicy>(iam, arn.name);
  return found != nullptr && arn_of(arn.account, *found) == arn.text ? found : nullptr;
}

void check_attachable(const Call& call, const Iam& iam, const PolicyArn& arn) {
  const bool there = arn.of_aws ? !call.strict() || find_aws_managed(arn.text) != nullptr
                                : arn.account == call.account() && find_policy(iam, arn) != nullptr;
  if (!there) throw policy_not_attachable(arn.text);
}

}  // namespace cloudchamber::mock::iam

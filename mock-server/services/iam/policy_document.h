// Are documents of policies well formed? In AWS's order and words. Pure functions.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cloudchamber/json.h"

namespace cloudchamber::mock::iam {

// The document of a managed or inline policy. Throws MalformedPolicyDocument.
void check_identity_policy(std::string_view document);

// The document that says who may assume a role. `exists` tells of an ARN of a user or role whether
// there is one. Throws MalformedPolicyDocument.
void check_trust_policy(std::string_view document,
                        const std::function<bool(const std::string& arn)>& exists);

}  // namespace cloudchamber::mock::iam

// Whom a role that IAM holds trusts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"

namespace cloudchamber::mock::sts {

// The role as GetRole shows it; nothing where IAM does not hold it.
[[nodiscard]] std::optional<Json> find_role(const Call& call, const std::string& role_arn,
                                            const std::string& account);

// Does the role's trust policy allow what the call (AssumeRole) asks for? Throws AccessDenied.
void check_trust(const Call& call, const Json& role, const std::string& role_arn);

[[nodiscard]] AwsError access_denied(const Call& call, std::string_view action,
                                     const std::string& role_arn);

}  // namespace cloudchamber::mock::sts

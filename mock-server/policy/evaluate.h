// What a policy in IAM's language says to a request: an explicit Deny wins, then an Allow, else
// nothing is said. For the policies of buckets, of roles and of whatever else has one. Pure
// functions.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"

namespace cloudchamber::mock {

enum class Effect { kNothing, kAllow, kDeny };

struct PolicyQuestion {
  const Principal& principal;
  std::string_view action;  // "s3:GetObject"
  std::string resource;     // "arn:aws:s3:::bucket/key"
  // The values of a condition key, its name in lower case but for what follows a '/' (the tag key
  // of s3:ExistingObjectTag/Key); nothing when the request has none.
  std::function<std::optional<std::vector<std::string>>(std::string_view key)> values;
  // What S3 calls the account of the principal, where a policy may name that.
  std::string canonical_id = {};
};

// `policy` is a document whose statements are objects. A statement that leaves Principal or
// Resource out, as trust policies and identities' policies do, is about everyone or everything.
[[nodiscard]] Effect evaluate(const Json& policy, const PolicyQuestion& question);

// Does the value of a Principal element mean this principal?
[[nodiscard]] bool names_principal(const Json& named, const Principal& principal,
                                   const std::string& canonical_id = {});

// '*' any run, '?' any one character; case counts. O(pattern x text) at worst.
[[nodiscard]] bool matches_wildcard(std::string_view pattern, std::string_view text);

}  // namespace cloudchamber::mock

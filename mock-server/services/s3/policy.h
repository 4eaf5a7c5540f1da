// Bucket policies: are they well formed, whom do they allow what, are they public?
//
// The evaluation is that of IAM's language: an explicit Deny wins, then an Allow, else nothing is
// said. Pure functions.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"

namespace cloudchamber::mock::s3 {

enum class Effect { kNothing, kAllow, kDeny };

struct PolicyQuestion {
  const Principal& principal;
  std::string_view action;  // "s3:GetObject"
  std::string resource;     // "arn:aws:s3:::bucket/key"
  // The values of a condition key, its name in lower case but for what follows a '/' (the tag key
  // of s3:ExistingObjectTag/Key); nothing when the request has none.
  std::function<std::optional<std::vector<std::string>>(std::string_view key)> values;
};

[[nodiscard]] Effect evaluate(const Json& policy, const PolicyQuestion& question);

// The document of PutBucketPolicy, parsed. Throws MalformedPolicy (400) as S3 words it.
[[nodiscard]] Json parsed_policy(std::string_view text, const std::string& bucket);

// Does it allow anything to everybody without tying it to fixed values?
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
[[nodiscard]] bool is_public(const Json& policy);

// '*' any run, '?' any one character; case counts. O(pattern x text) at worst.
[[nodiscard]] bool matches_wildcard(std::string_view pattern, std::string_view text);

}  // namespace cloudchamber::mock::s3

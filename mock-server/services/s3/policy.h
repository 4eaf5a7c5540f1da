// Bucket policies: are they well formed, are they public? What they allow whom, policy/evaluate.h
// tells. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "cloudchamber/json.h"

namespace cloudchamber::mock::s3 {

// The document of PutBucketPolicy, parsed. Throws MalformedPolicy (400) as S3 words it.
[[nodiscard]] Json parsed_policy(std::string_view text, const std::string& bucket);

// Does it allow anything to everybody without tying it to fixed values?
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
[[nodiscard]] bool is_public(const Json& policy);

}  // namespace cloudchamber::mock::s3

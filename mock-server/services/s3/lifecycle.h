// Lifecycle: are the rules valid, and when does a rule expire an object?
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
#pragma once

#include <optional>
#include <string>

#include "cloudchamber/json.h"
#include "mock-server/services/s3/bucket.h"
#include "mock-server/state/ids.h"

namespace cloudchamber::mock::s3 {

// The rules as they are kept: with an ID each. Throws MalformedXML, InvalidArgument,
// InvalidRequest.
[[nodiscard]] Json checked_lifecycle_rules(const Json& rules, Ids& ids);

// The header x-amz-expiration of an object: `expiry-date="...", rule-id="..."` of the rule that
// expires it first; nothing when none does.
[[nodiscard]] std::optional<std::string> expiration_of(const Bucket& bucket, const std::string& key,
                                                       const Object& object);

}  // namespace cloudchamber::mock::s3

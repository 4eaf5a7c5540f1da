// Tags of objects and buckets: their rules, and the query string in which PutObject takes them.
#pragma once

#include <string_view>

#include "cloudchamber/json.h"
#include "mock-server/services/s3/bucket.h"

namespace cloudchamber::mock::s3 {

enum class TagsOf { kObject, kBucket };

// "a=1&b=2", x-amz-tagging. Throws InvalidArgument, BadRequest, InvalidTag.
[[nodiscard]] Pairs tags_from_header(std::string_view header);
// [{"Key": ..., "Value": ...}]. Throws MalformedXML, BadRequest, InvalidTag.
[[nodiscard]] Pairs tags_from_list(const Json& list, TagsOf kind);
[[nodiscard]] Json tags_to_list(const Pairs& tags);

}  // namespace cloudchamber::mock::s3

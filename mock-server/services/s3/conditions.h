// Conditional requests, as pure rules in AWS's precedence.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/clock.h"

namespace cloudchamber::mock::s3 {

struct Conditions {
  std::optional<std::string> if_match;
  std::optional<std::string> if_none_match;
  std::optional<TimePoint> if_modified_since;
  std::optional<TimePoint> if_unmodified_since;
};

enum class Verdict { kHolds, kNotModified, kFails };

struct Judgement {
  Verdict verdict = Verdict::kHolds;
  std::string_view condition;  // the header that decided: "If-Match"
};

// Does `header`, a list of entity tags or "*", name this ETag? Quotes and a weak mark do not count.
[[nodiscard]] bool names_etag(std::string_view header, std::string_view etag);

// Of a read: If-Match before If-Unmodified-Since, which it overrides when it holds; If-None-Match
// before If-Modified-Since, which counts only when the former is not given. A time in the future is
// ignored by If-Modified-Since.
[[nodiscard]] Judgement judge_read(const Conditions& conditions, std::string_view etag,
                                   TimePoint last_modified, TimePoint now);

// Of a copy source: the same conditions, where "not modified" is a failure too.
[[nodiscard]] Judgement judge_copy_source(const Conditions& conditions, std::string_view etag,
                                          TimePoint last_modified, TimePoint now);

}  // namespace cloudchamber::mock::s3

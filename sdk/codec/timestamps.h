// The timestamp formats that AWS puts on the wire.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/clock.h"
#include "cloudchamber/json.h"

namespace cloudchamber {

// "2015-01-25T08:00:00Z"; with milliseconds, "2015-01-25T08:00:00.123Z", where they are not 0. How
// a Json holds a time.
[[nodiscard]] std::string iso8601(TimePoint time);
// "2015-01-25T08:00:00.000Z": always with milliseconds, as S3 and EC2 write.
[[nodiscard]] std::string iso8601_milliseconds(TimePoint time);
// "Sun, 25 Jan 2015 08:00:00 GMT"; whole seconds, truncated.
[[nodiscard]] std::string rfc822(TimePoint time);
// "20150830T123600Z", SigV4's basic format.
[[nodiscard]] std::string iso8601_basic(TimePoint time);

// Any of the above, ISO 8601 with offsets and up to 9 fractional digits (cut to milliseconds), RFC
// 850 and asctime dates, and decimal seconds since 1970. Nothing when it is none of them.
[[nodiscard]] std::optional<TimePoint> parse_timestamp(std::string_view text);

// A time as parameters and results hold it: an ISO 8601 string, or a number of seconds since 1970.
// Nothing otherwise.
[[nodiscard]] std::optional<TimePoint> timestamp_of(const Json& value);

// Seconds since 1970 as AWS's JSON protocols write them: an integer when whole, else a double with
// milliseconds.
[[nodiscard]] Json epoch_seconds(TimePoint time);

}  // namespace cloudchamber

// Durations and times in the forms that CloudFormation has them. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/clock.h"

namespace cloudchamber::mock::cloudformation {

// "PT1H30M10S"; nothing when it is none.
[[nodiscard]] std::optional<Seconds> duration_in(std::string_view iso8601);

// "2026-01-01T00:00:00.000Z", as it stands in the ids of events.
[[nodiscard]] std::string event_time(TimePoint time);

}  // namespace cloudchamber::mock::cloudformation

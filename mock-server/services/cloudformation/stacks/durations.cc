#include "mock-server/services/cloudformation/stacks/durations.h"

#include <cctype>
#include <cstdint>

#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::cloudformation {

std::optional<Seconds> duration_in(std::string_view iso8601) {
  if (!iso8601.starts_with("PT") || iso8601.size() < 4) return std::nullopt;
  std::int64_t total = 0;
  std::int64_t number = 0;
  bool digits = false;
  for (const char c : iso8601.substr(2)) {
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      number = number * 10 + (c - '0');
      digits = true;
      if (number > 1'000'000) return std::nullopt;
      continue;
    }
    if (!digits || (c != 'H' && c != 'M' && c != 'S')) return std::nullopt;
    total += number * (c == 'H' ? 3600 : c == 'M' ? 60 : 1);
    number = 0;
    digits = false;
  }
  return digits ? std::nullopt : std::optional(Seconds(total));
}

std::string event_time(TimePoint time) { return iso8601_milliseconds(time); }

}  // namespace cloudchamber::mock::cloudformation

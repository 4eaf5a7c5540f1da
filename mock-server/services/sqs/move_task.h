// MoveTask: messages on their way out of a dead-letter queue, at most so many a second.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cloudchamber/clock.h"

namespace cloudchamber::mock::sqs {

struct MoveTask {
  enum class Status { kRunning, kCompleted, kCancelling, kCancelled, kFailed };

  std::string id;
  std::string destination_arn;       // "" for the queues that the messages came from
  std::optional<std::int64_t> rate;  // messages a second; nothing for as fast as can be
  std::int64_t to_move = 0;          // as many as were visible at the start
  std::int64_t moved = 0;
  TimePoint started;
  TimePoint begins;  // after this moment the first message has moved
  bool over = false;
  std::optional<TimePoint> cancelled;  // after this moment it is cancelled, until then cancelling
  std::string failure_reason;          // "" unless it failed

  [[nodiscard]] Status status(TimePoint now) const;
  // How many messages should have been moved by then.
  [[nodiscard]] std::int64_t due(TimePoint now) const;
  // When the next is.
  [[nodiscard]] TimePoint next_due() const;
};

}  // namespace cloudchamber::mock::sqs

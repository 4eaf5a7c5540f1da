#include "mock-server/services/sqs/move_task.h"

#include <algorithm>

namespace cloudchamber::mock::sqs {

MoveTask::Status MoveTask::status(TimePoint now) const {
  if (!failure_reason.empty()) return Status::kFailed;
  if (cancelled) return now <= *cancelled ? Status::kCancelling : Status::kCancelled;
  return over ? Status::kCompleted : Status::kRunning;
}

std::int64_t MoveTask::due(TimePoint now) const {
  if (now <= begins) return 0;
  if (!rate) return to_move;
  const std::int64_t elapsed = (now - begins).count();
  return std::min(to_move, (elapsed * *rate + 999) / 1000);
}

TimePoint MoveTask::next_due() const {
  return begins + Milliseconds(1 + (rate ? moved * 1000 / *rate : 0));
}

}  // namespace cloudchamber::mock::sqs

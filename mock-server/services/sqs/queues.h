// Queues: the state of SQS in one account and region.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "mock-server/call/call.h"
#include "mock-server/services/sqs/queue.h"
#include "mock-server/state/world.h"

namespace cloudchamber::mock::sqs {

struct Queues {
  static constexpr Scope kScope = Scope::kRegion;
  struct Nothing {};

  Table<std::string, Queue> by_name;
  Table<std::string, Nothing> moving;  // those out of which a move task runs
  // When queues were deleted, and the same by time; what is older than kRecreateDelay is dropped.
  Table<std::string, TimePoint> deleted;
  Table<std::pair<TimePoint, std::string>, Nothing> deleted_by_time;

  // The queue that the call's QueueUrl names, else QueueDoesNotExist; AccessDenied when its policy
  // does not let the caller do what the call does. For writing: a queue of this copy alone, all
  // moves up to date.
  [[nodiscard]] const Queue& named_by(const Call& call) const;
  [[nodiscard]] Queue& named_by(const Call& call);

  // Brings the move tasks up to the call's time; defined in moves.cc.
  void settle_moves(const Call& call);
  // When the next message is moved by a task; nothing when none will be.
  [[nodiscard]] std::optional<TimePoint> next_move() const;
};

// The account whose queues a call is about: that of the QueueUrl, of the ARN, of the owner named;
// else the caller's.
[[nodiscard]] std::string owner_of(const Call& call);

// "http://127.0.0.1:4566/123456789012/name"
[[nodiscard]] std::string url_of(const Call& call, const Queue& queue);
// The last part of a queue URL or ARN.
[[nodiscard]] std::string name_in(std::string_view url_or_arn);
[[nodiscard]] bool speaks_query(const Call& call);

}  // namespace cloudchamber::mock::sqs

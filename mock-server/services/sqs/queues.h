// Queues: the state of SQS in one account and region.
#pragma once

#include <string>
#include <string_view>

#include "mock-server/call/call.h"
#include "mock-server/services/sqs/queue.h"
#include "mock-server/state/world.h"

namespace cloudchamber::mock::sqs {

struct Queues {
  static constexpr Scope kScope = Scope::kRegion;

  Table<std::string, Queue> by_name;
  Table<std::string, TimePoint> deleted;  // when a queue of that name was last deleted

  // The queue that the call's QueueUrl names, else QueueDoesNotExist. For writing: a queue of this
  // copy alone.
  [[nodiscard]] const Queue& named_by(const Call& call) const;
  [[nodiscard]] Queue& named_by(const Call& call);
};

// "http://127.0.0.1:4566/123456789012/name"
[[nodiscard]] std::string url_of(const Call& call, std::string_view name);
// The last part of a queue URL or ARN.
[[nodiscard]] std::string name_in(std::string_view url_or_arn);
[[nodiscard]] bool speaks_query(const Call& call);

}  // namespace cloudchamber::mock::sqs

// Moves of messages between queues: to a dead-letter queue, and back by move tasks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mock-server/services/sqs/queues.h"

namespace cloudchamber::mock::sqs {

// The queue of these that the ARN names, null when it names none of them.
[[nodiscard]] const Queue* queue_at(const Queues& queues, const std::string& arn);

// Where messages of `source` go that were received too often; null where there is no such queue,
// or it does not let this one, and they stay.
[[nodiscard]] Queue* dead_letter_queue(Queues& queues, const Queue& source);

// Puts messages that were taken out of `source` into the dead-letter queue.
void bury(Queue& target, const Queue& source, std::vector<Message> dead, TimePoint now);

// What a task handle says: base64 of {"taskId": ..., "sourceArn": ...}.
struct TaskHandle {
  std::string task_id;
  std::string source_arn;
};
[[nodiscard]] std::string handle_of(const TaskHandle& task);
[[nodiscard]] std::optional<TaskHandle> task_of(const std::string& handle);

}  // namespace cloudchamber::mock::sqs

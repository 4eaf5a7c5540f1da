#include <nlohmann/json.hpp>

#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/limits.h"
#include "mock-server/services/sqs/moves.h"
#include "mock-server/services/sqs/operations.h"
#include "mock-server/services/sqs/queue_policy.h"

namespace cloudchamber::mock::sqs {
namespace {

Queue& source_at(Queues& queues, const Call& call, const std::string& arn) {
  queues.settle_moves(call);
  const Queue* queue = queue_at(queues, arn);
  if (queue == nullptr) {
    throw no_resource("The resource that you specified for the SourceArn parameter doesn't exist.");
  }
  check_access(call, *queue);
  return *queues.by_name.change(queue->name);
}

bool is_dead_letter_queue(const Queues& queues, const std::string& arn) {
  for (const auto& [name, queue] : queues.by_name) {
    if (queue.redrive && queue.redrive->dead_letter_target_arn == arn) return true;
  }
  return false;
}

// A queue can be the destination of messages of its own kind alone.
void check_destination(const Queues& queues, const Queue& source, const std::string& arn) {
  const Queue* destination = queue_at(queues, arn);
  if (destination == nullptr) {
    throw no_resource(
        "The resource that you specified for the DestinationArn parameter doesn't exist.");
  }
  if (destination == &source)
    throw invalid_parameter("Source queue arn and destination queue arn can not be the same.");
  if (destination->fifo != source.fifo) {
    throw invalid_parameter("Source queue and destination queue must be of the same type.");
  }
}

const char* name_of(MoveTask::Status status) {
  switch (status) {
    case MoveTask::Status::kRunning:
      return "RUNNING";
    case MoveTask::Status::kCompleted:
      return "COMPLETED";
    case MoveTask::Status::kCancelling:
      return "CANCELLING";
    case MoveTask::Status::kCancelled:
      return "CANCELLED";
    case MoveTask::Status::kFailed:
      return "FAILED";
  }
  return "";
}

Json shown(const MoveTask& task, const std::string& source_arn, TimePoint now) {
  const MoveTask::Status status = task.status(now);
  Json entry{{"Status", name_of(status)},
             {"SourceArn", source_arn},
             {"ApproximateNumberOfMessagesMoved", task.moved},
             {"ApproximateNumberOfMessagesToMove", task.to_move},
             {"StartedTimestamp", task.started.time_since_epoch().count()}};
  if (status == MoveTask::Status::kRunning) entry["TaskHandle"] = handle_of({task.id, source_arn});
  if (!task.destination_arn.empty()) entry["DestinationArn"] = task.destination_arn;
  if (task.rate) entry["MaxNumberOfMessagesPerSecond"] = *task.rate;
  if (!task.failure_reason.empty()) entry["FailureReason"] = task.failure_reason;
  return entry;
}

}  // namespace

Json start_message_move_task(Call& call, Queues& queues) {
  const std::string& arn = call.text("SourceArn");
  Queue& source = source_at(queues, call, arn);
  if (!is_dead_letter_queue(queues, arn))
    throw invalid_parameter("Source queue must be configured as a Dead Letter Queue.");
  MoveTask task;
  task.destination_arn = call.text_or("DestinationArn", "");
  if (!task.destination_arn.empty()) check_destination(queues, source, task.destination_arn);
  if (call.has("MaxNumberOfMessagesPerSecond")) {
    task.rate = call.integer("MaxNumberOfMessagesPerSecond");
    if (*task.rate < 1 || *task.rate > kMaxMoveRate) {
      throw invalid_parameter(std::to_string(*task.rate), "MaxNumberOfMessagesPerSecond",
                              "Must be between 1 and 500, if provided.");
    }
  }
  if (queues.moving.contains(source.name)) {
    throw invalid_parameter(
        "There is already a task running. Only one active task is allowed for a source queue arn "
        "at "
        "a given time.");
  }
  task.id = call.ids().uuid();
  task.started = call.now();
  task.begins = call.now() + call.transition_time();
  task.to_move = source.counts(call.now()).visible;
  const std::string handle = handle_of({task.id, arn});
  const std::uint64_t number =
      source.move_tasks.empty() ? 1 : (--source.move_tasks.end())->first + 1;
  source.move_tasks.put(number, std::move(task));
  if (source.move_tasks.size() > kMaxMoveTasks)
    source.move_tasks.erase(source.move_tasks.begin()->first);
  queues.moving.put(source.name, {});
  return {{"TaskHandle", handle}};
}

Json cancel_message_move_task(Call& call, Queues& queues) {
  const auto handle = task_of(call.text("TaskHandle"));
  if (!handle) throw invalid_parameter("Value for parameter TaskHandle is invalid.");
  Queue& source = source_at(queues, call, handle->source_arn);
  if (!source.move_tasks.empty()) {
    const auto& [number, last] = *--source.move_tasks.end();
    if (last.id == handle->task_id && queues.moving.contains(source.name)) {
      MoveTask task = last;
      task.over = true;
      task.cancelled = call.now() + call.transition_time();
      queues.moving.erase(source.name);
      source.move_tasks.put(std::uint64_t{number}, task);
      return {{"ApproximateNumberOfMessagesMoved", task.moved}};
    }
  }
  throw no_resource("Task does not exist.");
}

Json list_message_move_tasks(Call& call, Queues& queues) {
  const std::string& arn = call.text("SourceArn");
  const std::int64_t max = call.integer_or("MaxResults", 1);
  if (max < 1 || max > static_cast<std::int64_t>(kMaxMoveTasks)) {
    throw invalid_parameter(std::to_string(max), "MaxResults",
                            "Must be between 1 and 10, if provided.");
  }
  const Queue& source = source_at(queues, call, arn);
  Json results = Json::array();
  for (auto at = source.move_tasks.end();
       at != source.move_tasks.begin() && static_cast<std::int64_t>(results.size()) < max;) {
    --at;
    results.push_back(shown(at->second, arn, call.now()));
  }
  return {{"Results", std::move(results)}};
}

}  // namespace cloudchamber::mock::sqs

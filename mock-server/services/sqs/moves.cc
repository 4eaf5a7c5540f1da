#include "mock-server/services/sqs/moves.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "mock-server/services/sqs/move_task.h"
#include "mock-server/services/sqs/queue_policy.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::sqs {
namespace {

constexpr const char* kSource = "DeadLetterQueueSourceArn";

// A moved message is a new one: it has a new id and its retention begins anew.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
Message made_new(const Message& moved, const Call& call) {
  MessageContent content = *moved.content;
  content.id = call.ids().uuid();
  content.sent = call.now();
  content.system_attributes.erase(kSource);
  Message message;
  message.content = std::make_shared<const MessageContent>(std::move(content));
  return message;
}

// Moves what is due. The failure reasons are AWS's: the first recorded by LocalStack,
// test_move_task_delete_destination_queue_while_running.
void advance(Queues& queues, Queue& source, MoveTask& task, const Call& call) {
  const std::int64_t due = task.due(call.now());
  while (task.moved < due) {
    const Message* next = source.next_out(call.now());
    if (next == nullptr) break;
    const std::string arn = task.destination_arn.empty() ? next->content->system_attribute(kSource)
                                                         : task.destination_arn;
    if (arn.empty()) {
      task.failure_reason = "CouldNotDetermineMessageSource";
      break;
    }
    Queue* destination = queues.by_name.change(name_in(arn));
    if (destination == nullptr || destination->arn != arn) {
      task.failure_reason = "AWS.SimpleQueueService.NonExistentQueue";
      break;
    }
    destination->take_in(made_new(*source.take_out(call.now()), call), call.now());
    ++task.moved;
  }
  const bool nothing_left = call.now() > task.begins && source.next_out(call.now()) == nullptr;
  task.over = !task.failure_reason.empty() || nothing_left ||
              (call.now() > task.begins && task.moved >= task.to_move);
}

}  // namespace

void Queues::settle_moves(const Call& call) {
  const auto sources = moving;
  for (const auto& [name, nothing] : sources) {
    Queue* source = by_name.change(name);
    if (source == nullptr || source->move_tasks.empty()) {
      moving.erase(name);
      continue;
    }
    MoveTask task = (--source->move_tasks.end())->second;
    const std::uint64_t number = (--source->move_tasks.end())->first;
    advance(*this, *source, task, call);
    if (task.over) moving.erase(name);
    source->move_tasks.put(number, std::move(task));
  }
}

const Queue* queue_at(const Queues& queues, const std::string& arn) {
  const Queue* queue = queues.by_name.find(name_in(arn));
  return queue == nullptr || queue->arn != arn ? nullptr : queue;
}

Queue* dead_letter_queue(Queues& queues, const Queue& source) {
  if (!source.redrive) return nullptr;
  const std::string& arn = source.redrive->dead_letter_target_arn;
  const Queue* target = queues.by_name.find(name_in(arn));
  if (target == nullptr || target->arn != arn || target->fifo != source.fifo ||
      !target->redrive_allow.allows(source.arn)) {
    return nullptr;
  }
  return queues.by_name.change(name_in(arn));
}

// A dead letter keeps the time it was sent, but for FIFO queues; there its own id becomes its
// deduplication id, so that two that shared one are both kept.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html
void bury(Queue& target, const Queue& source, std::vector<Message> dead, TimePoint now) {
  for (Message& message : dead) {
    MessageContent content = *message.content;
    content.system_attributes[kSource] = source.arn;
    if (source.fifo) {
      content.system_attributes["MessageDeduplicationId"] = content.id;
      content.sent = now;
    }
    message.content = std::make_shared<const MessageContent>(std::move(content));
    target.take_in(std::move(message), now);
  }
}

std::string handle_of(const TaskHandle& task) {
  return base64_encode(R"({"taskId":")" + task.task_id + R"(","sourceArn":")" + task.source_arn +
                       "\"}");
}

std::optional<TaskHandle> task_of(const std::string& handle) {
  const auto text = base64_decode(handle);
  if (!text) return std::nullopt;
  const Json task = parsed_object(*text);
  if (!task.is_object()) return std::nullopt;
  const auto id = task.find("taskId");
  const auto arn = task.find("sourceArn");
  if (id == task.end() || arn == task.end() || !id->is_string() || !arn->is_string())
    return std::nullopt;
  return TaskHandle{id->get<std::string>(), arn->get<std::string>()};
}

}  // namespace cloudchamber::mock::sqs

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/fifo_ids.h"
#include "mock-server/services/sqs/limits.h"
#include "mock-server/services/sqs/message_attributes.h"
#include "mock-server/services/sqs/moves.h"
#include "mock-server/services/sqs/operations.h"
#include "mock-server/services/sqs/receipts.h"

namespace cloudchamber::mock::sqs {
namespace {

struct Wanted {
  std::size_t count;
  Seconds timeout;
  Seconds wait;
};

Wanted read_wanted(const Call& call, const Queue& queue) {
  const std::int64_t count = call.integer_or("MaxNumberOfMessages", 1);
  if (count < 1 || count > kMaxMessagesPerReceive) {
    throw invalid_parameter(std::to_string(count), "MaxNumberOfMessages",
                            "Must be between 1 and 10, if provided.");
  }
  const std::int64_t wait = call.integer_or("WaitTimeSeconds", queue.wait_time.count());
  if (wait < 0 || wait > kMaxWaitTimeSeconds) {
    throw invalid_parameter(std::to_string(wait), "WaitTimeSeconds",
                            "Must be >= 0 and <= 20, if provided.");
  }
  const std::int64_t timeout =
      call.integer_or("VisibilityTimeout", queue.visibility_timeout.count());
  if (timeout < 0 || timeout > kMaxVisibilityTimeout) {
    throw invalid_parameter(std::to_string(timeout), "VisibilityTimeout",
                            "Must be >= 0 and <= 43200, if provided.");
  }
  return {static_cast<std::size_t>(count), Seconds(timeout), Seconds(wait)};
}

Json system_attributes(const Queue::Received& received, const Queue& queue) {
  const Message& message = received.message;
  const auto milliseconds = [](TimePoint time) {
    return std::to_string(time.time_since_epoch().count());
  };
  Json all(message.content->system_attributes);
  all["SenderId"] = message.content->sender_id;
  all["SentTimestamp"] = milliseconds(message.content->sent);
  all["ApproximateReceiveCount"] = std::to_string(message.receive_count);
  all["ApproximateFirstReceiveTimestamp"] = milliseconds(message.first_received_at);
  if (queue.fifo) all["SequenceNumber"] = sequence_number(received.sequence);
  return all;
}

// AttributeNames is the older name of MessageSystemAttributeNames; what either asks for is given.
Json asked_attributes(const Call& call, const Queue::Received& received, const Queue& queue) {
  Json asked = Json::object();
  for (const char* member : {"AttributeNames", "MessageSystemAttributeNames"}) {
    if (!call.has(member)) continue;
    const Json all = system_attributes(received, queue);
    for (const Json& wanted : call.at(member)) {
      const std::string& name = wanted.get_ref<const std::string&>();
      if (name == "All") return all;
      if (all.contains(name)) asked[name] = all[name];
    }
  }
  return asked;
}

Json to_json(const Call& call, const Queue::Received& received, const Queue& queue) {
  const MessageContent& content = *received.message.content;
  Json result{{"MessageId", content.id},
              {"ReceiptHandle",
               handle_of({received.sequence, content.id, received.message.receipt}, queue)},
              {"MD5OfBody", content.md5_of_body},
              {"Body", content.body}};
  if (Json attributes = asked_attributes(call, received, queue); !attributes.empty()) {
    result["Attributes"] = std::move(attributes);
  }
  if (call.has("MessageAttributeNames")) {
    const MessageAttributes attributes =
        selected(content.attributes, call.at("MessageAttributeNames"));
    if (!attributes.empty()) {
      result["MessageAttributes"] = sqs::to_json(attributes);
      result["MD5OfMessageAttributes"] = md5_of(attributes);
    }
  }
  return result;
}

std::string read_attempt_id(const Call& call) {
  if (!call.has("ReceiveRequestAttemptId")) return "";
  return checked_fifo_id(call.text("ReceiveRequestAttemptId"), "ReceiveRequestAttemptId");
}

// Until when a receive that found nothing sleeps at most: the next message that time alone makes
// visible, or that a move task brings.
TimePoint next_look(const Queues& queues, const Queue& queue, TimePoint deadline) {
  TimePoint next = std::min(deadline, queue.next_visible().value_or(deadline));
  return std::min(next, queues.next_move().value_or(deadline));
}

}  // namespace

Json receive_message(Call& call, Queues& queues) {
  Queue& queue = queues.named_by(call);
  const Wanted wanted = read_wanted(call, queue);
  const std::string attempt_id = read_attempt_id(call);
  std::vector<std::string> nonces(wanted.count);
  for (std::string& nonce : nonces) nonce = call.ids().uuid();
  const bool buries = dead_letter_queue(queues, queue) != nullptr;
  std::vector<Message> dead;
  const auto received = queue.receive(
      {.count = wanted.count,
       .timeout = wanted.timeout,
       .now = call.now(),
       .nonces = nonces,
       .max_receives = buries ? std::optional(queue.redrive->max_receive_count) : std::nullopt,
       .attempt_id = attempt_id},
      dead);
  if (received.empty() && dead.empty()) {
    const TimePoint deadline = call.received() + wanted.wait;
    if (call.now() < deadline) throw Wait{next_look(queues, queue, deadline)};
    if (!queue.fifo && wanted.wait == Seconds(0) && queue.is_full()) {
      throw over_limit(
          "Too many messages have been received without being deleted. Please delete your received "
          "messages or let them timeout before receiving more.");
    }
  }
  if (!dead.empty()) bury(*dead_letter_queue(queues, queue), queue, std::move(dead), call.now());
  if (received.empty()) return Json::object();
  Json messages = Json::array();
  for (const Queue::Received& each : received) messages.push_back(to_json(call, each, queue));
  return {{"Messages", std::move(messages)}};
}

}  // namespace cloudchamber::mock::sqs

#include <nlohmann/json.hpp>

#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/limits.h"
#include "mock-server/services/sqs/message_attributes.h"
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

Json system_attributes(const Message& message) {
  const auto milliseconds = [](TimePoint time) {
    return std::to_string(time.time_since_epoch().count());
  };
  Json all(message.system_attributes);
  all["SenderId"] = message.sender_id;
  all["SentTimestamp"] = milliseconds(message.sent);
  all["ApproximateReceiveCount"] = std::to_string(message.receive_count);
  all["ApproximateFirstReceiveTimestamp"] = milliseconds(message.first_received_at);
  return all;
}

// AttributeNames is the older name of MessageSystemAttributeNames; what either asks for is given.
Json asked_attributes(const Call& call, const Message& message) {
  const Json all = system_attributes(message);
  Json asked = Json::object();
  for (const char* member : {"AttributeNames", "MessageSystemAttributeNames"}) {
    if (!call.has(member)) continue;
    for (const Json& wanted : call.at(member)) {
      const std::string& name = wanted.get_ref<const std::string&>();
      if (name == "All") return all;
      if (all.contains(name)) asked[name] = all[name];
    }
  }
  return asked;
}

Json to_json(const Call& call, const Queue::Received& received) {
  const Message& message = received.message;
  Json result{{"MessageId", message.id},
              {"ReceiptHandle", handle_of({received.sequence, message.receipt})},
              {"MD5OfBody", message.md5_of_body},
              {"Body", message.body}};
  if (Json attributes = asked_attributes(call, message); !attributes.empty()) {
    result["Attributes"] = std::move(attributes);
  }
  if (call.has("MessageAttributeNames")) {
    const MessageAttributes attributes =
        selected(message.attributes, call.at("MessageAttributeNames"));
    if (!attributes.empty()) {
      result["MessageAttributes"] = sqs::to_json(attributes);
      result["MD5OfMessageAttributes"] = md5_of(attributes);
    }
  }
  return result;
}

// Where messages go that were received too often; null where the redrive policy names no queue of
// here, and they stay.
Queue* dead_letter_queue(Queues& queues, const Queue& source) {
  return source.redrive ? queues.by_name.change(name_in(source.redrive->dead_letter_target_arn))
                        : nullptr;
}

void bury(Queue& target, const std::string& source_arn, std::vector<Message> dead, TimePoint now) {
  for (Message& message : dead) {
    message.system_attributes["DeadLetterQueueSourceArn"] = source_arn;
    message.receipt.clear();
    target.send(std::move(message), now, Seconds(0));
  }
}

}  // namespace

Json receive_message(Call& call, Queues& queues) {
  Queue& queue = queues.named_by(call);
  const Wanted wanted = read_wanted(call, queue);
  std::vector<std::string> nonces(wanted.count);
  for (std::string& nonce : nonces) nonce = call.ids().uuid();
  const bool buries = dead_letter_queue(queues, queue) != nullptr;
  std::vector<Message> dead;
  const auto received =
      queue.receive(wanted.count, wanted.timeout, call.now(), nonces,
                    buries ? std::optional(queue.redrive->max_receive_count) : std::nullopt, dead);
  const TimePoint deadline = call.received() + wanted.wait;
  if (received.empty() && dead.empty() && call.now() < deadline) {
    throw Wait{std::min(deadline, queue.next_visible_after(call.now()).value_or(deadline))};
  }
  if (!dead.empty())
    bury(*dead_letter_queue(queues, queue), queue.arn, std::move(dead), call.now());
  if (received.empty()) return Json::object();
  Json messages = Json::array();
  for (const Queue::Received& each : received) messages.push_back(to_json(call, each));
  return {{"Messages", std::move(messages)}};
}

}  // namespace cloudchamber::mock::sqs

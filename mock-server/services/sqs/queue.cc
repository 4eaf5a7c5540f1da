#include "mock-server/services/sqs/queue.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "mock-server/services/sqs/limits.h"

namespace cloudchamber::mock::sqs {

bool RedriveAllowPolicy::allows(const std::string& source_arn) const {
  if (permission != Permission::kByQueue) return permission == Permission::kAllowAll;
  return std::find(source_queue_arns.begin(), source_queue_arns.end(), source_arn) !=
         source_queue_arns.end();
}

SentMessage Queue::send(MessageContent content, TimePoint now, Seconds delay_of_message) {
  settle(now);
  const std::string key = fifo ? deduplication_key(content, now) : std::string();
  if (fifo) {
    if (const SentMessage* first = sent_.find(key, now)) return *first;
  }
  SentMessage sent{.id = content.id};
  Message message;
  message.content = std::make_shared<const MessageContent>(std::move(content));
  sent.sequence = messages_.add(std::move(message), now, now + delay_of_message);
  if (fifo) sent_.put(key, sent, now, kDeduplicationInterval);
  return sent;
}

void Queue::take_in(Message message, TimePoint now) {
  settle(now);
  message.receipt.clear();
  messages_.add(std::move(message), now, now);
}

std::optional<Message> Queue::take_out(TimePoint now) {
  settle(now);
  return messages_.take();
}

const Message* Queue::next_out(TimePoint now) {
  settle(now);
  return messages_.first_visible();
}

std::vector<Queue::Received> Queue::receive(const ReceiveRequest& request,
                                            std::vector<Message>& dead) {
  settle(request.now);
  const bool attempted = fifo && !request.attempt_id.empty();
  if (attempted) {
    std::vector<Received> again = receive_again(request);
    if (!again.empty()) return again;
  }
  const auto limit = fifo ? kMaxInFlightFifo : kMaxInFlight;
  const std::int64_t room = std::max<std::int64_t>(limit - messages_.in_flight(), 0);
  std::vector<Received> received =
      messages_.receive({.count = std::min(request.count, static_cast<std::size_t>(room)),
                         .timeout = request.timeout,
                         .now = request.now,
                         .nonces = request.nonces,
                         .max_receives = request.max_receives},
                        dead);
  if (attempted && !received.empty()) {
    std::vector<ReceivedMessage> given;
    for (const auto& [sequence, message] : received)
      given.push_back({{sequence, message.content->id, message.receipt}, message.turn});
    attempts_.put(request.attempt_id, std::move(given), request.now, kDeduplicationInterval);
  }
  return received;
}

// Nothing when there was no such attempt, or one of its messages was deleted, received again, or
// had its visibility changed.
std::vector<Queue::Received> Queue::receive_again(const ReceiveRequest& request) {
  const auto* before = attempts_.find(request.attempt_id, request.now);
  if (before == nullptr) return {};
  for (const auto& [receipt, turn] : *before) {
    const Message* message = messages_.find(receipt.sequence);
    if (message == nullptr || message->turn != turn) return {};
  }
  std::vector<ReceivedMessage> given = *before;
  std::vector<Received> received;
  for (auto& [receipt, turn] : given) {
    messages_.set_visible_at(receipt.sequence, request.now + request.timeout, request.now);
    received.push_back({receipt.sequence, *messages_.find(receipt.sequence)});
    turn = received.back().message.turn;
  }
  attempts_.put(request.attempt_id, std::move(given), request.now, kDeduplicationInterval);
  return received;
}

bool Queue::is_full() const {
  return messages_.in_flight() >= (fifo ? kMaxInFlightFifo : kMaxInFlight);
}

Queue::Erase Queue::erase(const Receipt& receipt, TimePoint now) {
  settle(now);
  const Message* message = messages_.find(receipt.sequence);
  if (message == nullptr || message->content->id != receipt.message_id) return Erase::kDone;
  const bool last = message->receipt == receipt.nonce;
  if (fifo && (!last || !message->hidden)) return Erase::kExpired;
  if (last) messages_.erase(receipt.sequence);
  return Erase::kDone;
}

Queue::Change Queue::change_visibility(const Receipt& receipt, Seconds timeout, TimePoint now) {
  settle(now);
  const Message* message = messages_.find(receipt.sequence);
  if (message == nullptr || message->content->id != receipt.message_id)
    return Change::kNoSuchMessage;
  if (fifo && (message->receipt != receipt.nonce || !message->hidden))
    return Change::kNoSuchMessage;
  if (now + timeout > message->received_at + Seconds(kMaxVisibilityTimeout))
    return Change::kTooLong;
  messages_.set_visible_at(receipt.sequence, now + timeout, now);
  return Change::kDone;
}

// In a FIFO queue the delay holds for messages sent before as well, as AWS documents.
void Queue::set_delay(Seconds value, TimePoint now) {
  if (delay == value) return;
  delay = value;
  if (!fifo) return;
  settle(now);
  messages_.redelay(value, now);
}

void Queue::set_deduplication_scope(bool by_group, TimePoint now) {
  if (deduplicates_by_group == by_group) return;
  deduplicates_by_group = by_group;
  deduplication_scope_from = now + kAttributePropagation;
}

void Queue::purge(TimePoint now) {
  messages_.clear();
  sent_ = {};
  attempts_ = {};
  purged = now;
}

std::string Queue::deduplication_key(const MessageContent& content, TimePoint now) const {
  const bool by_group =
      now < deduplication_scope_from ? !deduplicates_by_group : deduplicates_by_group;
  const std::string id = content.system_attribute("MessageDeduplicationId");
  return by_group ? content.system_attribute("MessageGroupId") + '\n' + id : id;
}

}  // namespace cloudchamber::mock::sqs

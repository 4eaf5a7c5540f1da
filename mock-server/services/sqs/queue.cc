#include "mock-server/services/sqs/queue.h"

#include "mock-server/services/sqs/limits.h"

namespace cloudchamber::mock::sqs {

void Queue::send(Message message, TimePoint now, Seconds delay_of_message) {
  drop_expired(now);
  const std::uint64_t sequence = next_++;
  message.visible_at = now + delay_of_message;
  by_time_.put({message.visible_at, sequence}, {});
  messages_.put(sequence, std::move(message));
}

std::vector<Queue::Received> Queue::receive(std::size_t count, Seconds timeout, TimePoint now,
                                            const std::vector<std::string>& nonces,
                                            std::optional<std::int64_t> max_receives,
                                            std::vector<Message>& dead) {
  drop_expired(now);
  std::vector<Received> received;
  const auto waiting =
      by_time_;  // as it stood: a message that is visible again at once is not received twice
  for (const auto& [due, nothing] : waiting) {
    if (received.size() == count || due.first > now) break;
    const std::uint64_t sequence = due.second;
    Message& message = *messages_.change(sequence);
    if (max_receives && message.receive_count >= *max_receives) {
      dead.push_back(message);
      by_time_.erase(due);
      messages_.erase(sequence);
      continue;
    }
    if (message.receive_count++ == 0) message.first_received_at = now;
    message.received_at = now;
    message.receipt = nonces[received.size()];
    received.push_back({sequence, message});
    set_visible_at(sequence, message, now + timeout);
  }
  return received;
}

std::optional<TimePoint> Queue::next_visible_after(TimePoint now) const {
  const auto next = by_time_.lower_bound(std::pair(now + Milliseconds(1), std::uint64_t{0}));
  return next == by_time_.end() ? std::nullopt : std::optional(next->first.first);
}

void Queue::erase(const Receipt& receipt, TimePoint now) {
  drop_expired(now);
  const Message* message = messages_.find(receipt.sequence);
  if (message == nullptr || message->receipt != receipt.nonce) return;
  by_time_.erase(std::pair(message->visible_at, receipt.sequence));
  messages_.erase(receipt.sequence);
}

Queue::Change Queue::change_visibility(const Receipt& receipt, Seconds timeout, TimePoint now) {
  drop_expired(now);
  Message* message = messages_.change(receipt.sequence);
  if (message == nullptr || message->receipt != receipt.nonce) return Change::kNoSuchMessage;
  if (message->visible_at <= now) return Change::kNotInFlight;
  if (now + timeout > message->received_at + Seconds(kMaxVisibilityTimeout))
    return Change::kTooLong;
  set_visible_at(receipt.sequence, *message, now + timeout);
  return Change::kDone;
}

void Queue::purge(TimePoint now) {
  messages_.clear();
  by_time_.clear();
  purged = now;
}

Queue::Counts Queue::counts(TimePoint now) const {
  Counts counts;
  for (const auto& [sequence, message] : messages_) {
    if (message.sent + retention <= now) continue;
    if (message.visible_at <= now) {
      ++counts.visible;
    } else if (message.receive_count > 0) {
      ++counts.in_flight;
    } else {
      ++counts.delayed;
    }
  }
  return counts;
}

void Queue::drop_expired(TimePoint now) {
  // The order of sending is nearly that of expiry; a message from a dead-letter source keeps its
  // older time.
  while (!messages_.empty()) {
    const auto oldest = messages_.begin();
    if (oldest->second.sent + retention > now) return;
    const std::uint64_t sequence = oldest->first;
    by_time_.erase(std::pair(oldest->second.visible_at, sequence));
    messages_.erase(sequence);
  }
}

void Queue::set_visible_at(std::uint64_t sequence, Message& message, TimePoint time) {
  by_time_.erase(std::pair(message.visible_at, sequence));
  message.visible_at = time;
  by_time_.put({time, sequence}, {});
}

}  // namespace cloudchamber::mock::sqs

#include "mock-server/services/sqs/messages.h"

#include <utility>

namespace cloudchamber::mock::sqs {

void Messages::settle(TimePoint now, Seconds retention) {
  while (const auto expired = oldest_expired(now, retention)) erase(*expired);
  while (!hidden_.empty() && hidden_.begin()->first.first <= now) {
    const std::uint64_t sequence = hidden_.begin()->second;
    Message& message = *messages_.change(sequence);
    const std::string group = fifo_ ? group_of(message) : std::string();
    close(group);
    unlist(sequence, message);
    list(sequence, message, now);
    open(group);
  }
}

std::optional<std::uint64_t> Messages::oldest_expired(TimePoint now, Seconds retention) const {
  if (!overdue_.empty() && overdue_.begin()->first.first + retention <= now)
    return overdue_.begin()->first.second;
  if (!messages_.empty() && messages_.begin()->second.content->sent + retention <= now)
    return messages_.begin()->first;
  return std::nullopt;
}

std::uint64_t Messages::add(Message message, TimePoint now, TimePoint visible_at) {
  const std::uint64_t sequence = next_++;
  const TimePoint sent = message.content->sent;
  if (sent < newest_sent_) {
    overdue_.put({sent, sequence}, {});
  } else {
    newest_sent_ = sent;
  }
  message.turn = {visible_at, sequence};
  const std::string group = fifo_ ? group_of(message) : std::string();
  close(group);
  list(sequence, message, now);
  messages_.put(sequence, std::move(message));
  if (fifo_) {
    if (!groups_.contains(group)) groups_.put(group, Group());
    groups_.change(group)->put(sequence, {});
  }
  open(group);
  return sequence;
}

void Messages::erase(std::uint64_t sequence) {
  const Message* message = messages_.find(sequence);
  if (message == nullptr) return;
  const std::string group = fifo_ ? group_of(*message) : std::string();
  close(group);
  remove(sequence, group);
  open(group);
}

void Messages::clear() {
  const std::uint64_t next = next_;
  *this = Messages(fifo_);
  next_ = next;
}

void Messages::set_visible_at(std::uint64_t sequence, TimePoint time, TimePoint now) {
  Message& message = *messages_.change(sequence);
  const std::string group = fifo_ ? group_of(message) : std::string();
  close(group);
  unlist(sequence, message);
  message.turn = {time, next_++};
  list(sequence, message, now);
  open(group);
}

std::vector<Messages::Received> Messages::receive(const Request& request,
                                                  std::vector<Message>& dead) {
  std::vector<Received> received;
  // As it stands: a message that is visible again at once is not received twice.
  const auto waiting = visible_;
  for (const auto& [turn, first] : waiting) {
    if (received.size() == request.count) break;
    if (!fifo_) {
      receive_or_bury(first, {}, request, received, dead);
      continue;
    }
    const std::string group = group_of(*messages_.find(first));
    const Group members = *groups_.find(group);
    close(group);
    for (const auto& [sequence, nothing] : members) {
      if (received.size() == request.count || messages_.find(sequence)->hidden) break;
      receive_or_bury(sequence, group, request, received, dead);
    }
    open(group);
  }
  return received;
}

bool Messages::receive_or_bury(std::uint64_t sequence, const std::string& group,
                               const Request& request, std::vector<Received>& received,
                               std::vector<Message>& dead) {
  const Message& message = *messages_.find(sequence);
  if (request.max_receives && message.receive_count >= *request.max_receives) {
    dead.push_back(message);
    remove(sequence, group);
    return true;
  }
  deliver(sequence, request, received);
  return false;
}

void Messages::deliver(std::uint64_t sequence, const Request& request,
                       std::vector<Received>& received) {
  Message& message = *messages_.change(sequence);
  unlist(sequence, message);
  if (message.receive_count++ == 0) message.first_received_at = request.now;
  message.received_at = request.now;
  message.receipt = request.nonces[received.size()];
  message.turn = {request.now + request.timeout, next_++};
  list(sequence, message, request.now);
  received.push_back({sequence, message});
}

std::optional<Message> Messages::take() {
  if (visible_.empty()) return std::nullopt;
  const std::uint64_t sequence = visible_.begin()->second;
  Message message = *messages_.find(sequence);
  erase(sequence);
  return message;
}

void Messages::redelay(Seconds delay, TimePoint now) {
  const auto all = messages_;
  for (const auto& [sequence, before] : all) {
    if (before.receive_count > 0) continue;
    Message& message = *messages_.change(sequence);
    const std::string group = fifo_ ? group_of(message) : std::string();
    close(group);
    unlist(sequence, message);
    message.turn.first = message.content->sent + delay;
    list(sequence, message, now);
    open(group);
  }
}

Messages::Counts Messages::counts(TimePoint now, Seconds retention) const {
  const bool settled =
      !oldest_expired(now, retention) && (hidden_.empty() || hidden_.begin()->first.first > now);
  if (!settled) {
    Messages later = *this;
    later.settle(now, retention);
    return later.counts(now, retention);
  }
  const auto all = static_cast<std::int64_t>(messages_.size());
  const auto hidden = static_cast<std::int64_t>(hidden_.size());
  return {.visible = all - hidden, .in_flight = in_flight_, .delayed = hidden - in_flight_};
}

std::optional<TimePoint> Messages::next_visible() const {
  return hidden_.empty() ? std::nullopt : std::optional(hidden_.begin()->first.first);
}

void Messages::unlist(std::uint64_t sequence, const Message& message) {
  if (message.hidden) {
    hidden_.erase(message.turn);
    if (message.receive_count > 0) --in_flight_;
  } else if (!fifo_) {
    visible_.erase(rank(sequence, message));
  }
}

void Messages::list(std::uint64_t sequence, Message& message, TimePoint now) {
  message.hidden = message.visible_at() > now;
  if (message.hidden) {
    hidden_.put(message.turn, sequence);
    if (message.receive_count > 0) ++in_flight_;
  } else if (!fifo_) {
    visible_.put(rank(sequence, message), sequence);
  }
}

void Messages::close(const std::string& group) {
  if (!fifo_) return;
  const Group* members = groups_.find(group);
  if (members == nullptr || members->empty()) return;
  const Message& first = *messages_.find(members->begin()->first);
  if (!first.hidden) visible_.erase(first.turn);
}

void Messages::open(const std::string& group) {
  if (!fifo_) return;
  const Group* members = groups_.find(group);
  if (members == nullptr) return;
  if (members->empty()) {
    groups_.erase(group);
    return;
  }
  const std::uint64_t sequence = members->begin()->first;
  const Message& first = *messages_.find(sequence);
  if (!first.hidden) visible_.put(first.turn, sequence);
}

void Messages::remove(std::uint64_t sequence, const std::string& group) {
  const Message& message = *messages_.find(sequence);
  unlist(sequence, message);
  overdue_.erase(std::pair(message.content->sent, sequence));
  if (fifo_) groups_.change(group)->erase(sequence);
  messages_.erase(sequence);
}

}  // namespace cloudchamber::mock::sqs

// Messages: those of one queue, found by their place, by when they become visible and, in a FIFO
// queue, by their group. Every change costs O(log n).
//
// What the passing of time does (a delay or a visibility timeout ends, a message grows too old)
// is done by settle(); the others work on what is settled.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mock-server/services/sqs/message.h"
#include "mock-server/state/table.h"

namespace cloudchamber::mock::sqs {

class Messages {
 public:
  struct Counts {
    std::int64_t visible = 0;
    std::int64_t in_flight = 0;
    std::int64_t delayed = 0;
  };
  struct Received {
    std::uint64_t sequence;
    Message message;
  };
  struct Request {
    std::size_t count;
    Seconds timeout;  // for how long the messages are hidden
    TimePoint now;
    const std::vector<std::string>& nonces;  // for the receipts; as many as count
    std::optional<std::int64_t> max_receives;
  };

  Messages() = default;
  // In a FIFO queue a group's messages are received in the order of sending, and none of them
  // while the first of them is hidden.
  explicit Messages(bool fifo) : fifo_(fifo) {}

  // Drops what was sent `retention` ago or earlier and makes visible what is due.
  void settle(TimePoint now, Seconds retention);

  // Its place: rises with every message, but not by one.
  std::uint64_t add(Message message, TimePoint now, TimePoint visible_at);
  [[nodiscard]] const Message* find(std::uint64_t sequence) const {
    return messages_.find(sequence);
  }
  void erase(std::uint64_t sequence);
  void clear();
  void set_visible_at(std::uint64_t sequence, TimePoint time, TimePoint now);

  // Up to `count` visible messages in the order of sending (LocalStack's
  // test_inflight_message_requeue, validated on AWS). In a FIFO queue groups come in the order in
  // which they became visible, each in the order of sending up to the first that is hidden. A
  // message that has been received `max_receives` times is taken out and put into `dead` instead.
  [[nodiscard]] std::vector<Received> receive(const Request& request, std::vector<Message>& dead);
  // The message that would be received next; null when none is visible.
  [[nodiscard]] const Message* first_visible() const {
    return visible_.empty() ? nullptr : messages_.find(visible_.begin()->second);
  }
  // Takes it out; nothing when none is visible.
  [[nodiscard]] std::optional<Message> take();

  // Gives messages that nobody has received yet the delay that they would have had from the
  // beginning. O(n).
  void redelay(Seconds delay, TimePoint now);

  [[nodiscard]] std::size_t size() const { return messages_.size(); }
  [[nodiscard]] std::int64_t in_flight() const { return in_flight_; }
  // As they are at that time, without settling.
  [[nodiscard]] Counts counts(TimePoint now, Seconds retention) const;
  // When the next message becomes visible by the passing of time alone; nothing when none will.
  [[nodiscard]] std::optional<TimePoint> next_visible() const;

 private:
  struct Nothing {};
  using Group = Table<std::uint64_t, Nothing>;  // the places of its messages

  [[nodiscard]] std::optional<std::uint64_t> oldest_expired(TimePoint now, Seconds retention) const;
  [[nodiscard]] static std::string group_of(const Message& message) {
    return message.content->system_attribute("MessageGroupId");
  }
  // Takes the message from the indexes of the visible or the hidden, and puts it there again. A
  // FIFO group is closed before and opened after any change to its messages.
  void unlist(std::uint64_t sequence, const Message& message);
  // Where a visible message stands among the others: in a standard queue by its place.
  [[nodiscard]] Turn rank(std::uint64_t sequence, const Message& message) const {
    return fifo_ ? message.turn : Turn(TimePoint(), sequence);
  }
  void list(std::uint64_t sequence, Message& message, TimePoint now);
  void close(const std::string& group);
  void open(const std::string& group);
  void remove(std::uint64_t sequence, const std::string& group);
  void deliver(std::uint64_t sequence, const Request& request, std::vector<Received>& received);
  // True when the message was dead.
  bool receive_or_bury(std::uint64_t sequence, const std::string& group, const Request& request,
                       std::vector<Received>& received, std::vector<Message>& dead);

  bool fifo_ = false;
  Table<std::uint64_t, Message> messages_;  // by their places: in the order of sending
  // Those sent before a message that came earlier (dead letters keep their time), by that time:
  // for all others the order of places is that of time.
  Table<std::pair<TimePoint, std::uint64_t>, Nothing> overdue_;
  TimePoint newest_sent_;
  Table<Turn, std::uint64_t> visible_;  // by rank(); in a FIFO queue the first of each group
  Table<Turn, std::uint64_t> hidden_;
  Table<std::string, Group> groups_;
  std::int64_t in_flight_ = 0;  // of the hidden, those that were received
  std::uint64_t next_ = 1;      // the next place or ticket
};

}  // namespace cloudchamber::mock::sqs

// Queue: the rules of one standard queue: delay, visibility, retention, redrive. Knows neither HTTP
// nor Json; the time is passed in, and nothing happens between calls: what a message is, is
// computed from its timestamps.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cloudchamber/clock.h"
#include "mock-server/state/table.h"

namespace cloudchamber::mock::sqs {

struct MessageAttribute {
  std::string data_type;  // "String", "Number.int", "Binary.png"
  std::string value;      // the string or the bytes
  [[nodiscard]] bool is_binary() const { return data_type.starts_with("Binary"); }
};
using MessageAttributes = std::map<std::string, MessageAttribute>;

struct Message {
  std::string id;
  std::string body;
  std::string md5_of_body;  // in hex
  std::string sender_id;
  MessageAttributes attributes;
  std::map<std::string, std::string>
      system_attributes;  // AWSTraceHeader, MessageGroupId, DeadLetterQueueSourceArn
  TimePoint sent;
  TimePoint visible_at;
  TimePoint received_at;        // the last time
  TimePoint first_received_at;  // meaningful once receive_count > 0
  std::int64_t receive_count = 0;
  std::string receipt;  // changes with every receive; "" before the first
};

struct RedrivePolicy {
  std::string dead_letter_target_arn;
  std::int64_t max_receive_count = 0;
};

// What a receipt handle stands for.
struct Receipt {
  std::uint64_t sequence = 0;
  std::string nonce;
};

class Queue {
 public:
  std::string name;
  std::string arn;
  TimePoint created;
  TimePoint modified;
  std::map<std::string, std::string> attributes;  // the settable ones that are set, as given
  std::map<std::string, std::string> tags;
  std::optional<RedrivePolicy> redrive;
  std::optional<TimePoint> purged;

  Seconds delay{0};
  Seconds retention{345'600};
  Seconds visibility_timeout{30};
  Seconds wait_time{0};
  std::int64_t maximum_message_size = 1'048'576;

  struct Counts {
    std::int64_t visible = 0;
    std::int64_t in_flight = 0;
    std::int64_t delayed = 0;
  };
  struct Received {
    std::uint64_t sequence;
    Message message;
  };

  void send(Message message, TimePoint now, Seconds delay_of_message);

  // Up to `count` messages that are visible now, oldest first, hidden for `timeout` from now;
  // `nonces` makes their receipts. A message that has been received `max_receives` times is not
  // received again but put into `dead`.
  [[nodiscard]] std::vector<Received> receive(std::size_t count, Seconds timeout, TimePoint now,
                                              const std::vector<std::string>& nonces,
                                              std::optional<std::int64_t> max_receives,
                                              std::vector<Message>& dead);

  // When the next message becomes visible by the passing of time alone; nothing when none will.
  [[nodiscard]] std::optional<TimePoint> next_visible_after(TimePoint now) const;

  // Removes the message if the receipt is of its last receive; an older receipt does nothing, as
  // AWS documents.
  void erase(const Receipt& receipt, TimePoint now);

  enum class Change { kDone, kNoSuchMessage, kNotInFlight, kTooLong };
  Change change_visibility(const Receipt& receipt, Seconds timeout, TimePoint now);

  void purge(TimePoint now);
  [[nodiscard]] Counts counts(TimePoint now) const;

 private:
  void drop_expired(TimePoint now);
  void set_visible_at(std::uint64_t sequence, Message& message, TimePoint time);

  struct Nothing {};
  Table<std::uint64_t, Message> messages_;  // in the order of sending
  Table<std::pair<TimePoint, std::uint64_t>, Nothing>
      by_time_;  // the same, by when they become visible
  std::uint64_t next_ = 1;
};

}  // namespace cloudchamber::mock::sqs

// Message: what was sent, and how it stands with its delivery. Values; no rules.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "cloudchamber/clock.h"

namespace cloudchamber::mock::sqs {

struct MessageAttribute {
  std::string data_type;  // "String", "Number.int", "Binary.png"
  std::string value;      // the string or the bytes
  [[nodiscard]] bool is_binary() const { return data_type.starts_with("Binary"); }
};
using MessageAttributes = std::map<std::string, MessageAttribute>;

// What the sender gave. Never changed once sent.
struct MessageContent {
  std::string id;
  std::string body;
  std::string md5_of_body;  // in hex
  std::string sender_id;
  MessageAttributes attributes;
  // AWSTraceHeader, MessageGroupId, MessageDeduplicationId, DeadLetterQueueSourceArn: those it has.
  std::map<std::string, std::string> system_attributes;
  TimePoint sent;

  // "" when it has none.
  [[nodiscard]] std::string system_attribute(const std::string& name) const {
    const auto found = system_attributes.find(name);
    return found == system_attributes.end() ? std::string() : found->second;
  }
};

// Where a message stands in the order of delivery: when it is visible, and by its ticket among
// those of the same moment.
using Turn = std::pair<TimePoint, std::uint64_t>;

struct Message {
  // Shared by all copies of the message: a body may be a megabyte, and every receive copies.
  std::shared_ptr<const MessageContent> content;
  Turn turn;
  bool hidden = false;          // delayed or in flight
  TimePoint received_at;        // the last time
  TimePoint first_received_at;  // meaningful once receive_count > 0
  std::int64_t receive_count = 0;
  std::string receipt;  // changes with every receive; "" before the first

  [[nodiscard]] TimePoint visible_at() const { return turn.first; }
};

// What a receipt handle stands for.
struct Receipt {
  std::uint64_t sequence = 0;  // the message's place in its queue
  std::string message_id;
  std::string nonce;  // of the receive
};

}  // namespace cloudchamber::mock::sqs

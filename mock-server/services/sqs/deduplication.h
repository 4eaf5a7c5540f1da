// What a FIFO queue remembers for five minutes: the deduplication ids of what was sent, and the
// attempt ids of what was received.
//
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "mock-server/services/sqs/message.h"
#include "mock-server/state/table.h"

namespace cloudchamber::mock::sqs {

// Values by their keys, for kDeduplicationInterval after they were put; what is older is dropped
// when the next is put, so that it holds no more than five minutes' worth.
template <class Value>
class RecentTable {
 public:
  // Null when there is none or it is too old.
  [[nodiscard]] const Value* find(const std::string& key, TimePoint now) const {
    const Entry* entry = by_key_.find(key);
    return entry == nullptr || entry->until <= now ? nullptr : &entry->value;
  }
  void put(const std::string& key, Value value, TimePoint now, Milliseconds interval) {
    while (!by_time_.empty() && by_time_.begin()->first.first <= now) {
      by_key_.erase(by_time_.begin()->first.second);
      by_time_.erase(by_time_.begin()->first);
    }
    if (const Entry* before = by_key_.find(key)) by_time_.erase(std::pair(before->until, key));
    by_key_.put(key, {now + interval, std::move(value)});
    by_time_.put({now + interval, key}, {});
  }
  [[nodiscard]] std::size_t size() const { return by_key_.size(); }

 private:
  struct Nothing {};
  struct Entry {
    TimePoint until;
    Value value;
  };
  Table<std::string, Entry> by_key_;
  Table<std::pair<TimePoint, std::string>, Nothing> by_time_;
};

// The answer that a duplicate gets: that of the first.
struct SentMessage {
  std::string id;
  std::uint64_t sequence = 0;
};

// What a receive gave, as it was then.
struct ReceivedMessage {
  Receipt receipt;
  Turn turn;
};

}  // namespace cloudchamber::mock::sqs

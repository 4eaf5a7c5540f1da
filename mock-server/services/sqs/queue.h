// Queue: one queue with its settings and the rules of its messages: delay, visibility, retention,
// deduplication, redrive. Knows neither HTTP nor Json; the time is passed in, and nothing happens
// between calls: what a message is, is computed from its timestamps.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cloudchamber/json.h"
#include "mock-server/services/sqs/deduplication.h"
#include "mock-server/services/sqs/messages.h"
#include "mock-server/services/sqs/move_task.h"

namespace cloudchamber::mock::sqs {

struct RedrivePolicy {
  std::string dead_letter_target_arn;
  std::int64_t max_receive_count = 0;
};

// Who may name this queue as its dead-letter queue.
struct RedriveAllowPolicy {
  enum class Permission { kAllowAll, kDenyAll, kByQueue } permission = Permission::kAllowAll;
  std::vector<std::string> source_queue_arns;
  [[nodiscard]] bool allows(const std::string& source_arn) const;
};

class Queue {
 public:
  std::string name;
  std::string arn;
  std::string account;
  bool fifo = false;
  TimePoint created;
  TimePoint modified;
  std::map<std::string, std::string> attributes;  // the settable ones that are set, as shown
  std::map<std::string, std::string> tags;
  std::optional<RedrivePolicy> redrive;
  RedriveAllowPolicy redrive_allow;
  std::shared_ptr<const Json> policy;  // parsed; null when there is none
  std::optional<TimePoint> purged;

  Seconds delay{0};
  Seconds retention{345'600};
  Seconds visibility_timeout{30};
  Seconds wait_time{0};
  std::int64_t maximum_message_size = 1'048'576;

  // FIFO alone.
  bool content_based_deduplication = false;
  bool deduplicates_by_group = false;
  // Until then deduplication keeps the scope it had before: attributes take up to 60 seconds to
  // take effect (LocalStack's recordings test_fifo_change_to_high_throughput_after_creation and
  // test_fifo_change_to_regular_throughput_after_creation).
  TimePoint deduplication_scope_from;

  Table<std::uint64_t, MoveTask> move_tasks;  // with this queue as their source; oldest first

  Queue() = default;
  explicit Queue(bool is_fifo) : fifo(is_fifo), messages_(is_fifo) {}

  using Received = Messages::Received;

  // Sends, unless it is a duplicate; either way what the sender is told.
  SentMessage send(MessageContent content, TimePoint now, Seconds delay_of_message);
  // Takes in a message that another queue gave up: no delay, no deduplication.
  void take_in(Message message, TimePoint now);
  // Takes out the next visible message for another queue.
  [[nodiscard]] std::optional<Message> take_out(TimePoint now);
  [[nodiscard]] const Message* next_out(TimePoint now);  // the same, still there; null when none

  struct ReceiveRequest {
    std::size_t count;
    Seconds timeout;
    TimePoint now;
    const std::vector<std::string>& nonces;  // as many as count
    std::optional<std::int64_t> max_receives;
    std::string attempt_id;  // "" when none was given
  };
  // See Messages::receive. A FIFO queue gives again what it gave for the same attempt id, with the
  // timeout begun anew, if nothing has happened to those messages since.
  [[nodiscard]] std::vector<Received> receive(const ReceiveRequest& request,
                                              std::vector<Message>& dead);

  // When the next message becomes visible by the passing of time alone; nothing when none will.
  [[nodiscard]] std::optional<TimePoint> next_visible() const { return messages_.next_visible(); }
  // Are as many in flight as may be?
  [[nodiscard]] bool is_full() const;

  // Removes the message if the receipt is of its last receive. An older receipt does nothing, as
  // AWS documents; in a FIFO queue it has expired, as has one whose visibility timeout is over.
  enum class Erase { kDone, kExpired };
  Erase erase(const Receipt& receipt, TimePoint now);

  // In a standard queue any receipt of the message will do, and its timeout may be over
  // (LocalStack's recording test_change_message_visibility_after_visibility_timeout_expiration).
  enum class Change { kDone, kNoSuchMessage, kTooLong };
  Change change_visibility(const Receipt& receipt, Seconds timeout, TimePoint now);

  void set_delay(Seconds value, TimePoint now);
  void set_deduplication_scope(bool by_group, TimePoint now);
  void purge(TimePoint now);
  [[nodiscard]] Messages::Counts counts(TimePoint now) const {
    return messages_.counts(now, retention);
  }
  void settle(TimePoint now) { messages_.settle(now, retention); }

 private:
  [[nodiscard]] std::string deduplication_key(const MessageContent& content, TimePoint now) const;
  [[nodiscard]] std::vector<Received> receive_again(const ReceiveRequest& request);

  Messages messages_;
  RecentTable<SentMessage> sent_;
  RecentTable<std::vector<ReceivedMessage>> attempts_;
};

}  // namespace cloudchamber::mock::sqs

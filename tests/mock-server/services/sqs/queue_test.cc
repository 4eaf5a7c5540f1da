// What a queue holds, without the service around it: limits that take very many messages to reach.
#include "mock-server/services/sqs/queue.h"

#include <gtest/gtest.h>

#include "mock-server/services/sqs/limits.h"

namespace cloudchamber::mock::sqs {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint kNow{1'767'225'600'000ms};

void send(Queue& queue, int number, const std::string& group) {
  MessageContent content;
  content.id = std::to_string(number);
  content.sent = kNow;
  if (!group.empty()) {
    content.system_attributes["MessageGroupId"] = group;
    content.system_attributes["MessageDeduplicationId"] = content.id;
  }
  queue.send(std::move(content), kNow, 0s);
}

std::size_t receive(Queue& queue, std::size_t count, TimePoint now) {
  const std::vector<std::string> nonces(count, "nonce");
  std::vector<Message> dead;
  return queue
      .receive({.count = count,
                .timeout = 30s,
                .now = now,
                .nonces = nonces,
                .max_receives = std::nullopt,
                .attempt_id = ""},
               dead)
      .size();
}

TEST(Queue, KeepsAtMostSoManyInFlight) {
  for (const bool fifo : {false, true}) {
    Queue queue(fifo);
    const auto limit = static_cast<std::size_t>(fifo ? kMaxInFlightFifo : kMaxInFlight);
    const auto all = limit + 5;
    for (std::size_t i = 0; i < all; ++i)
      send(queue, static_cast<int>(i), fifo ? std::to_string(i) : "");
    EXPECT_EQ(receive(queue, limit - 1, kNow), limit - 1);
    EXPECT_FALSE(queue.is_full());
    EXPECT_EQ(receive(queue, 10, kNow), 1U);
    EXPECT_TRUE(queue.is_full());
    EXPECT_EQ(receive(queue, 10, kNow), 0U);
    EXPECT_EQ(queue.counts(kNow).in_flight, static_cast<std::int64_t>(limit));
    EXPECT_EQ(queue.counts(kNow).visible, 5);
    EXPECT_EQ(queue.counts(kNow + 30s).visible, static_cast<std::int64_t>(all));
    EXPECT_EQ(receive(queue, 10, kNow + 30s), 10U);
    EXPECT_EQ(queue.counts(kNow + 30s).in_flight, 10);
    EXPECT_EQ(queue.counts(kNow + 345'600s).visible, 0);
  }
}

}  // namespace
}  // namespace cloudchamber::mock::sqs

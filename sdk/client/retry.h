// Retry: the "standard" mode that all AWS SDKs share: which failures are worth another attempt, how
// long to wait before it, and a quota that ends retrying when a service is down for good.
#pragma once

#include <mutex>
#include <string_view>

#include "cloudchamber/clock.h"
#include "cloudchamber/session.h"

namespace cloudchamber {

// Tokens that retries cost and successes give back. One a client; thread-safe.
class RetryQuota {
 public:
  static constexpr int kCapacity = 500;
  static constexpr int kCost = 5;
  static constexpr int kTimeoutCost = 10;
  static constexpr int kSuccess = 1;  // given back by a first attempt that succeeds

  [[nodiscard]] bool acquire(int cost);
  void release(int amount);
  [[nodiscard]] int available() const;

 private:
  mutable std::mutex mutex_;
  int available_ = kCapacity;
};

[[nodiscard]] bool is_throttling(std::string_view code);
[[nodiscard]] bool is_transient(std::string_view code, int status);

// Before the attempt that follows number `attempt` (1 is the first): between 0 and 2^(attempt-1)
// seconds, at most 20, by lot.
[[nodiscard]] Milliseconds backoff(int attempt, const RandomSource& random);

}  // namespace cloudchamber

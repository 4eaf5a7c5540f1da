#include "sdk/client/retry.h"

#include <algorithm>
#include <array>

#include "sdk/client/random.h"

namespace cloudchamber {
namespace {

constexpr std::array<std::string_view, 14> kThrottlingCodes = {
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "RequestThrottled",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
};
constexpr std::array<std::string_view, 3> kTransientCodes = {
    "RequestTimeout", "RequestTimeoutException", "PriorRequestNotComplete"};
constexpr Milliseconds kLongestBackoff(20'000);

template <class Codes>
bool contains(const Codes& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

bool RetryQuota::acquire(int cost) {
  const std::lock_guard lock(mutex_);
  if (cost > available_) return false;
  available_ -= cost;
  return true;
}

void RetryQuota::release(int amount) {
  const std::lock_guard lock(mutex_);
  available_ = std::min(kCapacity, available_ + amount);
}

int RetryQuota::available() const {
  const std::lock_guard lock(mutex_);
  return available_;
}

bool is_throttling(std::string_view code) { return contains(kThrottlingCodes, code); }

bool is_transient(std::string_view code, int status) {
  return contains(kTransientCodes, code) || status == 500 || status == 502 || status == 503 ||
         status == 504;
}

Milliseconds backoff(int attempt, const RandomSource& random) {
  const int doublings = std::clamp(attempt - 1, 0, 5);
  const Milliseconds longest = std::min(Milliseconds(1000) * (1 << doublings), kLongestBackoff);
  return Milliseconds(
      static_cast<Milliseconds::rep>(unit_interval(random) * static_cast<double>(longest.count())));
}

}  // namespace cloudchamber

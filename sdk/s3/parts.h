// How a transfer is cut into parts, and how several are moved at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>

#include "cloudchamber/s3/transfer.h"

namespace cloudchamber::s3 {

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
inline constexpr std::int64_t kMostParts = 10'000;
inline constexpr std::int64_t kSmallestPart = 5LL * 1024 * 1024;
inline constexpr std::int64_t kLargestPart = 5LL * 1024 * 1024 * 1024;

// The size of the parts of an upload of `size` bytes, unknown when negative.
[[nodiscard]] std::int64_t upload_part_size(std::int64_t size, std::int64_t wanted);

// Throws ParamValidationError for a configuration that no transfer can follow.
void check_config(const TransferConfig& config);

// Calls `step` again and again until it gives false, from `concurrency` threads at once. After an
// exception no more steps are begun; the first one is thrown when all threads are done.
void repeat(int concurrency, const std::function<bool()>& step);

// Tells the caller of a transfer how far it is.
class Progress {
 public:
  explicit Progress(const TransferOptions& options) : callback_(options.callback) {}
  void moved(std::int64_t bytes) {
    if (!callback_) return;
    const std::lock_guard lock(mutex_);
    callback_(bytes);
  }

 private:
  const std::function<void(std::int64_t)>& callback_;
  std::mutex mutex_;
};

}  // namespace cloudchamber::s3

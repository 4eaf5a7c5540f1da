#include "sdk/s3/parts.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <string>
#include <thread>
#include <vector>

#include "cloudchamber/errors.h"

namespace cloudchamber::s3 {

std::int64_t upload_part_size(std::int64_t size, std::int64_t wanted) {
  while (size > 0 && (size + wanted - 1) / wanted > kMostParts) wanted *= 2;
  return std::clamp(wanted, kSmallestPart, kLargestPart);
}

void check_config(const TransferConfig& config) {
  const auto refuse = [](const char* name, std::int64_t value) {
    if (value > 0) return;
    throw ParamValidationError("Parameter validation failed:\n" + std::string(name) +
                               " must be positive: " + std::to_string(value));
  };
  refuse("multipart_threshold", config.multipart_threshold);
  refuse("multipart_chunksize", config.multipart_chunksize);
  refuse("max_concurrency", config.max_concurrency);
}

void repeat(int concurrency, const std::function<bool()>& step) {
  std::atomic<bool> failed = false;
  std::exception_ptr failure;
  std::mutex mutex;
  const auto work = [&] {
    try {
      while (!failed && step()) {
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failed.exchange(true)) failure = std::current_exception();
    }
  };
  if (concurrency == 1) {
    work();
  } else {
    std::vector<std::jthread> threads;
    threads.reserve(static_cast<std::size_t>(concurrency));
    for (int i = 0; i < concurrency; ++i) threads.emplace_back(work);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace cloudchamber::s3

// SigningKeys: the keys that SigV4 derives from a secret for one day, region and service, kept so
// that a request costs one HMAC and not five.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace cloudchamber {

// Where and for what a signature is valid, besides its day.
struct SigningScope {
  std::string region;   // "us-east-1"
  std::string service;  // the signing name: "dynamodb", "s3"
};

// The key, computed: HMAC over day ("20150830"), region, service and "aws4_request", in this order.
[[nodiscard]] std::string signing_key(std::string_view secret, std::string_view day,
                                      std::string_view region, std::string_view service);

// Remembers the last few keys. Thread-safe; held by whoever signs or verifies much.
class SigningKeys {
 public:
  explicit SigningKeys(std::size_t capacity = 64) : capacity_(capacity == 0 ? 1 : capacity) {}

  [[nodiscard]] std::string key(std::string_view secret, std::string_view day,
                                std::string_view region, std::string_view service);

 private:
  struct Entry {
    std::string secret, day, region, service, key;
  };
  const std::size_t capacity_;
  std::mutex mutex_;
  std::vector<Entry> entries_;
  std::size_t oldest_ = 0;
};

}  // namespace cloudchamber

#include "sdk/sign/signing_keys.h"

#include <algorithm>
#include <utility>

#include "sdk/codec/digests.h"

namespace cloudchamber {

std::string signing_key(std::string_view secret, std::string_view day, std::string_view region,
                        std::string_view service) {
  std::string key = "AWS4";
  key += secret;
  for (const std::string_view step : {day, region, service, std::string_view("aws4_request")})
    key = hmac_sha256(key, step);
  return key;
}

std::string SigningKeys::key(std::string_view secret, std::string_view day, std::string_view region,
                             std::string_view service) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
      return entry.secret == secret && entry.day == day && entry.region == region &&
             entry.service == service;
    });
    if (found != entries_.end()) return found->key;
  }
  Entry entry{std::string(secret), std::string(day), std::string(region), std::string(service),
              signing_key(secret, day, region, service)};
  std::string key = entry.key;
  const std::lock_guard lock(mutex_);
  if (entries_.size() < capacity_) {
    entries_.push_back(std::move(entry));
  } else {
    entries_[oldest_] = std::move(entry);
    oldest_ = (oldest_ + 1) % capacity_;
  }
  return key;
}

}  // namespace cloudchamber

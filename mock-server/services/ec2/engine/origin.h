// Origin: what a new resource needs to know of the call that makes it: whose it is, where, when,
// and how its ids are drawn.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mock-server/call/call.h"

namespace cloudchamber::mock::ec2 {

class Origin {
 public:
  // Ids come from the world's sequence. The call must outlive it.
  explicit Origin(const Call& call);
  // What stands in a region before anything was called: ids are digests of account and region, so
  // that all who look see the same.
  [[nodiscard]] static Origin founding(const std::string& account, const std::string& region);

  [[nodiscard]] const std::string& account() const { return account_; }
  [[nodiscard]] const std::string& region() const { return region_; }
  // The epoch for what was there before.
  [[nodiscard]] TimePoint now() const { return now_; }

  // "vpc-" and 17 hex digits.
  [[nodiscard]] std::string id(std::string_view prefix) const;

 private:
  Origin(std::string account, std::string region, TimePoint now, Ids* ids);
  std::string account_;
  std::string region_;
  TimePoint now_;
  Ids* ids_;  // null at the founding
  mutable std::uint64_t drawn_ = 0;
};

}  // namespace cloudchamber::mock::ec2

#include "mock-server/services/ec2/engine/origin.h"

#include <utility>

#include "sdk/codec/digests.h"

namespace cloudchamber::mock::ec2 {
namespace {
constexpr std::size_t kDigits = 17;
}

Origin::Origin(std::string account, std::string region, TimePoint now, Ids* ids)
    : account_(std::move(account)), region_(std::move(region)), now_(now), ids_(ids) {}

Origin::Origin(const Call& call)
    : Origin(call.account(), call.region(), call.now(), &call.context().ids) {}

Origin Origin::founding(const std::string& account, const std::string& region) {
  return {account, region, TimePoint(), nullptr};
}

std::string Origin::id(std::string_view prefix) const {
  if (ids_ != nullptr) return std::string(prefix) + ids_->hex(kDigits);
  const std::string source =
      account_ + '/' + region_ + '/' + std::string(prefix) + std::to_string(drawn_++);
  return std::string(prefix) + hex(sha256(source)).substr(0, kDigits);
}

}  // namespace cloudchamber::mock::ec2

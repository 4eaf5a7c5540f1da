#include "mock-server/services/iam/paging.h"

#include "mock-server/services/iam/errors.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::iam {
namespace {

constexpr std::int64_t kDefaultMaxItems = 100;

}  // namespace

Page::Page(const Call& call, std::string member)
    : member_(std::move(member)),
      max_items_(static_cast<std::size_t>(call.integer_or("MaxItems", kDefaultMaxItems))) {
  if (!call.has("Marker")) return;
  const auto after = base64_decode(call.text("Marker"));
  if (!after || after->empty()) throw validation_error("Invalid Marker.");
  after_ = *after;
}

bool Page::wants(const std::string& key) {
  if (!after_.empty() && key <= after_) return false;
  truncated_ = items_.size() == max_items_;
  return !truncated_;
}

Json Page::result() {
  Json result{{member_, std::move(items_)}, {"IsTruncated", truncated_}};
  if (truncated_) result["Marker"] = base64_encode(last_);
  return result;
}

}  // namespace cloudchamber::mock::iam

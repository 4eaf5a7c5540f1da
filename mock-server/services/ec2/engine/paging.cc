#include "mock-server/services/ec2/engine/paging.h"

#include <limits>

#include "mock-server/services/ec2/engine/checks.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::ec2 {

Page page_of(const Call& call, std::string_view what, std::int64_t min, std::int64_t max) {
  Page page{std::numeric_limits<std::size_t>::max(), ""};
  if (call.has("MaxResults")) {
    const std::int64_t limit = call.integer("MaxResults");
    if (min != 0 && limit < min) throw too_small(limit, "maxResults", min);
    if (max != 0 && limit > max) throw too_large(limit, "maxResults", max);
    if (limit < 1) throw too_small(limit, "maxResults", 1);
    page.limit = static_cast<std::size_t>(limit);
  }
  if (const std::string token = call.text_or("NextToken", ""); !token.empty()) {
    const std::optional<std::string> text = base64_decode(token);
    const std::string head = std::string(what) + '\n';
    if (!text.has_value() || !text->starts_with(head))
      throw AwsError("InvalidPaginationToken",
                     "The specified pagination token is not valid or is expired.");
    page.after = text->substr(head.size());
  }
  return page;
}

std::string token_after(std::string_view what, std::string_view key) {
  return base64_encode(std::string(what) + '\n' + std::string(key));
}

}  // namespace cloudchamber::mock::ec2

// Paging: MaxResults and NextToken. A token is opaque to clients; inside it names the last row that
// was given, so that pages neither repeat nor miss what stays.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mock-server/call/call.h"

namespace cloudchamber::mock::ec2 {

struct Page {
  std::size_t limit;  // how many rows at most
  std::string after;  // the key of the last row that was given; "" at the beginning
};

// Of the call's MaxResults and NextToken. `what` is what is listed: a token of another list is
// refused. Throws InvalidParameterValue when MaxResults is outside of the bounds (0: none; those of
// the model have been checked) and InvalidPaginationToken.
[[nodiscard]] Page page_of(const Call& call, std::string_view what, std::int64_t min = 0,
                           std::int64_t max = 0);
[[nodiscard]] std::string token_after(std::string_view what, std::string_view key);

}  // namespace cloudchamber::mock::ec2

// Dates in the conditions of policies.
#pragma once

#include <string_view>

namespace cloudchamber::mock::iam {

// Seconds since 1970 as far as 64 bits go, or ISO 8601 in any of its precisions ("2019", "2019-07",
// "2019-07-01T13:20:15Z", "01T").
[[nodiscard]] bool is_policy_date(std::string_view text);

}  // namespace cloudchamber::mock::iam

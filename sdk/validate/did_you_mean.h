// The tail of a message about an unknown name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cloudchamber {

// "; did you mean \"NAME\"?", or "" when none of `names` is near.
[[nodiscard]] std::string did_you_mean(std::string_view name,
                                       const std::vector<std::string_view>& names);

}  // namespace cloudchamber

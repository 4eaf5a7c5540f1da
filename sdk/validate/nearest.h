// The name that was probably meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cloudchamber {

// Of `candidates` the one nearest to `name`: the same but for case, '_', '-' and spaces, else the
// fewest slips (letters wrong, missing, too many or swapped, at most a third of the name). ""
// when none is near. Views must outlive the result.
[[nodiscard]] std::string_view nearest_name(std::string_view name,
                                            const std::vector<std::string_view>& candidates);

// "; did you mean \"NAME\"?", or "" when no candidate is near.
[[nodiscard]] std::string did_you_mean(std::string_view name,
                                       const std::vector<std::string_view>& candidates);

}  // namespace cloudchamber

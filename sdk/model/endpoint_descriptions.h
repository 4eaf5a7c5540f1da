// The compiled-in descriptions of endpoints: a service's endpoint rule set, and the partitions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cloudchamber {

// JSON: the rule set of the service of that client name ("s3"), or for "partitions" the partitions
// by their ids. Nothing when there is none. Unpacked at each call.
[[nodiscard]] std::optional<std::string> endpoint_description(std::string_view name);

}  // namespace cloudchamber

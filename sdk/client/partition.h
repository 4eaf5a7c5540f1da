// Partitions: the separate AWSes (commercial, China, GovCloud, ...) and what a region's name says
// about them.
#pragma once

#include <string_view>

namespace cloudchamber {

struct Partition {
  std::string_view id;                     // "aws"
  std::string_view dns_suffix;             // "amazonaws.com"
  std::string_view dual_stack_dns_suffix;  // "api.aws"
  std::string_view global_region;          // where global services are signed for: "us-east-1"
};

// The partition of a region (or of "aws-global", ...); commercial AWS for an unknown one, as every
// SDK assumes.
[[nodiscard]] const Partition& partition_of(std::string_view region);

// Can this be part of a host name: letters, digits, '-' inside, at most 63?
[[nodiscard]] bool is_host_label(std::string_view text);

}  // namespace cloudchamber

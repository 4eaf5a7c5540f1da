// The partitions of AWS (aws, aws-cn, aws-us-gov...), each a world of its own with its own domain
// names, as AWS's partitions.json describes them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sdk/endpoint/rule_value.h"

namespace cloudchamber {

struct Partition {
  std::string id;  // "aws"
  std::string dns_suffix;
  std::string dual_stack_dns_suffix;
  std::string global_region;  // signed for where an endpoint has no region
  std::string region_pattern;
  std::vector<std::string> regions;
  std::shared_ptr<const RuleRecord> record;  // as endpoint rules see it
};

// The partition of a region: the one that lists it, else the one whose names look like it, else
// aws. The reference is good for the life of the process. Thread-safe.
[[nodiscard]] const Partition& partition_of(std::string_view region);

// A label of a host's name: 1 to 63 letters, digits and hyphens, no hyphen at the ends.
[[nodiscard]] bool is_host_label(std::string_view text);

}  // namespace cloudchamber

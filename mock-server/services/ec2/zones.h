// The regions of AWS and their Availability Zones.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cloudchamber::mock::ec2 {

struct Zone {
  std::string name;  // "us-east-1a"
  std::string id;    // "use1-az6"
};

// In the order of their names; a region that is not known has three.
[[nodiscard]] std::vector<Zone> zones_of(std::string_view region);

}  // namespace cloudchamber::mock::ec2

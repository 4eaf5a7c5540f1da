// The filters of DescribeInstances that look at what belongs to an instance: its network interfaces
// and volumes.
#pragma once

#include <span>

#include "mock-server/services/ec2/engine/kind.h"

namespace cloudchamber::mock::ec2 {

[[nodiscard]] std::span<const FilterField> instance_filters();

}  // namespace cloudchamber::mock::ec2

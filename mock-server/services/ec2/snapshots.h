// Snapshots, for volumes and images.
#pragma once

#include <string>

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kSnapshot;

// Its id. It is "pending" at first.
std::string make_snapshot(const Origin& origin, Ec2& state, const std::string& volume_id,
                          const std::string& description, const Tags& tags);

// Whether the region encrypts all new volumes.
[[nodiscard]] bool ebs_encryption_by_default(const Ec2& state);

}  // namespace cloudchamber::mock::ec2

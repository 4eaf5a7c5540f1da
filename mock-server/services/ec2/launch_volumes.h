// The block devices that RunInstances is asked for, laid over those of the image.
#pragma once

#include <string>
#include <vector>

#include "mock-server/services/ec2/volumes.h"

namespace cloudchamber::mock::ec2 {

struct LaunchVolume {
  std::string device;
  NewVolume volume;
  bool delete_on_termination = true;
};

// Throws MissingParameter, InvalidBlockDeviceMapping, InvalidSnapshot.NotFound, and what
// check_volume throws.
[[nodiscard]] std::vector<LaunchVolume> launch_volumes(const Ec2& state, const Json& mappings,
                                                       const Resource& image);

}  // namespace cloudchamber::mock::ec2

// The instance metadata service's options of an instance.
#pragma once

#include "cloudchamber/json.h"

namespace cloudchamber::mock::ec2 {

// What an image asks for, with `given` laid over it, applied. Throws InvalidParameterValue for a
// hop limit outside of 1 to 64.
[[nodiscard]] Json metadata_options(const Json& before, const Json& given);

}  // namespace cloudchamber::mock::ec2

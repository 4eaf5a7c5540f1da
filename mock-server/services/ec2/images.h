// Images: those of the account, a small catalogue of public ones, and, unless strict, any other
// well-formed id, which stands for a plain Linux image.
#pragma once

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kImage;

// The image of that id, as its own copy. Throws InvalidAMIID.Malformed, InvalidAMIID.NotFound,
// InvalidAMIID.Unavailable.
[[nodiscard]] Resource image(const Call& call, const Ec2& state, const std::string& id);

// The state with the public images in it, and with what stands for the ids of `asked_for`.
[[nodiscard]] Ec2 with_public_images(const Call& call, const Ec2& state, const Json* asked_for);

// The public images of a region, each under its id.
[[nodiscard]] Resources public_images(const std::string& region);

}  // namespace cloudchamber::mock::ec2

// What the SDK draws by lot: tokens and jitter.
#pragma once

#include <string>

#include "cloudchamber/session.h"

namespace cloudchamber {

// Seeded by the operating system once; thread-safe.
[[nodiscard]] RandomSource system_random();

// A version 4 UUID: "f47ac10b-58cc-4372-a567-0e02b2c3d479".
[[nodiscard]] std::string make_uuid(const RandomSource& random);

// At least 0, below 1.
[[nodiscard]] double unit_interval(const RandomSource& random);

}  // namespace cloudchamber

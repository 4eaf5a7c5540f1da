// Parameters and results as text JSON can hold them: bytes become {"_base64": "..."}.
// Pure functions: thread-safe.
#pragma once

#include "cloudchamber/json.h"

namespace cloudchamber {

[[nodiscard]] Json without_bytes(const Json& value);
// The same back. What only looks alike, an object of that one member that is not base64, stays.
[[nodiscard]] Json with_bytes(const Json& value);

}  // namespace cloudchamber

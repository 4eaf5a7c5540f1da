// A result cut down to what a request can say.
#pragma once

#include "cloudchamber/json.h"
#include "sdk/model/shape.h"

namespace cloudchamber::recordings {

// `value` with the members that `shape` has, and no others.
[[nodiscard]] Json projected(const Shape& shape, const Json& value);

}  // namespace cloudchamber::recordings

// Blobs inside Json: `Json::binary` values, and strings where a caller gave one.
#pragma once

#include <string_view>

#include "cloudchamber/json.h"

namespace cloudchamber {

[[nodiscard]] Json binary(std::string_view bytes);

// The bytes of a binary or string value; a view into it. Empty for anything else.
[[nodiscard]] std::string_view bytes_of(const Json& value);

}  // namespace cloudchamber

// Headers that hold a checksum of the body.
#pragma once

#include <string_view>

#include "sdk/codec/ascii.h"

namespace cloudchamber {

// In any case. Pure function: thread-safe.
[[nodiscard]] inline bool is_checksum_header(std::string_view name) {
  return equal_ignoring_case(name.substr(0, 15), "x-amz-checksum-") ||
         equal_ignoring_case(name, "x-amz-crc32") || equal_ignoring_case(name, "content-md5");
}

}  // namespace cloudchamber

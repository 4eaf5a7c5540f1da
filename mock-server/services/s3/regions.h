// The regions that a bucket may be in.
#pragma once

#include <string_view>

namespace cloudchamber::mock::s3 {

// Is it a region with S3?
[[nodiscard]] bool is_region(std::string_view name);

}  // namespace cloudchamber::mock::s3

// The two CRCs that zlib lacks, with tables that take eight bytes a step. Pure functions.
#pragma once

#include <cstdint>
#include <string_view>

namespace cloudchamber {

// Continues `crc` (0 at the start) over `bytes`, as zlib's crc32() does.
[[nodiscard]] std::uint32_t crc32c(std::uint32_t crc, std::string_view bytes);
[[nodiscard]] std::uint64_t crc64nvme(std::uint64_t crc, std::string_view bytes);

}  // namespace cloudchamber

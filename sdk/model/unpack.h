// Unpacks zlib and gzip data, the forms in which models are stored.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cloudchamber {

// The unpacked bytes. `expected` is how many there will be, a hint. Throws ModelError when `packed`
// is damaged or would unpack to more than 64 MiB.
[[nodiscard]] std::string unpack(std::string_view packed, std::size_t expected);

}  // namespace cloudchamber

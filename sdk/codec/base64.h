// Base64 with the standard alphabet and padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cloudchamber {

[[nodiscard]] std::string base64_encode(std::string_view bytes);

// The bytes, or nothing when `text` is not base64 (length, alphabet, padding, nonzero spare bits).
[[nodiscard]] std::optional<std::string> base64_decode(std::string_view text);

}  // namespace cloudchamber

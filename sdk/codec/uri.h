// Percent-encoding and query strings.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cloudchamber {

// Encodes everything but RFC 3986's unreserved characters, and but '/' where `keep_slash`. Hex
// digits are upper case.
[[nodiscard]] std::string uri_encode(std::string_view text, bool keep_slash = false);

// Decodes %XX; a '+' becomes a space where `plus_is_space` (form bodies and query strings). A '%'
// that begins no valid escape stays as it is.
[[nodiscard]] std::string uri_decode(std::string_view text, bool plus_is_space = false);

// "a=1&b&c=" -> {{"a","1"},{"b",""},{"c",""}}, decoded, in order. Empty pieces are left out.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> parse_query(
    std::string_view query, bool plus_is_space = true);

// Is this UTF-8 (shortest forms, no surrogates, up to U+10FFFF)?
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace cloudchamber

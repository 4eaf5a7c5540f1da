// Values that AWS makes up: ids, ARNs' account numbers, times, tokens. Two recordings of the same
// calls differ in them and in nothing else.
//
// A value is known by its look alone, without knowledge of any service, so that a client's own
// value may look like one: who compares must remember what clients gave. Pure functions:
// thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace cloudchamber::recordings {

enum class Kind {
  kId,         // "vpc-0a1b2c3d", of 8 or 17 digits: alike when the prefixes are the same
  kUuid,       // also behind a prefix
  kUniqueId,   // "AIDA...": alike when the first four letters are the same
  kAccount,    // 12 digits
  kNumber,     // of 15 digits and more
  kTime,       // ISO 8601, HTTP's, seconds or milliseconds since 1970
  kAddress,    // IPv4, with dots or as host names write it, with hyphens
  kHardware,   // "0a:1b:2c:3d:4e:5f"
  kDigest,     // 40 or 64 hexadecimal digits; 32 are an MD5 of something that both sides know. Also
               // the fingerprint of a key, "0a:1b:..."
  kRequestId,  // 16 or 52 capitals and digits
  kSuffixed,   // "stack-Queue-1ABCDEFGHIJKL": alike when what stands before is the same
  kToken,      // 20 and more characters of base64 or the like, mixed as no word is
};

struct Generated {
  Kind kind;
  std::string_view prefix;  // "" where the kind has none
  friend bool operator==(const Generated&, const Generated&) = default;
};

[[nodiscard]] std::optional<Generated> generated(std::string_view text);
// Does it name a thing: an id, a UUID, a unique id?
[[nodiscard]] bool is_id(std::string_view text);

// The pieces of a longer text that may be made up, with what stands between them: their
// concatenation is the text. A piece never holds a separator but where a time or a hardware
// address does.
struct TextPiece {
  std::string_view text;
  bool separator = false;
};
[[nodiscard]] std::vector<TextPiece> pieces_of(std::string_view text);

}  // namespace cloudchamber::recordings

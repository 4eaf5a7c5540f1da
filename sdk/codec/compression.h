// The content codings of HTTP, over zlib.
#pragma once

#include <cstddef>
#include <string>

#include "cloudchamber/blob.h"

namespace cloudchamber {

enum class Coding { kGzip, kDeflate /* RFC 1950's zlib format, as HTTP means it */ };

[[nodiscard]] std::string compress(Coding coding, const Blob& bytes);

struct Decompressed {
  enum Outcome { kDone, kBroken, kTooLarge } outcome = kDone;
  std::string bytes;
};

// Gives up at `limit` bytes of output: a few bytes can unpack to a thousand times as many. Several
// gzip members in a row are one content; what follows the last is passed over, as AWS does.
[[nodiscard]] Decompressed decompress(Coding coding, const Blob& bytes, std::size_t limit);

}  // namespace cloudchamber

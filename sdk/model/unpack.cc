#include "sdk/model/unpack.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

#include "cloudchamber/errors.h"

namespace cloudchamber {
namespace {

constexpr std::size_t kLargest = std::size_t{64} << 20;
constexpr int kZlibOrGzip = MAX_WBITS + 32;

class Inflater {
 public:
  explicit Inflater(std::string_view packed) {
    if (packed.size() > std::numeric_limits<uInt>::max()) throw ModelError("too large to unpack");
    // zlib does not write to its input, its type only says so where ZLIB_CONST is defined.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    if (inflateInit2(&stream_, kZlibOrGzip) != Z_OK) throw ModelError("can't unpack");
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream_); }

  // Fills `bytes` from `filled` on; true when the data has ended.
  bool fill(std::string& bytes, std::size_t& filled) {
    stream_.next_out = reinterpret_cast<Bytef*>(bytes.data() + filled);
    stream_.avail_out = static_cast<uInt>(bytes.size() - filled);
    const int result = inflate(&stream_, Z_NO_FLUSH);
    filled = bytes.size() - stream_.avail_out;
    if (result != Z_OK && result != Z_STREAM_END) throw ModelError("damaged compressed data");
    return result == Z_STREAM_END;
  }

 private:
  z_stream stream_{};
};

}  // namespace

std::string unpack(std::string_view packed, std::size_t expected) {
  Inflater inflater(packed);
  std::string bytes(std::clamp(expected, std::size_t{1024}, kLargest), '\0');
  std::size_t filled = 0;
  while (!inflater.fill(bytes, filled)) {
    if (filled < bytes.size()) throw ModelError("compressed data ends too early");
    if (bytes.size() == kLargest) throw ModelError("unpacks to more than 64 MiB");
    bytes.resize(std::min(bytes.size() * 2, kLargest));
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace cloudchamber

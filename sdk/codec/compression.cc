#include "sdk/codec/compression.h"

#include <zlib.h>

#include <array>
#include <new>
#include <string_view>

namespace cloudchamber {
namespace {

constexpr std::size_t kStep = 64 * 1024;

// zlib's window of 32 KiB; 16 more stand for gzip's header instead of zlib's.
int window_of(Coding coding) { return coding == Coding::kGzip ? MAX_WBITS + 16 : MAX_WBITS; }

void feed(z_stream& stream, std::string_view bytes) {
  // zlib only reads it; its interface is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
}

// Pieces of a blob may be larger than zlib's counters.
template <class Visit>
bool for_each_part(const Blob& bytes, Visit visit) {
  constexpr std::size_t kPart = std::size_t{1} << 30;
  for (std::size_t i = 0; i < bytes.piece_count(); ++i) {
    for (std::string_view rest = bytes.piece(i); !rest.empty();) {
      const std::string_view part = rest.substr(0, kPart);
      rest.remove_prefix(part.size());
      if (!visit(part)) return false;
    }
  }
  return true;
}

class Deflater {
 public:
  explicit Deflater(Coding coding) {
    if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window_of(coding), 8,
                     Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::bad_alloc();
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
};

class Inflater {
 public:
  explicit Inflater(Coding coding) {
    if (inflateInit2(&stream_, window_of(coding)) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
};

}  // namespace

std::string compress(Coding coding, const Blob& bytes) {
  Deflater deflater(coding);
  z_stream& stream = deflater.stream();
  std::string out;
  std::array<char, kStep> buffer;
  const auto run = [&](int flush) {
    do {
      stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
      stream.avail_out = static_cast<uInt>(buffer.size());
      deflate(&stream, flush);
      out.append(buffer.data(), buffer.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  };
  for_each_part(bytes, [&](std::string_view part) {
    feed(stream, part);
    run(Z_NO_FLUSH);
    return true;
  });
  run(Z_FINISH);
  return out;
}

Decompressed decompress(Coding coding, const Blob& bytes, std::size_t limit) {
  Inflater inflater(coding);
  z_stream& stream = inflater.stream();
  Decompressed result;
  std::array<char, kStep> buffer;
  bool ended = false;  // at least one member is whole, and nothing of another has been read
  int code = Z_OK;
  const auto inflate_part = [&] {
    do {
      if (ended) {
        if (coding == Coding::kDeflate || inflateReset(&stream) != Z_OK) return false;
      }
      stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
      stream.avail_out = static_cast<uInt>(buffer.size());
      code = inflate(&stream, Z_NO_FLUSH);
      const std::size_t got = buffer.size() - stream.avail_out;
      if (got > limit - result.bytes.size()) {
        result.outcome = Decompressed::kTooLarge;
        return false;
      }
      result.bytes.append(buffer.data(), got);
      if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
        // What is no further member is junk behind the last one.
        if (!ended || got > 0) result.outcome = Decompressed::kBroken;
        return false;
      }
      ended = code == Z_STREAM_END;
    } while (stream.avail_in > 0 || (stream.avail_out == 0 && !ended));
    return true;
  };
  const bool all = for_each_part(bytes, [&](std::string_view part) {
    feed(stream, part);
    return inflate_part();
  });
  if (all && !ended && result.outcome == Decompressed::kDone)
    result.outcome = Decompressed::kBroken;
  if (result.outcome != Decompressed::kDone) result.bytes.clear();
  return result;
}

}  // namespace cloudchamber

// aws-chunked: how S3's clients send a body in pieces that are signed one by one, with headers
// behind it. The SDK encodes, the server decodes.
//
//   400;chunk-signature=<hex>\r\n <1024 bytes> \r\n ... 0;chunk-signature=<hex>\r\n
//   x-amz-checksum-crc32c:sOO8/Q==\r\n x-amz-trailer-signature:<hex>\r\n \r\n
//
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and -trailers.html. Bodies
// are ropes: framing copies no byte of them in either direction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "cloudchamber/blob.h"
#include "cloudchamber/http.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber {

// The chain of signatures through a body: each is over the one before it, the first of all being
// the signature of the request.
class ChunkSigner {
 public:
  explicit ChunkSigner(const Signature& seed)
      : key_(seed.signing_key),
        timestamp_(seed.timestamp),
        scope_(seed.scope),
        previous_(seed.hex) {}

  // The signature of the next chunk, in hex, given the SHA-256 of its bytes in hex.
  [[nodiscard]] std::string next(std::string_view chunk_hash);
  // The signature of what follows the last chunk: "name:value\n" for each trailing header.
  [[nodiscard]] std::string trailer(std::string_view trailer_lines);

 private:
  std::string sign(std::string_view algorithm, std::string_view hashes);
  std::string key_, timestamp_, scope_, previous_;
};

inline constexpr std::size_t kDefaultChunkSize = 64 * 1024;

// The body framed. `signer` is null for STREAMING-UNSIGNED-PAYLOAD-TRAILER.
[[nodiscard]] Blob encode_aws_chunked(const Blob& body, ChunkSigner* signer,
                                      const Headers& trailers = {},
                                      std::size_t chunk_size = kDefaultChunkSize);

// The size of what encode_aws_chunked will give, which has to be known before signing.
[[nodiscard]] std::size_t aws_chunked_size(std::size_t body_size, bool is_signed,
                                           const Headers& trailers = {},
                                           std::size_t chunk_size = kDefaultChunkSize);

class AwsChunkedError : public std::runtime_error {
 public:
  enum class Kind {
    kIncomplete,        // it ends early, or is not framed at all
    kChunkTooSmall,     // less than 8 KiB in a chunk that is not the last: chunk() and chunk_size()
    kBadSignature,      // of a chunk or of the trailer: string_to_sign differs
    kMalformedTrailer,  // what follows the last chunk is not headers
  };
  AwsChunkedError(Kind kind, const std::string& what, std::size_t chunk = 0,
                  std::uint64_t chunk_size = 0)
      : std::runtime_error(what), kind_(kind), chunk_(chunk), chunk_size_(chunk_size) {}
  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] std::size_t chunk() const { return chunk_; }
  [[nodiscard]] std::uint64_t chunk_size() const { return chunk_size_; }

 private:
  Kind kind_;
  std::size_t chunk_;
  std::uint64_t chunk_size_;
};

struct Unchunked {
  Blob body;         // shares the pieces of the framed one
  Headers trailers;  // without x-amz-trailer-signature
};

// The framing taken off. With a `signer` every chunk and the trailer must carry its signature; with
// null, signatures that are there are passed over. `signed_trailer` says that a trailer is to be
// signed. Throws AwsChunkedError.
[[nodiscard]] Unchunked decode_aws_chunked(const Blob& framed, ChunkSigner* signer,
                                           bool signed_trailer = false);

}  // namespace cloudchamber

// Digests and checksums, over OpenSSL and zlib. All results are raw bytes (CRCs big-endian, as AWS
// base64-encodes them); hex() makes them readable.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cloudchamber/blob.h"

namespace cloudchamber {

[[nodiscard]] std::string hex(std::string_view bytes);  // lower case

[[nodiscard]] std::string md5(std::string_view bytes);
[[nodiscard]] std::string sha1(std::string_view bytes);
[[nodiscard]] std::string sha256(std::string_view bytes);
[[nodiscard]] std::string hmac_sha1(std::string_view key, std::string_view bytes);
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view bytes);

enum class Digest { kMd5, kSha1, kSha256, kCrc32, kCrc32c, kCrc64Nvme };

// A digest fed piece by piece.
class Hasher {
 public:
  explicit Hasher(Digest digest);
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  void update(std::string_view bytes);
  [[nodiscard]] std::string finish();  // once

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

[[nodiscard]] std::string digest_of(Digest digest, const Blob& body);

}  // namespace cloudchamber

// Checksums of objects and parts: which one a request sends, whether it is right, and how the
// checksums of parts make one of the whole.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/blob.h"
#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock {
class Call;
}

namespace cloudchamber::mock::s3 {

struct ChecksumAlgorithm {
  std::string_view name;    // "CRC64NVME", as in ChecksumAlgorithm
  std::string_view member;  // "ChecksumCRC64NVME"
  std::string_view lower;   // "crc64nvme", as in x-amz-checksum-crc64nvme
  Digest digest;
  std::size_t size;          // bytes
  std::uint64_t polynomial;  // of a CRC, reflected; 0 otherwise
  [[nodiscard]] bool is_crc() const { return polynomial != 0; }
};

// What AWS computes when nobody asks for another.
extern const ChecksumAlgorithm& kDefaultChecksum;
[[nodiscard]] const std::array<ChecksumAlgorithm, 5>& checksum_algorithms();
// By its name, without regard to case; null when there is none.
[[nodiscard]] const ChecksumAlgorithm* find_checksum_algorithm(std::string_view name);

// A checksum, with its value in base64. `parts` is not 0 when it is one over the checksums of that
// many parts (COMPOSITE).
struct Checksum {
  const ChecksumAlgorithm* algorithm = nullptr;  // null: there is none
  std::string value;
  bool composite = false;
  std::size_t parts = 0;

  explicit operator bool() const { return algorithm != nullptr; }
  [[nodiscard]] std::string_view type() const { return composite ? "COMPOSITE" : "FULL_OBJECT"; }
  // "NRU+Sw==", of a composite one "5FRUiw==-3".
  [[nodiscard]] std::string text() const;
  // Adds ChecksumCRC32 (or whichever) and, where the shape has it, ChecksumType.
  void write_to(Json& output, bool with_type = true) const;
};

// What a body was found to be.
struct Digests {
  std::string md5;    // raw
  Checksum checksum;  // always one
};

// The checksum that a request's headers, its trailers or a part's description claim. Throws
// InvalidRequest for several, and for what is no checksum.
[[nodiscard]] Checksum claimed_checksum(const Json& input);
[[nodiscard]] Checksum claimed_checksum(const Headers& headers);

// Reads the body once; throws what AWS says of Content-MD5 (InvalidDigest, BadDigest) and of the
// claimed checksum (BadDigest, InvalidRequest). The checksum is computed with the claimed
// algorithm, else with `otherwise`.
[[nodiscard]] Digests checked_digests(const Call& call, const Blob& body,
                                      const ChecksumAlgorithm& otherwise);
[[nodiscard]] Digests digests_of(const Blob& body, const ChecksumAlgorithm& algorithm);

// The CRC of two texts in a row from the CRCs of each: O(log size).
[[nodiscard]] std::uint64_t combine_crc(std::uint64_t polynomial, unsigned bits,
                                        std::uint64_t first, std::uint64_t second,
                                        std::uint64_t second_size);
// The same for checksums in base64.
[[nodiscard]] Checksum joined(const Checksum& first, const Checksum& second,
                              std::uint64_t second_size);

}  // namespace cloudchamber::mock::s3

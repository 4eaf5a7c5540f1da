// The checksums that a request or a response may carry of its body, as the trait httpChecksum of
// Smithy's models names them.
#pragma once

#include <array>
#include <string_view>

#include "sdk/codec/digests.h"

namespace cloudchamber {

struct HttpChecksum {
  std::string_view name;    // in ChecksumAlgorithm
  std::string_view member;  // of parameters and results
  std::string_view header;
  Digest digest;
};

// In the order of botocore's preference for checking a response: the quickest first.
inline constexpr std::array<HttpChecksum, 5> kHttpChecksums = {{
    {"CRC64NVME", "ChecksumCRC64NVME", "x-amz-checksum-crc64nvme", Digest::kCrc64Nvme},
    {"CRC32C", "ChecksumCRC32C", "x-amz-checksum-crc32c", Digest::kCrc32c},
    {"CRC32", "ChecksumCRC32", "x-amz-checksum-crc32", Digest::kCrc32},
    {"SHA1", "ChecksumSHA1", "x-amz-checksum-sha1", Digest::kSha1},
    {"SHA256", "ChecksumSHA256", "x-amz-checksum-sha256", Digest::kSha256},
}};

}  // namespace cloudchamber

#include "mock-server/services/s3/checksums.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/call/call.h"
#include "mock-server/services/s3/errors.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::s3 {
namespace {

constexpr std::array<ChecksumAlgorithm, 5> kAlgorithms = {{
    {"CRC32", "ChecksumCRC32", "crc32", Digest::kCrc32, 4, 0xEDB88320},
    {"CRC32C", "ChecksumCRC32C", "crc32c", Digest::kCrc32c, 4, 0x82F63B78},
    {"CRC64NVME", "ChecksumCRC64NVME", "crc64nvme", Digest::kCrc64Nvme, 8, 0x9A6C9329AC4BC9B5},
    {"SHA1", "ChecksumSHA1", "sha1", Digest::kSha1, 20, 0},
    {"SHA256", "ChecksumSHA256", "sha256", Digest::kSha256, 32, 0},
}};

// Of the model, but not yet of ours.
constexpr std::array<std::string_view, 5> kLaterMembers = {
    "ChecksumSHA512", "ChecksumMD5", "ChecksumXXHASH64", "ChecksumXXHASH3", "ChecksumXXHASH128"};

std::string hex_of_md5_header(const std::string& decoded) { return hex(decoded); }

// Polynomials over GF(2) modulo the CRC's, reflected: bit 63 (or 31) is x^0.
std::uint64_t multiply(std::uint64_t polynomial, unsigned bits, std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  for (std::uint64_t bit = 1ULL << (bits - 1); bit != 0; bit >>= 1) {
    if ((a & bit) != 0) product ^= b;
    b = (b & 1) != 0 ? (b >> 1) ^ polynomial : b >> 1;
  }
  return product;
}

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

std::string bytes_of_number(std::uint64_t value, std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = size; i-- > 0; value >>= 8) bytes[i] = static_cast<char>(value & 0xFF);
  return bytes;
}

}  // namespace

const ChecksumAlgorithm& kDefaultChecksum = kAlgorithms[2];

const std::array<ChecksumAlgorithm, 5>& checksum_algorithms() { return kAlgorithms; }

const ChecksumAlgorithm* find_checksum_algorithm(std::string_view name) {
  for (const ChecksumAlgorithm& algorithm : kAlgorithms) {
    if (equal_ignoring_case(algorithm.name, name)) return &algorithm;
  }
  return nullptr;
}

std::string Checksum::text() const {
  return composite && parts != 0 ? value + "-" + std::to_string(parts) : value;
}

void Checksum::write_to(Json& output, bool with_type) const {
  if (algorithm == nullptr) return;
  output[std::string(algorithm->member)] = text();
  if (with_type) output["ChecksumType"] = type();
}

Checksum claimed_checksum(const Headers& headers) {
  Json named = Json::object();
  for (const ChecksumAlgorithm& algorithm : kAlgorithms) {
    const std::string header = "x-amz-checksum-" + std::string(algorithm.lower);
    if (const std::string* value = headers.find(header)) {
      named[std::string(algorithm.member)] = *value;
    }
  }
  return claimed_checksum(named);
}

Checksum claimed_checksum(const Json& input) {
  for (const std::string_view later : kLaterMembers) {
    if (input.contains(later)) throw not_implemented(std::string(later));
  }
  Checksum claimed;
  for (const ChecksumAlgorithm& algorithm : kAlgorithms) {
    const auto found = input.find(algorithm.member);
    if (found == input.end()) continue;
    if (claimed) {
      throw invalid_request(
          "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }
    claimed.algorithm = &algorithm;
    claimed.value = found->get<std::string>();
    // "…-3" is a composite checksum of three parts.
    std::string_view digest = claimed.value;
    if (const std::size_t dash = digest.find('-'); dash != std::string_view::npos) {
      digest = digest.substr(0, dash);
    }
    const auto decoded = base64_decode(digest);
    if (!decoded || decoded->size() != algorithm.size) {
      throw invalid_request("Value for x-amz-checksum-" + std::string(algorithm.lower) +
                            " header is invalid.");
    }
  }
  return claimed;
}

Digests digests_of(const Blob& body, const ChecksumAlgorithm& algorithm) {
  Hasher md5(Digest::kMd5);
  Hasher checksum(algorithm.digest);
  for (std::size_t i = 0; i < body.piece_count(); ++i) {
    md5.update(body.piece(i));
    checksum.update(body.piece(i));
  }
  return {md5.finish(), {&algorithm, base64_encode(checksum.finish()), false, 0}};
}

Digests checked_digests(const Call& call, const Blob& body, const ChecksumAlgorithm& otherwise) {
  constexpr std::size_t kMd5Size = 16;
  std::string wanted_md5;
  std::string md5_text;
  if (const std::string* header = call.request().headers.find("Content-MD5")) {
    md5_text = *header;
    const auto decoded = base64_decode(md5_text);
    if (!decoded || decoded->size() != kMd5Size) {
      AwsError error("InvalidDigest", "The Content-MD5 you specified was invalid.", 400);
      throw error.with("Content-MD5", md5_text);
    }
    wanted_md5 = *decoded;
  }
  Checksum claimed = claimed_checksum(call.input());
  if (!claimed) claimed = claimed_checksum(call.request().headers);
  if (const std::string* named = call.request().headers.find("x-amz-sdk-checksum-algorithm")) {
    const ChecksumAlgorithm* algorithm = find_checksum_algorithm(*named);
    if (algorithm == nullptr) {
      throw invalid_request("Value for x-amz-sdk-checksum-algorithm header is invalid.");
    }
    if (!claimed && md5_text.empty()) {
      throw invalid_request(
          "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or "
          "x-amz-trailer headers were found.");
    }
  }
  Digests found = digests_of(body, claimed ? *claimed.algorithm : otherwise);
  if (!wanted_md5.empty() && found.md5 != wanted_md5) {
    AwsError error("BadDigest", "The Content-MD5 you specified did not match what we received.",
                   400);
    throw error.with("ExpectedDigest", hex_of_md5_header(wanted_md5))
        .with("CalculatedDigest", base64_encode(found.md5));
  }
  if (claimed && claimed.value != found.checksum.value) {
    throw AwsError("BadDigest",
                   "The " + std::string(claimed.algorithm->name) +
                       " you specified did not match the calculated checksum.",
                   400);
  }
  return found;
}

std::uint64_t combine_crc(std::uint64_t polynomial, unsigned bits, std::uint64_t first,
                          std::uint64_t second, std::uint64_t second_size) {
  // first * x^(8 * second_size), by squaring.
  const std::uint64_t one = 1ULL << (bits - 1);
  std::uint64_t power = one;
  std::uint64_t square = one >> 8;  // x^8
  for (std::uint64_t n = second_size; n != 0; n >>= 1) {
    if ((n & 1) != 0) power = multiply(polynomial, bits, power, square);
    square = multiply(polynomial, bits, square, square);
  }
  return multiply(polynomial, bits, power, first) ^ second;
}

Checksum joined(const Checksum& first, const Checksum& second, std::uint64_t second_size) {
  const ChecksumAlgorithm& algorithm = *first.algorithm;
  const auto value_of = [](const Checksum& checksum) {
    return big_endian(base64_decode(checksum.value).value_or(std::string()));
  };
  const std::uint64_t crc =
      combine_crc(algorithm.polynomial, static_cast<unsigned>(algorithm.size * 8), value_of(first),
                  value_of(second), second_size);
  Checksum sum;
  sum.algorithm = &algorithm;
  sum.value = base64_encode(bytes_of_number(crc, algorithm.size));
  return sum;
}

}  // namespace cloudchamber::mock::s3

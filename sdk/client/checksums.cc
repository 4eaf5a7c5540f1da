#include "sdk/client/checksums.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/http_checksums.h"

namespace cloudchamber {
namespace {

constexpr std::string_view kDefault = "CRC32";

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

bool has_checksum(const HttpRequest& request) {
  return std::any_of(
      kHttpChecksums.begin(), kHttpChecksums.end(),
      [&](const HttpChecksum& algorithm) { return request.headers.contains(algorithm.header); });
}

}  // namespace

void add_request_checksum(HttpRequest& request, const Operation& operation, const Json& parameters,
                          bool when_supported) {
  const std::string& member = operation.checksum_algorithm_member;
  if (member.empty() && !operation.checksum_required) return;
  if (has_checksum(request)) return;
  const auto named = member.empty() ? parameters.end() : parameters.find(member);
  const bool chosen = named != parameters.end() && named->is_string();
  if (!chosen && !operation.checksum_required && !when_supported) return;
  const std::string wanted =
      chosen ? upper(named->get_ref<const std::string&>()) : std::string(kDefault);
  const auto algorithm = std::find_if(kHttpChecksums.begin(), kHttpChecksums.end(),
                                      [&](const HttpChecksum& a) { return a.name == wanted; });
  if (algorithm == kHttpChecksums.end())
    throw ParamValidationError("Unsupported checksum algorithm: " + wanted);
  if (!chosen && !member.empty()) {
    const Member* stated = operation.input->find(member);
    if (stated != nullptr && stated->location == Location::kHeader)
      request.headers.set(stated->wire_name(), wanted);
  }
  request.headers.set(algorithm->header, base64_encode(digest_of(algorithm->digest, request.body)));
}

void ask_for_response_checksum(HttpRequest& request, const Operation& operation) {
  if (operation.checksum_validation_member.empty()) return;
  const Member* mode = operation.input->find(operation.checksum_validation_member);
  if (mode != nullptr && mode->location == Location::kHeader &&
      !request.headers.contains(mode->wire_name())) {
    request.headers.add(mode->wire_name(), "ENABLED");
  }
}

ResponseChecksum::ResponseChecksum(const Operation& operation, const HttpResponse& head) {
  if (operation.checksum_validation_member.empty()) return;
  for (const HttpChecksum& algorithm : kHttpChecksums) {
    const std::string* value = head.headers.find(algorithm.header);
    // "...-3" is the checksum of the checksums of three parts.
    if (value == nullptr || value->find('-') != std::string::npos) continue;
    expected_ = *value;
    hasher_.emplace(algorithm.digest);
    return;
  }
}

void ResponseChecksum::finish() {
  if (!hasher_) return;
  const std::string actual = base64_encode(hasher_->finish());
  hasher_.reset();
  if (actual != expected_) {
    throw ChecksumError("Expected checksum " + expected_ +
                        " did not match calculated checksum: " + actual);
  }
}

bool crc32_header_matches(const HttpResponse& response) {
  const std::string* header = response.headers.find("x-amz-crc32");
  if (header == nullptr) return true;
  std::uint32_t stated = 0;
  const char* const end = header->data() + header->size();
  const auto [stop, error] = std::from_chars(header->data(), end, stated);
  if (error != std::errc() || stop != end) return true;  // not a checksum that we know
  std::uint32_t actual = 0;
  for (const char byte : digest_of(Digest::kCrc32, response.body))
    actual = (actual << 8U) | static_cast<unsigned char>(byte);
  return actual == stated;
}

}  // namespace cloudchamber

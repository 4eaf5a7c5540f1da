// Checksums of bodies: the ones that a request carries, and the ones that a response is held
// against.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/blob.h"
#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/codec/digests.h"
#include "sdk/model/service_model.h"

namespace cloudchamber {

// Adds x-amz-checksum-ALGORITHM where the operation requires one or supports one
// (`when_supported`), of the algorithm that the parameters name, else CRC32; nothing where the
// caller gave a checksum. Throws ParamValidationError for an unknown algorithm.
void add_request_checksum(HttpRequest& request, const Operation& operation, const Json& parameters,
                          bool when_supported);

// Asks for the stored checksum in the response, where the operation can give one.
void ask_for_response_checksum(HttpRequest& request, const Operation& operation);

// Follows a response body and compares it at its end with the checksum its headers name.
class ResponseChecksum {
 public:
  // Nothing is checked when the headers name no checksum of this whole body.
  ResponseChecksum(const Operation& operation, const HttpResponse& head);

  void update(std::string_view piece) {
    if (hasher_) hasher_->update(piece);
  }
  void finish();  // throws ChecksumError

 private:
  std::optional<Hasher> hasher_;
  std::string expected_;  // base64
};

// x-amz-crc32, which DynamoDB sends; true when there is none or it is right.
[[nodiscard]] bool crc32_header_matches(const HttpResponse& response);

}  // namespace cloudchamber

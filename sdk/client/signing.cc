#include "sdk/client/signing.h"

#include <memory>

#include "cloudchamber/errors.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber {
namespace {

std::shared_ptr<const Credentials> credentials_of(const OutgoingCall& call) {
  auto credentials = call.client.credentials->credentials();
  if (credentials == nullptr) throw NoCredentialsError("Unable to locate credentials");
  return credentials;
}

bool goes_unsigned(const OutgoingCall& call) {
  return !call.client.is_signed || call.operation.no_auth;
}

// What stands in place of the payload's hash: "" for the hash. TLS and a checksum protect S3's
// uploads well enough to spare them the hash, as all AWS SDKs do.
std::string_view payload_of(const OutgoingCall& call) {
  if (call.operation.unsigned_payload && call.request.scheme == "https") return kUnsignedPayload;
  if (!call.client.is_s3) return {};
  const std::optional<bool>& wanted = call.client.meta.config.s3.payload_signing_enabled;
  if (wanted) return *wanted ? std::string_view() : kUnsignedPayload;
  if (call.request.scheme != "https") return {};
  const Member* stream = call.operation.streaming_input();
  if (stream == nullptr || stream->shape->type != ShapeType::kBlob) return {};
  for (const auto& [name, value] : call.request.headers) {
    if (name.starts_with("x-amz-checksum-") || name == "Content-MD5") return kUnsignedPayload;
  }
  return {};
}

}  // namespace

void sign(OutgoingCall& call) {
  if (call.client.max_attempts > 1) {
    std::string number = "attempt=" + std::to_string(call.attempt + 1);
    number += "; max=" + std::to_string(call.client.max_attempts);
    call.request.headers.set("amz-sdk-request", std::move(number));
  }
  if (goes_unsigned(call)) return;
  sign(call.request, *credentials_of(call), {call.signing_region, call.signing_name},
       call.client.clock->now(), *call.client.signing_keys, payload_of(call));
}

std::string presigned_url(OutgoingCall& call, Seconds expires_in) {
  HttpRequest& request = call.request;
  // What a form body says can stand in the URL as well, where alone a presigned request has it.
  if (request.headers.get("Content-Type").starts_with("application/x-www-form-urlencoded")) {
    request.target += request.query().empty() ? "?" : "&";
    request.target += request.body.to_string();
    request.body = Blob();
    request.headers.erase("Content-Type");
  }
  if (goes_unsigned(call)) return url_of(request);
  presign(request, *credentials_of(call), {call.signing_region, call.signing_name},
          call.client.clock->now(), expires_in, *call.client.signing_keys);
  return url_of(request);
}

}  // namespace cloudchamber

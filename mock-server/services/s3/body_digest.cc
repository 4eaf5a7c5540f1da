#include "mock-server/services/s3/body_digest.h"

#include "mock-server/services/s3/checksums.h"
#include "mock-server/services/s3/errors.h"

namespace cloudchamber::mock::s3 {

namespace {

// An upload says how long it is, be it empty: one that a client forgot to send is none.
void check_length_is_stated(const Call& call) {
  if (call.operation().streaming_input() == nullptr || !call.body().empty()) return;
  const Headers& headers = call.request().headers;
  if (headers.empty() || headers.contains("Content-Length") ||
      headers.contains("Transfer-Encoding") || headers.contains("x-amz-decoded-content-length"))
    return;
  throw AwsError("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
}

}  // namespace

void check_body_digest(const Call& call) {
  check_length_is_stated(call);
  if (!call.operation().checksum_required || call.operation().streaming_input() != nullptr) return;
  // Made by the server itself, not sent by anybody.
  if (call.request().headers.empty()) return;
  const Checksum claimed = claimed_checksum(call.request().headers);
  if (!claimed && !call.request().headers.contains("Content-MD5")) {
    throw invalid_request(
        "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
  }
  static_cast<void>(checked_digests(call, call.body(), kDefaultChecksum));
}

}  // namespace cloudchamber::mock::s3

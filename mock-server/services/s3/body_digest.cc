#include "mock-server/services/s3/body_digest.h"

#include "mock-server/services/s3/checksums.h"
#include "mock-server/services/s3/errors.h"

namespace cloudchamber::mock::s3 {

void check_body_digest(const Call& call) {
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

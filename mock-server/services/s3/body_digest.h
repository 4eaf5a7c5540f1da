// The digest that S3 wants with the document of a request (DeleteObjects, most Put... operations).
#pragma once

#include "mock-server/call/call.h"

namespace cloudchamber::mock::s3 {

// Where the model says that the operation needs a checksum: throws InvalidRequest when there is
// neither Content-MD5 nor x-amz-checksum-*, InvalidDigest, BadDigest. Objects and parts are checked
// by their handlers, which need the digests.
void check_body_digest(const Call& call);

}  // namespace cloudchamber::mock::s3

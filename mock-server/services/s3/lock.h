// Object Lock: does a version's lock let it go?
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/s3/bucket.h"

namespace cloudchamber::mock::s3 {

// May this version be deleted for good? `bypass`: x-amz-bypass-governance-retention was sent.
// Throws AccessDenied.
void check_deletable(const Call& call, const Bucket& bucket, const std::string& key,
                     const Object& object, bool bypass);

}  // namespace cloudchamber::mock::s3

// The source of CopyObject and UploadPartCopy.
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/s3/bucket.h"

namespace cloudchamber::mock::s3 {

struct CopySource {
  std::string bucket_name;
  std::string key;
  bool by_version = false;
  bool versioned = false;  // the source's bucket has, or had, versioning on
  ObjectPtr object;
};

// The version that the input's CopySource names, which the caller may read, whose conditions hold
// and whose customer's key is right. Throws InvalidArgument, NoSuchBucket, NoSuchKey, AccessDenied,
// PreconditionFailed, InvalidRequest.
[[nodiscard]] CopySource copy_source_of(const Call& call, const Buckets& buckets);

}  // namespace cloudchamber::mock::s3

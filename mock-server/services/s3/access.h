// Access: who may do what to a bucket and its objects: bucket policy, ACLs and public access block.
//
// An account may do everything to its own buckets (identity policies are not looked at); others and
// the anonymous need a policy or an ACL that lets them. An explicit Deny of the policy binds all.
#pragma once

#include <string>
#include <string_view>

#include "mock-server/call/call.h"
#include "mock-server/services/s3/bucket.h"

namespace cloudchamber::mock::s3 {

struct Attempt {
  std::string_view action;         // "s3:GetObject"
  std::string_view key;            // "" for the bucket itself
  const Object* object = nullptr;  // the version that it is done to, where there is one
  const Pairs* request_tags = nullptr;
  std::string_view listed_key;  // of s3:ListBucket: the one key that is looked for
};

[[nodiscard]] bool is_allowed(const Call& call, const Bucket& bucket, const Attempt& attempt);
void authorize(const Call& call, const Bucket& bucket,
               const Attempt& attempt);  // else AccessDenied

// The bucket named by the input's "Bucket". Throws NoSuchBucket, and what the member
// ExpectedBucketOwner asks for: InvalidBucketOwnerAWSAccountID, AccessDenied.
[[nodiscard]] const Bucket& bucket_of(const Call& call, const Buckets& buckets);
[[nodiscard]] Bucket& bucket_of(const Call& call, Buckets& buckets);
// The same, and the caller may do `action` to it.
[[nodiscard]] const Bucket& bucket_for(const Call& call, const Buckets& buckets,
                                       std::string_view action);
[[nodiscard]] Bucket& bucket_for(const Call& call, Buckets& buckets, std::string_view action);

// A switch of the bucket's public access block, such as "IgnorePublicAcls".
[[nodiscard]] bool blocks_public(const Bucket& bucket, const char* which);

}  // namespace cloudchamber::mock::s3

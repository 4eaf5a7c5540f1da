// The handlers of S3's operations, by the file that holds them. service.cc lists them by the
// operation's name.
#pragma once

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"
#include "mock-server/services/s3/bucket.h"

namespace cloudchamber::mock::s3 {

// bucket_operations.cc. The second CreateBucket makes buckets as S3 did before April 2023.
[[nodiscard]] Json create_bucket(Call& call, Buckets& buckets);
[[nodiscard]] Json create_legacy_bucket(Call& call, Buckets& buckets);
[[nodiscard]] Json head_bucket(Call& call, const Buckets& buckets);
[[nodiscard]] Json delete_bucket(Call& call, Buckets& buckets);
[[nodiscard]] Json list_buckets(Call& call, const Buckets& buckets);
[[nodiscard]] Json list_legacy_buckets(Call& call, const Buckets& buckets);
[[nodiscard]] Json get_bucket_location(Call& call, const Buckets& buckets);

// put_object.cc
[[nodiscard]] Json put_object(Call& call, Buckets& buckets);
// get_object.cc
[[nodiscard]] Json get_object(Call& call, const Buckets& buckets);
[[nodiscard]] Json head_object(Call& call, const Buckets& buckets);
// object_attributes.cc
[[nodiscard]] Json get_object_attributes(Call& call, const Buckets& buckets);
// copy_object.cc
[[nodiscard]] Json copy_object(Call& call, Buckets& buckets);
// delete_objects.cc
[[nodiscard]] Json delete_object(Call& call, Buckets& buckets);
[[nodiscard]] Json delete_objects(Call& call, Buckets& buckets);

// list_objects.cc, list_versions.cc
[[nodiscard]] Json list_objects(Call& call, const Buckets& buckets);
[[nodiscard]] Json list_objects_v2(Call& call, const Buckets& buckets);
[[nodiscard]] Json list_object_versions(Call& call, const Buckets& buckets);

// multipart_operations.cc
[[nodiscard]] Json create_multipart_upload(Call& call, Buckets& buckets);
[[nodiscard]] Json upload_part(Call& call, Buckets& buckets);
[[nodiscard]] Json upload_part_copy(Call& call, Buckets& buckets);
[[nodiscard]] Json abort_multipart_upload(Call& call, Buckets& buckets);
// complete_multipart.cc
[[nodiscard]] Json complete_multipart_upload(Call& call, Buckets& buckets);
// list_uploads.cc
[[nodiscard]] Json list_parts(Call& call, const Buckets& buckets);
[[nodiscard]] Json list_multipart_uploads(Call& call, const Buckets& buckets);

// tagging_operations.cc
[[nodiscard]] Json put_object_tagging(Call& call, Buckets& buckets);
[[nodiscard]] Json get_object_tagging(Call& call, const Buckets& buckets);
[[nodiscard]] Json delete_object_tagging(Call& call, Buckets& buckets);
[[nodiscard]] Json put_bucket_tagging(Call& call, Buckets& buckets);
[[nodiscard]] Json get_bucket_tagging(Call& call, const Buckets& buckets);
[[nodiscard]] Json delete_bucket_tagging(Call& call, Buckets& buckets);

// acl_operations.cc
[[nodiscard]] Json put_bucket_acl(Call& call, Buckets& buckets);
[[nodiscard]] Json get_bucket_acl(Call& call, const Buckets& buckets);
[[nodiscard]] Json put_object_acl(Call& call, Buckets& buckets);
[[nodiscard]] Json get_object_acl(Call& call, const Buckets& buckets);
[[nodiscard]] Json put_bucket_ownership_controls(Call& call, Buckets& buckets);
[[nodiscard]] Json get_bucket_ownership_controls(Call& call, const Buckets& buckets);
[[nodiscard]] Json delete_bucket_ownership_controls(Call& call, Buckets& buckets);

// policy_operations.cc
[[nodiscard]] Json put_bucket_policy(Call& call, Buckets& buckets);
[[nodiscard]] Json get_bucket_policy(Call& call, const Buckets& buckets);
[[nodiscard]] Json delete_bucket_policy(Call& call, Buckets& buckets);
[[nodiscard]] Json get_bucket_policy_status(Call& call, const Buckets& buckets);
[[nodiscard]] Json put_public_access_block(Call& call, Buckets& buckets);
[[nodiscard]] Json get_public_access_block(Call& call, const Buckets& buckets);
[[nodiscard]] Json delete_public_access_block(Call& call, Buckets& buckets);

// lock_operations.cc
[[nodiscard]] Json put_object_lock_configuration(Call& call, Buckets& buckets);
[[nodiscard]] Json get_object_lock_configuration(Call& call, const Buckets& buckets);
[[nodiscard]] Json put_object_retention(Call& call, Buckets& buckets);
[[nodiscard]] Json get_object_retention(Call& call, const Buckets& buckets);
[[nodiscard]] Json put_object_legal_hold(Call& call, Buckets& buckets);
[[nodiscard]] Json get_object_legal_hold(Call& call, const Buckets& buckets);

// bucket_configurations.cc
[[nodiscard]] Json put_bucket_versioning(Call& call, Buckets& buckets);
[[nodiscard]] Json get_bucket_versioning(Call& call, const Buckets& buckets);
[[nodiscard]] Json put_bucket_encryption(Call& call, Buckets& buckets);
[[nodiscard]] Json get_bucket_encryption(Call& call, const Buckets& buckets);
[[nodiscard]] Json delete_bucket_encryption(Call& call, Buckets& buckets);
[[nodiscard]] Json put_bucket_cors(Call& call, Buckets& buckets);
[[nodiscard]] Json get_bucket_cors(Call& call, const Buckets& buckets);
[[nodiscard]] Json delete_bucket_cors(Call& call, Buckets& buckets);
[[nodiscard]] Json put_bucket_website(Call& call, Buckets& buckets);
[[nodiscard]] Json get_bucket_website(Call& call, const Buckets& buckets);
[[nodiscard]] Json delete_bucket_website(Call& call, Buckets& buckets);
[[nodiscard]] Json put_bucket_request_payment(Call& call, Buckets& buckets);
[[nodiscard]] Json get_bucket_request_payment(Call& call, const Buckets& buckets);
[[nodiscard]] Json put_bucket_accelerate_configuration(Call& call, Buckets& buckets);
[[nodiscard]] Json get_bucket_accelerate_configuration(Call& call, const Buckets& buckets);
[[nodiscard]] Json put_bucket_notification_configuration(Call& call, Buckets& buckets);
[[nodiscard]] Json get_bucket_notification_configuration(Call& call, const Buckets& buckets);
[[nodiscard]] Json put_bucket_logging(Call& call, Buckets& buckets);
[[nodiscard]] Json get_bucket_logging(Call& call, const Buckets& buckets);

// lifecycle_operations.cc
[[nodiscard]] Json put_bucket_lifecycle_configuration(Call& call, Buckets& buckets);
[[nodiscard]] Json get_bucket_lifecycle_configuration(Call& call, const Buckets& buckets);
[[nodiscard]] Json delete_bucket_lifecycle(Call& call, Buckets& buckets);

}  // namespace cloudchamber::mock::s3

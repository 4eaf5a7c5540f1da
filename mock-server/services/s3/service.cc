#include "mock-server/services/s3/service.h"

#include "mock-server/services/s3/body_digest.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/hooks.h"

namespace cloudchamber::mock::s3 {

Service make_service(Options options) {
  const bool legacy = options.legacy_acls;
  return Service("s3")
      .validated_by(check_body_digest)
      .with_hooks(make_hooks())
      .on("CreateBucket", legacy ? create_legacy_bucket : create_bucket)
      .on("HeadBucket", head_bucket)
      .on("DeleteBucket", delete_bucket)
      .on("ListBuckets", legacy ? list_legacy_buckets : list_buckets)
      .on("GetBucketLocation", get_bucket_location)

      .on("PutObject", put_object)
      .on("GetObject", get_object)
      .on("HeadObject", head_object)
      .on("GetObjectAttributes", get_object_attributes)
      .on("CopyObject", copy_object)
      .on("DeleteObject", delete_object)
      .on("DeleteObjects", delete_objects)
      .on("ListObjects", list_objects)
      .on("ListObjectsV2", list_objects_v2)
      .on("ListObjectVersions", list_object_versions)

      .on("CreateMultipartUpload", create_multipart_upload)
      .on("UploadPart", upload_part)
      .on("UploadPartCopy", upload_part_copy)
      .on("CompleteMultipartUpload", complete_multipart_upload)
      .on("AbortMultipartUpload", abort_multipart_upload)
      .on("ListParts", list_parts)
      .on("ListMultipartUploads", list_multipart_uploads)

      .on("PutObjectTagging", put_object_tagging)
      .on("GetObjectTagging", get_object_tagging)
      .on("DeleteObjectTagging", delete_object_tagging)
      .on("PutBucketTagging", put_bucket_tagging)
      .on("GetBucketTagging", get_bucket_tagging)
      .on("DeleteBucketTagging", delete_bucket_tagging)

      .on("PutBucketAcl", put_bucket_acl)
      .on("GetBucketAcl", get_bucket_acl)
      .on("PutObjectAcl", put_object_acl)
      .on("GetObjectAcl", get_object_acl)
      .on("PutBucketOwnershipControls", put_bucket_ownership_controls)
      .on("GetBucketOwnershipControls", get_bucket_ownership_controls)
      .on("DeleteBucketOwnershipControls", delete_bucket_ownership_controls)
      .on("PutBucketPolicy", put_bucket_policy)
      .on("GetBucketPolicy", get_bucket_policy)
      .on("DeleteBucketPolicy", delete_bucket_policy)
      .on("GetBucketPolicyStatus", get_bucket_policy_status)
      .on("PutPublicAccessBlock", put_public_access_block)
      .on("GetPublicAccessBlock", get_public_access_block)
      .on("DeletePublicAccessBlock", delete_public_access_block)

      .on("PutObjectLockConfiguration", put_object_lock_configuration)
      .on("GetObjectLockConfiguration", get_object_lock_configuration)
      .on("PutObjectRetention", put_object_retention)
      .on("GetObjectRetention", get_object_retention)
      .on("PutObjectLegalHold", put_object_legal_hold)
      .on("GetObjectLegalHold", get_object_legal_hold)

      .on("PutBucketVersioning", put_bucket_versioning)
      .on("GetBucketVersioning", get_bucket_versioning)
      .on("PutBucketEncryption", put_bucket_encryption)
      .on("GetBucketEncryption", get_bucket_encryption)
      .on("DeleteBucketEncryption", delete_bucket_encryption)
      .on("PutBucketCors", put_bucket_cors)
      .on("GetBucketCors", get_bucket_cors)
      .on("DeleteBucketCors", delete_bucket_cors)
      .on("PutBucketWebsite", put_bucket_website)
      .on("GetBucketWebsite", get_bucket_website)
      .on("DeleteBucketWebsite", delete_bucket_website)
      .on("PutBucketRequestPayment", put_bucket_request_payment)
      .on("GetBucketRequestPayment", get_bucket_request_payment)
      .on("PutBucketAccelerateConfiguration", put_bucket_accelerate_configuration)
      .on("GetBucketAccelerateConfiguration", get_bucket_accelerate_configuration)
      .on("PutBucketNotificationConfiguration", put_bucket_notification_configuration)
      .on("GetBucketNotificationConfiguration", get_bucket_notification_configuration)
      .on("PutBucketLogging", put_bucket_logging)
      .on("GetBucketLogging", get_bucket_logging)
      .on("PutBucketLifecycleConfiguration", put_bucket_lifecycle_configuration)
      .on("GetBucketLifecycleConfiguration", get_bucket_lifecycle_configuration)
      .on("DeleteBucketLifecycle", delete_bucket_lifecycle);
}

}  // namespace cloudchamber::mock::s3

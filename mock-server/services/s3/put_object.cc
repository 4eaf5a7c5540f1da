// PutObject.
#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/checksums.h"
#include "mock-server/services/s3/encryption.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/lifecycle.h"
#include "mock-server/services/s3/limits.h"
#include "mock-server/services/s3/notifications.h"
#include "mock-server/services/s3/objects.h"

namespace cloudchamber::mock::s3 {

Json put_object(Call& call, Buckets& buckets) {
  const std::string& key = call.text("Key");
  Bucket& bucket = bucket_of(call, buckets);
  check_key(key);
  if (call.has("WriteOffsetBytes")) {
    throw header_not_implemented("x-amz-write-offset-bytes");
  }
  const Pairs tags = requested_tags(call);
  authorize(call, bucket, {.action = "s3:PutObject", .key = key, .request_tags = &tags});
  Object object = draft_object(call, bucket);
  if (call.body().size() > kMaxObjectSizeInOnePut) {
    AwsError error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400);
    throw error.with("ProposedSize", std::to_string(call.body().size()))
        .with("MaxSizeAllowed", std::to_string(kMaxObjectSizeInOnePut));
  }
  check_write_conditions(call, bucket, key);
  Digests digests = checked_digests(call, call.body(), kDefaultChecksum);
  object.etag = hex(digests.md5);
  if (object.encryption.by_customer() || !object.encryption.kms_key_id.empty()) {
    // The ETag of what is encrypted under a key of KMS or the customer is no MD5 of the content.
    object.etag = call.ids().hex(object.etag.size());
  }
  object.checksum = std::move(digests.checksum);
  object.body = call.body();
  object.last_modified = call.now();
  const ObjectPtr stored = bucket.put(key, std::move(object), new_version_id(call));
  // A browser's form comes here as well. (What another service invokes has no request at all.)
  const bool form = call.request().method == "POST" && !call.request().host.empty();
  announce(call, bucket,
           {.name = form ? "ObjectCreated:Post" : "ObjectCreated:Put",
            .key = key,
            .object = stored.get(),
            .version_id = named_version(bucket, *stored)});

  Json output = {{"ETag", quoted_etag(stored->etag)}};
  stored->checksum.write_to(output);
  if (bucket.versioning == "Enabled") output["VersionId"] = stored->version_id;
  if (auto expiration = expiration_of(bucket, key, *stored)) output["Expiration"] = *expiration;
  write_encryption(stored->encryption, output, true);
  return output;
}

}  // namespace cloudchamber::mock::s3

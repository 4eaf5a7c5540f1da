// CopyObject.
#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/checksums.h"
#include "mock-server/services/s3/copy_source.h"
#include "mock-server/services/s3/encryption.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/lifecycle.h"
#include "mock-server/services/s3/limits.h"
#include "mock-server/services/s3/notifications.h"
#include "mock-server/services/s3/objects.h"
#include "mock-server/services/s3/tags.h"

namespace cloudchamber::mock::s3 {
namespace {

// "COPY" or "REPLACE"
bool replaces(const Call& call, const char* member, const char* what) {
  const std::string directive = call.text_or(member, "COPY");
  if (directive != "COPY" && directive != "REPLACE") {
    throw invalid_argument("Unknown " + std::string(what) + " directive.",
                           "x-amz-" + std::string(what) + "-directive", directive);
  }
  return directive == "REPLACE";
}

// Content, ETag and checksum. What is known of the source is not computed again.
void take_content(const Call& call, const Object& source, Object& copy) {
  const ChecksumAlgorithm* algorithm =
      source.checksum ? source.checksum.algorithm : &kDefaultChecksum;
  if (call.has("ChecksumAlgorithm")) {
    algorithm = find_checksum_algorithm(call.text("ChecksumAlgorithm"));
    if (algorithm == nullptr) {
      throw invalid_request(
          "Checksum algorithm provided is unsupported. Please try again with any of the valid "
          "types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
    }
  }
  copy.body = source.body;
  const bool etag_is_md5 = source.parts.empty() && source.encryption.kms_key_id.empty() &&
                           !source.encryption.by_customer();
  const bool checksum_known =
      source.checksum && !source.checksum.composite && source.checksum.algorithm == algorithm;
  if (etag_is_md5 && checksum_known) {
    copy.etag = source.etag;
    copy.checksum = source.checksum;
  } else {
    Digests digests = digests_of(source.body, *algorithm);
    copy.etag = hex(digests.md5);
    copy.checksum = std::move(digests.checksum);
  }
  if (copy.encryption.by_customer() || !copy.encryption.kms_key_id.empty()) {
    copy.etag = call.ids().hex(copy.etag.size());
  }
}

}  // namespace

Json copy_object(Call& call, Buckets& buckets) {
  const std::string& key = call.text("Key");
  check_key(key);
  const bool replaces_metadata = replaces(call, "MetadataDirective", "metadata");
  const bool replaces_tags = replaces(call, "TaggingDirective", "tagging");
  const CopySource source = copy_source_of(call, buckets);
  Bucket& bucket = bucket_of(call, buckets);
  const bool in_place = source.bucket_name == bucket.name && source.key == key;
  const bool changes = replaces_metadata || call.has("StorageClass") ||
                       call.has("ServerSideEncryption") || call.has("SSECustomerAlgorithm") ||
                       call.has("WebsiteRedirectLocation") ||
                       bucket.configuration("Encryption") != nullptr || source.by_version;
  if (in_place && !changes) {
    throw invalid_request(
        "This copy request is illegal because it is trying to copy an object to itself without "
        "changing the object's metadata, storage class, website redirect location or encryption "
        "attributes.");
  }
  if (source.object->body.size() > kMaxObjectSizeInOnePut) {
    throw invalid_request(
        "The specified copy source is larger than the maximum allowable size for a copy source: " +
        std::to_string(kMaxObjectSizeInOnePut));
  }
  Object copy;
  if (replaces_metadata) {
    take_headers(call, copy);
  } else {
    copy.headers = source.object->headers;
    std::erase_if(copy.headers,
                  [](const auto& header) { return header.first == "WebsiteRedirectLocation"; });
    if (call.has("WebsiteRedirectLocation")) {
      copy.headers.emplace_back("WebsiteRedirectLocation", call.text("WebsiteRedirectLocation"));
    }
    copy.metadata = source.object->metadata;
  }
  if (!replaces_tags) {
    copy.tags = source.object->tags;
  } else if (call.has("Tagging")) {
    copy.tags = tags_from_header(call.text("Tagging"));
  }
  copy.storage_class = checked_storage_class(call);
  take_acl(call, bucket, copy);
  copy.encryption = requested_encryption(call, bucket);
  take_lock(call, bucket, copy);
  authorize(call, bucket, {.action = "s3:PutObject", .key = key, .request_tags = &copy.tags});
  check_write_conditions(call, bucket, key);
  take_content(call, *source.object, copy);
  copy.last_modified = call.now();
  const ObjectPtr stored = bucket.put(key, std::move(copy), new_version_id(call));
  announce(call, bucket,
           {.name = "ObjectCreated:Copy",
            .key = key,
            .object = stored.get(),
            .version_id = named_version(bucket, *stored)});

  Json result = {{"ETag", quoted_etag(stored->etag)},
                 {"LastModified", shown_time(stored->last_modified)}};
  stored->checksum.write_to(result);
  Json output = {{"CopyObjectResult", std::move(result)}};
  if (source.versioned) output["CopySourceVersionId"] = source.object->version_id;
  if (bucket.versioning == "Enabled") output["VersionId"] = stored->version_id;
  if (auto expiration = expiration_of(bucket, key, *stored)) output["Expiration"] = *expiration;
  write_encryption(stored->encryption, output, true);
  return output;
}

}  // namespace cloudchamber::mock::s3

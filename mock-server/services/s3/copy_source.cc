#include "mock-server/services/s3/copy_source.h"

#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/conditions.h"
#include "mock-server/services/s3/encryption.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/objects.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock::s3 {

CopySource copy_source_of(const Call& call, const Buckets& buckets) {
  CopySource source;
  std::string_view text = call.text("CopySource");
  std::optional<std::string> version_id;
  if (const std::size_t mark = text.find("?versionId="); mark != std::string_view::npos) {
    version_id = uri_decode(text.substr(mark + std::string_view("?versionId=").size()));
    source.by_version = true;
    text = text.substr(0, mark);
  }
  // A "+" is a space, as in go-cloud's recordings of keys with both.
  const std::string path = uri_decode(text, true);
  std::string_view rest = path;
  if (rest.starts_with('/')) rest.remove_prefix(1);
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == rest.size()) {
    throw invalid_argument("Invalid copy source object key", "x-amz-copy-source",
                           "x-amz-copy-source");
  }
  source.bucket_name = rest.substr(0, slash);
  source.key = rest.substr(slash + 1);
  const Bucket* bucket = buckets.table.find(source.bucket_name);
  if (bucket == nullptr) throw no_such_bucket(source.bucket_name);
  if (call.has("ExpectedSourceBucketOwner") &&
      call.text("ExpectedSourceBucketOwner") != bucket->owner) {
    throw access_denied();
  }
  source.versioned = !bucket->versioning.empty();
  try {
    source.object = find_version(call, *bucket, source.key, version_id,
                                 {"s3:GetObject", "s3:GetObjectVersion"}, false)
                        .object;
  } catch (const AwsError& error) {
    if (error.code() != "MethodNotAllowed") throw;
    throw invalid_request(
        "The source of a copy request may not specifically refer to a delete marker by version "
        "id.");
  }
  Conditions conditions;
  if (call.has("CopySourceIfMatch")) conditions.if_match = call.text("CopySourceIfMatch");
  if (call.has("CopySourceIfNoneMatch")) {
    conditions.if_none_match = call.text("CopySourceIfNoneMatch");
  }
  conditions.if_modified_since = call.time("CopySourceIfModifiedSince");
  conditions.if_unmodified_since = call.time("CopySourceIfUnmodifiedSince");
  const Judgement judgement =
      judge_copy_source(conditions, source.object->etag, source.object->last_modified, call.now());
  if (judgement.verdict != Verdict::kHolds) {
    throw precondition_failed("x-amz-copy-source-" + std::string(judgement.condition));
  }
  check_customer_key(call, source.object->encryption, "CopySource");
  return source;
}

}  // namespace cloudchamber::mock::s3

// GetObject and HeadObject.
#include <limits>

#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/conditions.h"
#include "mock-server/services/s3/encryption.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/objects.h"
#include "mock-server/services/s3/ranges.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock::s3 {
namespace {

Conditions conditions_of(const Call& call) {
  Conditions conditions;
  if (call.has("IfMatch")) conditions.if_match = call.text("IfMatch");
  if (call.has("IfNoneMatch")) conditions.if_none_match = call.text("IfNoneMatch");
  conditions.if_modified_since = call.time("IfModifiedSince");
  conditions.if_unmodified_since = call.time("IfUnmodifiedSince");
  return conditions;
}

void check_conditions(const Call& call, const Bucket& bucket, const Object& object) {
  const Judgement judgement =
      judge_read(conditions_of(call), object.etag, object.last_modified, call.now());
  if (judgement.verdict == Verdict::kFails) throw precondition_failed(judgement.condition);
  if (judgement.verdict == Verdict::kNotModified) {
    AwsError error("NotModified", "Not Modified", 304);
    error.with_header("ETag", quoted_etag(object.etag))
        .with_header("Last-Modified", rfc822(object.last_modified));
    if (!bucket.versioning.empty()) error.with_header("x-amz-version-id", object.version_id);
    throw error;
  }
}

// The part that partNumber means; of an object that was put at once, the whole is part 1. Throws
// InvalidPartNumber (416).
ByteRange part_range(const Object& object, std::int64_t number) {
  if (object.parts.empty()) {
    if (number == 1) return {0, object.body.size()};
  } else {
    std::size_t first = 0;
    for (std::size_t i = 0; i < object.parts.size(); ++i) {
      if (static_cast<std::int64_t>(i) + 1 == number) return {first, object.parts[i].size};
      first += object.parts[i].size;
    }
  }
  AwsError error("InvalidPartNumber", "The requested partnumber is not satisfiable", 416);
  throw error.with("PartNumberRequested", std::to_string(number))
      .with("ActualPartCount", std::to_string(std::max<std::size_t>(object.parts.size(), 1)));
}

// response-content-type and its like; only of a signed request.
void apply_overrides(Call& call, Json& output) {
  constexpr std::pair<const char*, const char*> kOverrides[] = {
      {"ResponseCacheControl", "CacheControl"},
      {"ResponseContentDisposition", "ContentDisposition"},
      {"ResponseContentEncoding", "ContentEncoding"},
      {"ResponseContentLanguage", "ContentLanguage"},
      {"ResponseContentType", "ContentType"},
  };
  bool any = false;
  for (const auto& [parameter, member] : kOverrides) {
    if (!call.has(parameter)) continue;
    output[member] = call.text(parameter);
    any = true;
  }
  for (const auto& [name, value] : parse_query(call.request().query())) {
    if (name != "response-expires") continue;
    call.reply_header("Expires", value);
    any = true;
  }
  if (any && call.principal().anonymous) {
    throw invalid_request(
        "Request specific response headers cannot be used for anonymous GET requests.");
  }
}

// What both answer; the range of the body that is asked for.
Json describe(Call& call, const Buckets& buckets, Blob& body, bool reads) {
  const Bucket& bucket = bucket_of(call, buckets);
  const std::string& key = call.text("Key");
  const ObjectPtr object = object_for(call, bucket, {"s3:GetObject", "s3:GetObjectVersion"});
  const bool ranged = call.has("Range");
  const bool by_part = call.has("PartNumber");
  if (ranged && by_part) {
    throw invalid_request("Cannot specify both Range header and partNumber query parameter");
  }
  for (const char* header :
       {"x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id"}) {
    if (!call.request().headers.contains(header)) continue;
    throw invalid_argument(std::string(header) + " header is not supported for this operation.",
                           header, call.request().headers.get(header));
  }
  check_customer_key(call, object->encryption);
  check_conditions(call, bucket, *object);
  if (reads && (object->storage_class == "GLACIER" || object->storage_class == "DEEP_ARCHIVE")) {
    AwsError error("InvalidObjectState",
                   "The operation is not valid for the object's storage class", 403);
    throw error.with("StorageClass", object->storage_class);
  }
  std::optional<ByteRange> range;
  const std::size_t size = object->body.size();
  if (ranged) range = requested_range(call.text("Range"), size);
  if (by_part) range = part_range(*object, call.integer("PartNumber"));

  Json output = object_headers(call, bucket, key, *object);
  apply_overrides(call, output);
  const bool checksums = call.text_or("ChecksumMode", "") == "ENABLED";
  if (by_part && !object->parts.empty()) {
    const PartOfObject& part =
        object->parts[static_cast<std::size_t>(call.integer("PartNumber") - 1)];
    output["PartsCount"] = object->parts.size();
    if (checksums && object->parts_have_checksums) {
      part.checksum.write_to(output, false);
      output["ChecksumType"] = object->checksum.type();
    }
  } else if (checksums && !range) {
    object->checksum.write_to(output);
  } else if (checksums && range && range->length == size) {
    object->checksum.write_to(output);
  }
  if (range) {
    output["ContentLength"] = range->length;
    if (range->length > 0) {
      output["ContentRange"] = range->content_range(size);
      call.reply_status(206);
    }
    body = object->body.slice(range->first, range->length);
  } else {
    output["ContentLength"] = size;
    body = object->body;
  }
  return output;
}

}  // namespace

Json get_object(Call& call, const Buckets& buckets) {
  Blob body;
  Json output = describe(call, buckets, body, true);
  call.reply_body(std::move(body));
  return output;
}

Json head_object(Call& call, const Buckets& buckets) {
  Blob body;
  return describe(call, buckets, body, false);
}

}  // namespace cloudchamber::mock::s3

#include "mock-server/services/s3/objects.h"

#include <algorithm>
#include <array>

#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/acl.h"
#include "mock-server/services/s3/conditions.h"
#include "mock-server/services/s3/encryption.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/lifecycle.h"
#include "mock-server/services/s3/limits.h"
#include "mock-server/services/s3/metadata_text.h"
#include "mock-server/services/s3/names.h"
#include "mock-server/services/s3/tags.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::s3 {
namespace {

constexpr std::array<std::string_view, 5> kHeaderMembers = {"CacheControl", "ContentDisposition",
                                                            "ContentLanguage", "ContentType",
                                                            "WebsiteRedirectLocation"};

// "aws-chunked" is a framing of the request, no encoding of the object.
std::string content_encoding(std::string_view header) {
  std::string kept;
  while (!header.empty()) {
    const std::size_t comma = header.find(',');
    std::string_view item = header.substr(0, comma);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (item != "aws-chunked" && !item.empty()) {
      // As it stood there, with its white space.
      if (!kept.empty()) kept += "," + std::string(header.substr(0, comma));
      if (kept.empty()) kept = item;
    }
    header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
  }
  return kept;
}

void take_metadata(const Call& call, Object& object) {
  const Json* metadata = call.find("Metadata");
  if (metadata == nullptr) return;
  std::size_t size = 0;
  for (const auto& [name, value] : metadata->items()) {
    std::string key = lowered(name);
    size += key.size() + value.get_ref<const std::string&>().size();
    object.metadata.emplace_back(std::move(key),
                                 decoded_metadata(value.get_ref<const std::string&>()));
  }
  if (size > kMaxUserMetadataSize) {
    AwsError error("MetadataTooLarge",
                   "Your metadata headers exceed the maximum allowed metadata size", 400);
    throw error.with("Size", std::to_string(size))
        .with("MaxSizeAllowed", std::to_string(kMaxUserMetadataSize));
  }
}

AwsError no_such_key_under_marker(const std::string& key, const Object& marker) {
  AwsError error = no_such_key(key);
  error.with_header("x-amz-delete-marker", "true")
      .with_header("x-amz-version-id", marker.version_id);
  return error;
}

AwsError marker_not_allowed(const Call& call, const Object& marker) {
  AwsError error =
      method_not_allowed(call.request().method == "HEAD"        ? "HEAD"
                         : call.operation().http_method.empty() ? call.request().method
                                                                : call.operation().http_method);
  error.with_header("x-amz-delete-marker", "true")
      .with_header("x-amz-version-id", marker.version_id)
      .with_header("Last-Modified", rfc822(marker.last_modified))
      .with_header("Allow", "DELETE");
  return error;
}

}  // namespace

std::string shown_time(TimePoint time) { return iso8601(std::chrono::floor<Seconds>(time)); }

std::string quoted_etag(std::string_view etag) { return '"' + std::string(etag) + '"'; }

void check_version_id(const std::string& version_id) {
  if (version_id.empty()) {
    throw invalid_argument("Version id cannot be the empty string", "versionId", "");
  }
  if (!is_plausible_version_id(version_id)) {
    throw invalid_argument("Invalid version id specified", "versionId", version_id);
  }
}

std::string new_version_id(const Call& call) {
  constexpr std::size_t kLength = 32;
  return call.ids().text(kIdCharacters, kLength);
}

void check_key(const std::string& key) {
  if (key.size() <= kMaxKeyLength) return;
  AwsError error("KeyTooLongError", "Your key is too long", 400);
  throw error.with("MaxSizeAllowed", std::to_string(kMaxKeyLength))
      .with("Size", std::to_string(key.size()));
}

Placed find_version(const Call& call, const Bucket& bucket, const std::string& key,
                    const std::optional<std::string>& version_id, const Access& access,
                    bool refuses_marker) {
  const std::string_view action = version_id ? access.version_action : access.action;
  std::optional<ObjectId> place;
  if (version_id) {
    check_version_id(*version_id);
    place = bucket.place_of(key, *version_id);
  } else {
    place = bucket.place_of_current(key);
  }
  const ObjectPtr object = place ? *bucket.objects.find(*place) : nullptr;
  if (object == nullptr || (object->delete_marker && !version_id && !refuses_marker)) {
    // Who may not list must not learn that it is not there.
    if (!is_allowed(call, bucket, {.action = "s3:ListBucket", .listed_key = key})) {
      throw access_denied();
    }
    if (object != nullptr) throw no_such_key_under_marker(key, *object);
    if (version_id) throw no_such_version(key, *version_id);
    throw no_such_key(key);
  }
  authorize(call, bucket, {.action = action, .key = key, .object = object.get()});
  if (object->delete_marker) throw marker_not_allowed(call, *object);
  return {*place, object};
}

Placed placed_object_for(const Call& call, const Bucket& bucket, const Access& access,
                         bool refuses_marker) {
  std::optional<std::string> version_id;
  if (call.has("VersionId")) version_id = call.text("VersionId");
  return find_version(call, bucket, call.text("Key"), version_id, access, refuses_marker);
}

ObjectPtr object_for(const Call& call, const Bucket& bucket, const Access& access,
                     bool refuses_marker) {
  return placed_object_for(call, bucket, access, refuses_marker).object;
}

void take_headers(const Call& call, Object& object) {
  for (const std::string_view member : kHeaderMembers) {
    if (call.has(member)) object.headers.emplace_back(member, call.text(member));
  }
  if (call.has("ContentEncoding")) {
    std::string encoding = content_encoding(call.text("ContentEncoding"));
    if (!encoding.empty()) object.headers.emplace_back("ContentEncoding", std::move(encoding));
  }
  // As it was sent: S3 keeps whatever text it is.
  if (const std::string* expires = call.request().headers.find("Expires")) {
    object.headers.emplace_back("Expires", *expires);
  } else if (const auto time = call.time("Expires")) {
    object.headers.emplace_back("Expires", rfc822(*time));
  }
  if (object.header("ContentType") == nullptr) {
    object.headers.emplace_back("ContentType", "binary/octet-stream");
  }
  take_metadata(call, object);
}

std::string checked_storage_class(const Call& call) {
  constexpr std::array<std::string_view, 8> kClasses = {
      "STANDARD",   "REDUCED_REDUNDANCY",  "STANDARD_IA", "ONEZONE_IA",
      "GLACIER_IR", "INTELLIGENT_TIERING", "GLACIER",     "DEEP_ARCHIVE"};
  std::string storage_class = call.text_or("StorageClass", "STANDARD");
  if (std::find(kClasses.begin(), kClasses.end(), storage_class) == kClasses.end()) {
    AwsError error("InvalidStorageClass", "The storage class you specified is not valid", 400);
    throw error.with("StorageClassRequested", storage_class);
  }
  return storage_class;
}

void take_acl(const Call& call, const Bucket& bucket, Object& object) {
  object.owner = call.account();
  if (bucket.acls_disabled()) {
    object.owner = bucket.owner;
    const auto asked = acl_from_headers(call, bucket.owner, bucket.owner);
    object.acl = canned_acl("private", bucket.owner, bucket.owner);
    // Even "private", which would change nothing.
    const bool names_owner =
        call.text_or("ACL", "bucket-owner-full-control") == "bucket-owner-full-control";
    if (asked && (!names_owner || asked->grants != object.acl.grants)) {
      throw AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs", 400);
    }
    return;
  }
  if (bucket.ownership == "BucketOwnerPreferred" &&
      call.text_or("ACL", "") == "bucket-owner-full-control") {
    object.owner = bucket.owner;
  }
  object.acl = acl_from_headers(call, object.owner, bucket.owner)
                   .value_or(canned_acl("private", object.owner, bucket.owner));
  if (is_public(object.acl) && blocks_public(bucket, "BlockPublicAcls")) throw access_denied();
}

void take_lock(const Call& call, const Bucket& bucket, Object& object) {
  const bool mode = call.has("ObjectLockMode");
  const bool until = call.has("ObjectLockRetainUntilDate");
  const bool hold = call.has("ObjectLockLegalHoldStatus");
  if ((mode || until || hold) && !bucket.object_lock) {
    throw invalid_request("Bucket is missing Object Lock Configuration");
  }
  if (mode != until) {
    throw invalid_argument(
        "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
        mode ? "x-amz-object-lock-retain-until-date" : "x-amz-object-lock-mode");
  }
  if (mode) {
    object.lock.mode = call.text("ObjectLockMode");
    if (object.lock.mode != "GOVERNANCE" && object.lock.mode != "COMPLIANCE") {
      throw invalid_argument("Unknown wormMode directive.", "x-amz-object-lock-mode",
                             object.lock.mode);
    }
    object.lock.retain_until = call.time("ObjectLockRetainUntilDate");
    if (!object.lock.retain_until || *object.lock.retain_until <= call.now()) {
      throw invalid_argument("The retain until date must be in the future!",
                             "x-amz-object-lock-retain-until-date");
    }
  } else if (const Json* configured = bucket.configuration("ObjectLock");
             configured != nullptr && configured->contains("Rule")) {
    const Json& retention = (*configured)["Rule"]["DefaultRetention"];
    constexpr std::int64_t kDaysOfYear = 365;
    const std::int64_t days = retention.value("Days", std::int64_t{0}) +
                              retention.value("Years", std::int64_t{0}) * kDaysOfYear;
    object.lock.mode = retention.value("Mode", "");
    object.lock.retain_until = call.now() + std::chrono::hours(24 * days);
  }
  if (hold) {
    object.lock.legal_hold = call.text("ObjectLockLegalHoldStatus");
    if (object.lock.legal_hold != "ON" && object.lock.legal_hold != "OFF") {
      throw invalid_argument("Legal Hold must be either of 'ON' or 'OFF'",
                             "x-amz-object-lock-legal-hold", object.lock.legal_hold);
    }
  }
}

Pairs requested_tags(const Call& call) {
  return call.has("Tagging") ? tags_from_header(call.text("Tagging")) : Pairs();
}

Object draft_object(const Call& call, const Bucket& bucket) {
  Object object;
  take_headers(call, object);
  object.storage_class = checked_storage_class(call);
  object.tags = requested_tags(call);
  take_acl(call, bucket, object);
  object.encryption = requested_encryption(call, bucket);
  take_lock(call, bucket, object);
  return object;
}

void check_write_conditions(const Call& call, const Bucket& bucket, const std::string& key) {
  const bool match = call.has("IfMatch");
  const bool none_match = call.has("IfNoneMatch");
  if (!match && !none_match) return;
  if (match && none_match) {
    throw header_not_implemented("If-Match,If-None-Match",
                                 "Multiple conditional request headers present in the request");
  }
  const ObjectPtr current = bucket.current(key);
  if (none_match) {
    if (call.text("IfNoneMatch") != "*") {
      throw header_not_implemented(
          "If-None-Match",
          "We don't accept the provided value of If-None-Match header for this API");
    }
    if (current != nullptr) throw precondition_failed("If-None-Match");
    return;
  }
  if (call.text("IfMatch") == "*") {
    throw header_not_implemented(
        "If-Match", "We don't accept the provided value of If-Match header for this API");
  }
  if (current == nullptr) throw no_such_key(key);
  if (!names_etag(call.text("IfMatch"), current->etag)) throw precondition_failed("If-Match");
}

Json object_headers(Call& call, const Bucket& bucket, const std::string& key,
                    const Object& object) {
  Json output = {{"AcceptRanges", "bytes"},
                 {"LastModified", iso8601(object.last_modified)},
                 {"ETag", quoted_etag(object.etag)}};
  for (const auto& [member, value] : object.headers) {
    if (member == "Expires") {
      call.reply_header("Expires", value);
    } else {
      output[member] = value;
    }
  }
  Json metadata = Json::object();
  for (const auto& [name, value] : object.metadata) {
    metadata[name] = encoded_metadata(value);
  }
  if (!metadata.empty()) output["Metadata"] = std::move(metadata);
  if (!bucket.versioning.empty()) output["VersionId"] = object.version_id;
  if (object.storage_class != "STANDARD") output["StorageClass"] = object.storage_class;
  if (!object.tags.empty()) output["TagCount"] = object.tags.size();
  if (auto expiration = expiration_of(bucket, key, object)) output["Expiration"] = *expiration;
  write_encryption(object.encryption, output);
  if (!object.lock.mode.empty()) {
    output["ObjectLockMode"] = object.lock.mode;
    output["ObjectLockRetainUntilDate"] = iso8601(*object.lock.retain_until);
  }
  if (!object.lock.legal_hold.empty()) {
    output["ObjectLockLegalHoldStatus"] = object.lock.legal_hold;
  }
  return output;
}

}  // namespace cloudchamber::mock::s3

// What the operations on objects have in common: finding the version that a request means, making a
// new one of a request's headers, the conditions of a write, and the headers of an answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"
#include "mock-server/services/s3/bucket.h"

namespace cloudchamber::mock::s3 {

// What a request about an existing object needs: permission by `action`, or by `version_action`
// when it names a version.
struct Access {
  std::string_view action;
  std::string_view version_action;
};

// The version that Key and VersionId name. Throws AccessDenied, NoSuchKey, NoSuchVersion,
// MethodNotAllowed (a delete marker), InvalidArgument (what can be no version id). Where
// `refuses_marker`, a current delete marker is MethodNotAllowed too instead of NoSuchKey.
[[nodiscard]] ObjectPtr object_for(const Call& call, const Bucket& bucket, const Access& access,
                                   bool refuses_marker = false);
// The same with its place, for what changes it.
struct Placed {
  ObjectId id;
  ObjectPtr object;
};
[[nodiscard]] Placed placed_object_for(const Call& call, const Bucket& bucket, const Access& access,
                                       bool refuses_marker = false);

// The general form, for copy sources too. `method` stands in MethodNotAllowed.
[[nodiscard]] Placed find_version(const Call& call, const Bucket& bucket, const std::string& key,
                                  const std::optional<std::string>& version_id,
                                  const Access& access, bool refuses_marker);

// Throws what S3 says of a version id that it never gave out.
void check_version_id(const std::string& version_id);
// A new version id.
[[nodiscard]] std::string new_version_id(const Call& call);
// What version ids and upload ids are made of.
inline constexpr std::string_view kIdCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";

// A key that may be written: throws KeyTooLongError.
void check_key(const std::string& key);

// The tags that the input's Tagging asks for, a query string. Throws as tags_from_header().
[[nodiscard]] Pairs requested_tags(const Call& call);

// All of a new object but its content: headers, metadata, tags, ACL and owner, encryption, lock.
[[nodiscard]] Object draft_object(const Call& call, const Bucket& bucket);
// The headers and metadata alone, and the ACL and owner alone, as CopyObject needs them.
void take_headers(const Call& call, Object& object);
void take_acl(const Call& call, const Bucket& bucket, Object& object);
void take_lock(const Call& call, const Bucket& bucket, Object& object);
[[nodiscard]] std::string checked_storage_class(const Call& call);

// If-Match and If-None-Match of a write: PreconditionFailed, NoSuchKey, NotImplemented.
void check_write_conditions(const Call& call, const Bucket& bucket, const std::string& key);

// The members that Get- and HeadObject share: headers, metadata, times, encryption, lock, ...
[[nodiscard]] Json object_headers(Call& call, const Bucket& bucket, const std::string& key,
                                  const Object& object);

[[nodiscard]] std::string quoted_etag(std::string_view etag);
// A time of S3's own, as documents show it: in whole seconds.
[[nodiscard]] std::string shown_time(TimePoint time);

}  // namespace cloudchamber::mock::s3

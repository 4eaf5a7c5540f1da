// What S3 keeps: buckets of versions of objects, uploads under way, and configurations.
//
// One namespace for all accounts. A version, once written, never changes: a new tag or hold makes a
// new value in its place; so values are shared between snapshots and cost nothing to copy.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "cloudchamber/blob.h"
#include "cloudchamber/clock.h"
#include "cloudchamber/json.h"
#include "mock-server/services/s3/checksums.h"
#include "mock-server/state/table.h"
#include "mock-server/state/world.h"

namespace cloudchamber::mock::s3 {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Grant {
  bool group = false;
  std::string grantee;     // canonical user id, or the URI of a group
  std::string permission;  // FULL_CONTROL READ WRITE READ_ACP WRITE_ACP
  friend bool operator==(const Grant&, const Grant&) = default;
};

struct Acl {
  std::vector<Grant> grants;
};

struct Encryption {
  std::string algorithm;         // "AES256", "aws:kms", "aws:kms:dsse"; "" with a customer's key
  std::string kms_key_id;        // an ARN
  std::string kms_context;       // base64 of JSON
  bool bucket_key = false;       // S3 Bucket Keys
  std::string customer_key_md5;  // base64; the customer's key itself is never kept
  [[nodiscard]] bool by_customer() const { return !customer_key_md5.empty(); }
};

struct ObjectLock {
  std::string mode;  // GOVERNANCE, COMPLIANCE or ""
  std::optional<TimePoint> retain_until;
  std::string legal_hold;  // ON, OFF or ""
};

// A part of the upload that an object was made by.
struct PartOfObject {
  std::int64_t number = 0;
  std::uint64_t size = 0;
  Checksum checksum;
};

// One version of an object, or a delete marker.
struct Object {
  std::string version_id = "null";
  bool delete_marker = false;
  TimePoint last_modified;
  std::string owner;  // account id; "" for the anonymous

  Blob body;
  std::string etag;  // without quotes
  Checksum checksum;
  std::vector<PartOfObject> parts;  // empty unless made by an upload
  bool parts_have_checksums = false;

  Pairs headers;  // ContentType, CacheControl, ...: by the model's member names, as sent
  Pairs metadata;
  std::string storage_class = "STANDARD";
  Pairs tags;
  Acl acl;
  Encryption encryption;
  ObjectLock lock;

  [[nodiscard]] const std::string* header(std::string_view member) const;
};
using ObjectPtr = std::shared_ptr<const Object>;

// Where a version stands: by key, newest first.
struct ObjectId {
  std::string key;
  std::uint64_t age = 0;  // counts down from the largest number
  friend auto operator<=>(const ObjectId&, const ObjectId&) = default;
};
using Objects = Table<ObjectId, ObjectPtr>;

struct Part {
  std::uint64_t size = 0;
  std::string etag;
  Checksum checksum;  // in the algorithm of the upload
  Checksum sent;      // what the sender of the part, or the upload, asked for; may be none
  TimePoint last_modified;
  Blob body;
};

struct Upload {
  std::string id;
  TimePoint initiated;
  std::string initiator;  // account id
  Object draft;           // what the object will be, but for its content
  const ChecksumAlgorithm* checksum_algorithm = nullptr;  // null: none was asked for
  bool composite = false;
  Table<std::int64_t, Part> parts;
  bool key_deleted_meanwhile = false;
};

// Where an upload stands: by key, oldest first.
struct UploadId {
  std::string key;
  std::uint64_t sequence = 0;
  friend auto operator<=>(const UploadId&, const UploadId&) = default;
};
using UploadPtr = std::shared_ptr<const Upload>;
using Uploads = Table<UploadId, UploadPtr>;

// An upload that is done: who completes it once more is told the same again, as long as the version
// that it made is there.
struct CompletedUpload {
  std::string upload_id;
  std::string key;
  std::string version_id;
  std::string etag;
};

struct Bucket {
  std::string name;
  std::string owner;  // account id
  std::string region;
  TimePoint created;
  // Made as S3 made buckets before April 2023: ACLs on, nothing blocked, DisplayName in owners.
  bool legacy = false;
  bool object_lock = false;
  std::string versioning;  // "", "Enabled", "Suspended"
  std::string ownership;   // BucketOwnerEnforced, BucketOwnerPreferred, ObjectWriter; "" = unset
  Acl acl;
  Objects objects;
  Uploads uploads;
  Table<std::uint64_t, CompletedUpload> completed_uploads;  // by sequence: the last of them
  Table<std::string, Json> configurations;                  // "Cors", "Lifecycle", "Policy", ...
  std::uint64_t sequence = 0;

  [[nodiscard]] bool acls_disabled() const { return ownership == "BucketOwnerEnforced"; }
  [[nodiscard]] const Json* configuration(const std::string& kind) const;

  // The current version; null when there is none or it is a delete marker (unless `with_marker`).
  [[nodiscard]] ObjectPtr current(const std::string& key, bool with_marker = false) const;
  // The place of the version with this id, else nothing.
  [[nodiscard]] std::optional<ObjectId> place_of(const std::string& key,
                                                 std::string_view version_id) const;
  // The place of the newest version of a key, else nothing.
  [[nodiscard]] std::optional<ObjectId> place_of_current(const std::string& key) const;

  // Puts a version in front of the others; where versioning is not on, in place of the null
  // version. Gives it its version id (`fresh_id` where versioning is on).
  ObjectPtr put(const std::string& key, Object object, const std::string& fresh_id);

  [[nodiscard]] std::optional<UploadId> place_of_upload(const std::string& key,
                                                        std::string_view upload_id) const;
};

struct Buckets {
  static constexpr Scope kScope = Scope::kShared;
  Table<std::string, Bucket> table;
};

}  // namespace cloudchamber::mock::s3

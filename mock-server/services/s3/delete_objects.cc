// DeleteObject and DeleteObjects.
#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/conditions.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/limits.h"
#include "mock-server/services/s3/lock.h"
#include "mock-server/services/s3/notifications.h"
#include "mock-server/services/s3/objects.h"

namespace cloudchamber::mock::s3 {
namespace {

struct Deletion {
  std::string version_id;   // of the version that went, "" when none is to be named
  bool was_marker = false;  // the version that went was a delete marker
  std::string new_marker;   // the version id of the marker that was put, "" when none was
};

// Who completes an upload with a condition must learn that the key was deleted meanwhile.
void note_for_uploads(Bucket& bucket, const std::string& key) {
  std::vector<UploadId> places;
  for (auto it = bucket.uploads.lower_bound(UploadId{key, 0});
       it != bucket.uploads.end() && it->first.key == key; ++it) {
    places.push_back(it->first);
  }
  for (const UploadId& place : places) {
    auto upload = std::make_shared<Upload>(**bucket.uploads.find(place));
    upload->key_deleted_meanwhile = true;
    bucket.uploads.put(place, std::move(upload));
  }
}

Deletion delete_version(const Call& call, Bucket& bucket, const std::string& key,
                        const std::string& version_id, bool bypass) {
  Deletion deletion{.version_id = version_id};
  const auto place = bucket.place_of(key, version_id);
  const ObjectPtr object = place ? *bucket.objects.find(*place) : nullptr;
  authorize(call, bucket, {.action = "s3:DeleteObjectVersion", .key = key, .object = object.get()});
  if (object == nullptr) return deletion;
  check_deletable(call, bucket, key, *object, bypass);
  deletion.was_marker = object->delete_marker;
  bucket.objects.erase(*place);
  note_for_uploads(bucket, key);
  announce(call, bucket,
           {.name = "ObjectRemoved:Delete",
            .key = key,
            .object = nullptr,
            .version_id = bucket.versioning.empty() ? std::string() : version_id});
  return deletion;
}

Deletion delete_current(const Call& call, Bucket& bucket, const std::string& key) {
  const ObjectPtr current = bucket.current(key, true);
  authorize(call, bucket, {.action = "s3:DeleteObject", .key = key, .object = current.get()});
  note_for_uploads(bucket, key);
  if (bucket.versioning.empty()) {
    if (const auto place = bucket.place_of_current(key)) {
      bucket.objects.erase(*place);
      announce(call, bucket,
               {.name = "ObjectRemoved:Delete", .key = key, .object = nullptr, .version_id = ""});
    }
    return {};
  }
  Object marker;
  marker.delete_marker = true;
  marker.last_modified = call.now();
  marker.owner = bucket.acls_disabled() ? bucket.owner : call.account();
  const ObjectPtr stored = bucket.put(key, std::move(marker), new_version_id(call));
  announce(call, bucket,
           {.name = "ObjectRemoved:DeleteMarkerCreated",
            .key = key,
            .object = stored.get(),
            .version_id = stored->version_id});
  return {.new_marker = stored->version_id};
}

void check_if_match(const Bucket& bucket, const std::string& key,
                    const std::optional<std::string>& if_match) {
  if (!if_match) return;
  const ObjectPtr current = bucket.current(key);
  if (current == nullptr) throw no_such_key(key);
  if (!names_etag(*if_match, current->etag)) throw precondition_failed("If-Match");
}

Json delete_one(const Call& call, Bucket& bucket, const Json& entry, bool bypass) {
  const std::string key = entry.value("Key", "");
  if (entry.contains("LastModifiedTime")) throw header_not_implemented("LastModifiedTime");
  if (entry.contains("Size")) throw header_not_implemented("Size");
  Json result = {{"Key", key}};
  if (entry.contains("ETag")) check_if_match(bucket, key, entry["ETag"].get<std::string>());
  const std::string version_id = entry.value("VersionId", "");
  if (version_id.empty()) {
    const Deletion deletion = delete_current(call, bucket, key);
    if (!deletion.new_marker.empty()) {
      result["DeleteMarker"] = true;
      result["DeleteMarkerVersionId"] = deletion.new_marker;
    }
    return result;
  }
  if (bucket.versioning.empty() && version_id != "null") throw no_such_version(key, version_id);
  const Deletion deletion = delete_version(call, bucket, key, version_id, bypass);
  result["VersionId"] = version_id;
  if (deletion.was_marker) {
    result["DeleteMarker"] = true;
    result["DeleteMarkerVersionId"] = version_id;
  }
  return result;
}

}  // namespace

Json delete_object(Call& call, Buckets& buckets) {
  const std::string& key = call.text("Key");
  Bucket& bucket = bucket_of(call, buckets);
  // Directory buckets alone have these.
  if (call.has("IfMatchLastModifiedTime")) {
    throw header_not_implemented("x-amz-if-match-last-modified-time");
  }
  if (call.has("IfMatchSize")) throw header_not_implemented("x-amz-if-match-size");
  if (call.has("IfMatch")) check_if_match(bucket, key, call.text("IfMatch"));
  Json output = Json::object();
  if (!call.has("VersionId")) {
    const Deletion deletion = delete_current(call, bucket, key);
    if (!deletion.new_marker.empty()) {
      output["DeleteMarker"] = true;
      output["VersionId"] = deletion.new_marker;
    }
    return output;
  }
  const std::string& version_id = call.text("VersionId");
  check_version_id(version_id);
  const Deletion deletion = delete_version(call, bucket, key, version_id,
                                           call.flag_or("BypassGovernanceRetention", false));
  if (!bucket.versioning.empty()) output["VersionId"] = version_id;
  if (deletion.was_marker) output["DeleteMarker"] = true;
  return output;
}

Json delete_objects(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_of(call, buckets);
  const Json& request = call.at("Delete");
  const auto objects = request.find("Objects");
  if (objects == request.end() || objects->empty() ||
      static_cast<std::int64_t>(objects->size()) > kMaxKeys) {
    throw malformed_xml();
  }
  const bool bypass = call.flag_or("BypassGovernanceRetention", false);
  Json deleted = Json::array();
  Json errors = Json::array();
  for (const Json& entry : *objects) {
    // What can't be told of must not have happened.
    std::optional<Bucket> before;
    if (bucket.configuration("Notification") != nullptr) before = bucket;
    try {
      deleted.push_back(delete_one(call, bucket, entry, bypass));
    } catch (const AwsError& error) {  // this one only
      if (before) bucket = *before;
      Json failure = {
          {"Key", entry.value("Key", "")}, {"Code", error.code()}, {"Message", error.message()}};
      if (entry.contains("VersionId")) failure["VersionId"] = entry["VersionId"];
      errors.push_back(std::move(failure));
    }
  }
  Json output = Json::object();
  if (!deleted.empty() && !request.value("Quiet", false)) output["Deleted"] = std::move(deleted);
  if (!errors.empty()) output["Errors"] = std::move(errors);
  return output;
}

}  // namespace cloudchamber::mock::s3

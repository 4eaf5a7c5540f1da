// ListObjectVersions.
#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/acl.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/listing.h"
#include "mock-server/services/s3/objects.h"

namespace cloudchamber::mock::s3 {
namespace {

struct Page {
  Json versions = Json::array();
  Json delete_markers = Json::array();
  Json common_prefixes = Json::array();
  std::string last_key;      // or common prefix
  std::string last_version;  // "" behind a common prefix
  [[nodiscard]] std::size_t size() const {
    return versions.size() + delete_markers.size() + common_prefixes.size();
  }
};

void add(Page& page, const Bucket& bucket, const ObjectId& id, const Object& object, bool latest,
         const KeyEncoding& encoded) {
  Json entry = {{"Key", encoded(id.key)},
                {"VersionId", object.version_id},
                {"IsLatest", latest},
                {"LastModified", shown_time(object.last_modified)},
                {"Owner", owner_json(object.owner, bucket.legacy)}};
  page.last_key = id.key;
  page.last_version = object.version_id;
  if (object.delete_marker) {
    page.delete_markers.push_back(std::move(entry));
    return;
  }
  entry["ETag"] = quoted_etag(object.etag);
  entry["Size"] = object.body.size();
  entry["StorageClass"] = object.storage_class;
  if (object.checksum) {
    entry["ChecksumAlgorithm"] = Json::array({object.checksum.algorithm->name});
    entry["ChecksumType"] = object.checksum.type();
  }
  page.versions.push_back(std::move(entry));
}

// Where the listing begins: behind the version of the markers, or behind all of the marker's key.
ObjectId first_place(const Bucket& bucket, const std::string& prefix, const std::string& key_marker,
                     const std::string& version_marker) {
  if (key_marker.empty()) return {prefix, 0};
  if (!version_marker.empty()) {
    if (const auto place = bucket.place_of(key_marker, version_marker)) {
      return std::max(ObjectId{place->key, place->age + 1}, ObjectId{prefix, 0});
    }
  }
  return std::max(ObjectId{key_marker + '\0', 0}, ObjectId{prefix, 0});
}

}  // namespace

Json list_object_versions(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:ListBucketVersions");
  const KeyEncoding encoded(call);
  const std::string prefix = call.text_or("Prefix", "");
  const std::string delimiter = call.text_or("Delimiter", "");
  const std::string key_marker = call.text_or("KeyMarker", "");
  const std::string version_marker = call.text_or("VersionIdMarker", "");
  if (!version_marker.empty() && key_marker.empty()) {
    throw invalid_argument("A version-id marker cannot be specified without a key marker.",
                           "version-id-marker", version_marker);
  }
  const auto limit = static_cast<std::size_t>(page_limit(call, "MaxKeys", "max-keys"));
  Page page;
  bool truncated = false;
  auto it =
      limit == 0
          ? bucket.objects.end()
          : bucket.objects.lower_bound(first_place(bucket, prefix, key_marker, version_marker));
  while (it != bucket.objects.end()) {
    const ObjectId& id = it->first;
    if (!id.key.starts_with(prefix)) break;
    const auto common = common_prefix(id.key, prefix, delimiter);
    const bool listed_before = common && key_marker.starts_with(*common);
    if (!listed_before && page.size() == limit) {
      truncated = true;
      break;
    }
    if (!common) {
      const bool latest = bucket.place_of_current(id.key) == id;
      add(page, bucket, id, *it->second, latest, encoded);
      ++it;
      continue;
    }
    if (!listed_before) {
      page.common_prefixes.push_back({{"Prefix", encoded(*common)}});
      page.last_key = *common;
      page.last_version.clear();
    }
    const auto next = successor(*common);
    if (!next) break;
    it = bucket.objects.lower_bound(ObjectId{*next, 0});
  }
  Json output = {{"Name", bucket.name},
                 {"Prefix", encoded(prefix)},
                 {"KeyMarker", encoded(key_marker)},
                 {"VersionIdMarker", version_marker},
                 {"MaxKeys", limit},
                 {"IsTruncated", truncated}};
  if (!delimiter.empty()) output["Delimiter"] = encoded(delimiter);
  if (encoded.url()) output["EncodingType"] = "url";
  if (truncated) {
    output["NextKeyMarker"] = encoded(page.last_key);
    if (!page.last_version.empty()) output["NextVersionIdMarker"] = page.last_version;
  }
  if (!page.versions.empty()) output["Versions"] = std::move(page.versions);
  if (!page.delete_markers.empty()) output["DeleteMarkers"] = std::move(page.delete_markers);
  if (!page.common_prefixes.empty()) output["CommonPrefixes"] = std::move(page.common_prefixes);
  return output;
}

}  // namespace cloudchamber::mock::s3

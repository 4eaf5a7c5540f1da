// ListParts and ListMultipartUploads.
#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/acl.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/listing.h"
#include "mock-server/services/s3/objects.h"
#include "mock-server/services/s3/uploads.h"

namespace cloudchamber::mock::s3 {
namespace {

// Who began an upload is named, though owners no longer are.
Json initiator_json(const Upload& upload) { return owner_json(upload.initiator, true); }

void write_checksum_mode(const Upload& upload, Json& output) {
  if (upload.checksum_algorithm == nullptr) return;
  output["ChecksumAlgorithm"] = upload.checksum_algorithm->name;
  output["ChecksumType"] = upload.composite ? "COMPOSITE" : "FULL_OBJECT";
}

Json upload_json(const Bucket& bucket, const std::string& key, const Upload& upload,
                 const KeyEncoding& encoded) {
  Json entry = {{"Key", encoded(key)},
                {"UploadId", upload.id},
                {"Initiated", shown_time(upload.initiated)},
                {"StorageClass", upload.draft.storage_class},
                {"Owner", owner_json(upload.draft.owner, bucket.legacy)},
                {"Initiator", initiator_json(upload)}};
  write_checksum_mode(upload, entry);
  return entry;
}

// Where the listing begins: behind the upload of the markers, or behind all of the marker's key.
UploadId first_place(const Bucket& bucket, const std::string& prefix, const std::string& key_marker,
                     const std::string& upload_marker) {
  if (key_marker.empty()) return {prefix, 0};
  UploadId first{key_marker + '\0', 0};
  if (!upload_marker.empty()) {
    const auto place = bucket.place_of_upload(key_marker, upload_marker);
    if (!place) {
      throw invalid_argument("Invalid uploadId marker", "upload-id-marker", upload_marker);
    }
    first = {place->key, place->sequence + 1};
  }
  return std::max(first, UploadId{prefix, 0});
}

}  // namespace

Json list_parts(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_of(call, buckets);
  const UploadPtr upload = upload_of(call, bucket, "s3:ListMultipartUploadParts").upload;
  const std::int64_t marker = call.integer_or("PartNumberMarker", 0);
  const auto limit = static_cast<std::size_t>(page_limit(call, "MaxParts", "max-parts"));
  Json parts = Json::array();
  bool truncated = false;
  std::int64_t last = 0;
  for (auto it = upload->parts.upper_bound(marker); it != upload->parts.end(); ++it) {
    if (parts.size() == limit) {
      truncated = true;
      break;
    }
    const Part& part = it->second;
    Json entry = {{"PartNumber", it->first},
                  {"LastModified", shown_time(part.last_modified)},
                  {"ETag", quoted_etag(part.etag)},
                  {"Size", part.size}};
    if (upload->checksum_algorithm != nullptr) part.checksum.write_to(entry, false);
    parts.push_back(std::move(entry));
    last = it->first;
  }
  Json output = {{"Bucket", bucket.name},
                 {"Key", call.text("Key")},
                 {"UploadId", upload->id},
                 {"PartNumberMarker", marker},
                 {"NextPartNumberMarker", last},
                 {"MaxParts", limit},
                 {"IsTruncated", truncated},
                 {"StorageClass", upload->draft.storage_class},
                 {"Owner", owner_json(upload->draft.owner, bucket.legacy)},
                 {"Initiator", initiator_json(*upload)}};
  write_checksum_mode(*upload, output);
  if (!parts.empty()) output["Parts"] = std::move(parts);
  return output;
}

Json list_multipart_uploads(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:ListBucketMultipartUploads");
  const KeyEncoding encoded(call);
  const std::string prefix = call.text_or("Prefix", "");
  const std::string delimiter = call.text_or("Delimiter", "");
  const std::string key_marker = call.text_or("KeyMarker", "");
  // "If key-marker is not specified, the upload-id-marker parameter is ignored."
  const std::string upload_marker = key_marker.empty() ? "" : call.text_or("UploadIdMarker", "");
  const auto limit = static_cast<std::size_t>(page_limit(call, "MaxUploads", "max-uploads"));
  Json uploads = Json::array();
  Json prefixes = Json::array();
  bool truncated = false;
  std::string last_key;
  std::string last_upload;
  auto it = bucket.uploads.lower_bound(first_place(bucket, prefix, key_marker, upload_marker));
  while (it != bucket.uploads.end() && limit > 0) {
    const std::string& key = it->first.key;
    if (!key.starts_with(prefix)) break;
    const auto common = common_prefix(key, prefix, delimiter);
    const bool listed_before = common && key_marker.starts_with(*common);
    if (!listed_before && uploads.size() + prefixes.size() == limit) {
      truncated = true;
      break;
    }
    if (!common) {
      uploads.push_back(upload_json(bucket, key, *it->second, encoded));
      last_key = key;
      last_upload = it->second->id;
      ++it;
      continue;
    }
    if (!listed_before) {
      prefixes.push_back({{"Prefix", encoded(*common)}});
      last_key = *common;
      last_upload.clear();
    }
    const auto next = successor(*common);
    if (!next) break;
    it = bucket.uploads.lower_bound(UploadId{*next, 0});
  }
  Json output = {{"Bucket", bucket.name},
                 {"KeyMarker", encoded(key_marker)},
                 {"UploadIdMarker", upload_marker},
                 {"NextKeyMarker", encoded(last_key)},
                 {"NextUploadIdMarker", last_upload},
                 {"MaxUploads", limit},
                 {"IsTruncated", truncated}};
  if (call.has("Prefix")) output["Prefix"] = encoded(prefix);
  if (!delimiter.empty()) output["Delimiter"] = encoded(delimiter);
  if (encoded.url()) output["EncodingType"] = "url";
  if (!uploads.empty()) output["Uploads"] = std::move(uploads);
  if (!prefixes.empty()) output["CommonPrefixes"] = std::move(prefixes);
  return output;
}

}  // namespace cloudchamber::mock::s3

// ListObjects and ListObjectsV2.
#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/acl.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/listing.h"
#include "mock-server/services/s3/objects.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::s3 {
namespace {

struct Page {
  Json contents = Json::array();
  Json common_prefixes = Json::array();
  bool truncated = false;
  std::string last;  // the last key or common prefix of the page
  [[nodiscard]] std::size_t size() const { return contents.size() + common_prefixes.size(); }
};

Json entry_of(const Bucket& bucket, const std::string& key, const Object& object,
              const KeyEncoding& encoded, bool with_owner) {
  Json entry = {{"Key", encoded(key)},
                {"LastModified", shown_time(object.last_modified)},
                {"ETag", quoted_etag(object.etag)},
                {"Size", object.body.size()},
                {"StorageClass", object.storage_class}};
  if (object.checksum) {
    entry["ChecksumAlgorithm"] = Json::array({object.checksum.algorithm->name});
    entry["ChecksumType"] = object.checksum.type();
  }
  if (with_owner) entry["Owner"] = owner_json(object.owner, bucket.legacy);
  return entry;
}

// The keys behind `after`. Keys below a common prefix are not visited: it seeks past them.
Page list(const Call& call, const Bucket& bucket, const std::string& after,
          const KeyEncoding& encoded, bool with_owner) {
  const std::string prefix = call.text_or("Prefix", "");
  const std::string delimiter = call.text_or("Delimiter", "");
  const auto limit = static_cast<std::size_t>(page_limit(call, "MaxKeys", "max-keys"));
  Page page;
  if (limit == 0) return page;
  auto it = bucket.objects.lower_bound(ObjectId{std::max(prefix, after), 0});
  while (it != bucket.objects.end()) {
    const std::string& key = it->first.key;
    if (!key.starts_with(prefix)) break;
    // All older versions of a key stand behind its newest.
    const auto skip_key = [&] {
      const auto next = std::next(it);
      if (next == bucket.objects.end() || next->first.key != key) return next;
      return bucket.objects.lower_bound(ObjectId{key + '\0', 0});
    };
    if ((!after.empty() && key <= after) || it->second->delete_marker) {
      it = skip_key();
      continue;
    }
    const auto common = common_prefix(key, prefix, delimiter);
    if (common && after.starts_with(*common)) {  // it stood on the page before
      const auto next = successor(*common);
      if (!next) break;
      it = bucket.objects.lower_bound(ObjectId{*next, 0});
      continue;
    }
    if (page.size() == limit) {
      page.truncated = true;
      break;
    }
    if (!common) {
      page.contents.push_back(entry_of(bucket, key, *it->second, encoded, with_owner));
      page.last = key;
      it = skip_key();
      continue;
    }
    page.common_prefixes.push_back({{"Prefix", encoded(*common)}});
    page.last = *common;
    const auto next = successor(*common);
    if (!next) break;
    it = bucket.objects.lower_bound(ObjectId{*next, 0});
  }
  return page;
}

Json output_of(const Call& call, const Bucket& bucket, Page& page, const KeyEncoding& encoded) {
  Json output = {{"Name", bucket.name},
                 {"MaxKeys", page_limit(call, "MaxKeys", "max-keys")},
                 {"IsTruncated", page.truncated}};
  if (const std::string delimiter = call.text_or("Delimiter", ""); !delimiter.empty()) {
    output["Delimiter"] = encoded(delimiter);
  }
  if (encoded.url()) output["EncodingType"] = "url";
  if (!page.contents.empty()) output["Contents"] = std::move(page.contents);
  if (!page.common_prefixes.empty()) output["CommonPrefixes"] = std::move(page.common_prefixes);
  return output;
}

}  // namespace

Json list_objects(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:ListBucket");
  const KeyEncoding encoded(call);
  const std::string marker = call.text_or("Marker", "");
  Page page = list(call, bucket, marker, encoded, true);
  Json output = output_of(call, bucket, page, encoded);
  // Of all that a key can stand in, this alone is never encoded.
  output["Prefix"] = call.text_or("Prefix", "");
  output["Marker"] = encoded(marker);
  if (page.truncated && !call.text_or("Delimiter", "").empty()) {
    output["NextMarker"] = encoded(page.last);
  }
  return output;
}

Json list_objects_v2(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:ListBucket");
  const KeyEncoding encoded(call);
  const bool continues = call.has("ContinuationToken");
  std::string after = call.text_or("StartAfter", "");
  if (continues) {
    const auto decoded = base64_decode(call.text("ContinuationToken"));
    if (!decoded || decoded->empty()) {
      throw invalid_argument("The continuation token provided is incorrect", "continuation-token");
    }
    after = *decoded;
  }
  Page page = list(call, bucket, after, encoded, call.flag_or("FetchOwner", false));
  const std::size_t count = page.size();
  Json output = output_of(call, bucket, page, encoded);
  output["Prefix"] = encoded(call.text_or("Prefix", ""));
  output["KeyCount"] = count;
  if (continues) output["ContinuationToken"] = call.text("ContinuationToken");
  if (call.has("StartAfter")) output["StartAfter"] = encoded(call.text("StartAfter"));
  if (page.truncated) output["NextContinuationToken"] = base64_encode(page.last);
  return output;
}

}  // namespace cloudchamber::mock::s3

// GetObjectAttributes.
#include <algorithm>
#include <array>

#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/encryption.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/limits.h"
#include "mock-server/services/s3/objects.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::s3 {
namespace {

Json parts_json(const Call& call, const Object& object) {
  const std::int64_t after = call.integer_or("PartNumberMarker", 0);
  const std::int64_t limit = std::min(call.integer_or("MaxParts", kMaxKeys), kMaxKeys);
  Json result = {{"TotalPartsCount", object.parts.size()}};
  if (!object.parts_have_checksums) return result;
  Json parts = Json::array();
  bool truncated = false;
  std::int64_t last = 0;
  for (const PartOfObject& part : object.parts) {
    if (part.number <= after) continue;
    if (static_cast<std::int64_t>(parts.size()) == limit) {
      truncated = true;
      break;
    }
    Json entry = {{"PartNumber", part.number}, {"Size", part.size}};
    part.checksum.write_to(entry, false);
    parts.push_back(std::move(entry));
    last = part.number;
  }
  result["PartNumberMarker"] = after;
  result["NextPartNumberMarker"] = last;
  result["MaxParts"] = limit;
  result["IsTruncated"] = truncated;
  result["Parts"] = std::move(parts);
  return result;
}

}  // namespace

Json get_object_attributes(Call& call, const Buckets& buckets) {
  constexpr std::array<std::string_view, 5> kAttributes = {"ETag", "Checksum", "ObjectParts",
                                                           "StorageClass", "ObjectSize"};
  const Bucket& bucket = bucket_of(call, buckets);
  const ObjectPtr object =
      object_for(call, bucket, {"s3:GetObjectAttributes", "s3:GetObjectVersionAttributes"});
  check_customer_key(call, object->encryption);
  Json output = {{"LastModified", iso8601(object->last_modified)}};
  if (!bucket.versioning.empty()) output["VersionId"] = object->version_id;
  const Json& wanted = call.at("ObjectAttributes");
  if (wanted.empty()) {
    throw invalid_argument(
        "The x-amz-object-attributes header specifying the attributes to be "
        "retrieved is either missing or empty",
        "x-amz-object-attributes");
  }
  for (const Json& attribute : wanted) {
    const std::string& name = attribute.get_ref<const std::string&>();
    if (std::find(kAttributes.begin(), kAttributes.end(), name) == kAttributes.end()) {
      throw invalid_argument("Invalid attribute name specified.", "x-amz-object-attributes", name);
    }
    if (name == "ETag") output["ETag"] = object->etag;
    if (name == "StorageClass") output["StorageClass"] = object->storage_class;
    if (name == "ObjectSize") output["ObjectSize"] = object->body.size();
    if (name == "Checksum" && object->checksum) {
      // The number of parts is not shown here.
      output["Checksum"] = {
          {std::string(object->checksum.algorithm->member), object->checksum.value},
          {"ChecksumType", object->checksum.type()}};
    }
    if (name == "ObjectParts" && !object->parts.empty()) {
      output["ObjectParts"] = parts_json(call, *object);
    }
  }
  return output;
}

}  // namespace cloudchamber::mock::s3

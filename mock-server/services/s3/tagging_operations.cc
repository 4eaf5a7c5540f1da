// Put-, Get- and DeleteObjectTagging; Put-, Get- and DeleteBucketTagging.
#include <algorithm>

#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/notifications.h"
#include "mock-server/services/s3/objects.h"
#include "mock-server/services/s3/tags.h"

namespace cloudchamber::mock::s3 {
namespace {

Json tag_set(const Call& call) { return call.at("Tagging").value("TagSet", Json::array()); }

Json version_of(const Bucket& bucket, const Object& object) {
  Json output = Json::object();
  if (!bucket.versioning.empty()) output["VersionId"] = object.version_id;
  return output;
}

Json replace_tags(Call& call, Buckets& buckets, const Access& access, Pairs tags,
                  const char* event) {
  Bucket& bucket = bucket_of(call, buckets);
  const Placed placed = placed_object_for(call, bucket, access, true);
  auto tagged = std::make_shared<Object>(*placed.object);
  tagged->tags = std::move(tags);
  Json output = version_of(bucket, *tagged);
  bucket.objects.put(placed.id, std::move(tagged));
  announce(call, bucket,
           {.name = event,
            .key = call.text("Key"),
            .object = placed.object.get(),
            .version_id = named_version(bucket, *placed.object)});
  return output;
}

}  // namespace

Json put_object_tagging(Call& call, Buckets& buckets) {
  Pairs tags = tags_from_list(tag_set(call), TagsOf::kObject);
  Bucket& bucket = bucket_of(call, buckets);
  const Placed placed =
      placed_object_for(call, bucket, {"s3:PutObjectTagging", "s3:PutObjectVersionTagging"}, true);
  authorize(call, bucket,
            {.action = call.has("VersionId") ? "s3:PutObjectVersionTagging" : "s3:PutObjectTagging",
             .key = call.text("Key"),
             .object = placed.object.get(),
             .request_tags = &tags});
  return replace_tags(call, buckets, {"s3:PutObjectTagging", "s3:PutObjectVersionTagging"},
                      std::move(tags), "ObjectTagging:Put");
}

Json get_object_tagging(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_of(call, buckets);
  const ObjectPtr object =
      object_for(call, bucket, {"s3:GetObjectTagging", "s3:GetObjectVersionTagging"}, true);
  Json output = version_of(bucket, *object);
  Pairs tags = object->tags;
  std::sort(tags.begin(), tags.end());
  output["TagSet"] = tags_to_list(tags);
  return output;
}

Json delete_object_tagging(Call& call, Buckets& buckets) {
  return replace_tags(call, buckets, {"s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging"},
                      {}, "ObjectTagging:Delete");
}

Json put_bucket_tagging(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_for(call, buckets, "s3:PutBucketTagging");
  const Pairs tags = tags_from_list(tag_set(call), TagsOf::kBucket);
  if (tags.empty()) {
    bucket.configurations.erase("Tagging");
  } else {
    bucket.configurations.put("Tagging", tags_to_list(tags));
  }
  call.reply_status(204);
  return Json::object();
}

Json get_bucket_tagging(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetBucketTagging");
  const Json* tags = bucket.configuration("Tagging");
  if (tags == nullptr) {
    throw missing_configuration("NoSuchTagSet", "The TagSet does not exist", bucket.name);
  }
  return {{"TagSet", *tags}};
}

Json delete_bucket_tagging(Call& call, Buckets& buckets) {
  bucket_for(call, buckets, "s3:PutBucketTagging").configurations.erase("Tagging");
  return Json::object();
}

}  // namespace cloudchamber::mock::s3

// Put- and GetBucketAcl, Put- and GetObjectAcl, and the ownership controls that turn ACLs off.
#include <algorithm>
#include <array>

#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/acl.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/notifications.h"
#include "mock-server/services/s3/objects.h"

namespace cloudchamber::mock::s3 {
namespace {

// What a request asks for, by headers or by document. Throws MissingSecurityHeader for neither.
Acl requested_acl(const Call& call, const Bucket& bucket, const std::string& owner) {
  const auto by_headers = acl_from_headers(call, owner, bucket.owner);
  const Json* document = call.find("AccessControlPolicy");
  if (by_headers && document != nullptr) {
    throw AwsError("UnexpectedContent", "This request does not support content", 400);
  }
  if (by_headers) return *by_headers;
  if (document == nullptr) {
    AwsError error("MissingSecurityHeader", "Your request was missing a required header", 400);
    throw error.with("MissingHeaderName", "x-amz-acl");
  }
  return acl_from_document(*document, owner);
}

void check_allowed(const Call& call, const Bucket& bucket, const Acl& acl) {
  // Where ACLs are off, even one that would change nothing is refused, but for this.
  if (bucket.acls_disabled() && call.text_or("ACL", "") != "bucket-owner-full-control") {
    throw AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs", 400);
  }
  if (is_public(acl) && blocks_public(bucket, "BlockPublicAcls")) throw access_denied();
}

}  // namespace

Json put_bucket_acl(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_for(call, buckets, "s3:PutBucketAcl");
  Acl acl = requested_acl(call, bucket, bucket.owner);
  check_allowed(call, bucket, acl);
  bucket.acl = std::move(acl);
  return Json::object();
}

Json get_bucket_acl(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetBucketAcl");
  return acl_json(bucket.acl, bucket.owner, bucket.legacy);
}

Json put_object_acl(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_of(call, buckets);
  const Placed placed =
      placed_object_for(call, bucket, {"s3:PutObjectAcl", "s3:PutObjectVersionAcl"}, true);
  auto changed = std::make_shared<Object>(*placed.object);
  changed->acl = requested_acl(call, bucket, changed->owner);
  check_allowed(call, bucket, changed->acl);
  bucket.objects.put(placed.id, std::move(changed));
  announce(call, bucket,
           {.name = "ObjectAcl:Put",
            .key = call.text("Key"),
            .object = placed.object.get(),
            .version_id = named_version(bucket, *placed.object)});
  return Json::object();
}

Json get_object_acl(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_of(call, buckets);
  const ObjectPtr object = object_for(call, bucket, {"s3:GetObjectAcl", "s3:GetObjectVersionAcl"});
  if (bucket.acls_disabled()) {
    return acl_json(canned_acl("private", bucket.owner, bucket.owner), bucket.owner, bucket.legacy);
  }
  return acl_json(object->acl, object->owner, bucket.legacy);
}

Json put_bucket_ownership_controls(Call& call, Buckets& buckets) {
  constexpr std::array<std::string_view, 3> kOwnerships = {"BucketOwnerEnforced",
                                                           "BucketOwnerPreferred", "ObjectWriter"};
  Bucket& bucket = bucket_for(call, buckets, "s3:PutBucketOwnershipControls");
  const Json& controls = call.at("OwnershipControls");
  const auto rules = controls.find("Rules");
  if (rules == controls.end() || rules->size() != 1) throw malformed_xml();
  const std::string ownership = (*rules)[0].value("ObjectOwnership", "");
  if (std::find(kOwnerships.begin(), kOwnerships.end(), ownership) == kOwnerships.end()) {
    throw malformed_xml();
  }
  const bool grants_to_others =
      bucket.acl.grants != canned_acl("private", bucket.owner, bucket.owner).grants;
  if (ownership == "BucketOwnerEnforced" && grants_to_others) {
    throw AwsError("InvalidBucketAclWithObjectOwnership",
                   "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
                   400);
  }
  bucket.ownership = ownership;
  return Json::object();
}

Json get_bucket_ownership_controls(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetBucketOwnershipControls");
  if (bucket.ownership.empty()) {
    throw missing_configuration("OwnershipControlsNotFoundError",
                                "The bucket ownership controls were not found", bucket.name);
  }
  return {
      {"OwnershipControls", {{"Rules", Json::array({{{"ObjectOwnership", bucket.ownership}}})}}}};
}

Json delete_bucket_ownership_controls(Call& call, Buckets& buckets) {
  bucket_for(call, buckets, "s3:PutBucketOwnershipControls").ownership.clear();
  return Json::object();
}

}  // namespace cloudchamber::mock::s3

// CreateBucket, HeadBucket, DeleteBucket, ListBuckets, GetBucketLocation.
#include <algorithm>
#include <array>

#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/acl.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/limits.h"
#include "mock-server/services/s3/names.h"
#include "mock-server/services/s3/objects.h"
#include "mock-server/services/s3/regions.h"
#include "mock-server/services/s3/tags.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::s3 {
namespace {

constexpr std::string_view kFirstRegion = "us-east-1";  // also the region of the global endpoint

std::string checked_region(const Call& call, const Json* configuration) {
  std::string constraint;
  if (configuration != nullptr) constraint = configuration->value("LocationConstraint", "");
  if (call.region() == kFirstRegion) {
    if (constraint.empty()) return call.region();
    if (constraint == "EU") return "eu-west-1";
    if (constraint == kFirstRegion || !is_region(constraint)) {
      AwsError error("InvalidLocationConstraint", "The specified location-constraint is not valid",
                     400);
      throw error.with("LocationConstraint", constraint);
    }
    return constraint;
  }
  if (constraint == "EU" && call.region() == "eu-west-1") return call.region();
  if (constraint != call.region()) {
    throw AwsError("IllegalLocationConstraintException",
                   "The " + (constraint.empty() ? std::string("unspecified") : constraint) +
                       " location constraint is incompatible for the region specific endpoint this "
                       "request was sent to.",
                   400);
  }
  return constraint;
}

std::string checked_ownership(const Call& call, bool legacy) {
  constexpr std::array<std::string_view, 3> kOwnerships = {"BucketOwnerEnforced",
                                                           "BucketOwnerPreferred", "ObjectWriter"};
  const std::string* given = call.request().headers.find("x-amz-object-ownership");
  const std::string ownership = call.has("ObjectOwnership") ? call.text("ObjectOwnership")
                                : given != nullptr          ? *given
                                                            : "";
  if (given == nullptr && !call.has("ObjectOwnership")) {
    return legacy ? "" : "BucketOwnerEnforced";
  }
  if (std::find(kOwnerships.begin(), kOwnerships.end(), ownership) == kOwnerships.end()) {
    throw invalid_argument("Invalid x-amz-object-ownership header: " + ownership,
                           "x-amz-object-ownership");
  }
  return ownership;
}

Json create(Call& call, Buckets& buckets, bool legacy) {
  if (call.principal().anonymous) throw access_denied();
  const std::string& name = call.text("Bucket");
  if (!is_valid_bucket_name(name)) {
    AwsError error("InvalidBucketName", "The specified bucket is not valid.", 400);
    throw error.with("BucketName", name);
  }
  const Json* configuration = call.find("CreateBucketConfiguration");
  Bucket bucket;
  bucket.name = name;
  bucket.owner = call.account();
  bucket.region = checked_region(call, configuration);
  bucket.created = call.now();
  bucket.legacy = legacy;
  bucket.ownership = checked_ownership(call, legacy);
  bucket.object_lock = call.flag_or("ObjectLockEnabledForBucket", false);
  if (bucket.object_lock) bucket.versioning = "Enabled";
  bucket.acl = acl_from_headers(call, bucket.owner, bucket.owner)
                   .value_or(canned_acl("private", bucket.owner, bucket.owner));
  const bool is_private = bucket.acl.grants.size() == 1 && !bucket.acl.grants[0].group;
  if (bucket.acls_disabled() && has_acl_headers(call) && !is_private) {
    throw AwsError("InvalidBucketAclWithObjectOwnership",
                   "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
                   400);
  }
  if (!legacy) {
    if (is_public(bucket.acl)) {
      throw AwsError("InvalidBucketAclWithBlockPublicAccessError",
                     "Bucket cannot have public ACLs set with BlockPublicAccess enabled", 400);
    }
    bucket.configurations.put("PublicAccessBlock", {{"BlockPublicAcls", true},
                                                    {"IgnorePublicAcls", true},
                                                    {"BlockPublicPolicy", true},
                                                    {"RestrictPublicBuckets", true}});
  }
  if (configuration != nullptr && configuration->contains("Tags")) {
    const Pairs tags = tags_from_list((*configuration)["Tags"], TagsOf::kBucket);
    if (!tags.empty()) bucket.configurations.put("Tagging", tags_to_list(tags));
  }
  if (const Bucket* existing = buckets.table.find(name)) {
    if (existing->owner != call.account()) {
      AwsError error(
          "BucketAlreadyExists",
          "The requested bucket name is not available. The bucket namespace is shared by "
          "all users of the system. Please select a different name and try again.",
          409);
      throw error.with("BucketName", name);
    }
    if (existing->region != kFirstRegion || bucket.region != kFirstRegion) {
      AwsError error("BucketAlreadyOwnedByYou",
                     "Your previous request to create the named bucket succeeded and you already "
                     "own it.",
                     409);
      throw error.with("BucketName", name);
    }
    // "In us-east-1, a re-created bucket that you own is 200 OK, and its ACL is reset."
    buckets.table.change(name)->acl = bucket.acl;
  } else {
    buckets.table.put(name, bucket);
  }
  const std::string location =
      bucket.region == kFirstRegion ? "/" + name : "http://" + name + ".s3.amazonaws.com/";
  return {{"Location", location}, {"BucketArn", bucket_arn(name)}};
}

Json list(Call& call, const Buckets& buckets, bool legacy) {
  if (call.principal().anonymous) throw access_denied();
  const std::string prefix = call.text_or("Prefix", "");
  const std::string region = call.text_or("BucketRegion", "");
  const bool paged = call.has("MaxBuckets") || call.has("BucketRegion") || call.has("Prefix") ||
                     call.has("ContinuationToken");
  const std::int64_t limit = call.integer_or("MaxBuckets", kMaxBucketsInList);
  if (limit < 1 || limit > kMaxBucketsInList) {
    throw invalid_argument("Argument max-buckets must be an integer between 1 and 10000",
                           "max-buckets", std::to_string(limit));
  }
  std::string after;
  if (call.has("ContinuationToken")) {
    const auto decoded = base64_decode(call.text("ContinuationToken"));
    if (!decoded) {
      throw invalid_argument("The continuation token provided is incorrect", "continuation-token");
    }
    after = *decoded;
  }
  Json result = {{"Owner", owner_json(call.account(), legacy)}};
  Json found = Json::array();
  std::string last;
  auto it = after.empty() ? buckets.table.lower_bound(prefix) : buckets.table.upper_bound(after);
  for (; it != buckets.table.end(); ++it) {
    const Bucket& bucket = it->second;
    if (!prefix.empty() && !bucket.name.starts_with(prefix)) break;
    if (bucket.owner != call.account() || (!region.empty() && bucket.region != region)) continue;
    if (static_cast<std::int64_t>(found.size()) == limit) {
      result["ContinuationToken"] = base64_encode(last);
      break;
    }
    last = bucket.name;
    Json entry = {{"Name", bucket.name},
                  {"CreationDate", shown_time(bucket.created)},
                  {"BucketArn", bucket_arn(bucket.name)}};
    if (paged) entry["BucketRegion"] = bucket.region;
    found.push_back(std::move(entry));
  }
  result["Buckets"] = std::move(found);
  if (call.has("Prefix")) result["Prefix"] = prefix;
  return result;
}

}  // namespace

Json create_bucket(Call& call, Buckets& buckets) { return create(call, buckets, false); }
Json create_legacy_bucket(Call& call, Buckets& buckets) { return create(call, buckets, true); }

Json head_bucket(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:ListBucket");
  return {{"BucketRegion", bucket.region},
          {"AccessPointAlias", false},
          {"BucketArn", bucket_arn(bucket.name)}};
}

Json delete_bucket(Call& call, Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:DeleteBucket");
  if (!bucket.objects.empty()) {
    AwsError error(
        "BucketNotEmpty",
        bucket.versioning.empty()
            ? "The bucket you tried to delete is not empty"
            : "The bucket you tried to delete is not empty. You must delete all versions "
              "in the bucket.",
        409);
    throw error.with("BucketName", bucket.name);
  }
  buckets.table.erase(std::string(bucket.name));
  return Json::object();
}

Json list_buckets(Call& call, const Buckets& buckets) { return list(call, buckets, false); }
Json list_legacy_buckets(Call& call, const Buckets& buckets) { return list(call, buckets, true); }

Json get_bucket_location(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetBucketLocation");
  if (bucket.region == kFirstRegion) return Json::object();
  return {{"LocationConstraint", bucket.region}};
}

}  // namespace cloudchamber::mock::s3

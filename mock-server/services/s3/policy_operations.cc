// The bucket policy, its status, and the public access block that limits it.
#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/acl.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/policy.h"

namespace cloudchamber::mock::s3 {
namespace {

const Json& policy_of(const Bucket& bucket) {
  const Json* policy = bucket.configuration("Policy");
  if (policy == nullptr) {
    throw missing_configuration("NoSuchBucketPolicy", "The bucket policy does not exist",
                                bucket.name);
  }
  return *policy;
}

// The root of the bucket's account can always mend a policy that denies everything.
bool is_owner(const Call& call, const Bucket& bucket) {
  return !call.principal().anonymous && call.account() == bucket.owner &&
         call.principal().arn.ends_with(":root");
}

Bucket& policy_bucket(const Call& call, Buckets& buckets, std::string_view action) {
  Bucket& bucket = bucket_of(call, buckets);
  if (!is_owner(call, bucket)) authorize(call, bucket, {.action = action});
  return bucket;
}

}  // namespace

Json put_bucket_policy(Call& call, Buckets& buckets) {
  Bucket& bucket = policy_bucket(call, buckets, "s3:PutBucketPolicy");
  const std::string& text = call.text("Policy");
  Json policy = parsed_policy(text, bucket.name);
  if (blocks_public(bucket, "BlockPublicPolicy") && is_public(policy)) throw access_denied();
  bucket.configurations.put("Policy", std::move(policy));
  bucket.configurations.put("PolicyText", text);  // given back as it came
  call.reply_status(204);
  return Json::object();
}

Json get_bucket_policy(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_of(call, buckets);
  if (!is_owner(call, bucket)) authorize(call, bucket, {.action = "s3:GetBucketPolicy"});
  static_cast<void>(policy_of(bucket));
  return {{"Policy", *bucket.configuration("PolicyText")}};
}

Json delete_bucket_policy(Call& call, Buckets& buckets) {
  Bucket& bucket = policy_bucket(call, buckets, "s3:DeleteBucketPolicy");
  bucket.configurations.erase("Policy");
  bucket.configurations.erase("PolicyText");
  return Json::object();
}

Json get_bucket_policy_status(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetBucketPolicyStatus");
  return {{"PolicyStatus", {{"IsPublic", is_public(policy_of(bucket))}}}};
}

Json put_public_access_block(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_for(call, buckets, "s3:PutBucketPublicAccessBlock");
  const Json& given = call.at("PublicAccessBlockConfiguration");
  Json block = Json::object();
  for (const char* member :
       {"BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"}) {
    block[member] = given.value(member, false);
  }
  bucket.configurations.put("PublicAccessBlock", std::move(block));
  return Json::object();
}

Json get_public_access_block(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetBucketPublicAccessBlock");
  const Json* block = bucket.configuration("PublicAccessBlock");
  if (block == nullptr) {
    throw missing_configuration("NoSuchPublicAccessBlockConfiguration",
                                "The public access block configuration was not found", bucket.name);
  }
  return {{"PublicAccessBlockConfiguration", *block}};
}

Json delete_public_access_block(Call& call, Buckets& buckets) {
  bucket_for(call, buckets, "s3:PutBucketPublicAccessBlock")
      .configurations.erase("PublicAccessBlock");
  return Json::object();
}

}  // namespace cloudchamber::mock::s3

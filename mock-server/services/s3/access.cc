#include "mock-server/services/s3/access.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "mock-server/policy/evaluate.h"
#include "mock-server/services/s3/acl.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/names.h"
#include "mock-server/services/s3/policy.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::s3 {
namespace {

// What an ACL must grant for an action; ACLs say nothing of any other action.
struct Permission {
  std::string_view action;
  bool of_object;
  std::string_view permission;
};
constexpr std::array<Permission, 15> kPermissions = {{
    {"s3:ListBucket", false, "READ"},
    {"s3:ListBucketVersions", false, "READ"},
    {"s3:ListBucketMultipartUploads", false, "READ"},
    {"s3:PutObject", false, "WRITE"},
    {"s3:DeleteObject", false, "WRITE"},
    {"s3:GetBucketAcl", false, "READ_ACP"},
    {"s3:PutBucketAcl", false, "WRITE_ACP"},
    {"s3:GetObject", true, "READ"},
    {"s3:GetObjectVersion", true, "READ"},
    {"s3:GetObjectAttributes", true, "READ"},
    {"s3:GetObjectVersionAttributes", true, "READ"},
    {"s3:GetObjectAcl", true, "READ_ACP"},
    {"s3:GetObjectVersionAcl", true, "READ_ACP"},
    {"s3:PutObjectAcl", true, "WRITE_ACP"},
    {"s3:PutObjectVersionAcl", true, "WRITE_ACP"},
}};

bool acl_grants(const Acl& acl, std::string_view permission, const Principal& principal,
                bool ignore_public) {
  const std::string id = principal.anonymous ? std::string() : canonical_id(principal.account);
  return std::any_of(acl.grants.begin(), acl.grants.end(), [&](const Grant& grant) {
    if (grant.permission != permission && grant.permission != "FULL_CONTROL") return false;
    if (!grant.group) return !principal.anonymous && grant.grantee == id;
    if (ignore_public) return false;
    return grant.grantee == kAllUsers ||
           (grant.grantee == kAuthenticatedUsers && !principal.anonymous);
  });
}

bool allowed_by_acl(const Call& call, const Bucket& bucket, const Attempt& attempt) {
  const auto rule = std::find_if(kPermissions.begin(), kPermissions.end(),
                                 [&](const Permission& p) { return p.action == attempt.action; });
  if (rule == kPermissions.end() || bucket.acls_disabled()) return false;
  const bool ignore_public = blocks_public(bucket, "IgnorePublicAcls");
  if (!rule->of_object) {
    return acl_grants(bucket.acl, rule->permission, call.principal(), ignore_public);
  }
  if (attempt.object == nullptr) return false;
  if (!call.principal().anonymous && call.account() == attempt.object->owner) return true;
  return acl_grants(attempt.object->acl, rule->permission, call.principal(), ignore_public);
}

using Values = std::optional<std::vector<std::string>>;

const std::string* find_tag(const Pairs& tags, std::string_view key) {
  for (const auto& [name, value] : tags) {
    if (name == key) return &value;
  }
  return nullptr;
}

Values one(const std::string* value) {
  if (value == nullptr) return std::nullopt;
  return std::vector<std::string>{*value};
}

Values member_value(const Call& call, std::string_view member) {
  const Json* value = call.find(member);
  if (value == nullptr) return std::nullopt;
  return std::vector<std::string>{value->is_string() ? value->get<std::string>() : value->dump()};
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
Values condition_values(const Call& call, const Attempt& attempt, std::string_view key) {
  constexpr std::string_view kExistingTag = "s3:existingobjecttag/";
  constexpr std::string_view kRequestTag = "s3:requestobjecttag/";
  if (key.starts_with(kExistingTag)) {
    if (attempt.object == nullptr) return std::nullopt;
    return one(find_tag(attempt.object->tags, key.substr(kExistingTag.size())));
  }
  if (key.starts_with(kRequestTag)) {
    if (attempt.request_tags == nullptr) return std::nullopt;
    return one(find_tag(*attempt.request_tags, key.substr(kRequestTag.size())));
  }
  if (key == "s3:requestobjecttagkeys") {
    if (attempt.request_tags == nullptr) return std::nullopt;
    std::vector<std::string> keys;
    for (const auto& [name, value] : *attempt.request_tags) keys.push_back(name);
    return keys;
  }
  if (key == "s3:prefix") {
    if (attempt.listed_key.empty()) return member_value(call, "Prefix");
    return std::vector<std::string>{std::string(attempt.listed_key)};
  }
  if (key == "s3:delimiter") return member_value(call, "Delimiter");
  if (key == "s3:max-keys") return member_value(call, "MaxKeys");
  if (key == "s3:versionid") return member_value(call, "VersionId");
  if (key == "s3:object-lock-mode") return member_value(call, "ObjectLockMode");
  if (key == "s3:object-lock-legal-hold") return member_value(call, "ObjectLockLegalHoldStatus");
  if (key.starts_with("s3:x-amz-")) return one(call.request().headers.find(key.substr(3)));
  const Principal& principal = call.principal();
  if (key == "aws:referer") return one(call.request().headers.find("Referer"));
  if (key == "aws:useragent") return one(call.request().headers.find("User-Agent"));
  if (key == "aws:sourceip") return std::vector<std::string>{"127.0.0.1"};
  // Plain HTTP stands for the TLS by which AWS would be reached: a policy that demands it must not
  // lock everybody out.
  if (key == "aws:securetransport") return std::vector<std::string>{"true"};
  if (key == "aws:currenttime") return std::vector<std::string>{iso8601(call.now())};
  if (key == "aws:epochtime") {
    return std::vector<std::string>{
        std::to_string(std::chrono::floor<Seconds>(call.now()).time_since_epoch().count())};
  }
  if (key == "aws:requestedregion") return std::vector<std::string>{call.region()};
  if (principal.anonymous) {
    if (key == "aws:principaltype") return std::vector<std::string>{"Anonymous"};
    return std::nullopt;
  }
  if (key == "aws:principalarn") return std::vector<std::string>{principal.arn};
  if (key == "aws:principalaccount") return std::vector<std::string>{principal.account};
  if (key == "aws:userid") return std::vector<std::string>{principal.user_id};
  if (key == "aws:principaltype") return std::vector<std::string>{"Account"};
  return std::nullopt;
}

void check_expected_owner(const Call& call, const Bucket& bucket) {
  if (!call.has("ExpectedBucketOwner")) return;
  const std::string& expected = call.text("ExpectedBucketOwner");
  if (!is_account_id(expected)) {
    throw AwsError(
        "InvalidBucketOwnerAWSAccountID",
        "The value of the expected bucket owner parameter must be an AWS Account ID... [" +
            expected + "]",
        400);
  }
  if (expected != bucket.owner) throw access_denied();
}

}  // namespace

bool is_allowed(const Call& call, const Bucket& bucket, const Attempt& attempt) {
  const Principal& principal = call.principal();
  Effect effect = Effect::kNothing;
  if (const Json* policy = bucket.configuration("Policy")) {
    effect = evaluate(
        *policy,
        {principal, attempt.action,
         attempt.key.empty() ? bucket_arn(bucket.name) : object_arn(bucket.name, attempt.key),
         [&](std::string_view key) { return condition_values(call, attempt, key); },
         principal.anonymous ? std::string() : canonical_id(principal.account)});
    if (effect == Effect::kAllow && blocks_public(bucket, "RestrictPublicBuckets") &&
        is_public(*policy)) {
      effect = Effect::kNothing;
    }
  }
  if (effect == Effect::kDeny) return false;
  // The bucket's owner has no say over reading what others put into it.
  const bool foreign_object =
      attempt.object != nullptr && !bucket.acls_disabled() && attempt.object->owner != bucket.owner;
  const bool reads_object =
      attempt.object != nullptr &&
      std::any_of(kPermissions.begin(), kPermissions.end(), [&](const Permission& permission) {
        return permission.of_object && permission.action == attempt.action;
      });
  const bool owner_decides = !(foreign_object && reads_object);
  if (owner_decides && !principal.anonymous && principal.account == bucket.owner) return true;
  if (owner_decides && effect == Effect::kAllow) return true;
  return allowed_by_acl(call, bucket, attempt);
}

void authorize(const Call& call, const Bucket& bucket, const Attempt& attempt) {
  if (!is_allowed(call, bucket, attempt)) throw access_denied();
}

const Bucket& bucket_of(const Call& call, const Buckets& buckets) {
  const std::string& name = call.text("Bucket");
  const Bucket* bucket = buckets.table.find(name);
  if (bucket == nullptr) throw no_such_bucket(name);
  check_expected_owner(call, *bucket);
  return *bucket;
}

Bucket& bucket_of(const Call& call, Buckets& buckets) {
  const std::string& name = call.text("Bucket");
  Bucket* bucket = buckets.table.change(name);
  if (bucket == nullptr) throw no_such_bucket(name);
  check_expected_owner(call, *bucket);
  return *bucket;
}

const Bucket& bucket_for(const Call& call, const Buckets& buckets, std::string_view action) {
  const Bucket& bucket = bucket_of(call, buckets);
  authorize(call, bucket, {.action = action});
  return bucket;
}

Bucket& bucket_for(const Call& call, Buckets& buckets, std::string_view action) {
  Bucket& bucket = bucket_of(call, buckets);
  authorize(call, bucket, {.action = action});
  return bucket;
}

bool blocks_public(const Bucket& bucket, const char* which) {
  const Json* block = bucket.configuration("PublicAccessBlock");
  return block != nullptr && block->value(which, false);
}

}  // namespace cloudchamber::mock::s3

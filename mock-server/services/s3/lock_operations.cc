// Object Lock: a bucket's configuration, and the retention and legal hold of versions.
#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/lock.h"
#include "mock-server/services/s3/objects.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::s3 {
namespace {

bool is_mode(std::string_view mode) { return mode == "GOVERNANCE" || mode == "COMPLIANCE"; }

void require_lock(const Bucket& bucket) {
  if (!bucket.object_lock) throw invalid_request("Bucket is missing Object Lock Configuration");
}

void check_rule(const Json& rule) {
  const auto retention = rule.find("DefaultRetention");
  if (retention == rule.end()) throw malformed_xml();
  if (!is_mode(retention->value("Mode", ""))) throw malformed_xml();
  const bool days = retention->contains("Days");
  const bool years = retention->contains("Years");
  if (days == years) throw malformed_xml();
  const std::int64_t period = (*retention)[days ? "Days" : "Years"].get<std::int64_t>();
  constexpr std::int64_t kMaxDays = 36'500;
  constexpr std::int64_t kMaxYears = 100;
  if (period <= 0) {
    throw AwsError("InvalidRetentionPeriod",
                   "Default retention period must be a positive integer value.", 400);
  }
  if (period > (days ? kMaxDays : kMaxYears)) {
    throw AwsError("InvalidRetentionPeriod",
                   "Default retention period too large. Expected to be less than " +
                       std::string(days ? "36500 days." : "100 years."),
                   400);
  }
}

bool may_bypass(const Call& call, const Bucket& bucket, const std::string& key) {
  return is_allowed(call, bucket, {.action = "s3:BypassGovernanceRetention", .key = key});
}

}  // namespace

void check_deletable(const Call& call, const Bucket& bucket, const std::string& key,
                     const Object& object, bool bypass) {
  if (object.delete_marker) return;
  if (object.lock.legal_hold == "ON") throw protected_by_object_lock();
  if (!object.lock.retain_until || *object.lock.retain_until <= call.now()) return;
  if (object.lock.mode == "GOVERNANCE" && bypass && may_bypass(call, bucket, key)) return;
  throw protected_by_object_lock();
}

Json put_object_lock_configuration(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_for(call, buckets, "s3:PutBucketObjectLockConfiguration");
  const Json* configuration = call.find("ObjectLockConfiguration");
  if (configuration == nullptr || configuration->value("ObjectLockEnabled", "") != "Enabled") {
    throw malformed_xml();
  }
  if (const auto rule = configuration->find("Rule"); rule != configuration->end()) {
    check_rule(*rule);
  }
  if (bucket.versioning != "Enabled") {
    throw invalid_bucket_state(
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
  }
  bucket.object_lock = true;
  bucket.configurations.put("ObjectLock", *configuration);
  return Json::object();
}

Json get_object_lock_configuration(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetBucketObjectLockConfiguration");
  if (!bucket.object_lock) {
    throw missing_configuration("ObjectLockConfigurationNotFoundError",
                                "Object Lock configuration does not exist for this bucket",
                                bucket.name);
  }
  const Json* configuration = bucket.configuration("ObjectLock");
  return {{"ObjectLockConfiguration",
           configuration != nullptr ? *configuration : Json{{"ObjectLockEnabled", "Enabled"}}}};
}

Json put_object_retention(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_of(call, buckets);
  const std::string& key = call.text("Key");
  const Placed placed =
      placed_object_for(call, bucket, {"s3:PutObjectRetention", "s3:PutObjectRetention"}, true);
  require_lock(bucket);
  const Json* retention = call.find("Retention");
  if (retention == nullptr) throw malformed_xml();
  auto changed = std::make_shared<Object>(*placed.object);
  ObjectLock& lock = changed->lock;
  const bool bypass =
      call.flag_or("BypassGovernanceRetention", false) && may_bypass(call, bucket, key);
  const bool locked = lock.retain_until && *lock.retain_until > call.now();
  if (retention->empty()) {  // takes the retention away
    if (locked && (lock.mode == "COMPLIANCE" || !bypass)) throw protected_by_object_lock();
    lock.mode.clear();
    lock.retain_until.reset();
    bucket.objects.put(placed.id, std::move(changed));
    return Json::object();
  }
  const std::string mode = retention->value("Mode", "");
  const auto until = retention->contains("RetainUntilDate")
                         ? timestamp_of((*retention)["RetainUntilDate"])
                         : std::nullopt;
  if (!is_mode(mode) || !until) throw malformed_xml();
  if (*until <= call.now()) {
    throw invalid_argument("The retain until date must be in the future!", "RetainUntilDate",
                           iso8601(*until));
  }
  const bool weaker =
      *until < lock.retain_until.value_or(*until) ||
      (lock.mode == "COMPLIANCE" && mode == "GOVERNANCE") ||
      (lock.mode == "GOVERNANCE" && mode == "COMPLIANCE" && *until < *lock.retain_until);
  const bool governed_change = lock.mode == "GOVERNANCE" && mode != lock.mode;
  if (locked && lock.mode == "COMPLIANCE" && weaker) throw protected_by_object_lock();
  if (locked && lock.mode == "GOVERNANCE" && (weaker || governed_change) && !bypass) {
    throw protected_by_object_lock();
  }
  lock.mode = mode;
  lock.retain_until = until;
  bucket.objects.put(placed.id, std::move(changed));
  return Json::object();
}

Json get_object_retention(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_of(call, buckets);
  const ObjectPtr object =
      object_for(call, bucket, {"s3:GetObjectRetention", "s3:GetObjectRetention"}, true);
  require_lock(bucket);
  if (object->lock.mode.empty()) {
    AwsError error("NoSuchObjectLockConfiguration",
                   "The specified object does not have a ObjectLock configuration", 404);
    throw error.with("Key", call.text("Key"));
  }
  return {
      {"Retention",
       {{"Mode", object->lock.mode}, {"RetainUntilDate", iso8601(*object->lock.retain_until)}}}};
}

Json put_object_legal_hold(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_of(call, buckets);
  const Placed placed =
      placed_object_for(call, bucket, {"s3:PutObjectLegalHold", "s3:PutObjectLegalHold"}, true);
  require_lock(bucket);
  const Json* hold = call.find("LegalHold");
  const std::string status = hold != nullptr ? hold->value("Status", "") : "";
  if (status != "ON" && status != "OFF") throw malformed_xml();
  auto changed = std::make_shared<Object>(*placed.object);
  changed->lock.legal_hold = status;
  bucket.objects.put(placed.id, std::move(changed));
  return Json::object();
}

Json get_object_legal_hold(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_of(call, buckets);
  const ObjectPtr object =
      object_for(call, bucket, {"s3:GetObjectLegalHold", "s3:GetObjectLegalHold"}, true);
  require_lock(bucket);
  if (object->lock.legal_hold.empty()) {
    AwsError error("NoSuchObjectLockConfiguration",
                   "The specified object does not have a ObjectLock configuration", 404);
    throw error.with("Key", call.text("Key"));
  }
  return {{"LegalHold", {{"Status", object->lock.legal_hold}}}};
}

}  // namespace cloudchamber::mock::s3

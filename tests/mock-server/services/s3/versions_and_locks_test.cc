#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sdk/codec/timestamps.h"
#include "tests/mock-server/services/s3/s3_world.h"

namespace cloudchamber::mock::s3 {
namespace {

const Json kObject = {{"Bucket", "bucket"}, {"Key", "key"}};
const Json kBucket = {{"Bucket", "bucket"}};

Json with(Json input, const Json& more) {
  input.update(more);
  return input;
}

Json versioning(const char* status) {
  return with(kBucket, {{"VersioningConfiguration", {{"Status", status}}}});
}

TEST(PutBucketVersioning, TakesTwoStates) {
  S3World s3;
  s3.make_bucket();
  EXPECT_EQ(s3("GetBucketVersioning", kBucket), Json::object());
  EXPECT_EQ(s3.code("PutBucketVersioning", versioning("Enabled")), "");
  EXPECT_EQ(s3.code("PutBucketVersioning", versioning("enabled")), "MalformedXML");
  EXPECT_EQ(
      s3.code("PutBucketVersioning", with(kBucket, {{"VersioningConfiguration", Json::object()}})),
      "IllegalVersioningConfigurationException");
  EXPECT_EQ(s3("GetBucketVersioning", kBucket)["Status"], "Enabled");
  S3World locked;
  locked("CreateBucket", with(kBucket, {{"ObjectLockEnabledForBucket", true}}));
  EXPECT_EQ(locked.error("PutBucketVersioning", versioning("Suspended")).status(), 409);
}

class Versions : public ::testing::Test {
 protected:
  Versions() {
    s3.make_bucket();
    s3("PutBucketVersioning", versioning("Enabled"));
  }
  std::string put(const char* content) {
    return s3("PutObject", kObject, content)["VersionId"].get<std::string>();
  }
  S3World s3;
};

TEST_F(Versions, AreKeptBesideEachOther) {
  const std::string first = put("one");
  const std::string second = put("two");
  EXPECT_EQ(first.size(), 32U);
  EXPECT_NE(first, second);
  EXPECT_EQ(s3.get("key"), "two");
  EXPECT_EQ(s3.run("GetObject", with(kObject, {{"VersionId", first}})).body.to_string(), "one");
  EXPECT_EQ(s3.code("GetObject", with(kObject, {{"VersionId", "bad"}})), "InvalidArgument");
  EXPECT_EQ(s3.code("GetObject", with(kObject, {{"VersionId", std::string(32, 'x')}})),
            "NoSuchVersion");
}

TEST_F(Versions, AreHiddenByADeleteMarkerUntilItIsDeleted) {
  put("one");
  const Json deleted = s3("DeleteObject", kObject);
  EXPECT_EQ(deleted["DeleteMarker"], true);
  const AwsError hidden = s3.error("GetObject", kObject);
  EXPECT_EQ(hidden.code(), "NoSuchKey");
  EXPECT_EQ(hidden.headers().get("x-amz-delete-marker"), "true");
  const Json marker = with(kObject, {{"VersionId", deleted["VersionId"]}});
  const AwsError refused = s3.error("GetObject", marker);
  EXPECT_EQ(refused.status(), 405);
  EXPECT_EQ(refused.headers().get("Allow"), "DELETE");
  EXPECT_EQ(s3("DeleteObject", marker)["DeleteMarker"], true);
  EXPECT_EQ(s3.get("key"), "one");
}

TEST_F(Versions, OfASuspendedBucketReplaceTheNullVersion) {
  put("one");
  s3("PutBucketVersioning", versioning("Suspended"));
  EXPECT_FALSE(s3("PutObject", kObject, "two").contains("VersionId"));
  s3("PutObject", kObject, "three");
  const Json page = s3("ListObjectVersions", kBucket);
  ASSERT_EQ(page["Versions"].size(), 2U);
  EXPECT_EQ(page["Versions"][0]["VersionId"], "null");
  EXPECT_EQ(s3("DeleteObject", kObject)["VersionId"], "null");
  EXPECT_EQ(s3("ListObjectVersions", kBucket)["Versions"].size(), 1U);
}

TEST_F(Versions, MayBeCopiedButNotTheirMarkers) {
  const std::string first = put("one");
  put("two");
  const std::string marker = s3("DeleteObject", kObject)["VersionId"].get<std::string>();
  const auto copy = [&](const std::string& version) {
    return Json{
        {"Bucket", "bucket"}, {"Key", "copy"}, {"CopySource", "bucket/key?versionId=" + version}};
  };
  EXPECT_EQ(s3("CopyObject", copy(first))["CopySourceVersionId"], first);
  EXPECT_EQ(s3.get("copy"), "one");
  EXPECT_EQ(s3.code("CopyObject", copy(marker)), "InvalidRequest");
}

class Locks : public ::testing::Test {
 protected:
  Locks() { s3("CreateBucket", with(kBucket, {{"ObjectLockEnabledForBucket", true}})); }
  std::string in_days(int days) {
    return iso8601(s3.clock().now() + std::chrono::hours(24 * days));
  }
  Json retention(const char* mode, int days) {
    return {{"Retention", {{"Mode", mode}, {"RetainUntilDate", in_days(days)}}}};
  }
  S3World s3;
};

TEST_F(Locks, KeepAVersionUntilTheirTimeHasCome) {
  const Json put = s3("PutObject", with(kObject, {{"ObjectLockMode", "COMPLIANCE"},
                                                  {"ObjectLockRetainUntilDate", in_days(2)}}));
  const Json version = with(kObject, {{"VersionId", put["VersionId"]}});
  EXPECT_EQ(
      s3.error("DeleteObject", with(version, {{"BypassGovernanceRetention", true}})).message(),
      "Access Denied because object protected by object lock.");
  s3.clock().advance(std::chrono::hours(48));
  EXPECT_EQ(s3.code("DeleteObject", version), "");
}

TEST_F(Locks, OfGovernanceGiveWayToWhoMayBypassThem) {
  const Json put = s3("PutObject", kObject);
  const Json version = with(kObject, {{"VersionId", put["VersionId"]}});
  s3("PutObjectRetention", with(version, retention("GOVERNANCE", 2)));
  EXPECT_EQ(s3.code("PutObjectRetention", with(version, retention("GOVERNANCE", 1))),
            "AccessDenied");
  EXPECT_EQ(s3.code("PutObjectRetention", with(version, retention("GOVERNANCE", 3))), "");
  EXPECT_EQ(s3.code("DeleteObject", version), "AccessDenied");
  EXPECT_EQ(s3.code("DeleteObject", with(version, {{"BypassGovernanceRetention", true}})), "");
}

TEST_F(Locks, ByLegalHoldHoldUntilTheyAreTakenOff) {
  const Json put = s3("PutObject", kObject);
  const Json version = with(kObject, {{"VersionId", put["VersionId"]}});
  EXPECT_EQ(s3.error("GetObjectLegalHold", version).status(), 404);
  s3("PutObjectLegalHold", with(version, {{"LegalHold", {{"Status", "ON"}}}}));
  EXPECT_EQ(s3("HeadObject", version)["ObjectLockLegalHoldStatus"], "ON");
  EXPECT_EQ(s3.code("DeleteObject", version), "AccessDenied");
  s3("PutObjectLegalHold", with(version, {{"LegalHold", {{"Status", "OFF"}}}}));
  EXPECT_EQ(s3.code("DeleteObject", version), "");
  EXPECT_EQ(s3.code("PutObjectLegalHold", with(kObject, {{"LegalHold", {{"Status", "on"}}}})),
            "NoSuchKey");
}

TEST_F(Locks, WantModeAndDateTogether) {
  EXPECT_EQ(s3.code("PutObject", with(kObject, {{"ObjectLockMode", "GOVERNANCE"}})),
            "InvalidArgument");
  EXPECT_EQ(s3.code("PutObject", with(kObject, {{"ObjectLockMode", "OTHER"},
                                                {"ObjectLockRetainUntilDate", in_days(1)}})),
            "InvalidArgument");
  EXPECT_EQ(s3.code("PutObject", with(kObject, {{"ObjectLockMode", "GOVERNANCE"},
                                                {"ObjectLockRetainUntilDate", in_days(0)}})),
            "InvalidArgument");
  s3.make_bucket("plain");
  EXPECT_EQ(s3.code("PutObject",
                    {{"Bucket", "plain"}, {"Key", "k"}, {"ObjectLockLegalHoldStatus", "ON"}}),
            "InvalidRequest");
}

TEST_F(Locks, AreSetByTheBucketsDefault) {
  const auto rule = [](Json retention) {
    return Json{{"Bucket", "bucket"},
                {"ObjectLockConfiguration",
                 {{"ObjectLockEnabled", "Enabled"}, {"Rule", {{"DefaultRetention", retention}}}}}};
  };
  EXPECT_EQ(s3.code("PutObjectLockConfiguration", rule({{"Mode", "GOVERNANCE"}})), "MalformedXML");
  EXPECT_EQ(s3.code("PutObjectLockConfiguration",
                    rule({{"Mode", "GOVERNANCE"}, {"Days", 1}, {"Years", 1}})),
            "MalformedXML");
  EXPECT_EQ(s3.code("PutObjectLockConfiguration", rule({{"Mode", "BAD"}, {"Days", 1}})),
            "MalformedXML");
  EXPECT_EQ(s3.code("PutObjectLockConfiguration", rule({{"Mode", "GOVERNANCE"}, {"Days", 0}})),
            "InvalidRetentionPeriod");
  s3("PutObjectLockConfiguration", rule({{"Mode", "GOVERNANCE"}, {"Days", 1}}));
  s3("PutObject", kObject);
  EXPECT_EQ(s3("HeadObject", kObject)["ObjectLockRetainUntilDate"], in_days(1));
}

TEST_F(Locks, AreToldOfBucketsAndObjects) {
  EXPECT_EQ(s3("GetObjectLockConfiguration", kBucket)["ObjectLockConfiguration"],
            Json({{"ObjectLockEnabled", "Enabled"}}));
  s3("PutObject", kObject);
  const AwsError none = s3.error("GetObjectRetention", kObject);
  EXPECT_EQ(none.code(), "NoSuchObjectLockConfiguration");
  EXPECT_EQ(none.status(), 404);
  s3("PutObjectRetention", with(kObject, retention("GOVERNANCE", 2)));
  EXPECT_EQ(s3("GetObjectRetention", kObject), retention("GOVERNANCE", 2));

  s3.make_bucket("plain");
  s3("PutObject", {{"Bucket", "plain"}, {"Key", "k"}});
  EXPECT_EQ(s3.code("GetObjectLockConfiguration", {{"Bucket", "plain"}}),
            "ObjectLockConfigurationNotFoundError");
  EXPECT_EQ(s3.code("GetObjectRetention", {{"Bucket", "plain"}, {"Key", "k"}}), "InvalidRequest");
}

}  // namespace
}  // namespace cloudchamber::mock::s3

// The configurations of buckets, and the tags of buckets and objects.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mock-server/services/s3/s3_world.h"

namespace cloudchamber::mock::s3 {
namespace {

const Json kObject = {{"Bucket", "bucket"}, {"Key", "key"}};
const Json kBucket = {{"Bucket", "bucket"}};

Json with(Json input, const Json& more) {
  input.update(more);
  return input;
}

class Configurations : public ::testing::Test {
 protected:
  Configurations() { s3.make_bucket(); }
  S3World s3;
};
using PutBucketLifecycleConfiguration = Configurations;
using PutBucketEncryption = Configurations;
using PutBucketCors = Configurations;
using PutBucketWebsite = Configurations;
using PutBucketRequestPayment = Configurations;
using PutBucketTagging = Configurations;
using PutBucketAccelerateConfiguration = Configurations;
using PutBucketNotificationConfiguration = Configurations;
using PutBucketLogging = Configurations;
using PutObjectTagging = Configurations;

Json lifecycle(Json rule) {
  return with(kBucket, {{"LifecycleConfiguration", {{"Rules", Json::array({std::move(rule)})}}}});
}

// test_put_bucket_lifecycle_conf_exc of the recordings.
TEST_F(PutBucketLifecycleConfiguration, RefusesRulesAsRecorded) {
  const Json base = {{"ID", "rule"},
                     {"Status", "Enabled"},
                     {"Filter", {{"Prefix", ""}}},
                     {"Expiration", {{"Days", 7}}}};
  const auto changed = [&](const char* member, const Json& value) {
    Json rule = base;
    if (value.is_null()) {
      rule.erase(member);
    } else {
      rule[member] = value;
    }
    return lifecycle(rule);
  };
  const struct {
    Json input;
    const char* code;
  } rows[] = {
      {lifecycle(base), ""},
      {changed("Filter", nullptr), "MalformedXML"},
      {changed("Status", "enabled"), "MalformedXML"},
      {changed("Prefix", "a"), "MalformedXML"},
      {changed("Filter", {{"Prefix", ""}, {"ObjectSizeGreaterThan", 5}}), "MalformedXML"},
      {changed("Filter", {{"And", {{"Prefix", "a"}}}}), "MalformedXML"},
      {changed(
           "Filter",
           {{"And", {{"Tags", {{{"Key", "a"}, {"Value", "1"}}, {{"Key", "a"}, {"Value", "2"}}}}}}}),
       "InvalidRequest"},
      {changed("Expiration", {{"Days", 1}, {"ExpiredObjectDeleteMarker", true}}), "MalformedXML"},
      {changed("Expiration", {{"Days", 0}}), "InvalidArgument"},
      {changed("Expiration", {{"Date", "2026-01-01T01:00:00Z"}}), "InvalidArgument"},
      {changed("Expiration", {{"Date", "2026-01-01T00:00:00Z"}}), ""},
      {changed("NoncurrentVersionExpiration", Json::object()), "MalformedXML"},
      {changed("ID", std::string(255, 'i')), ""},
      {changed("ID", std::string(256, 'i')), "InvalidArgument"},
      {changed("Expiration", nullptr), "InvalidRequest"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(s3.code("PutBucketLifecycleConfiguration", row.input), row.code) << row.input.dump();
  }
}

TEST_F(PutBucketLifecycleConfiguration, TellsWhenAnObjectExpires) {
  s3("PutBucketLifecycleConfiguration",
     lifecycle(
         {{"Status", "Enabled"}, {"Filter", {{"Prefix", "k"}}}, {"Expiration", {{"Days", 1}}}}));
  const Json rules = s3("GetBucketLifecycleConfiguration", kBucket)["Rules"];
  EXPECT_FALSE(rules[0]["ID"].get<std::string>().empty());
  s3.clock().advance(std::chrono::hours(1));
  const std::string expiration = s3("PutObject", kObject)["Expiration"].get<std::string>();
  EXPECT_THAT(expiration, ::testing::StartsWith("expiry-date=\"Sat, 03 Jan 2026 00:00:00 GMT\""));
  EXPECT_FALSE(s3("PutObject", {{"Bucket", "bucket"}, {"Key", "other"}}).contains("Expiration"));
  s3("DeleteBucketLifecycle", kBucket);
  EXPECT_EQ(s3.error("GetBucketLifecycleConfiguration", kBucket).status(), 404);
}

TEST_F(PutBucketEncryption, IsWhatNewObjectsGet) {
  EXPECT_EQ(
      s3("GetBucketEncryption", kBucket)["ServerSideEncryptionConfiguration"]["Rules"][0]
                                        ["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"],
      "AES256");
  const auto rule = [](Json by_default) {
    return with(
        kBucket,
        {{"ServerSideEncryptionConfiguration",
          {{"Rules", Json::array({{{"ApplyServerSideEncryptionByDefault", by_default}}})}}}});
  };
  EXPECT_EQ(
      s3.code("PutBucketEncryption", rule({{"SSEAlgorithm", "AES256"}, {"KMSMasterKeyID", "key"}})),
      "InvalidArgument");
  EXPECT_EQ(s3.code("PutBucketEncryption", rule({{"SSEAlgorithm", "ROT13"}})), "MalformedXML");
  s3("PutBucketEncryption", rule({{"SSEAlgorithm", "aws:kms"}, {"KMSMasterKeyID", "key"}}));
  const Json put = s3("PutObject", kObject);
  EXPECT_EQ(put["ServerSideEncryption"], "aws:kms");
  EXPECT_EQ(put["SSEKMSKeyId"], "arn:aws:kms:us-east-1:111111111111:key/key");
  s3("DeleteBucketEncryption", kBucket);
  EXPECT_EQ(s3("PutObject", kObject)["ServerSideEncryption"], "AES256");
}

TEST_F(PutBucketCors, ChecksItsRules) {
  EXPECT_EQ(s3.code("GetBucketCors", kBucket), "NoSuchCORSConfiguration");
  const auto rule = [](Json more) {
    return with(kBucket, {{"CORSConfiguration", {{"CORSRules", Json::array({std::move(more)})}}}});
  };
  EXPECT_EQ(s3.code("PutBucketCors", rule({{"AllowedMethods", {"GET"}}})), "MalformedXML");
  EXPECT_EQ(
      s3.code("PutBucketCors", rule({{"AllowedMethods", {"PATCH"}}, {"AllowedOrigins", {"*"}}})),
      "InvalidRequest");
  EXPECT_EQ(
      s3.code("PutBucketCors", rule({{"AllowedMethods", {"GET"}}, {"AllowedOrigins", {"*.*"}}})),
      "InvalidRequest");
  EXPECT_EQ(
      s3.code("PutBucketCors", rule({{"AllowedMethods", {"GET"}}, {"AllowedOrigins", {"*"}}})), "");
  EXPECT_EQ(s3("GetBucketCors", kBucket)["CORSRules"].size(), 1U);
  s3("DeleteBucketCors", kBucket);
  EXPECT_EQ(s3.code("GetBucketCors", kBucket), "NoSuchCORSConfiguration");
}

TEST_F(PutBucketWebsite, IsKeptAndForgotten) {
  EXPECT_EQ(s3.code("GetBucketWebsite", kBucket), "NoSuchWebsiteConfiguration");
  const Json website = {{"IndexDocument", {{"Suffix", "index.html"}}}};
  s3("PutBucketWebsite", with(kBucket, {{"WebsiteConfiguration", website}}));
  EXPECT_EQ(s3("GetBucketWebsite", kBucket), website);
  EXPECT_EQ(s3.code("PutBucketWebsite", with(kBucket, {{"WebsiteConfiguration", Json::object()}})),
            "InvalidArgument");
  s3("DeleteBucketWebsite", kBucket);
  EXPECT_EQ(s3.code("GetBucketWebsite", kBucket), "NoSuchWebsiteConfiguration");
}

TEST_F(PutBucketRequestPayment, NamesThePayer) {
  EXPECT_EQ(s3("GetBucketRequestPayment", kBucket)["Payer"], "BucketOwner");
  const auto payer = [](const char* name) {
    return with(kBucket, {{"RequestPaymentConfiguration", {{"Payer", name}}}});
  };
  EXPECT_EQ(s3.code("PutBucketRequestPayment", payer("Random")), "MalformedXML");
  s3("PutBucketRequestPayment", payer("Requester"));
  EXPECT_EQ(s3("GetBucketRequestPayment", kBucket)["Payer"], "Requester");
}

TEST_F(PutBucketAccelerateConfiguration, IsKeptOnceItWasSet) {
  EXPECT_EQ(s3("GetBucketAccelerateConfiguration", kBucket), Json::object());
  const auto status = [](const char* bucket, const char* value) {
    return Json{{"Bucket", bucket}, {"AccelerateConfiguration", {{"Status", value}}}};
  };
  for (const char* value : {"Enabled", "Suspended"}) {
    s3("PutBucketAccelerateConfiguration", status("bucket", value));
    EXPECT_EQ(s3("GetBucketAccelerateConfiguration", kBucket)["Status"], value);
  }
  EXPECT_EQ(s3.code("PutBucketAccelerateConfiguration", status("bucket", "enabled")),
            "MalformedXML");
  s3.make_bucket("with.dots");
  EXPECT_EQ(s3.code("PutBucketAccelerateConfiguration", status("with.dots", "Enabled")),
            "InvalidRequest");
  EXPECT_EQ(s3.code("GetBucketAccelerateConfiguration", {{"Bucket", "none"}}), "NoSuchBucket");
}

// Nothing is sent anywhere: so what would be is refused by name, and not taken in silence.
TEST_F(PutBucketNotificationConfiguration, TakesTheEmptyOneAlone) {
  const auto configuration = [](const Json& value) {
    return with(kBucket, {{"NotificationConfiguration", value}});
  };
  s3("PutBucketNotificationConfiguration", configuration(Json::object()));
  EXPECT_EQ(s3("GetBucketNotificationConfiguration", kBucket), Json::object());
  EXPECT_EQ(s3.code("PutBucketNotificationConfiguration",
                    configuration({{"EventBridgeConfiguration", Json::object()}})),
            "NotImplemented");
  EXPECT_EQ(s3.code("GetBucketNotificationConfiguration", {{"Bucket", "none"}}), "NoSuchBucket");
}

TEST_F(PutBucketLogging, TakesTheEmptyOneAlone) {
  const auto status = [](const Json& value) {
    return with(kBucket, {{"BucketLoggingStatus", value}});
  };
  s3("PutBucketLogging", status(Json::object()));
  EXPECT_EQ(s3("GetBucketLogging", kBucket), Json::object());
  EXPECT_EQ(
      s3.code("PutBucketLogging",
              status({{"LoggingEnabled", {{"TargetBucket", "bucket"}, {"TargetPrefix", ""}}}})),
      "NotImplemented");
  EXPECT_EQ(s3.code("GetBucketLogging", {{"Bucket", "none"}}), "NoSuchBucket");
}

TEST_F(PutBucketTagging, IsReplacedWhole) {
  EXPECT_EQ(s3.code("GetBucketTagging", kBucket), "NoSuchTagSet");
  const auto tags = [](Json set) { return with(kBucket, {{"Tagging", {{"TagSet", set}}}}); };
  EXPECT_EQ(s3.run("PutBucketTagging", tags({{{"Key", "a"}, {"Value", "1"}}})).status, 204);
  s3("PutBucketTagging", tags({{{"Key", "b"}, {"Value", ""}}}));
  EXPECT_EQ(s3("GetBucketTagging", kBucket)["TagSet"],
            Json::array({{{"Key", "b"}, {"Value", ""}}}));
  s3("PutBucketTagging", with(kBucket, {{"Tagging", Json::object()}}));
  EXPECT_EQ(s3.code("GetBucketTagging", kBucket), "NoSuchTagSet");
  s3("PutBucketTagging", tags({{{"Key", "c"}, {"Value", ""}}}));
  s3("DeleteBucketTagging", kBucket);
  EXPECT_EQ(s3.code("GetBucketTagging", kBucket), "NoSuchTagSet");
}

TEST_F(PutObjectTagging, IsOfOneVersionAndNoMarker) {
  s3("PutObject", with(kObject, {{"Tagging", "tag1=tag1&tag2=tag2&tag"}}));
  // In the order of their keys, as recorded.
  EXPECT_EQ(s3("GetObjectTagging", kObject)["TagSet"][0], Json({{"Key", "tag"}, {"Value", ""}}));
  s3("PutObjectTagging", with(kObject, {{"Tagging", {{"TagSet", Json::array()}}}}));
  EXPECT_EQ(s3("GetObjectTagging", kObject)["TagSet"], Json::array());
  s3("PutBucketVersioning", with(kBucket, {{"VersioningConfiguration", {{"Status", "Enabled"}}}}));
  s3("DeleteObject", kObject);
  EXPECT_EQ(s3.error("GetObjectTagging", kObject).status(), 405);
  EXPECT_EQ(s3.code("GetObjectTagging", {{"Bucket", "bucket"}, {"Key", "none"}}), "NoSuchKey");
}

TEST(NotEmulated, IsAnsweredByName) {
  S3World s3;
  s3.make_bucket();
  const AwsError error = s3.error("GetBucketReplication", kBucket);
  EXPECT_EQ(error.code(), "NotImplemented");
  EXPECT_EQ(error.status(), 501);
  EXPECT_THAT(error.message(), ::testing::HasSubstr("GetBucketReplication"));
}

}  // namespace
}  // namespace cloudchamber::mock::s3

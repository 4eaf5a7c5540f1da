#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock-server/services/s3/names.h"
#include "tests/mock-server/services/s3/s3_world.h"

namespace cloudchamber::mock::s3 {
namespace {

using ::testing::ElementsAre;

Json in_region(const char* constraint) {
  return {{"Bucket", "bucket"},
          {"CreateBucketConfiguration", {{"LocationConstraint", constraint}}}};
}

TEST(CreateBucket, AnswersWhereItIs) {
  S3World s3;
  const Json made = s3("CreateBucket", {{"Bucket", "bucket"}});
  EXPECT_EQ(made["Location"], "/bucket");
  EXPECT_EQ(made["BucketArn"], "arn:aws:s3:::bucket");
  EXPECT_EQ(s3.error("CreateBucket", {{"Bucket", "Not-Valid"}}).code(), "InvalidBucketName");
}

TEST(CreateBucket, WantsAConstraintThatFitsTheEndpoint) {
  const struct {
    const char* region;
    const char* constraint;
    const char* code;
  } rows[] = {
      {"us-east-1", "us-west-2", ""},
      {"us-east-1", "us-east-1", "InvalidLocationConstraint"},
      {"us-east-1", "foo", "InvalidLocationConstraint"},
      {"eu-west-1", "eu-west-1", ""},
      {"eu-west-1", "EU", ""},
      {"eu-west-1", "bar", "IllegalLocationConstraintException"},
      {"eu-west-1", "us-west-2", "IllegalLocationConstraintException"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(S3World({}, row.region).code("CreateBucket", in_region(row.constraint)), row.code)
        << row.region << " " << row.constraint;
  }
  EXPECT_EQ(S3World({}, "eu-west-1").error("CreateBucket", {{"Bucket", "bucket"}}).message(),
            "The unspecified location constraint is incompatible for the region specific endpoint "
            "this request was sent to.");
}

TEST(CreateBucket, AgainIsFineInUsEast1AloneAndForItsOwnerAlone) {
  S3World s3;
  s3.make_bucket();
  EXPECT_EQ(s3.code("CreateBucket", {{"Bucket", "bucket"}}), "");
  EXPECT_EQ(s3.as(kOther).error("CreateBucket", {{"Bucket", "bucket"}}).code(),
            "BucketAlreadyExists");
  S3World elsewhere({}, "us-west-1");
  elsewhere("CreateBucket", in_region("us-west-1"));
  const AwsError error = elsewhere.error("CreateBucket", in_region("us-west-1"));
  EXPECT_EQ(error.code(), "BucketAlreadyOwnedByYou");
  EXPECT_EQ(error.status(), 409);
}

TEST(CreateBucket, BlocksPublicAccessAndDisablesAcls) {
  S3World s3;
  s3.make_bucket();
  EXPECT_EQ(s3("GetPublicAccessBlock",
               {{"Bucket", "bucket"}})["PublicAccessBlockConfiguration"]["BlockPublicAcls"],
            true);
  EXPECT_EQ(s3.error("PutBucketAcl", {{"Bucket", "bucket"}, {"ACL", "public-read"}}).code(),
            "AccessControlListNotSupported");
  EXPECT_EQ(s3.code("PutBucketAcl", {{"Bucket", "bucket"}, {"ACL", "private"}}),
            "AccessControlListNotSupported");
  EXPECT_EQ(s3.error("CreateBucket", {{"Bucket", "other"}, {"ACL", "public-read"}}).code(),
            "InvalidBucketAclWithObjectOwnership");
  S3World legacy({.legacy_acls = true});
  legacy.make_bucket();
  EXPECT_EQ(legacy.code("PutBucketAcl", {{"Bucket", "bucket"}, {"ACL", "public-read"}}), "");
  EXPECT_EQ(legacy.error("GetPublicAccessBlock", {{"Bucket", "bucket"}}).code(),
            "NoSuchPublicAccessBlockConfiguration");
}

TEST(HeadBucket, TellsTheRegion) {
  S3World s3;
  s3("CreateBucket", in_region("eu-central-1"));
  EXPECT_EQ(s3("HeadBucket", {{"Bucket", "bucket"}})["BucketRegion"], "eu-central-1");
  const AwsError missing = s3.error("HeadBucket", {{"Bucket", "nowhere"}});
  EXPECT_EQ(missing.status(), 404);
  EXPECT_EQ(missing.members()["BucketName"], "nowhere");
  EXPECT_EQ(s3.as(kOther).error("HeadBucket", {{"Bucket", "bucket"}}).status(), 403);
}

TEST(HeadBucket, ChecksTheExpectedOwner) {
  S3World s3;
  s3.make_bucket();
  const auto expect = [](const char* owner) {
    return Json{{"Bucket", "bucket"}, {"ExpectedBucketOwner", owner}};
  };
  EXPECT_EQ(s3.code("HeadBucket", expect(kOwner)), "");
  EXPECT_EQ(s3.code("HeadBucket", expect(kOther)), "AccessDenied");
  EXPECT_EQ(s3.code("HeadBucket", expect("0000")), "InvalidBucketOwnerAWSAccountID");
}

TEST(DeleteBucket, WantsItEmptyOfAllVersions) {
  S3World s3;
  s3.make_bucket();
  s3("PutBucketVersioning",
     {{"Bucket", "bucket"}, {"VersioningConfiguration", {{"Status", "Enabled"}}}});
  s3.put("key");
  s3("DeleteObject", {{"Bucket", "bucket"}, {"Key", "key"}});
  const AwsError error = s3.error("DeleteBucket", {{"Bucket", "bucket"}});
  EXPECT_EQ(error.code(), "BucketNotEmpty");
  EXPECT_EQ(error.status(), 409);
  EXPECT_EQ(error.message(),
            "The bucket you tried to delete is not empty. You must delete all versions in the "
            "bucket.");
  s3.make_bucket("other");
  s3("DeleteBucket", {{"Bucket", "other"}});
  EXPECT_EQ(s3.code("DeleteBucket", {{"Bucket", "other"}}), "NoSuchBucket");
}

TEST(ListBuckets, AreTheCallersInPagesByName) {
  S3World s3;
  for (const char* name : {"charlie", "alpha", "bravo", "alps"}) s3.make_bucket(name);
  s3.as(kOther).make_bucket("delta");
  s3.as(kOwner);
  const Json all = s3("ListBuckets", Json::object());
  EXPECT_THAT(names(all["Buckets"], "Name"), ElementsAre("alpha", "alps", "bravo", "charlie"));
  EXPECT_EQ(all["Owner"], Json({{"ID", canonical_id(kOwner)}}));
  EXPECT_FALSE(all["Buckets"][0].contains("BucketRegion"));
  const Json first = s3("ListBuckets", {{"MaxBuckets", 2}, {"Prefix", "al"}});
  EXPECT_THAT(names(first["Buckets"], "Name"), ElementsAre("alpha", "alps"));
  EXPECT_FALSE(first.contains("ContinuationToken"));
  const Json page = s3("ListBuckets", {{"MaxBuckets", 3}});
  const Json rest = s3("ListBuckets", {{"ContinuationToken", page["ContinuationToken"]}});
  EXPECT_THAT(names(rest["Buckets"], "Name"), ElementsAre("charlie"));
  EXPECT_EQ(s3.as("").error("ListBuckets", Json::object()).code(), "AccessDenied");
}

TEST(GetBucketLocation, IsEmptyForUsEast1) {
  S3World s3;
  s3.make_bucket();
  EXPECT_EQ(s3("GetBucketLocation", {{"Bucket", "bucket"}}), Json::object());
  S3World west({}, "us-west-2");
  west("CreateBucket", in_region("us-west-2"));
  EXPECT_EQ(west("GetBucketLocation", {{"Bucket", "bucket"}})["LocationConstraint"], "us-west-2");
}

}  // namespace
}  // namespace cloudchamber::mock::s3

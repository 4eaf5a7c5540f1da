#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock-server/services/s3/acl.h"
#include "mock-server/services/s3/names.h"
#include "tests/mock-server/services/s3/s3_world.h"

namespace cloudchamber::mock::s3 {
namespace {

using ::testing::ElementsAre;

const Json kObject = {{"Bucket", "bucket"}, {"Key", "key"}};
const Json kBucket = {{"Bucket", "bucket"}};

Json with(Json input, const Json& more) {
  input.update(more);
  return input;
}

class Acls : public ::testing::Test {
 protected:
  Acls() {
    s3.make_bucket();
    s3.put("key");
  }
  std::string code_as(const char* account, const std::string& operation, const Json& input) {
    s3.as(account);
    const std::string code = s3.code(operation, input);
    s3.as(kOwner);
    return code;
  }
  S3World s3{{.legacy_acls = true}};
};
using PutBucketAcl = Acls;
using GetBucketAcl = Acls;
using PutObjectAcl = Acls;
using GetObjectAcl = Acls;
using PutBucketPolicy = Acls;
using PutPublicAccessBlock = Acls;
using PutBucketOwnershipControls = Acls;

TEST_F(GetBucketAcl, NamesTheOwnerFirst) {
  s3("PutBucketAcl", with(kBucket, {{"ACL", "public-read"}}));
  const Json acl = s3("GetBucketAcl", kBucket);
  EXPECT_EQ(acl["Owner"]["ID"], canonical_id(kOwner));
  EXPECT_EQ(acl["Owner"]["DisplayName"], kOwner);
  EXPECT_THAT(names(acl["Grants"], "Permission"), ElementsAre("FULL_CONTROL", "READ"));
  EXPECT_EQ(acl["Grants"][1]["Grantee"], Json({{"Type", "Group"}, {"URI", kAllUsers}}));
}

TEST_F(PutBucketAcl, LetsOthersDoWhatItGrants) {
  EXPECT_EQ(code_as(kOther, "ListObjects", kBucket), "AccessDenied");
  EXPECT_EQ(code_as("", "ListObjects", kBucket), "AccessDenied");
  s3("PutBucketAcl", with(kBucket, {{"ACL", "authenticated-read"}}));
  EXPECT_EQ(code_as(kOther, "ListObjects", kBucket), "");
  EXPECT_EQ(code_as("", "ListObjects", kBucket), "AccessDenied");
  EXPECT_EQ(code_as(kOther, "PutObject", kObject), "AccessDenied");
  s3("PutBucketAcl", with(kBucket, {{"GrantWrite", "id=\"" + canonical_id(kOther) + "\""}}));
  EXPECT_EQ(code_as(kOther, "PutObject", kObject), "");
  EXPECT_EQ(code_as(kOther, "ListObjects", kBucket), "AccessDenied");
}

TEST_F(PutBucketAcl, RefusesWhatIsNoAcl) {
  const struct {
    Json more;
    const char* code;
  } rows[] = {
      {{{"ACL", "public-ready"}}, "InvalidArgument"},
      {{{"GrantRead", "id=nobody"}}, "InvalidArgument"},
      {{{"GrantRead", "uri=\"http://example.com\""}}, "InvalidArgument"},
      {{{"GrantRead", "emailAddress=a@b.c"}}, "MethodNotAllowed"},
      {{{"GrantRead", "nothing"}}, "InvalidArgument"},
      {{{"ACL", "private"}, {"GrantRead", "id=" + canonical_id(kOther)}}, "InvalidRequest"},
      {Json::object(), "MissingSecurityHeader"},
      {{{"AccessControlPolicy", Json::object()}}, "MalformedACLError"},
      {{{"AccessControlPolicy", {{"Owner", {{"ID", canonical_id(kOther)}}}}}}, "AccessDenied"},
      {{{"AccessControlPolicy",
         {{"Owner", {{"ID", canonical_id(kOwner)}}},
          {"Grants",
           {{{"Grantee", {{"Type", "CanonicalUser"}, {"ID", "nobody"}}},
             {"Permission", "READ"}}}}}}},
       "InvalidArgument"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(s3.code("PutBucketAcl", with(kBucket, row.more)), row.code) << row.more.dump();
  }
}

TEST_F(PutObjectAcl, LetsOthersReadTheObject) {
  EXPECT_EQ(code_as("", "GetObject", kObject), "AccessDenied");
  s3("PutObjectAcl", with(kObject, {{"ACL", "public-read"}}));
  EXPECT_EQ(code_as("", "GetObject", kObject), "");
  EXPECT_EQ(code_as("", "GetObjectAcl", kObject), "AccessDenied");
}

TEST_F(GetObjectAcl, OfAnObjectBelongsToWhoPutIt) {
  s3("PutBucketAcl", with(kBucket, {{"ACL", "public-read-write"}}));
  s3.as(kOther)("PutObject", {{"Bucket", "bucket"}, {"Key", "theirs"}}, "content");
  const Json theirs = {{"Bucket", "bucket"}, {"Key", "theirs"}};
  EXPECT_EQ(s3("GetObjectAcl", theirs)["Owner"]["ID"], canonical_id(kOther));
  EXPECT_EQ(code_as(kOwner, "GetObject", theirs), "AccessDenied");
  EXPECT_EQ(code_as(kOwner, "DeleteObject", theirs), "");
}

TEST_F(PutPublicAccessBlock, TakesThePublicOutOfAcls) {
  s3("PutObjectAcl", with(kObject, {{"ACL", "public-read"}}));
  s3("PutPublicAccessBlock",
     with(kBucket, {{"PublicAccessBlockConfiguration",
                     {{"IgnorePublicAcls", true}, {"BlockPublicAcls", true}}}}));
  EXPECT_EQ(code_as("", "GetObject", kObject), "AccessDenied");
  EXPECT_EQ(s3.code("PutObjectAcl", with(kObject, {{"ACL", "public-read"}})), "AccessDenied");
  EXPECT_EQ(s3.code("PutObject", with(kObject, {{"ACL", "public-read"}})), "AccessDenied");
  s3("DeletePublicAccessBlock", kBucket);
  EXPECT_EQ(s3.code("GetPublicAccessBlock", kBucket), "NoSuchPublicAccessBlockConfiguration");
}

TEST_F(PutBucketOwnershipControls, TurnsAclsOff) {
  const auto controls = [](Json rules) {
    return with(kBucket, {{"OwnershipControls", {{"Rules", rules}}}});
  };
  EXPECT_EQ(s3.code("GetBucketOwnershipControls", kBucket), "OwnershipControlsNotFoundError");
  EXPECT_EQ(s3.code("PutBucketOwnershipControls", controls({{{"ObjectOwnership", "Other"}}})),
            "MalformedXML");
  EXPECT_EQ(s3.code("PutBucketOwnershipControls", controls(Json::array())), "MalformedXML");
  s3("PutBucketOwnershipControls", controls({{{"ObjectOwnership", "BucketOwnerEnforced"}}}));
  EXPECT_EQ(s3.code("PutObjectAcl", with(kObject, {{"ACL", "public-read"}})),
            "AccessControlListNotSupported");
  EXPECT_EQ(s3.code("PutObject", with(kObject, {{"ACL", "private"}})),
            "AccessControlListNotSupported");
  EXPECT_EQ(s3.code("PutObject", with(kObject, {{"ACL", "bucket-owner-full-control"}})), "");
  s3("DeleteBucketOwnershipControls", kBucket);
  EXPECT_EQ(s3.code("PutObject", with(kObject, {{"ACL", "private"}})), "");
}

Json policy(const std::string& effect, const std::string& principal, const std::string& action,
            const Json& condition = Json::object()) {
  const Json statement = {{"Effect", effect},
                          {"Principal", principal == "*" ? Json("*") : Json{{"AWS", principal}}},
                          {"Action", action},
                          {"Resource", {"arn:aws:s3:::bucket", "arn:aws:s3:::bucket/*"}},
                          {"Condition", condition}};
  const Json document = {{"Version", "2012-10-17"}, {"Statement", {statement}}};
  return with(kBucket, {{"Policy", document.dump()}});
}

TEST_F(PutBucketPolicy, AllowsAndDenies) {
  s3("PutBucketPolicy", policy("Allow", kOther, "s3:GetObject"));
  EXPECT_EQ(code_as(kOther, "GetObject", kObject), "");
  EXPECT_EQ(code_as(kOther, "PutObject", kObject), "AccessDenied");
  EXPECT_EQ(code_as("333333333333", "GetObject", kObject), "AccessDenied");
  EXPECT_EQ(code_as("", "GetObject", kObject), "AccessDenied");
  s3("PutBucketPolicy", policy("Deny", "*", "s3:*"));
  EXPECT_EQ(s3.code("GetObject", kObject), "AccessDenied");
  EXPECT_EQ(s3.code("GetBucketPolicy", kBucket), "");  // its root can always mend it
  EXPECT_EQ(s3.code("DeleteBucketPolicy", kBucket), "");
  EXPECT_EQ(s3.code("GetObject", kObject), "");
  EXPECT_EQ(s3.code("GetBucketPolicy", kBucket), "NoSuchBucketPolicy");
}

// Templates put such a statement on every bucket; plain HTTP here stands for TLS at AWS.
TEST_F(PutBucketPolicy, ThatDemandsTlsLocksNobodyOut) {
  s3("PutBucketPolicy",
     policy("Deny", "*", "s3:*", {{"Bool", {{"aws:SecureTransport", "false"}}}}));
  EXPECT_EQ(s3.code("GetObject", kObject), "");
}

TEST_F(PutBucketPolicy, LooksAtTagsAndHeaders) {
  s3("PutObjectTagging",
     with(kObject, {{"Tagging", {{"TagSet", {{{"Key", "open"}, {"Value", "yes"}}}}}}}));
  s3("PutBucketPolicy", policy("Allow", "*", "s3:GetObject",
                               {{"StringEquals", {{"s3:ExistingObjectTag/open", "yes"}}}}));
  EXPECT_EQ(code_as(kOther, "GetObject", kObject), "");
  s3("DeleteObjectTagging", kObject);
  EXPECT_EQ(code_as(kOther, "GetObject", kObject), "AccessDenied");
}

TEST_F(PutBucketPolicy, ThatIsPublicMayBeBlocked) {
  s3("PutBucketPolicy", policy("Allow", "*", "s3:GetObject"));
  EXPECT_EQ(s3("GetBucketPolicyStatus", kBucket)["PolicyStatus"]["IsPublic"], true);
  EXPECT_EQ(code_as("", "GetObject", kObject), "");
  s3("PutPublicAccessBlock",
     with(kBucket, {{"PublicAccessBlockConfiguration",
                     {{"RestrictPublicBuckets", true}, {"BlockPublicPolicy", true}}}}));
  EXPECT_EQ(code_as("", "GetObject", kObject), "AccessDenied");
  EXPECT_EQ(s3.code("PutBucketPolicy", policy("Allow", "*", "s3:GetObject")), "AccessDenied");
  EXPECT_EQ(s3.code("PutBucketPolicy", policy("Allow", kOther, "s3:GetObject")), "");
}

}  // namespace
}  // namespace cloudchamber::mock::s3

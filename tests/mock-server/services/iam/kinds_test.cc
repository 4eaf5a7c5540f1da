// What is the same for users, groups, roles and the other named things, tried on each of them.
#include "sdk/codec/uri.h"
#include "tests/mock-server/services/iam/iam_world.h"

namespace cloudchamber::mock::iam {
namespace {

struct PolicyOperations {
  const char* name_member;
  const char* word;
  const char* create;
  const char *put, *get, *remove, *list;
  const char *attach, *detach, *list_attached;
};
constexpr PolicyOperations kHolders[] = {
    {"UserName", "user", "CreateUser", "PutUserPolicy", "GetUserPolicy", "DeleteUserPolicy",
     "ListUserPolicies", "AttachUserPolicy", "DetachUserPolicy", "ListAttachedUserPolicies"},
    {"GroupName", "group", "CreateGroup", "PutGroupPolicy", "GetGroupPolicy", "DeleteGroupPolicy",
     "ListGroupPolicies", "AttachGroupPolicy", "DetachGroupPolicy", "ListAttachedGroupPolicies"},
    {"RoleName", "role", "CreateRole", "PutRolePolicy", "GetRolePolicy", "DeleteRolePolicy",
     "ListRolePolicies", "AttachRolePolicy", "DetachRolePolicy", "ListAttachedRolePolicies"},
};

class Holders : public IamWorld {
 protected:
  void create(const PolicyOperations& of) {
    Json input{{of.name_member, "x"}};
    if (std::string(of.create) == "CreateRole") input["AssumeRolePolicyDocument"] = kTrust;
    iam(of.create, input);
  }
};
using InlinePolicies = Holders;
using AttachedPolicies = Holders;

TEST_F(InlinePolicies, ArePutShownListedAndDeleted) {
  for (const PolicyOperations& of : kHolders) {
    Json named{{of.name_member, "x"}, {"PolicyName", "p"}};
    Json put = named;
    put["PolicyDocument"] = kPolicy;
    const std::string missing =
        std::string("NoSuchEntity: The ") + of.word + " with name x cannot be found.";
    EXPECT_EQ(iam_error(of.put, put), missing);
    create(of);
    iam(of.put, put);
    const Json got = iam(of.get, named);
    EXPECT_EQ(got[of.name_member], "x");
    EXPECT_EQ(uri_decode(got["PolicyDocument"].get<std::string>()), kPolicy);
    EXPECT_EQ(iam(of.list, {{of.name_member, "x"}})["PolicyNames"], Json({"p"}));
    put["PolicyDocument"] = "{}";
    EXPECT_EQ(iam_error(of.put, put), "MalformedPolicyDocument: Syntax errors in policy.");
    iam(of.remove, named);
    const std::string none =
        std::string("NoSuchEntity: The ") + of.word + " policy with name p cannot be found.";
    EXPECT_EQ(iam_error(of.remove, named), none);
    EXPECT_EQ(iam_error(of.get, named), none);
    EXPECT_EQ(iam(of.list, {{of.name_member, "x"}})["PolicyNames"], Json::array());
  }
}

TEST_F(AttachedPolicies, AreAttachedListedAndDetached) {
  const std::string arn = policy("p");
  const std::string aws = "arn:aws:iam::aws:policy/service-role/AWSLambdaRole";
  for (const PolicyOperations& of : kHolders) {
    create(of);
    for (const std::string& one : {arn, aws}) {
      iam(of.attach, {{of.name_member, "x"}, {"PolicyArn", one}});
    }
    EXPECT_EQ(iam(of.list_attached, {{of.name_member, "x"}})["AttachedPolicies"],
              Json::array({{{"PolicyName", "p"}, {"PolicyArn", arn}},
                           {{"PolicyName", "AWSLambdaRole"}, {"PolicyArn", aws}}}));
    EXPECT_EQ(iam(of.list_attached,
                  {{of.name_member, "x"}, {"PathPrefix", "/service-role/"}})["AttachedPolicies"]
                  .size(),
              1U);
    iam(of.detach, {{of.name_member, "x"}, {"PolicyArn", arn}});
    EXPECT_EQ(iam_error(of.detach, {{of.name_member, "x"}, {"PolicyArn", arn}}),
              "NoSuchEntity: Policy " + arn + " was not found.");
  }
  EXPECT_EQ(iam("GetPolicy", {{"PolicyArn", aws}})["Policy"]["AttachmentCount"], 3);
}

using Tagging = IamWorld;

TEST_F(Tagging, IsTheSameForAll) {
  user("x");
  role("x");
  profile("x");
  const std::string metadata = "<EntityDescriptor>" + std::string(1000, ' ');
  const Json mfa = iam("CreateVirtualMFADevice", {{"VirtualMFADeviceName", "x"}});
  const struct {
    const char *tag, *untag, *list;
    Json named;
  } rows[] = {
      {"TagUser", "UntagUser", "ListUserTags", {{"UserName", "x"}}},
      {"TagRole", "UntagRole", "ListRoleTags", {{"RoleName", "x"}}},
      {"TagPolicy", "UntagPolicy", "ListPolicyTags", {{"PolicyArn", policy("x")}}},
      {"TagInstanceProfile",
       "UntagInstanceProfile",
       "ListInstanceProfileTags",
       {{"InstanceProfileName", "x"}}},
      {"TagMFADevice",
       "UntagMFADevice",
       "ListMFADeviceTags",
       {{"SerialNumber", mfa["VirtualMFADevice"]["SerialNumber"]}}},
      {"TagOpenIDConnectProvider", "UntagOpenIDConnectProvider", "ListOpenIDConnectProviderTags",
       iam("CreateOpenIDConnectProvider", {{"Url", "https://x.com"}})},
      {"TagSAMLProvider", "UntagSAMLProvider", "ListSAMLProviderTags",
       iam("CreateSAMLProvider", {{"Name", "x"}, {"SAMLMetadataDocument", metadata}})},
  };
  for (const auto& row : rows) {
    const auto tag_of = [](const char* key, const char* value) {
      return Json{{"Key", key}, {"Value", value}};
    };
    Json tag = row.named;
    tag["Tags"] = Json::array({tag_of("b", "1"), tag_of("a", "2"), tag_of("c", "")});
    iam(row.tag, tag);
    Json one = row.named;
    one["MaxItems"] = 2;
    const Json page = iam(row.list, one);
    EXPECT_EQ(page["Tags"], Json::array({tag_of("a", "2"), tag_of("b", "1")})) << row.tag;
    one["Marker"] = page["Marker"];
    EXPECT_EQ(iam(row.list, one)["Tags"], Json::array({tag_of("c", "")})) << row.tag;
    Json untag = row.named;
    untag["TagKeys"] = {"A", "b"};
    iam(row.untag, untag);
    EXPECT_EQ(iam(row.list, row.named)["Tags"], Json::array({tag_of("c", "")})) << row.untag;
    tag["Tags"] = Json::array({tag_of("NOWAY!", "")});
    EXPECT_EQ(iam_error(row.tag, tag),
              "ValidationError: 1 validation error detected: Value at 'tags.1.member.key' failed "
              "to satisfy constraint: Member must satisfy regular expression pattern: "
              "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
  }
}

using PutUserPermissionsBoundary = IamWorld;

TEST_F(PutUserPermissionsBoundary, IsShownByGetUserUntilDeleted) {
  user("u");
  const std::string arn = policy("b");
  iam("PutUserPermissionsBoundary", {{"UserName", "u"}, {"PermissionsBoundary", arn}});
  EXPECT_EQ(
      iam("GetUser", {{"UserName", "u"}})["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"],
      arn);
  iam("DeleteUserPermissionsBoundary", {{"UserName", "u"}});
  EXPECT_FALSE(iam("GetUser", {{"UserName", "u"}})["User"].contains("PermissionsBoundary"));
}

using ListInstanceProfiles = IamWorld;

TEST_F(ListInstanceProfiles, ShowsTheirRoles) {
  role("r");
  profile("p");
  iam("AddRoleToInstanceProfile", {{"RoleName", "r"}, {"InstanceProfileName", "p"}});
  const Json listed = iam("ListInstanceProfiles");
  ASSERT_EQ(listed["InstanceProfiles"].size(), 1U);
  EXPECT_EQ(listed["InstanceProfiles"][0]["Roles"][0]["RoleName"], "r");
}

using GetAccessKeyLastUsed = IamWorld;

TEST_F(GetAccessKeyLastUsed, AnswersAsForAKeyNeverUsed) {
  user("u");
  const Json key = iam("CreateAccessKey", {{"UserName", "u"}});
  EXPECT_EQ(iam("GetAccessKeyLastUsed", {{"AccessKeyId", key["AccessKey"]["AccessKeyId"]}}),
            Json({{"UserName", "u"},
                  {"AccessKeyLastUsed", {{"Region", "N/A"}, {"ServiceName", "N/A"}}}}));
  EXPECT_NE(iam_error("GetAccessKeyLastUsed", {{"AccessKeyId", "AKIAXXXXXXXXXXXXXXXX"}})
                .find("AccessDenied"),
            std::string::npos);
}

}  // namespace
}  // namespace cloudchamber::mock::iam

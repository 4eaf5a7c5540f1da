// STS asks IAM whom a role trusts.
#include "mock-server/state/credentials.h"
#include "tests/mock-server/services/iam/iam_world.h"

namespace cloudchamber::mock::iam {
namespace {

class Trust : public IamWorld {
 protected:
  // A role with that statement's principal and condition.
  void trusting(const std::string& principal, const std::string& more = "") {
    iam("CreateRole",
        {{"RoleName", "r"},
         {"AssumeRolePolicyDocument",
          R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",)"
          R"("Principal":)" +
              principal + more + "}]}"}});
  }
  std::string assume(const Json& more = Json::object(), const std::string& by = "123456789012") {
    Json input{{"RoleArn", kArn}, {"RoleSessionName", "fred"}};
    input.update(more);
    return error_of("sts", "AssumeRole", input, by);
  }
  static std::string denied(const std::string& action = "sts:AssumeRole",
                            const std::string& account = "123456789012") {
    return "AccessDenied: User: arn:aws:iam::" + account +
           ":root is not authorized to perform: " + action + " on resource: " + kArn;
  }
  static constexpr const char* kArn = "arn:aws:iam::123456789012:role/r";
};

using TrustPolicies = Trust;

TEST_F(TrustPolicies, DecideWhoMayAssumeTheRole) {
  trusting(R"({"Service":"ec2.amazonaws.com"})");
  EXPECT_EQ(assume(), denied());
  iam("DeleteRole", {{"RoleName", "r"}});
  trusting(R"({"AWS":"arn:aws:iam::123456789012:root"})");
  EXPECT_EQ(assume(), "succeeded");
  EXPECT_EQ(assume(Json::object(), "222222222222"), denied("sts:AssumeRole", "222222222222"));
  iam("DeleteRole", {{"RoleName", "r"}});
  trusting(R"({"AWS":"222222222222"})");
  EXPECT_EQ(assume(), denied());
  EXPECT_EQ(assume(Json::object(), "222222222222"), "succeeded");
}

TEST_F(TrustPolicies, MayDemandAnExternalId) {
  trusting(R"("*")", R"(,"Condition":{"StringEquals":{"sts:ExternalId":"xyz"}})");
  EXPECT_EQ(assume(), denied());
  EXPECT_EQ(assume({{"ExternalId", "yy"}}), denied());
  EXPECT_EQ(assume({{"ExternalId", "xyz"}}), "succeeded");
}

TEST_F(TrustPolicies, AreAskedForTagsAndSourceIdentityToo) {
  trusting(R"("*")");
  EXPECT_EQ(assume({{"Tags", Json::array({{{"Key", "a"}, {"Value", "b"}}})}}),
            denied("sts:TagSession"));
  EXPECT_EQ(assume({{"SourceIdentity", "fred"}}), denied("sts:SetSourceIdentity"));
}

TEST_F(TrustPolicies, BoundTheSession) {
  trusting(R"("*")");
  EXPECT_EQ(assume({{"DurationSeconds", 3600}}), "succeeded");
  EXPECT_EQ(assume({{"DurationSeconds", 3601}}),
            "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for "
            "this role.");
  iam("UpdateRole", {{"RoleName", "r"}, {"MaxSessionDuration", 7200}});
  EXPECT_EQ(assume({{"DurationSeconds", 7200}}), "succeeded");
}

TEST_F(TrustPolicies, BelongToARoleWithAnIdOfItsOwn) {
  trusting(R"("*")");
  const std::string id = iam("GetRole", {{"RoleName", "r"}})["Role"]["RoleId"];
  const Json result = call("sts", "AssumeRole", {{"RoleArn", kArn}, {"RoleSessionName", "fred"}});
  EXPECT_EQ(result["AssumedRoleUser"]["AssumedRoleId"], id + ":fred");
}

TEST_F(TrustPolicies, AreNotAskedOfRolesThatNobodyCreated) { EXPECT_EQ(assume(), "succeeded"); }

}  // namespace
}  // namespace cloudchamber::mock::iam

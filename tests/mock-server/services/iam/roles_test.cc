#include "sdk/codec/uri.h"
#include "tests/mock-server/services/iam/iam_world.h"

namespace cloudchamber::mock::iam {
namespace {

using CreateRole = IamWorld;

// LocalStack's recording test_create_describe_role.
TEST_F(CreateRole, ShowsLessThanGetRoleAndListRoles) {
  const Json created = role("r");
  EXPECT_FALSE(created.contains("MaxSessionDuration"));
  EXPECT_FALSE(created.contains("RoleLastUsed"));
  const Json got = iam("GetRole", {{"RoleName", "r"}})["Role"];
  EXPECT_EQ(got["MaxSessionDuration"], 3600);
  EXPECT_EQ(got["RoleLastUsed"], Json::object());
  EXPECT_EQ(uri_decode(got["AssumeRolePolicyDocument"].get<std::string>()), kTrust);
  const Json listed = iam("ListRoles")["Roles"][0];
  EXPECT_EQ(listed["MaxSessionDuration"], 3600);
  EXPECT_FALSE(listed.contains("RoleLastUsed"));
}

TEST_F(CreateRole, TakesANameOnce) {
  role("r");
  EXPECT_EQ(iam_error("CreateRole", {{"RoleName", "R"}, {"AssumeRolePolicyDocument", kTrust}}),
            "EntityAlreadyExists: Role with name R already exists.");
}

TEST_F(CreateRole, BoundsTheSessionAndTheTrustPolicy) {
  const auto create = [&](int seconds) {
    return iam_error("CreateRole", {{"RoleName", "r" + std::to_string(seconds)},
                                    {"AssumeRolePolicyDocument", kTrust},
                                    {"MaxSessionDuration", seconds}});
  };
  for (const auto& [seconds, good] :
       {std::pair(3599, false), {3600, true}, {43'200, true}, {43'201, false}}) {
    EXPECT_EQ(create(seconds) == "succeeded", good) << seconds;
  }
  const auto with_sid = [](std::size_t size) {
    const std::string front = R"({"Version":"2012-10-17","Statement":[{"Sid":")";
    const std::string back = R"(","Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]})";
    return front + std::string(size - front.size() - back.size(), 'x') + back;
  };
  EXPECT_EQ(
      iam_error("CreateRole", {{"RoleName", "a"}, {"AssumeRolePolicyDocument", with_sid(2048)}}),
      "succeeded");
  EXPECT_EQ(
      iam_error("CreateRole", {{"RoleName", "b"}, {"AssumeRolePolicyDocument", with_sid(2049)}}),
      "LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048");
  EXPECT_EQ(iam_error("CreateRole",
                      {{"RoleName", "c"}, {"AssumeRolePolicyDocument", with_sid(2048) + "  \n"}}),
            "succeeded");
}

TEST_F(CreateRole, TrustsOnlyThoseOfItsOwnAccountWhoExist) {
  const auto trust = [&](const std::string& arn) {
    return iam_error(
        "CreateRole",
        {{"RoleName", "r"},
         {"AssumeRolePolicyDocument",
          R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":")" + arn +
              R"("},"Action":"sts:AssumeRole"}})"}});
  };
  EXPECT_EQ(trust("arn:aws:iam::123456789012:user/fred"),
            "MalformedPolicyDocument: Invalid principal in policy: "
            "\"AWS\":\"arn:aws:iam::123456789012:user/fred\"");
  user("fred");
  EXPECT_EQ(trust("arn:aws:iam::123456789012:user/fred"), "succeeded");
  iam("DeleteRole", {{"RoleName", "r"}});
  EXPECT_EQ(trust("arn:aws:iam::999999999999:user/anybody"), "succeeded");
}

using UpdateAssumeRolePolicy = IamWorld;

TEST_F(UpdateAssumeRolePolicy, LeavesTheOldOneWhereTheNewIsMalformed) {
  role("r");
  EXPECT_EQ(iam_error("UpdateAssumeRolePolicy", {{"RoleName", "r"}, {"PolicyDocument", kPolicy}}),
            "MalformedPolicyDocument: Has prohibited field Resource");
  EXPECT_EQ(uri_decode(iam("GetRole", {{"RoleName", "r"}})["Role"]["AssumeRolePolicyDocument"]
                           .get<std::string>()),
            kTrust);
}

using UpdateRole = IamWorld;

TEST_F(UpdateRole, ChangesWhatIsGiven) {
  role("r");
  iam("UpdateRole", {{"RoleName", "r"}, {"Description", "d"}});
  iam("UpdateRole", {{"RoleName", "r"}, {"MaxSessionDuration", 7200}});
  const Json got = iam("GetRole", {{"RoleName", "r"}})["Role"];
  EXPECT_EQ(got["Description"], "d");
  EXPECT_EQ(got["MaxSessionDuration"], 7200);
  EXPECT_EQ(iam("UpdateRoleDescription",
                {{"RoleName", "r"}, {"Description", "e"}})["Role"]["Description"],
            "e");
}

using DeleteRole = IamWorld;

TEST_F(DeleteRole, NeedsEverythingElseGoneFirst) {
  role("r");
  profile("p");
  const Json r{{"RoleName", "r"}};
  const Json in_profile{{"RoleName", "r"}, {"InstanceProfileName", "p"}};
  iam("AddRoleToInstanceProfile", in_profile);
  EXPECT_EQ(iam_error("DeleteRole", r),
            "DeleteConflict: Cannot delete entity, must remove roles from instance profile first.");
  iam("RemoveRoleFromInstanceProfile", in_profile);
  iam("PutRolePolicy", {{"RoleName", "r"}, {"PolicyName", "i"}, {"PolicyDocument", kPolicy}});
  EXPECT_EQ(iam_error("DeleteRole", r),
            "DeleteConflict: Cannot delete entity, must delete policies first.");
  iam("DeleteRolePolicy", {{"RoleName", "r"}, {"PolicyName", "i"}});
  EXPECT_EQ(iam_error("DeleteRole", r), "succeeded");
  EXPECT_EQ(iam_error("GetRole", r), "NoSuchEntity: The role with name r cannot be found.");
}

using PutRolePermissionsBoundary = IamWorld;

TEST_F(PutRolePermissionsBoundary, IsShownByGetRoleAlone) {
  role("r");
  const std::string arn = policy("b");
  iam("PutRolePermissionsBoundary", {{"RoleName", "r"}, {"PermissionsBoundary", arn}});
  EXPECT_EQ(iam("GetRole", {{"RoleName", "r"}})["Role"]["PermissionsBoundary"],
            Json({{"PermissionsBoundaryType", "Policy"}, {"PermissionsBoundaryArn", arn}}));
  EXPECT_FALSE(iam("ListRoles")["Roles"][0].contains("PermissionsBoundary"));
  EXPECT_EQ(iam("GetPolicy", {{"PolicyArn", arn}})["Policy"]["PermissionsBoundaryUsageCount"], 1);
  EXPECT_EQ(iam_error("DeletePolicy", {{"PolicyArn", arn}}),
            "DeleteConflict: Cannot delete a policy attached to entities.");
  iam("DeleteRolePermissionsBoundary", {{"RoleName", "r"}});
  EXPECT_FALSE(iam("GetRole", {{"RoleName", "r"}})["Role"].contains("PermissionsBoundary"));
}

using AddRoleToInstanceProfile = IamWorld;

TEST_F(AddRoleToInstanceProfile, TakesOneRole) {
  role("r");
  role("s");
  profile("p");
  const auto add = [&](const char* name) {
    return iam_error("AddRoleToInstanceProfile",
                     {{"RoleName", name}, {"InstanceProfileName", "p"}});
  };
  EXPECT_EQ(add("none"), "NoSuchEntity: The role with name none cannot be found.");
  EXPECT_EQ(add("r"), "succeeded");
  EXPECT_EQ(add("s"),
            "LimitExceeded: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
  EXPECT_EQ(iam("GetInstanceProfile",
                {{"InstanceProfileName", "p"}})["InstanceProfile"]["Roles"][0]["RoleName"],
            "r");
  EXPECT_EQ(iam("ListInstanceProfilesForRole", {{"RoleName", "r"}})["InstanceProfiles"].size(), 1U);
  EXPECT_EQ(iam("ListInstanceProfilesForRole", {{"RoleName", "s"}})["InstanceProfiles"].size(), 0U);
  EXPECT_EQ(iam_error("DeleteInstanceProfile", {{"InstanceProfileName", "p"}}),
            "DeleteConflict: Cannot delete entity, must remove roles from instance profile first.");
}

using CreateInstanceProfile = IamWorld;

TEST_F(CreateInstanceProfile, TakesANameOnce) {
  EXPECT_EQ(profile("p")["Roles"], Json::array());
  EXPECT_EQ(iam_error("CreateInstanceProfile", {{"InstanceProfileName", "P"}}),
            "EntityAlreadyExists: Instance Profile P already exists.");
  EXPECT_EQ(iam_error("GetInstanceProfile", {{"InstanceProfileName", "q"}}),
            "NoSuchEntity: Instance Profile q cannot be found.");
}

}  // namespace
}  // namespace cloudchamber::mock::iam

#include "sdk/codec/uri.h"
#include "tests/mock-server/services/iam/iam_world.h"

namespace cloudchamber::mock::iam {
namespace {

using namespace std::chrono_literals;

using CreateAccountAlias = IamWorld;

TEST_F(CreateAccountAlias, ReplacesTheOneThereWas) {
  iam("CreateAccountAlias", {{"AccountAlias", "first"}});
  iam("CreateAccountAlias", {{"AccountAlias", "second"}});
  EXPECT_EQ(iam("ListAccountAliases")["AccountAliases"], Json({"second"}));
  EXPECT_EQ(iam_error("DeleteAccountAlias", {{"AccountAlias", "first"}}),
            "NoSuchEntity: The account alias with name first cannot be found.");
  iam("DeleteAccountAlias", {{"AccountAlias", "second"}});
  EXPECT_EQ(iam("ListAccountAliases")["AccountAliases"], Json::array());
}

TEST_F(CreateAccountAlias, TakesLowerCaseAndSingleDashes) {
  for (const auto& [alias, good] : {std::pair("ab", false),
                                    {"abc", true},
                                    {"a-b", true},
                                    {"a--b", false},
                                    {"-ab", false},
                                    {"ab-", false},
                                    {"Abc", false},
                                    {"a_b", false}}) {
    EXPECT_EQ(iam_error("CreateAccountAlias", {{"AccountAlias", alias}}) == "succeeded", good)
        << alias;
  }
}

using GetAccountSummary = IamWorld;

TEST_F(GetAccountSummary, Counts) {
  user("u");
  role("r");
  policy("p");
  iam("CreatePolicyVersion",
      {{"PolicyArn", "arn:aws:iam::123456789012:policy/p"}, {"PolicyDocument", kPolicy}});
  const Json summary = iam("GetAccountSummary")["SummaryMap"];
  EXPECT_EQ(summary["Users"], 1);
  EXPECT_EQ(summary["Roles"], 1);
  EXPECT_EQ(summary["Groups"], 0);
  EXPECT_EQ(summary["Policies"], 1);
  EXPECT_EQ(summary["PolicyVersionsInUse"], 2);
  EXPECT_EQ(summary["UsersQuota"], 5000);
}

using UpdateAccountPasswordPolicy = IamWorld;

TEST_F(UpdateAccountPasswordPolicy, SetsWhatIsLeftOutBack) {
  EXPECT_EQ(iam_error("GetAccountPasswordPolicy", Json::object()),
            "NoSuchEntity: The Password Policy with domain name 123456789012 cannot be found.");
  iam("UpdateAccountPasswordPolicy", {{"RequireSymbols", true}, {"MaxPasswordAge", 90}});
  Json policy = iam("GetAccountPasswordPolicy")["PasswordPolicy"];
  EXPECT_EQ(policy["RequireSymbols"], true);
  EXPECT_EQ(policy["ExpirePasswords"], true);
  EXPECT_EQ(policy["MaxPasswordAge"], 90);
  iam("UpdateAccountPasswordPolicy", {{"MinimumPasswordLength", 10}});
  policy = iam("GetAccountPasswordPolicy")["PasswordPolicy"];
  EXPECT_EQ(policy, Json({{"MinimumPasswordLength", 10},
                          {"RequireSymbols", false},
                          {"RequireNumbers", false},
                          {"RequireUppercaseCharacters", false},
                          {"RequireLowercaseCharacters", false},
                          {"AllowUsersToChangePassword", false},
                          {"ExpirePasswords", false}}));
  iam("DeleteAccountPasswordPolicy");
  EXPECT_EQ(iam_error("DeleteAccountPasswordPolicy", Json::object()),
            "NoSuchEntity: The account policy with name PasswordPolicy cannot be found.");
}

TEST_F(UpdateAccountPasswordPolicy, ChecksItsBounds) {
  const struct {
    const char* member;
    int value;
    bool good;
  } rows[] = {{"MinimumPasswordLength", 5, false},   {"MinimumPasswordLength", 6, true},
              {"MinimumPasswordLength", 128, true},  {"MinimumPasswordLength", 129, false},
              {"MaxPasswordAge", 0, false},          {"MaxPasswordAge", 1, true},
              {"MaxPasswordAge", 1095, true},        {"MaxPasswordAge", 1096, false},
              {"PasswordReusePrevention", 0, false}, {"PasswordReusePrevention", 24, true},
              {"PasswordReusePrevention", 25, false}};
  for (const auto& row : rows) {
    EXPECT_EQ(iam_error("UpdateAccountPasswordPolicy", {{row.member, row.value}}) == "succeeded",
              row.good)
        << row.member << row.value;
  }
}

using CreateLoginProfile = IamWorld;

TEST_F(CreateLoginProfile, IsOneAUser) {
  user("u");
  const Json input{{"UserName", "u"}, {"Password", "Correct-Horse1"}};
  EXPECT_EQ(iam_error("GetLoginProfile", {{"UserName", "u"}}),
            "NoSuchEntity: Login Profile for User u cannot be found.");
  const Json created = iam("CreateLoginProfile", input)["LoginProfile"];
  EXPECT_EQ(created["UserName"], "u");
  EXPECT_EQ(created["PasswordResetRequired"], false);
  EXPECT_EQ(iam_error("CreateLoginProfile", input),
            "EntityAlreadyExists: Login Profile for User u already exists.");
  iam("UpdateLoginProfile", {{"UserName", "u"}, {"PasswordResetRequired", true}});
  EXPECT_EQ(iam("GetLoginProfile", {{"UserName", "u"}})["LoginProfile"]["PasswordResetRequired"],
            true);
  EXPECT_EQ(iam_error("DeleteUser", {{"UserName", "u"}}),
            "DeleteConflict: Cannot delete entity, must delete login profile first.");
  iam("DeleteLoginProfile", {{"UserName", "u"}});
  EXPECT_EQ(iam_error("DeleteLoginProfile", {{"UserName", "u"}}),
            "NoSuchEntity: Login Profile for User u cannot be found.");
}

TEST_F(CreateLoginProfile, FollowsTheAccountsPolicyElseAwsOwn) {
  user("u");
  const auto answer = [&](const char* password) {
    const std::string said =
        iam_error("CreateLoginProfile", {{"UserName", "u"}, {"Password", password}});
    if (said == "succeeded") iam("DeleteLoginProfile", {{"UserName", "u"}});
    return said;
  };
  const std::string no = "PasswordPolicyViolation: Password should have ";
  EXPECT_EQ(answer("Short-1"), no + "a minimum length of 8");
  EXPECT_EQ(answer("lowercase1"),
            "PasswordPolicyViolation: Password does not conform to the account password policy.");
  EXPECT_EQ(answer("Mixed-case"), "succeeded");
  iam("UpdateAccountPasswordPolicy", {{"RequireNumbers", true},
                                      {"RequireSymbols", true},
                                      {"RequireUppercaseCharacters", true},
                                      {"RequireLowercaseCharacters", true}});
  EXPECT_EQ(answer("aB-1"), no + "a minimum length of 6");
  EXPECT_EQ(answer("lower-1"), no + "at least one uppercase letter");
  EXPECT_EQ(answer("UPPER-1"), no + "at least one lowercase letter");
  EXPECT_EQ(answer("Mixed-case"), no + "at least one number");
  EXPECT_EQ(answer("Mixed1case"), no + "at least one symbol");
  EXPECT_EQ(answer("Mixed-1case"), "succeeded");
}

using UpdateLoginProfile = IamWorld;

TEST_F(UpdateLoginProfile, DoesNotTakeAFormerPasswordAgain) {
  user("u");
  iam("UpdateAccountPasswordPolicy", {{"PasswordReusePrevention", 2}});
  iam("CreateLoginProfile", {{"UserName", "u"}, {"Password", "first-one"}});
  const auto change = [&](const char* password) {
    return iam_error("UpdateLoginProfile", {{"UserName", "u"}, {"Password", password}});
  };
  EXPECT_NE(change("first-one"), "succeeded");
  EXPECT_EQ(change("second-one"), "succeeded");
  EXPECT_NE(change("first-one"), "succeeded");
  EXPECT_EQ(change("third-one"), "succeeded");
  EXPECT_EQ(change("first-one"), "succeeded");
}

using ChangePassword = IamWorld;

TEST_F(ChangePassword, IsForUsersAlone) {
  EXPECT_EQ(iam_error("ChangePassword", {{"OldPassword", "a"}, {"NewPassword", "b"}}),
            "InvalidUserType: Only IAM Users can change their own password");
}

using GetAccountAuthorizationDetails = IamWorld;

TEST_F(GetAccountAuthorizationDetails, ShowsAllAPageAtATime) {
  user("u");
  group("g");
  role("r");
  const std::string arn = policy("p");
  iam("AddUserToGroup", {{"UserName", "u"}, {"GroupName", "g"}});
  iam("PutUserPolicy", {{"UserName", "u"}, {"PolicyName", "i"}, {"PolicyDocument", kPolicy}});
  iam("AttachRolePolicy",
      {{"RoleName", "r"}, {"PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess"}});
  const Json all = iam("GetAccountAuthorizationDetails");
  EXPECT_EQ(all["UserDetailList"][0]["GroupList"], Json({"g"}));
  EXPECT_EQ(uri_decode(
                all["UserDetailList"][0]["UserPolicyList"][0]["PolicyDocument"].get<std::string>()),
            kPolicy);
  EXPECT_EQ(all["GroupDetailList"].size(), 1U);
  EXPECT_EQ(all["RoleDetailList"][0]["AttachedManagedPolicies"][0]["PolicyName"],
            "AdministratorAccess");
  ASSERT_EQ(all["Policies"].size(), 2U);
  EXPECT_EQ(all["Policies"][0]["Arn"], arn);
  EXPECT_EQ(all["Policies"][0]["PolicyVersionList"].size(), 1U);
  EXPECT_EQ(iam("GetAccountAuthorizationDetails", {{"Filter", {"Group"}}})["UserDetailList"].size(),
            0U);
  const Json page = iam("GetAccountAuthorizationDetails", {{"MaxItems", 3}});
  EXPECT_EQ(page["Policies"].size(), 0U);
  EXPECT_EQ(iam("GetAccountAuthorizationDetails", {{"Marker", page["Marker"]}})["Policies"].size(),
            2U);
}

using GenerateCredentialReport = IamWorld;

TEST_F(GenerateCredentialReport, IsReadyAMomentLater) {
  user("u");
  EXPECT_EQ(iam_error("GetCredentialReport", Json::object()),
            "ReportNotPresent: Credential report not present");
  EXPECT_EQ(iam("GenerateCredentialReport")["State"], "STARTED");
  EXPECT_EQ(iam("GenerateCredentialReport")["State"], "INPROGRESS");
  clock_->advance(1s);
  EXPECT_EQ(iam("GenerateCredentialReport")["State"], "COMPLETE");
  const Json report = iam("GetCredentialReport");
  const auto& bytes = report["Content"].get_binary();
  const std::string text(bytes.begin(), bytes.end());
  EXPECT_NE(text.find("\n<root_account>,arn:aws:iam::123456789012:root,2020-01-01T00:00:00+00:00,"),
            std::string::npos);
  EXPECT_NE(text.find("\nu,arn:aws:iam::123456789012:user/u,"), std::string::npos);
  const auto commas = [&](std::size_t from) {
    return std::count(
        text.begin() + static_cast<std::ptrdiff_t>(from),
        text.begin() + static_cast<std::ptrdiff_t>(std::min(text.find('\n', from), text.size())),
        ',');
  };
  EXPECT_EQ(commas(0), 21);
  EXPECT_EQ(commas(text.find('\n') + 1), 21);
  EXPECT_EQ(commas(text.find("\nu,") + 1), 21);
}

using CreateServiceLinkedRole = IamWorld;

// LocalStack's recordings TestIAMServiceRoles.
TEST_F(CreateServiceLinkedRole, IsNamedAndPermittedByAws) {
  const Json created = iam("CreateServiceLinkedRole", {{"AWSServiceName", "batch.amazonaws.com"}});
  EXPECT_EQ(created["Role"]["Arn"],
            "arn:aws:iam::123456789012:role/aws-service-role/batch.amazonaws.com/"
            "AWSServiceRoleForBatch");
  const Json attached =
      iam("ListAttachedRolePolicies", {{"RoleName", "AWSServiceRoleForBatch"}})["AttachedPolicies"];
  EXPECT_EQ(attached[0]["PolicyArn"],
            "arn:aws:iam::aws:policy/aws-service-role/BatchServiceRolePolicy");
  EXPECT_EQ(iam_error("CreateServiceLinkedRole", {{"AWSServiceName", "batch.amazonaws.com"}}),
            "InvalidInput: Service role name AWSServiceRoleForBatch has been taken in this "
            "account, please try a different suffix.");
  EXPECT_EQ(iam_error("CreateServiceLinkedRole",
                      {{"AWSServiceName", "batch.amazonaws.com"}, {"CustomSuffix", "x"}}),
            "InvalidInput: Custom suffix is not allowed for batch.amazonaws.com");
  EXPECT_EQ(iam("CreateServiceLinkedRole", {{"AWSServiceName", "autoscaling.amazonaws.com"},
                                            {"CustomSuffix", "x"}})["Role"]["RoleName"],
            "AWSServiceRoleForAutoScaling_x");
  EXPECT_NE(
      iam_error("DeleteRole", {{"RoleName", "AWSServiceRoleForBatch"}}).find("UnmodifiableEntity"),
      std::string::npos);
}

using DeleteServiceLinkedRole = IamWorld;

TEST_F(DeleteServiceLinkedRole, IsATaskWithAStatus) {
  iam("CreateServiceLinkedRole", {{"AWSServiceName", "batch.amazonaws.com"}});
  const Json task = iam("DeleteServiceLinkedRole", {{"RoleName", "AWSServiceRoleForBatch"}});
  EXPECT_EQ(task["DeletionTaskId"].get<std::string>().substr(0, 66),
            "task/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch/" +
                task["DeletionTaskId"].get<std::string>().substr(65, 1));
  EXPECT_EQ(iam("GetServiceLinkedRoleDeletionStatus", task)["Status"], "IN_PROGRESS");
  clock_->advance(1s);
  EXPECT_EQ(iam("GetServiceLinkedRoleDeletionStatus", task)["Status"], "SUCCEEDED");
  EXPECT_NE(iam_error("GetServiceLinkedRoleDeletionStatus", {{"DeletionTaskId", "task/none"}})
                .find("NoSuchEntity"),
            std::string::npos);
}

}  // namespace
}  // namespace cloudchamber::mock::iam

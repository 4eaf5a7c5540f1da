#include "sdk/codec/uri.h"
#include "tests/mock-server/services/iam/iam_world.h"

namespace cloudchamber::mock::iam {
namespace {

// A policy of so many characters.
std::string policy_of(std::size_t size) {
  const std::string front = R"({"Version":"2012-10-17","Statement":[{"Sid":")";
  const std::string back = R"(","Effect":"Allow","Action":"s3:*","Resource":"*"}]})";
  return front + std::string(size - front.size() - back.size(), 'x') + back;
}

using CreatePolicy = IamWorld;

TEST_F(CreatePolicy, BeginsWithVersionOne) {
  const Json created =
      iam("CreatePolicy", {{"PolicyName", "p"}, {"Path", "/a/"}, {"PolicyDocument", kPolicy}});
  const Json& shape = created["Policy"];
  EXPECT_EQ(shape["Arn"], "arn:aws:iam::123456789012:policy/a/p");
  EXPECT_EQ(shape["PolicyId"].get<std::string>().substr(0, 4), "ANPA");
  EXPECT_EQ(shape["DefaultVersionId"], "v1");
  EXPECT_EQ(shape["AttachmentCount"], 0);
  EXPECT_EQ(shape["IsAttachable"], true);
  const Json version =
      iam("GetPolicyVersion", {{"PolicyArn", shape["Arn"]}, {"VersionId", "v1"}})["PolicyVersion"];
  EXPECT_EQ(uri_decode(version["Document"].get<std::string>()), kPolicy);
  EXPECT_EQ(version["IsDefaultVersion"], true);
  EXPECT_EQ(iam_error("CreatePolicy", {{"PolicyName", "P"}, {"PolicyDocument", kPolicy}}),
            "EntityAlreadyExists: A policy called P already exists. Duplicate names are not "
            "allowed.");
}

TEST_F(CreatePolicy, BoundsTheDocumentWithoutItsWhiteSpace) {
  const auto create = [&](const char* name, const std::string& document) {
    return iam_error("CreatePolicy", {{"PolicyName", name}, {"PolicyDocument", document}});
  };
  EXPECT_EQ(create("a", policy_of(6144)), "succeeded");
  EXPECT_EQ(create("b", policy_of(6144) + " \n\t"), "succeeded");
  EXPECT_EQ(create("c", policy_of(6145)),
            "LimitExceeded: Cannot exceed quota for PolicySize: 6144");
  EXPECT_EQ(create("d", "{}"), "MalformedPolicyDocument: Syntax errors in policy.");
}

using GetPolicy = IamWorld;

// LocalStack's recording test_role_attach_policy; cloud-custodian's test_iam_policy_delete.
TEST_F(GetPolicy, WordsWhatIsNotThere) {
  const std::string arn = "arn:aws:iam::123456789012:policy/none";
  const auto get = [&](const std::string& policy_arn) {
    return iam_error("GetPolicy", {{"PolicyArn", policy_arn}});
  };
  EXPECT_EQ(get(arn), "NoSuchEntity: Policy " + arn + " does not exist or is not attachable.");
  EXPECT_EQ(iam_error("DeletePolicy", {{"PolicyArn", arn}}),
            "NoSuchEntity: Policy " + arn + " was not found.");
  EXPECT_EQ(get("longpolicynamebutnoarn"), "ValidationError: Invalid ARN:  Could not be parsed!");
  EXPECT_EQ(get("arn:aws:iam::123456789012:user/fred"),
            "ValidationError: ARN arn:aws:iam::123456789012:user/fred is not valid.");
  EXPECT_EQ(get("short"),
            "ValidationError: 1 validation error detected: Value at 'policyArn' failed to satisfy "
            "constraint: Member must have length greater than or equal to 20");
}

TEST_F(GetPolicy, KnowsAwsOwn) {
  const std::string arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
  const Json shape = iam("GetPolicy", {{"PolicyArn", arn}})["Policy"];
  EXPECT_EQ(shape["PolicyName"], "AWSLambdaBasicExecutionRole");
  EXPECT_EQ(shape["Path"], "/service-role/");
  const Json version =
      iam("GetPolicyVersion", {{"PolicyArn", arn}, {"VersionId", shape["DefaultVersionId"]}});
  const std::string document = version["PolicyVersion"]["Document"];
  EXPECT_NE(uri_decode(document).find("logs:CreateLogGroup"), std::string::npos);
  const std::string large = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  EXPECT_EQ(iam_error("GetPolicyVersion",
                      {{"PolicyArn", large},
                       {"VersionId",
                        iam("GetPolicy", {{"PolicyArn", large}})["Policy"]["DefaultVersionId"]}}),
            "NotImplemented: The document of " + large + " is not emulated by Cloud Chamber");
  EXPECT_NE(iam_error("DeletePolicy", {{"PolicyArn", arn}}).find("AccessDenied"),
            std::string::npos);
}

using ListPolicies = IamWorld;

TEST_F(ListPolicies, ShowsOwnAndAwsAndThoseInUse) {
  const std::string p = policy("p");
  const std::string q =
      iam("CreatePolicy",
          {{"PolicyName", "q"}, {"Path", "/x/"}, {"PolicyDocument", kPolicy}})["Policy"]["Arn"];
  role("r");
  const std::string aws = "arn:aws:iam::aws:policy/AdministratorAccess";
  iam("AttachRolePolicy", {{"RoleName", "r"}, {"PolicyArn", p}});
  iam("AttachRolePolicy", {{"RoleName", "r"}, {"PolicyArn", aws}});
  iam("PutRolePermissionsBoundary", {{"RoleName", "r"}, {"PermissionsBoundary", q}});
  const auto arns = [&](Json input) {
    input["MaxItems"] = 1000;
    std::vector<std::string> result;
    const Json answer = iam("ListPolicies", input);
    for (const Json& shape : answer["Policies"]) result.push_back(shape["Arn"]);
    return result;
  };
  using Arns = std::vector<std::string>;
  EXPECT_EQ(arns({{"Scope", "Local"}}), (Arns{p, q}));
  EXPECT_EQ(arns({{"Scope", "Local"}, {"PathPrefix", "/x/"}}), Arns{q});
  EXPECT_EQ(arns({{"OnlyAttached", true}}), (Arns{p, q, aws}));
  EXPECT_EQ(arns({{"PolicyUsageFilter", "PermissionsPolicy"}}), (Arns{p, aws}));
  EXPECT_EQ(arns({{"PolicyUsageFilter", "PermissionsBoundary"}}), Arns{q});
  EXPECT_GT(arns({{"Scope", "AWS"}}).size(), 100U);
  EXPECT_EQ(arns(Json::object()).size(), arns({{"Scope", "AWS"}}).size() + 2);
}

using ListEntitiesForPolicy = IamWorld;

TEST_F(ListEntitiesForPolicy, ShowsWhoHasItAPageAtATime) {
  const std::string arn = policy("p");
  user("u");
  group("g");
  role("r");
  iam("AttachUserPolicy", {{"UserName", "u"}, {"PolicyArn", arn}});
  iam("AttachGroupPolicy", {{"GroupName", "g"}, {"PolicyArn", arn}});
  iam("PutRolePermissionsBoundary", {{"RoleName", "r"}, {"PermissionsBoundary", arn}});
  const auto sizes = [](const Json& result) {
    return std::vector<std::size_t>{result["PolicyGroups"].size(), result["PolicyUsers"].size(),
                                    result["PolicyRoles"].size()};
  };
  using Sizes = std::vector<std::size_t>;
  EXPECT_EQ(sizes(iam("ListEntitiesForPolicy", {{"PolicyArn", arn}})), (Sizes{1, 1, 1}));
  EXPECT_EQ(sizes(iam("ListEntitiesForPolicy", {{"PolicyArn", arn}, {"EntityFilter", "User"}})),
            (Sizes{0, 1, 0}));
  EXPECT_EQ(sizes(iam("ListEntitiesForPolicy",
                      {{"PolicyArn", arn}, {"PolicyUsageFilter", "PermissionsBoundary"}})),
            (Sizes{0, 0, 1}));
  const Json page = iam("ListEntitiesForPolicy", {{"PolicyArn", arn}, {"MaxItems", 2}});
  EXPECT_EQ(sizes(page), (Sizes{1, 1, 0}));
  EXPECT_EQ(sizes(iam("ListEntitiesForPolicy", {{"PolicyArn", arn}, {"Marker", page["Marker"]}})),
            (Sizes{0, 0, 1}));
}

using CreatePolicyVersion = IamWorld;

TEST_F(CreatePolicyVersion, CountsOnAndStopsAtFive) {
  const Json arn{{"PolicyArn", policy("p")}};
  Json input = arn;
  input["PolicyDocument"] = policy_of(500);
  for (int i = 2; i <= 5; ++i) {
    EXPECT_EQ(iam("CreatePolicyVersion", input)["PolicyVersion"]["VersionId"],
              "v" + std::to_string(i));
  }
  EXPECT_EQ(iam_error("CreatePolicyVersion", input),
            "LimitExceeded: A managed policy can have up to 5 versions. Before you create a new "
            "version, you must delete an existing version.");
  Json second = arn;
  second["VersionId"] = "v2";
  iam("DeletePolicyVersion", second);
  input["SetAsDefault"] = true;
  EXPECT_EQ(iam("CreatePolicyVersion", input)["PolicyVersion"]["VersionId"], "v6");
  EXPECT_EQ(iam("GetPolicy", arn)["Policy"]["DefaultVersionId"], "v6");
  std::vector<std::string> versions;
  const Json listed = iam("ListPolicyVersions", arn);
  for (const Json& version : listed["Versions"]) {
    versions.push_back(version["VersionId"]);
  }
  EXPECT_EQ(versions, (std::vector<std::string>{"v6", "v5", "v4", "v3", "v1"}));
}

using DeletePolicyVersion = IamWorld;

TEST_F(DeletePolicyVersion, KeepsTheDefault) {
  const std::string arn = policy("p");
  const auto remove = [&](const char* version) {
    return iam_error("DeletePolicyVersion", {{"PolicyArn", arn}, {"VersionId", version}});
  };
  iam("CreatePolicyVersion", {{"PolicyArn", arn}, {"PolicyDocument", kPolicy}});
  EXPECT_EQ(remove("v1"), "DeleteConflict: Cannot delete the default version of a policy.");
  EXPECT_EQ(remove("v7"),
            "NoSuchEntity: Policy " + arn + " version v7 does not exist or is not attachable.");
  EXPECT_EQ(remove("7"),
            "ValidationError: 1 validation error detected: Value at 'versionId' failed to satisfy "
            "constraint: Member must satisfy regular expression pattern: "
            "v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");
  EXPECT_NE(iam_error("DeletePolicy", {{"PolicyArn", arn}}).find("more than one version"),
            std::string::npos);
  iam("SetDefaultPolicyVersion", {{"PolicyArn", arn}, {"VersionId", "v2"}});
  EXPECT_EQ(remove("v1"), "succeeded");
  EXPECT_EQ(iam_error("DeletePolicy", {{"PolicyArn", arn}}), "succeeded");
}

using AttachUserPolicy = IamWorld;

TEST_F(AttachUserPolicy, AttachesOnceAndStopsAtTen) {
  user("u");
  const auto attach = [&](const std::string& arn) {
    return iam_error("AttachUserPolicy", {{"UserName", "u"}, {"PolicyArn", arn}});
  };
  for (int i = 0; i < 10; ++i) EXPECT_EQ(attach(policy("p" + std::to_string(i))), "succeeded");
  EXPECT_EQ(attach("arn:aws:iam::123456789012:policy/p3"), "succeeded");
  EXPECT_EQ(attach(policy("p10")), "LimitExceeded: Cannot exceed quota for PoliciesPerUser: 10");
  const Json attached = iam("ListAttachedUserPolicies", {{"UserName", "u"}})["AttachedPolicies"];
  EXPECT_EQ(attached.size(), 10U);
  EXPECT_EQ(attached[0],
            Json({{"PolicyName", "p0"}, {"PolicyArn", "arn:aws:iam::123456789012:policy/p0"}}));
}

TEST_F(AttachUserPolicy, NeedsAPolicyUnlessItIsOneOfAws) {
  user("u");
  const std::string missing = "arn:aws:iam::123456789012:policy/none";
  const std::string foreign = "arn:aws:iam::999999999999:policy/p";
  policy("p");
  for (const std::string& arn : {missing, foreign}) {
    EXPECT_EQ(iam_error("AttachUserPolicy", {{"UserName", "u"}, {"PolicyArn", arn}}),
              "NoSuchEntity: Policy " + arn + " does not exist or is not attachable.");
    EXPECT_EQ(iam_error("DetachUserPolicy", {{"UserName", "u"}, {"PolicyArn", arn}}),
              "NoSuchEntity: Policy " + arn + " was not found.");
  }
  EXPECT_EQ(iam_error("AttachUserPolicy",
                      {{"UserName", "u"}, {"PolicyArn", "arn:aws:iam::aws:policy/Unheard"}}),
            "succeeded");
}

using PutUserPolicy = IamWorld;

TEST_F(PutUserPolicy, BoundsAllOfAUserTogether) {
  user("u");
  const auto put = [&](const char* name, std::size_t size) {
    return iam_error(
        "PutUserPolicy",
        {{"UserName", "u"}, {"PolicyName", name}, {"PolicyDocument", policy_of(size)}});
  };
  EXPECT_EQ(put("a", 1048), "succeeded");
  EXPECT_EQ(put("b", 1001), "LimitExceeded: Maximum policy size of 2048 bytes exceeded for user u");
  EXPECT_EQ(put("b", 1000), "succeeded");
  EXPECT_EQ(put("a", 500), "succeeded");
  EXPECT_EQ(iam("ListUserPolicies", {{"UserName", "u"}})["PolicyNames"], Json({"a", "b"}));
}

using PutGroupPolicy = IamWorld;

TEST_F(PutGroupPolicy, IsBoundedToo) {
  group("g");
  role("r");
  EXPECT_EQ(
      iam_error("PutGroupPolicy",
                {{"GroupName", "g"}, {"PolicyName", "a"}, {"PolicyDocument", policy_of(5121)}}),
      "LimitExceeded: Maximum policy size of 5120 bytes exceeded for group g");
  EXPECT_EQ(
      iam_error("PutRolePolicy",
                {{"RoleName", "r"}, {"PolicyName", "a"}, {"PolicyDocument", policy_of(10'241)}}),
      "LimitExceeded: Maximum policy size of 10240 bytes exceeded for role r");
}

using GetUserPolicy = IamWorld;

// LocalStack's recording test_put_user_policy_encoding.
TEST_F(GetUserPolicy, GivesTheDocumentBackAsItCame) {
  user("u");
  const std::string document =
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "a:PUT",)"
      R"( "Resource": "arn:aws:apigateway:us-east-1::/tags/arn%3Aaws%3A+b"}})";
  iam("PutUserPolicy", {{"UserName", "u"}, {"PolicyName", "i"}, {"PolicyDocument", document}});
  const Json got = iam("GetUserPolicy", {{"UserName", "u"}, {"PolicyName", "i"}});
  EXPECT_EQ(uri_decode(got["PolicyDocument"].get<std::string>()), document);
  EXPECT_EQ(got["UserName"], "u");
  EXPECT_EQ(iam_error("GetUserPolicy", {{"UserName", "u"}, {"PolicyName", "j"}}),
            "NoSuchEntity: The user policy with name j cannot be found.");
  EXPECT_EQ(iam_error("DeleteUserPolicy", {{"UserName", "u"}, {"PolicyName", "j"}}),
            "NoSuchEntity: The user policy with name j cannot be found.");
}

}  // namespace
}  // namespace cloudchamber::mock::iam

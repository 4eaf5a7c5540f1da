#include "mock-server/services/sts/service.h"
#include "mock-server/state/credentials.h"
#include "sdk/codec/timestamps.h"
#include "tests/support/service/service_fixture.h"

namespace cloudchamber::mock::sts {
namespace {

using namespace std::chrono_literals;

class StsFixture : public ServiceFixture {
 protected:
  StsFixture() : ServiceFixture({make_service()}) {}
  Json assume(const Json& more = Json::object()) {
    Json input{{"RoleArn", "arn:aws:iam::111122223333:role/path/to/reader"},
               {"RoleSessionName", "fred"}};
    input.update(more);
    return call("sts", "AssumeRole", input);
  }
  std::string assume_error(const Json& more) {
    Json input{{"RoleArn", "arn:aws:iam::111122223333:role/reader"}, {"RoleSessionName", "fred"}};
    input.update(more);
    return error_of("sts", "AssumeRole", input);
  }
};

using GetCallerIdentity = StsFixture;

TEST_F(GetCallerIdentity, NamesTheCaller) {
  EXPECT_EQ(call("sts", "GetCallerIdentity", Json::object()),
            Json({{"UserId", "123456789012"},
                  {"Account", "123456789012"},
                  {"Arn", "arn:aws:iam::123456789012:root"}}));
}

using AssumeRole = StsFixture;

TEST_F(AssumeRole, GivesCredentialsThatTheWorldKnows) {
  const Json result = assume();
  const std::string key = result["Credentials"]["AccessKeyId"];
  EXPECT_EQ(key.substr(0, 4), "ASIA");
  EXPECT_EQ(key.size(), 20U);
  EXPECT_EQ(result["Credentials"]["SecretAccessKey"].get<std::string>().size(), 40U);
  EXPECT_EQ(result["Credentials"]["Expiration"], iso8601(clock_->now() + 1h));
  EXPECT_EQ(result["AssumedRoleUser"]["Arn"], "arn:aws:sts::111122223333:assumed-role/reader/fred");
  Transaction transaction = world_.begin();
  const Credential* known = transaction.read<KnownCredentials>("", "").by_access_key_id.find(key);
  ASSERT_NE(known, nullptr);
  EXPECT_EQ(known->account, "111122223333");
  EXPECT_EQ(known->arn, result["AssumedRoleUser"]["Arn"]);
  EXPECT_EQ(known->user_id, result["AssumedRoleUser"]["AssumedRoleId"]);
  EXPECT_EQ(known->secret_access_key, result["Credentials"]["SecretAccessKey"]);
  EXPECT_EQ(known->expires, clock_->now() + 1h);
}

TEST_F(AssumeRole, GivesARoleTheSameIdEveryTime) {
  EXPECT_EQ(assume()["AssumedRoleUser"]["AssumedRoleId"],
            assume()["AssumedRoleUser"]["AssumedRoleId"]);
  EXPECT_NE(assume()["Credentials"]["AccessKeyId"], assume()["Credentials"]["AccessKeyId"]);
}

// LocalStack's recordings test_sts_invalid_parameters and test_assume_role_tag_validation.
TEST_F(AssumeRole, RefusesInvalidParametersInAwsWords) {
  const auto invalid = [](const std::string& arn) {
    return "ValidationError: " + arn + " is invalid";
  };
  for (const std::string arn :
       {"nothing-valid-in-here", "arn::b:::something/test-role", "arn:a::::something/test-role",
        "arn:a:::something/test-role", "arn:a:a::aaaaaaaaaa:"}) {
    EXPECT_EQ(assume_error({{"RoleArn", arn}}), invalid(arn));
  }
  EXPECT_EQ(assume_error({{"RoleSessionName", "Session1:2"}}),
            "ValidationError: 1 validation error detected: Value 'Session1:2' at 'roleSessionName' "
            "failed to satisfy "
            "constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*");
  EXPECT_EQ(assume_error({{"TransitiveTagKeys", {"missing"}}}),
            "InvalidParameterValue: The specified transitive tag key must be included in the "
            "requested tags.");
  EXPECT_EQ(
      assume_error({{"Tags", {{{"Key", "a"}, {"Value", "1"}}, {{"Key", "A"}, {"Value", "2"}}}}}),
      "InvalidParameterValue: Duplicate tag keys found. Please note that Tag keys are case "
      "insensitive.");
}

TEST_F(AssumeRole, ChecksTheDurationAtItsEdges) {
  for (const auto& [seconds, good] :
       {std::pair(899, false), {900, true}, {43'200, true}, {43'201, false}}) {
    EXPECT_EQ(assume_error({{"DurationSeconds", seconds}}) == "succeeded", good) << seconds;
  }
}

TEST_F(AssumeRole, DeniesWhatIsNoRole) {
  EXPECT_EQ(assume_error({{"RoleArn", "arn:aws:iam::111122223333:user/fred"}}),
            "AccessDenied: User: arn:aws:iam::123456789012:root is not authorized to perform: "
            "sts:AssumeRole on resource: "
            "arn:aws:iam::111122223333:user/fred");
}

TEST_F(AssumeRole, RefusesAPolicyThatIsNotJsonOrTooLarge) {
  EXPECT_EQ(assume_error({{"Policy", "{"}}),
            "MalformedPolicyDocument: The policy is not in the valid JSON format.");
  EXPECT_EQ(assume_error({{"Policy", '{' + std::string(2046, ' ') + '}'}}), "succeeded");
  EXPECT_EQ(assume_error({{"Policy", '{' + std::string(2047, ' ') + '}'}}),
            "PackedPolicyTooLarge: Serialized token too large for session");
  EXPECT_EQ(assume({{"Policy", "{}"}})["PackedPolicySize"], 1);
}

using GetSessionToken = StsFixture;

TEST_F(GetSessionToken, KeepsTheCallersIdentityForAnHourAtMostWhenItIsRoot) {
  const Json result = call("sts", "GetSessionToken", {{"DurationSeconds", 7200}});
  EXPECT_EQ(result["Credentials"]["Expiration"], iso8601(clock_->now() + 1h));
  Transaction transaction = world_.begin();
  const Credential* known = transaction.read<KnownCredentials>("", "").by_access_key_id.find(
      result["Credentials"]["AccessKeyId"].get<std::string>());
  ASSERT_NE(known, nullptr);
  EXPECT_EQ(known->arn, "arn:aws:iam::123456789012:root");
}

TEST_F(GetSessionToken, ChecksTheDurationAtItsEdges) {
  for (const auto& [seconds, good] :
       {std::pair(899, false), {900, true}, {129'600, true}, {129'601, false}}) {
    EXPECT_EQ(error_of("sts", "GetSessionToken", {{"DurationSeconds", seconds}}) == "succeeded",
              good)
        << seconds;
  }
}

}  // namespace
}  // namespace cloudchamber::mock::sts

// Which documents AWS takes for policies, and what it says to the others. The cases were gathered
// on AWS by moto's authors.
#include "mock-server/services/iam/policy_document.h"

#include <gtest/gtest.h>

#include "mock-server/call/aws_error.h"
#include "mock-server/services/iam/policy_dates.h"

namespace cloudchamber::mock::iam {
namespace {

std::string answer(const std::string& document) {
  try {
    check_identity_policy(document);
    return "fine";
  } catch (const AwsError& error) {
    return error.message();
  }
}

std::string of_statements(const std::string& statements) {
  return R"({"Version":"2012-10-17","Statement":)" + statements + "}";
}

constexpr const char* kSyntax = "Syntax errors in policy.";
constexpr const char* kLegacy = "The policy failed legacy parsing";
constexpr const char* kVersion = "Policy document must be version 2012-10-17 or greater.";
constexpr const char* kActions = "Policy statement must contain actions.";
constexpr const char* kResources = "Policy statement must contain resources.";
constexpr const char* kPrefaced =
    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
constexpr const char* kOneColon = "Actions/Condition can contain only one colon.";

TEST(IdentityPolicy, HasTheFormOfAPolicy) {
  const std::string fine = R"({"Effect":"Allow","Action":"s3:Get*","Resource":"*"})";
  const struct {
    std::string document;
    std::string answer;
  } rows[] = {
      {of_statements(fine), "fine"},
      {of_statements("[" + fine + "," + fine + "]"), "fine"},
      {R"({"Version":"2012-10-17","Id":"x","Statement":)" + fine + "}", "fine"},
      {"", "This policy contains invalid Json"},
      {"not json", "This policy contains invalid Json"},
      {R"({"a":1,})", "This policy contains invalid Json"},
      {R"("a string")", kSyntax},
      {"[]", kSyntax},
      {R"({"Version":"2012-10-17"})", kSyntax},
      {of_statements("[]"), kSyntax},
      {of_statements(R"(["afd"])"), kSyntax},
      {of_statements(R"("afd")"), kSyntax},
      {R"({"Statement":)" + fine + "}", kVersion},
      {R"({"Version":"2008-10-17","Statement":)" + fine + "}", kVersion},
      {R"({"Version":"2013-10-17","Statement":)" + fine + "}", kSyntax},
      {R"({"Version":"2012-10-17","Extra":1,"Statement":)" + fine + "}", kSyntax},
      {R"({"Version":"2012-10-17","Id":["x"],"Statement":)" + fine + "}", kSyntax},
      {R"({"Version":"2012-10-17","Id":{},"Statement":)" + fine + "}", kSyntax},
      {std::string(1000, '[') + std::string(1000, ']'), kSyntax},
  };
  for (const auto& row : rows) EXPECT_EQ(answer(row.document), row.answer) << row.document;
}

TEST(IdentityPolicy, HasStatementsOfKnownElements) {
  const struct {
    const char* statement;
    const char* answer;
  } rows[] = {
      {R"({"Effect":"Allow","Action":"s3:Get","Resource":"*","More":"v"})", kSyntax},
      {R"({"Effect":"invalid","Action":"s3:Get","Resource":"*"})", kSyntax},
      {R"({"Action":"s3:Get","Resource":"*"})", kSyntax},
      {R"({"Effect":"denY","Action":"s3:Get","Resource":"*"})", kLegacy},
      {R"({"Effect":"allow","Resource":"arn:aws:s3:us-east-1::b"})", kLegacy},
      {R"({"Sid":{},"Effect":"Allow","Action":"s3:Get","Resource":"*"})", kSyntax},
      {R"({"Sid":[],"Effect":"Allow","Action":"s3:Get","Resource":"*"})", kSyntax},
      {R"({"Effect":"Allow","Action":[[]],"Resource":"*"})", kSyntax},
      {R"({"Effect":"Allow","Action":{},"Resource":"*"})", kSyntax},
      {R"({"Effect":"Allow","Action":[],"NotAction":"s3:Get","Resource":"*"})", kSyntax},
      {R"({"Effect":"Allow","Action":"s3:Get","Resource":"*","NotResource":[]})", kSyntax},
      {R"({"Effect":"Allow","Action":"s3:Get","Resource":{"a":"*"}})", kSyntax},
      {R"({"Effect":"Allow","Action":"s3:Get","Resource":["a",{}]})", kSyntax},
      {R"({"Effect":"Allow","Action":"s3:Get","Resource":["arn:aws:s3:::b",null]})", "fine"},
      {R"({"Effect":"Allow","Action":"s3:Get","Resource":"*","Principal":"*"})",
       "Policy document should not specify a principal."},
      {R"([{"Sid":"a","Effect":"Allow","Action":"s3:Get","Resource":"*"},)"
       R"({"Sid":"a","Effect":"Allow"}])",
       "Statement IDs (SID) in a single policy must be unique."},
      {R"([{"Sid":"a","Effect":"aLLow","Action":"s3:Get","Resource":"*"},)"
       R"({"Sid":"a","Effect":"Allow"}])",
       kLegacy},
      {R"([{"Sid":"","Effect":"Allow","Action":"s3:Get","Resource":"*"},)"
       R"({"Sid":"","Effect":"Allow","Action":"s3:Get","Resource":"*"}])",
       "fine"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(answer(of_statements(row.statement)), row.answer) << row.statement;
  }
}

TEST(IdentityPolicy, NamesActionsOfAVendor) {
  const struct {
    const char* actions;
    const char* answer;
  } rows[] = {
      {R"("Action":"*")", "fine"},
      {R"("Action":"iam: asdf safdsf af ")", "fine"},
      {R"("Action":"s3.s:Get")", "fine"},
      {R"("Action":"invalid")", kPrefaced},
      {R"("NotAction":"")", kPrefaced},
      {R"("Action":"a a:Get")", "Vendor a a is not valid"},
      {R"("Action":"s3:List:Bucket")", kOneColon},
      {R"("Action":["s3s:Get","s:3s:Get"])", kOneColon},
      {R"("Action":[])", kActions},
      {R"("Sid":"no actions")", kActions},
  };
  for (const auto& row : rows) {
    const std::string statement =
        R"({"Effect":"Allow","Resource":"arn:aws:s3:::b",)" + std::string(row.actions) + "}";
    EXPECT_EQ(answer(of_statements(statement)), row.answer) << row.actions;
  }
  EXPECT_EQ(answer(of_statements(R"({"Effect":"Allow"})")), kActions);
  EXPECT_EQ(answer(of_statements(R"({"Effect":"Allow","Action":"invalid"})")), kPrefaced);
}

TEST(IdentityPolicy, NamesResourcesByArn) {
  const struct {
    const char* resources;
    const char* answer;
  } rows[] = {
      {R"("*")", "fine"},
      {R"(["arn:aws:s3:::b","*"])", "fine"},
      {R"("arn:aws:fdsasf")", "fine"},
      {R"("arn:aws:ec2:region:account-id:instance/*")", "fine"},
      {R"("arn:aws:iam::*:user/${aws:username}")", "fine"},
      {R"("arn:aws:s3:us-west-2:123456789012:accesspoint/a/object/*")", "fine"},
      {R"([])", kResources},
      {R"("")", R"(Resource  must be in ARN format or "*".)"},
      {R"("invalid resource")", R"(Resource invalid resource must be in ARN format or "*".)"},
      {R"("a:bsdf")", R"(Partition "bsdf" is not valid for resource "arn:bsdf:*:*:*:*".)"},
      {R"("a:b:c")", R"(Partition "b" is not valid for resource "arn:b:c:*:*:*".)"},
      {R"("a:b:c:d:e:f:g:h")", R"(Partition "b" is not valid for resource "arn:b:c:d:e:f:g:h".)"},
      {R"("aws:s3:::b")", R"(Partition "s3" is not valid for resource "arn:s3:::b:*".)"},
      {R"(["arn:error:s3:::b","arn:error:s3::b"])",
       R"(Partition "error" is not valid for resource "arn:error:s3:::b".)"},
      {R"("arn:aws")", "Resource vendor must be fully qualified and cannot contain regexes."},
      {R"("arn:aws:s3::b")", kLegacy},
      {R"("arn:aws::::b")", kLegacy},
      {R"("arn:aws::fdsasf")", kLegacy},
      {R"("arn:aws:iam:us-east-1::b")",
       "IAM resource arn:aws:iam:us-east-1::b cannot contain region information."},
      {R"("arn:aws:s3:us-east-1::b")",
       "Resource arn:aws:s3:us-east-1::b can not contain region information."},
      {R"("arn:aws:iam:::b")",
       "IAM resource path must either be \"*\" or start with user/, federated-user/, role/, "
       "group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, "
       "oidc-provider/, report/, access-report/."},
  };
  for (const auto& row : rows) {
    for (const char* element : {"Resource", "NotResource"}) {
      const std::string statement = R"({"Effect":"Allow","Action":"s3:Get",")" +
                                    std::string(element) + "\":" + row.resources + "}";
      EXPECT_EQ(answer(of_statements(statement)), row.answer) << row.resources;
    }
  }
  EXPECT_EQ(answer(of_statements(R"({"Effect":"Allow","Action":"s3:Get"})")), kResources);
  // A bad resource is told before a bad action.
  EXPECT_EQ(answer(of_statements(R"({"Effect":"Allow","Action":"s:3:Get","Resource":"x"})")),
            R"(Resource x must be in ARN format or "*".)");
}

TEST(IdentityPolicy, HasConditionsOfKnownOperators) {
  const struct {
    const char* condition;
    const char* answer;
  } rows[] = {
      {R"({})", "fine"},
      {R"({"x":{}})", "fine"},
      {R"({"DateGreaterThan":{"a":[]}})", "fine"},
      {R"({"StringLike":{"s3:prefix":["","home/"]}})", "fine"},
      {R"({"Bool":{"a":true},"ForAnyValue:StringEqualsIfExists":{"a":"b"}})", "fine"},
      {R"([])", kSyntax},
      {R"("a")", kSyntax},
      {R"({"a":"b"})", kSyntax},
      {R"({"DateGreaterThan":[]})", kSyntax},
      {R"({"DateGreaterThan":{"a":{}}})", kSyntax},
      {R"({"x":{"a":"1"}})", kSyntax},
      {R"({"ForAnyValue::StringEqualsIfExists":{"a":"b"}})", kSyntax},
      {R"({"DateGreaterThan":{"a":"sdfdsf"}})", kLegacy},
      {R"({"DateLessThan":{"a":["2019-07-01","234-13"]}})", kLegacy},
  };
  for (const auto& row : rows) {
    const std::string statement =
        R"({"Effect":"Allow","Action":"s3:Get","Resource":"*","Condition":)" +
        std::string(row.condition) + "}";
    EXPECT_EQ(answer(of_statements(statement)), row.answer) << row.condition;
  }
}

TEST(PolicyDate, IsIso8601OrSeconds) {
  for (const char* date :
       {"2019-07-01T13:20:15Z", "2016-12-13T21:20:37.593194+00:00", "2016-12-13t2:00:00.593194+23",
        "01T", "2019", "2019-07", "2019-07-01", "-5", "9223372036854775807"}) {
    EXPECT_TRUE(is_policy_date(date)) << date;
  }
  for (const char* date : {"", "sdfdsf", "234-13", "2016-12-13t2:00:00.593194+1",
                           "2016-12-13t2:00:00.1999999999+10:59", "9223372036854775808",
                           "2019-07-32", "2019-07-01x"}) {
    EXPECT_FALSE(is_policy_date(date)) << date;
  }
}

std::string trust_answer(const std::string& statement) {
  try {
    check_trust_policy(
        R"({"Version":"2012-10-17","Statement":[)" + statement + "]}",
        [](const std::string& arn) { return arn.find("none") == std::string::npos; });
    return "fine";
  } catch (const AwsError& error) {
    return error.message();
  }
}

TEST(TrustPolicy, SaysWhoMayAssumeTheRole) {
  const std::string front = R"({"Effect":"Allow","Action":"sts:AssumeRole")";
  const auto by = [&](const std::string& principal) {
    return trust_answer(front + ",\"Principal\":" + principal + "}");
  };
  for (const char* principal :
       {R"("*")", R"({"AWS":"*"})", R"({"AWS":"123456789012"})",
        R"({"AWS":["arn:aws:iam::123456789012:root","arn:aws:iam::123456789012:user/a/b"]})",
        R"({"AWS":"arn:aws:sts::123456789012:assumed-role/r/s"})",
        R"({"Service":["ec2.amazonaws.com","states.eu-west-1.amazonaws.com"]})",
        R"({"Federated":"cognito-identity.amazonaws.com"})"}) {
    EXPECT_EQ(by(principal), "fine") << principal;
  }
  const std::string invalid = "Invalid principal in policy: ";
  EXPECT_EQ(by(R"({"AWS":"fred"})"), invalid + R"("AWS":"fred")");
  EXPECT_EQ(by(R"({"AWS":"12345678901"})"), invalid + R"("AWS":"12345678901")");
  EXPECT_EQ(by(R"({"AWS":"arn:aws:iam::123456789012:role/none"})"),
            invalid + R"("AWS":"arn:aws:iam::123456789012:role/none")");
  EXPECT_EQ(by(R"({"AWS":"arn:aws:iam::123456789012:group/g"})"),
            invalid + R"("AWS":"arn:aws:iam::123456789012:group/g")");
  EXPECT_EQ(by(R"({"Service":"ec2"})"), invalid + R"("SERVICE":"ec2")");
  EXPECT_EQ(by(R"({"Nobody":"x"})"), "Invalid principal in policy.");
  EXPECT_EQ(by("[]"), kSyntax);
}

TEST(TrustPolicy, IsAboutAssumingAndNothingElse) {
  const std::string everybody = R"("Effect":"Allow","Principal":"*")";
  EXPECT_EQ(trust_answer("{" + everybody + R"(,"Action":"sts:AssumeRole","Resource":"*"})"),
            "Has prohibited field Resource");
  EXPECT_EQ(trust_answer("{" + everybody + "}"), "Missing required field Action");
  EXPECT_EQ(trust_answer(R"({"Effect":"Allow","Action":"sts:AssumeRole"})"),
            "Missing required field Principal");
  EXPECT_EQ(trust_answer("{" + everybody + R"(,"Action":"s3:GetObject"})"),
            "AssumeRole policy may only specify STS AssumeRole actions.");
  EXPECT_EQ(trust_answer("{" + everybody + R"(,"Action":["sts:AssumeRole","sts:TagSession"]})"),
            "fine");
}

}  // namespace
}  // namespace cloudchamber::mock::iam

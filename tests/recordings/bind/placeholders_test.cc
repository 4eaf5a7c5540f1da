#include "recordings/bind/placeholders.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/uri.h"
#include "sdk/serialize/serializer.h"

namespace cloudchamber::recordings {
namespace {

using testing::HasSubstr;
using testing::Not;

// A request of these parameters, as it is recorded.
HttpRequest request_of(const std::string& service, const std::string& operation,
                       const Json& parameters) {
  const auto model = find_model(service);
  return serialize(*model, *model->find_operation(operation), parameters);
}

std::optional<Filled> filled(const std::string& service, const std::string& operation,
                             const HttpRequest& request, const Json& parameters) {
  const auto model = find_model(service);
  return PlaceholderFiller().fill({.request = request}, *model, *model->find_operation(operation),
                                  parameters);
}

std::optional<Filled> filled(const std::string& service, const std::string& operation,
                             const Json& parameters) {
  return filled(service, operation, request_of(service, operation, parameters), parameters);
}

TEST(PlaceholderName, IsAWordBetweenAngles) {
  const struct {
    const char *text, *name;
  } rows[] = {
      {"<Password>", "Password"},
      {"<x-amz-server-side-encryption-customer-key>", "x-amz-server-side-encryption-customer-key"},
      {"<A>", "A"},
      {"<>", ""},
      {"", ""},
      {"<", ""},
      {"Password", ""},
      {"<Password", ""},
      {"<a b>", ""},
      {"<a><b>", ""},
      {" <Password>", ""}};
  for (const auto& row : rows) EXPECT_EQ(placeholder_name(row.text), row.name) << row.text;
}

TEST(PlaceholderFiller, LeavesARequestAloneThatHidesNothing) {
  EXPECT_FALSE(filled("iam", "CreateUser", {{"UserName", "fred"}}));
  // What stands in angles need not be a placeholder.
  EXPECT_FALSE(filled("sqs", "SendMessage", {{"QueueUrl", "u"}, {"MessageBody", "<Password>"}}));
  EXPECT_FALSE(filled("sts", "GetCallerIdentity", Json::object()));
}

TEST(PlaceholderFiller, FillsThePathAndTheHost) {
  const Json parameters = {{"Bucket", "<Bucket>"}, {"Key", "<Key>"}};
  const auto in_path = filled("s3", "GetObject", parameters);
  ASSERT_TRUE(in_path);
  EXPECT_EQ(in_path->request.target, "/bucket/key");
  HttpRequest request;
  request.method = "GET";
  request.host = "<Bucket>.s3.amazonaws.com";
  request.target = "/%3CKey%3E?versionId=1";
  const auto in_host = filled("s3", "GetObject", request, parameters);
  ASSERT_TRUE(in_host);
  EXPECT_EQ(in_host->request.host, "bucket.s3.amazonaws.com");
  EXPECT_EQ(in_host->request.target, "/key?versionId=1");
}

TEST(PlaceholderFiller, SendsWhatIsWellFormedInEachPlace) {
  const struct {
    const char *service, *operation;
    Json parameters;
    const char* sent;  // somewhere in the body, decoded
  } rows[] = {
      {"ec2",
       "RunInstances",
       {{"MinCount", 1}, {"MaxCount", 1}, {"UserData", "<UserData>"}},
       "UserData=VXNlckRhdGE="},
      {"ec2",
       "ModifyInstanceAttribute",
       {{"InstanceId", "i-1"}, {"Attribute", "instanceType"}, {"Value", "<Value>"}},
       "Value=t3.micro"},
      {"iam", "CreateUser", {{"UserName", "<UserName>"}}, "UserName=username"},
      {"sqs", "CreateQueue", {{"QueueName", "<QueueName>"}}, "\"QueueName\":\"queuename\""},
      {"dynamodb", "DescribeTable", {{"TableName", "<TableName>"}}, "\"TableName\":\"tablename\""},
      // Shorter than the model wants, of a pattern, of an enumeration.
      {"sts",
       "AssumeRole",
       {{"RoleArn", "<RoleArn>"}, {"RoleSessionName", "s"}},
       "RoleArn=rolearnrolearnrolearn"},
      {"iam",
       "GetAccessKeyLastUsed",
       {{"AccessKeyId", "<AccessKeyId>"}},
       "AccessKeyId=accesskeyidaccesskeyid"},
      {"iam",
       "UpdateAccessKey",
       {{"AccessKeyId", "AKIAIOSFODNN7EXAMPLE"}, {"Status", "<Status>"}},
       "Status=Active"},
      {"s3",
       "PutBucketVersioning",
       {{"Bucket", "b"}, {"VersioningConfiguration", {{"Status", "<Status>"}}}},
       "<Status>Enabled</Status>"},
  };
  for (const auto& row : rows) {
    const auto made = filled(row.service, row.operation, row.parameters);
    ASSERT_TRUE(made) << row.operation;
    const std::string body = made->request.body.to_string();
    EXPECT_THAT(body.starts_with("Action=") ? uri_decode(body, true) : body, HasSubstr(row.sent));
    if (made->request.headers.contains("Content-Length")) {
      EXPECT_EQ(made->request.headers.get("Content-Length"), std::to_string(body.size()));
    }
  }
}

TEST(PlaceholderFiller, SetsPasswordsThatMeetAnyPolicyAndAreNewEachTime) {
  const auto model = find_model("iam");
  PlaceholderFiller filler;
  const auto sent = [&](const std::string& operation, const Json& parameters) {
    const auto made = filler.fill({.request = request_of("iam", operation, parameters)}, *model,
                                  *model->find_operation(operation), parameters);
    return made.value().values;
  };
  const Json login{{"UserName", "fred"}, {"Password", "<Password>"}};
  const std::string first = sent("CreateLoginProfile", login).at(0).second;
  const std::string second = sent("UpdateLoginProfile", login).at(0).second;
  EXPECT_EQ(first.size(), 128U);
  EXPECT_THAT(first,
              testing::AllOf(testing::ContainsRegex("[A-Z]"), testing::ContainsRegex("[a-z]"),
                             testing::ContainsRegex("[0-9]"), HasSubstr("!")));
  EXPECT_NE(first, second);
  const auto changed =
      sent("ChangePassword", {{"OldPassword", "<OldPassword>"}, {"NewPassword", "<NewPassword>"}});
  ASSERT_EQ(changed.size(), 2U);
  const bool new_first = changed[0].first == "<NewPassword>";
  EXPECT_NE(changed[new_first ? 0 : 1].second, second);
}

TEST(PlaceholderFiller, FindsTheKeysAgainThatTheirDigestsTellApart) {
  const Json parameters{{"Bucket", "b"},
                        {"Key", "k"},
                        {"SSECustomerAlgorithm", "AES256"},
                        {"SSECustomerKey", "<SSECustomerKey>"}};
  const auto sent = [&](const std::string& digest) {
    HttpRequest request = request_of("s3", "GetObject", parameters);
    request.headers.set("x-amz-server-side-encryption-customer-key",
                        "<x-amz-server-side-encryption-customer-key>");
    request.headers.set("x-amz-server-side-encryption-customer-key-MD5", digest);
    return filled("s3", "GetObject", request, parameters).value();
  };
  const Filled one = sent("1B2M2Y8AsgTpgAmY7PhCfg==");
  const Headers& headers = one.request.headers;
  const auto key = base64_decode(headers.get("x-amz-server-side-encryption-customer-key"));
  ASSERT_TRUE(key);
  EXPECT_EQ(key->size(), 32U);
  EXPECT_EQ(headers.get("x-amz-server-side-encryption-customer-key-MD5"), base64_encode(md5(*key)));
  EXPECT_THAT(one.digests, testing::Contains(testing::Pair("1B2M2Y8AsgTpgAmY7PhCfg==",
                                                           base64_encode(md5(*key)))));
  EXPECT_EQ(sent("1B2M2Y8AsgTpgAmY7PhCfg==").values, one.values);
  EXPECT_NE(sent("DFlcvH0Q3VyHwPmlLcJjdA==").values, one.values);
}

// The members that it can't be found in were hidden below one that is secret as a whole.
TEST(PlaceholderFiller, KnowsWhatIsHiddenByTheNameOfTheWhole) {
  const auto made =
      filled("sqs", "CreateQueue",
             {{"QueueName", "q"}, {"Attributes", {{"DelaySeconds", "<Attributes>"}}}});
  ASSERT_TRUE(made);
  EXPECT_THAT(made->request.body.to_string(), Not(HasSubstr("<Attributes>")));
}

TEST(PlaceholderFiller, WritesABodyAnewThatWasLeftOut) {
  const Json parameters{{"QueueUrl", "https://sqs.us-east-1.amazonaws.com/1/q"},
                        {"MessageBody", "<MessageBody>"}};
  HttpRequest request = request_of("sqs", "SendMessage", parameters);
  request.body = Blob("<body>");
  request.headers.set("Content-Length", "6");
  const auto made = filled("sqs", "SendMessage", request, parameters);
  ASSERT_TRUE(made);
  const Json body = Json::parse(made->request.body.to_string());
  EXPECT_EQ(body.at("MessageBody"), "messagebody");
  EXPECT_EQ(made->request.headers.get("Content-Length"), std::to_string(made->request.body.size()));
  // Parameters that are none of the operation's.
  request.body = Blob("<body>");
  const Json wrong{{"QueueUrl", 7}, {"MessageBody", {1, 2}}};
  EXPECT_EQ(filled("sqs", "SendMessage", request, wrong)->request.body.to_string(), "<body>");
}

TEST(PlaceholderFiller, KnowsTheDigestsOfContentInWhichATextIsHidden) {
  HttpRequest request = request_of("s3", "PutObject", {{"Bucket", "b"}, {"Key", "k"}});
  request.body = Blob("call <text> now");
  const auto made = filled("s3", "PutObject", request, {{"Bucket", "b"}, {"Key", "k"}});
  ASSERT_TRUE(made);
  EXPECT_EQ(made->request.body.to_string(), "call <text> now");
  EXPECT_THAT(made->digests, testing::Contains(testing::Pair("", hex(md5("call <text> now")))));
}

// Values nested as deep as a file may nest them.
TEST(PlaceholderFiller, TakesDeepValues) {
  Json value{{"S", "<Item>"}};
  for (int i = 0; i < 90; ++i) value = {{"M", {{"a", value}}}};
  const auto model = find_model("dynamodb");
  const Json parameters{{"TableName", "t"}, {"Item", {{"a", value}}}};
  HttpRequest request;
  request.body = Blob(parameters.dump());
  EXPECT_TRUE(PlaceholderFiller().fill({.request = request}, *model,
                                       *model->find_operation("PutItem"), parameters));
}

}  // namespace
}  // namespace cloudchamber::recordings

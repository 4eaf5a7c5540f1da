#include "recordings/understand.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sdk/codec/bytes.h"
#include "sdk/codec/compression.h"

namespace cloudchamber::recordings {
namespace {

HttpRequest request(std::string method, std::string host, std::string target, Headers headers = {},
                    Blob body = {}) {
  return {std::move(method),  "https",        std::move(host), std::move(target),
          std::move(headers), std::move(body)};
}

const Headers kForm = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
const Headers kPublish = {{"Content-Type", "application/x-www-form-urlencoded"}};

std::string named(const std::optional<Meaning>& meaning) {
  return meaning ? meaning->service + " " + meaning->operation + " " + meaning->region : "nothing";
}

TEST(Understanding, FindsServiceOperationAndRegionOnTheHostsOfAws) {
  const Headers json = {{"X-Amz-Target", "AmazonSQS.ListQueues"},
                        {"Content-Type", "application/x-amz-json-1.0"}};
  const Headers streams = {{"X-Amz-Target", "DynamoDBStreams_20120810.ListStreams"},
                           {"Content-Type", "application/x-amz-json-1.0"}};
  struct Row {
    HttpRequest request;
    std::string expected;
  };
  const std::vector<Row> rows = {
      {request("GET", "b.s3.us-west-2.amazonaws.com", "/k?x-id=GetObject"),
       "s3 GetObject us-west-2"},
      {request("GET", "s3.amazonaws.com", "/"), "s3 ListBuckets us-east-1"},
      {request("GET", "s3-eu-west-1.amazonaws.com", "/b/"), "s3 ListObjects eu-west-1"},
      {request("GET", "b.s3.amazonaws.com", "/?list-type=2"), "s3 ListObjectsV2 us-east-1"},
      {request("POST", "sqs.us-east-1.amazonaws.com", "/", json, "{}"), "sqs ListQueues us-east-1"},
      {request("POST", "sqs.eu-west-1.amazonaws.com", "/", kForm,
               "Action=ListQueues&Version=2012-11-05"),
       "sqs ListQueues eu-west-1"},
      {request("POST", "sa-east-1.queue.amazonaws.com", "/123456789012/q", kForm,
               "Action=PurgeQueue&Version=2011-10-01"),
       "sqs PurgeQueue sa-east-1"},
      {request("GET", "ec2.us-west-2.amazonaws.com",
               "/?Action=DescribeRegions&Version=2014-10-01&AWSAccessKeyId=A&SignatureVersion=2"
               "&SignatureMethod=HmacSHA256&Signature=s&Timestamp=t"),
       "ec2 DescribeRegions us-west-2"},
      {request("POST", "iam.amazonaws.com", "/", kForm, "Action=ListUsers&Version=2010-05-08"),
       "iam ListUsers us-east-1"},
      {request("POST", "streams.dynamodb.us-east-2.amazonaws.com", "/", streams, "{}"),
       "dynamodbstreams ListStreams us-east-2"},
      {request("POST", "cloudformation.us-east-1.amazonaws.com", "/", {},
               "AWSAccessKeyId=&Action=ListStacks&Version=2010-05-15"),
       "cloudformation ListStacks us-east-1"},
      {request("GET", "127.0.0.1:4566", "/b/k"), "s3 GetObject us-east-1"},
      {request("GET", "minio.example.com", "/b/k",
               {{"Authorization",
                 "AWS4-HMAC-SHA256 Credential=A/20260101/eu-north-1/s3/aws4_request, "
                 "SignedHeaders=host, Signature=0"}}),
       "s3 GetObject eu-north-1"},
      {request("GET", "b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com", "/k",
               {{"Authorization",
                 "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/s3express/aws4_request, "
                 "SignedHeaders=host, Signature=0"}}),
       "s3 GetObject us-east-1"},
  };
  const Understanding understanding;
  for (const Row& row : rows) {
    EXPECT_EQ(named(understanding.meaning_of_request(row.request)), row.expected)
        << row.request.host << row.request.target;
  }
}

TEST(Understanding, SeesNoCallInWhatIsForOthers) {
  const std::vector<HttpRequest> requests = {
      request("GET", "www.example.com", "/index.html"),
      request("GET", "notamazonaws.com", "/index.html"),
      request("GET", "169.254.169.254", "/latest/meta-data/iam/security-credentials/"),
      request("PUT", "169.254.169.254", "/latest/api/token"),
      request("GET", "d111111abcdef8.cloudfront.net", "/a.png"),
      request("GET", "sso.example.com", "/federation/credentials?role_name=r",
              {{"x-amz-sso_bearer_token", "t"}}),
      // SNS has an action of the name of one of SQS's.
      request("POST", "sns.us-east-1.amazonaws.com", "/", kPublish,
              "Action=AddPermission&Version=2010-03-31"),
      request("POST", "monitoring.us-east-1.amazonaws.com", "/",
              {{"Authorization",
                "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/monitoring/aws4_request, "
                "SignedHeaders=host, Signature=0"}},
              "Action=PutMetricData&Version=2010-08-01"),
      request("POST", "kms.us-east-1.amazonaws.com", "/",
              {{"X-Amz-Target", "TrentService.ListKeys"}}, "{}"),
      request("POST", "sqs.us-east-1.amazonaws.com", "/", kForm, "Action=Nonsense"),
      request("POST", "sqs.us-east-1.amazonaws.com", "/", kForm, "no=action"),
      request("PATCH", "b.s3.amazonaws.com", "/k"),
      request("PUT", "b.s3.amazonaws.com", "/?tagging", {}, "<Tagging><unclosed"),
      request("POST", "dynamodb.us-east-1.amazonaws.com", "/",
              {{"X-Amz-Target", "DynamoDB_20120810.GetItem"}}, "{\"TableName\": 7}"),
      request("POST", "dynamodb.us-east-1.amazonaws.com", "/",
              {{"X-Amz-Target", "DynamoDB_20120810.GetItem"}}, std::string(100'000, '[')),
      request("PUT", "b.s3.amazonaws.com", "/k",
              {{"x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"},
               {"x-amz-decoded-content-length", "5"}},
              "ffffffffffffffffffff;chunk-signature=0\r\nhello"),
      request("", "", ""),
      request("GET", "b.s3.amazonaws.com", "no slash"),
  };
  const Understanding understanding;
  for (const HttpRequest& one : requests) {
    const auto meaning = understanding.meaning_of_request(one);
    if (one.target == "no slash") continue;  // a key without its slash, or nothing: either is fine
    EXPECT_EQ(named(meaning), "nothing") << one.method << " " << one.host << one.target;
  }
}

TEST(Understanding, LeavesSignaturesInBodiesOutOfTheParameters) {
  const auto meaning = Understanding().meaning_of_request(request(
      "POST", "ec2.us-east-1.amazonaws.com", "/", kForm,
      "AWSAccessKeyId=&Action=DescribeInstances&Filter.1.Name=tag%3AName&Filter.1.Value.1=a"
      "&Signature=&SignatureMethod=HmacSHA256&SignatureVersion=2&Timestamp=2014-11-24T12%3A00%3A00Z"
      "&Version=2014-10-01"));
  ASSERT_TRUE(meaning);
  EXPECT_EQ(meaning->parameters,
            Json::parse(R"({"Filters": [{"Name": "tag:Name", "Values": ["a"]}]})"));
}

TEST(Understanding, TakesTheQueueFromThePathOfARequestToIt) {
  const auto meaning = Understanding().meaning_of_request(
      request("POST", "sqs.us-east-2.amazonaws.com", "/123456789012/films", kForm,
              "Action=ReceiveMessage&Version=2012-11-05"));
  ASSERT_TRUE(meaning);
  EXPECT_EQ(meaning->parameters["QueueUrl"],
            "https://sqs.us-east-2.amazonaws.com/123456789012/films");
}

TEST(Understanding, TakesChunkFramingOffABody) {
  const std::string framed = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
  const Headers headers = {{"X-Amz-Content-Sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"},
                           {"X-Amz-Decoded-Content-Length", "5"},
                           {"X-Amz-Trailer", "x-amz-checksum-crc32"},
                           {"Content-Encoding", "gzip,aws-chunked"}};
  const Understanding understanding;
  const auto meaning = understanding.meaning_of_request(
      request("PUT", "b.s3.us-west-2.amazonaws.com", "/k", headers, Blob(framed)));
  ASSERT_TRUE(meaning);
  EXPECT_EQ(meaning->parameters["Bucket"], "b");
  EXPECT_EQ(meaning->parameters["Key"], "k");
  EXPECT_EQ(bytes_of(meaning->parameters["Body"]), "hello");
  EXPECT_EQ(meaning->parameters["ChecksumCRC32"], "NhCmhg==");
  EXPECT_EQ(meaning->parameters["ContentEncoding"], "gzip");
  // As a recorder keeps it that took the framing off itself.
  const auto plain = understanding.meaning_of_request(
      request("PUT", "b.s3.us-west-2.amazonaws.com", "/k", headers, "hello"));
  ASSERT_TRUE(plain);
  EXPECT_EQ(bytes_of(plain->parameters["Body"]), "hello");
}

Exchange answered(HttpRequest asked, int status, Headers headers, Blob body) {
  return {.request = std::move(asked),
          .response = {.status = status, .headers = std::move(headers), .body = std::move(body)}};
}

const HttpRequest kListTables = {"POST",
                                 "https",
                                 "dynamodb.us-east-1.amazonaws.com",
                                 "/",
                                 {{"X-Amz-Target", "DynamoDB_20120810.ListTables"}},
                                 "{}"};

TEST(Understanding, ParsesResultAndError) {
  const Understanding understanding;
  const auto success =
      understanding.meaning_of(answered(kListTables, 200, {}, R"({"TableNames": ["films"]})"));
  ASSERT_TRUE(success);
  EXPECT_EQ(success->result, Json::parse(R"({"TableNames": ["films"]})"));
  EXPECT_EQ(success->error_code, "");
  const auto failure = understanding.meaning_of(
      answered(kListTables, 400, {},
               R"({"__type": "com.amazon.coral.validate#ValidationException", "message": "No."})"));
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->result, Json::object());
  EXPECT_EQ(failure->error_code, "ValidationException");
  EXPECT_EQ(failure->error_message, "No.");
  EXPECT_FALSE(understanding.meaning_of(answered(kListTables, 200, {}, "<html>")));
}

TEST(Understanding, CallsAnErrorOfSqsAsTheQueryProtocolDid) {
  const auto meaning = Understanding().meaning_of(
      answered(request("POST", "sqs.us-east-1.amazonaws.com", "/",
                       {{"X-Amz-Target", "AmazonSQS.GetQueueUrl"}}, R"({"QueueName": "q"})"),
               400, {{"x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender"}},
               R"({"__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "Gone."})"));
  ASSERT_TRUE(meaning);
  EXPECT_EQ(meaning->error_code, "AWS.SimpleQueueService.NonExistentQueue");
}

TEST(Understanding, UnpacksAResponseAndTheErrorBehindASuccess) {
  const Understanding understanding;
  const std::string packed = compress(Coding::kGzip, R"({"TableNames": []})");
  const Headers gzip = {{"Content-Encoding", "gzip"}};
  EXPECT_EQ(understanding.meaning_of(answered(kListTables, 200, gzip, Blob(packed)))->result,
            Json::parse(R"({"TableNames": []})"));
  EXPECT_TRUE(understanding.meaning_of(answered(kListTables, 200, gzip, R"({"TableNames": []})")))
      << "as browsers keep it: unpacked";
  EXPECT_FALSE(understanding.meaning_of(
      answered(kListTables, 200, gzip, Blob(packed.substr(0, packed.size() / 2)))));

  const auto late = understanding.meaning_of(answered(
      request("POST", "b.s3.amazonaws.com", "/k?uploadId=u", {}, "<CompleteMultipartUpload/>"), 200,
      {},
      "<?xml version=\"1.0\"?>\n <Error><Code>InternalError</Code>"
      "<Message>Again.</Message></Error>"));
  ASSERT_TRUE(late);
  EXPECT_EQ(late->operation, "CompleteMultipartUpload");
  EXPECT_EQ(late->error_code, "InternalError");
  EXPECT_EQ(late->error_message, "Again.");
}

// An object's content is nobody's to read.
TEST(Understanding, LeavesAnObjectsContentAlone) {
  const auto meaning = Understanding().meaning_of(
      answered(request("GET", "b.s3.amazonaws.com", "/k"), 200,
               {{"Content-Encoding", "gzip"}, {"ETag", "\"e\""}}, "\x1f\x8b no gzip"));
  ASSERT_TRUE(meaning);
  EXPECT_EQ(meaning->result["ETag"], "\"e\"");
  EXPECT_FALSE(meaning->result.contains("Body"));
}

TEST(Understanding, TellsWhatIsCalledWhereTheParametersWereScrubbed) {
  const Headers headers = {{"X-Amz-Target", "DynamoDB_20120810.Scan"},
                           {"Content-Type", "application/x-amz-json-1.0"}};
  const auto of = [&](const std::string& body) {
    return request("POST", "dynamodb.us-east-2.amazonaws.com", "/", headers, Blob(body));
  };
  const Understanding understanding;
  for (const char* const body : {"CLEARED", "<BODY>", "***"}) {
    EXPECT_FALSE(understanding.understood(of(body))) << body;
    const std::optional<Understood> call = understanding.scrubbed(of(body));
    ASSERT_TRUE(call) << body;
    EXPECT_EQ(call->operation->name, "Scan");
    EXPECT_EQ(call->region, "us-east-2");
  }
  for (const char* const body : {"", "{}", "{\"TableName\": \"t\"}"})
    EXPECT_FALSE(understanding.scrubbed(of(body))) << body;
  EXPECT_FALSE(understanding.scrubbed(
      request("PUT", "b.s3.amazonaws.com", "/k", {}, Blob(std::string("CLEARED")))));
}

// Recorders put names in the place of secrets, which makes it no XML.
TEST(Understanding, ReadsAResponseWhoseSecretsAreMasked) {
  const std::optional<Meaning> meaning = Understanding().meaning_of(
      {.request = request("POST", "iam.amazonaws.com", "/", kForm,
                          "Action=CreateAccessKey&UserName=u&Version=2010-05-08"),
       .response = {.status = 200,
                    .headers = {},
                    .body = Blob("<CreateAccessKeyResponse><CreateAccessKeyResult><AccessKey>"
                                 "<UserName>u</UserName><SecretAccessKey><SECRET></SecretAccessKey>"
                                 "<CreateDate><%= Time.now > 0 %></CreateDate></AccessKey>"
                                 "</CreateAccessKeyResult></CreateAccessKeyResponse>")},
       .started = TimePoint(),
       .took = Milliseconds(0)});
  ASSERT_TRUE(meaning);
  EXPECT_EQ(meaning->result["AccessKey"],
            Json::parse(R"({"UserName": "u", "SecretAccessKey": "<SECRET>"})"));
}

}  // namespace
}  // namespace cloudchamber::recordings

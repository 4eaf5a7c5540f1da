// Responses byte by byte, as recordings of AWS show them.
#include "mock-server/encode/encoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sdk/codec/bytes.h"
#include "sdk/codec/event_stream.h"

namespace cloudchamber::mock {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

HttpResponse output(const char* service, const char* operation, const Json& result,
                    const Blob& stream = {}) {
  const auto model = find_model(service);
  return encode_output(*model, *model->find_operation(operation), result, stream, "ID");
}

HttpResponse error(const char* service, const AwsError& what, const char* operation = nullptr) {
  const auto model = find_model(service);
  return encode_error(*model, operation != nullptr ? model->find_operation(operation) : nullptr,
                      what, "ID");
}

std::string body(const HttpResponse& response) { return response.body.to_string(); }

TEST(EncodeJson, WritesMembersAlphabeticallyWithTheChecksum) {
  const HttpResponse response =
      output("dynamodb", "Scan",
             {{"ScannedCount", 1}, {"Count", 0}, {"Items", Json::array()}, {"NotInTheModel", 1}});
  EXPECT_EQ(body(response), R"({"Count":0,"Items":[],"ScannedCount":1})");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.get("content-type"), "application/x-amz-json-1.0");
  EXPECT_EQ(response.headers.get("x-amzn-RequestId"), "ID");
  // As recorded for an empty answer.
  EXPECT_EQ(output("dynamodb", "PutItem", Json::object()).headers.get("x-amz-crc32"), "2745614147");
  EXPECT_EQ(body(output("dynamodb", "PutItem", Json::object())), "{}");
}

TEST(EncodeJson, AnswersWithNothingToAnOperationWithoutOutput) {
  const HttpResponse response = output("sqs", "DeleteQueue", Json::object());
  EXPECT_EQ(body(response), "");
  EXPECT_FALSE(response.headers.contains("x-amz-crc32"));
}

TEST(EncodeJson, NamesErrorsAsDynamoDbDoes) {
  const struct {
    AwsError what;
    const char* body;
    int status;
  } rows[] = {
      {{"ResourceNotFoundException", "gone"},
       R"({"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"gone"})",
       400},
      {{"ValidationException", "bad"},
       R"({"__type":"com.amazon.coral.validate#ValidationException","message":"bad"})",
       400},
      {{"SerializationException", ""},
       R"({"__type":"com.amazon.coral.service#SerializationException"})",
       400},
      {{"SerializationException", "why"},
       R"({"__type":"com.amazon.coral.service#SerializationException","Message":"why"})",
       400},
      {AwsError("TransactionCanceledException", "why")
           .with("CancellationReasons", Json::array({{{"Code", "None"}}})),
       R"({"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",)"
       R"("CancellationReasons":[{"Code":"None"}],"Message":"why"})",
       400},
      {{"InternalServerError", "oops"},
       R"({"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"oops"})",
       500},
      {not_implemented("Foo"),
       R"({"__type":"com.amazon.coral.service#NotImplemented",)"
       R"("message":"Foo is not emulated by Cloud Chamber"})",
       501},
  };
  for (const auto& row : rows) {
    const HttpResponse response = error("dynamodb", row.what);
    EXPECT_EQ(body(response), row.body);
    EXPECT_EQ(response.status, row.status) << row.body;
    EXPECT_FALSE(response.headers.contains("x-amzn-query-error"));
  }
}

TEST(EncodeJson, TellsSqsClientsTheCodesOfTheQueryProtocol) {
  const struct {
    const char* code;
    const char* type;
    const char* query_error;
  } rows[] = {
      {"QueueDoesNotExist", "com.amazonaws.sqs#QueueDoesNotExist",
       "AWS.SimpleQueueService.NonExistentQueue;Sender"},
      {"AWS.SimpleQueueService.NonExistentQueue", "com.amazonaws.sqs#QueueDoesNotExist",
       "AWS.SimpleQueueService.NonExistentQueue;Sender"},
      {"QueueNameExists", "com.amazonaws.sqs#QueueNameExists", "QueueAlreadyExists;Sender"},
      {"InvalidAttributeName", "com.amazonaws.sqs#InvalidAttributeName",
       "InvalidAttributeName;Sender"},
      {"InvalidParameterValue", "com.amazon.coral.service#InvalidParameterValueException",
       "InvalidParameterValue;Sender"},
      {"MissingParameter", "com.amazon.coral.service#MissingRequiredParameterException",
       "MissingParameter;Sender"},
  };
  for (const auto& row : rows) {
    const HttpResponse response = error("sqs", AwsError(row.code, "why"));
    EXPECT_EQ(Json::parse(body(response)).at("__type"), row.type) << row.code;
    EXPECT_EQ(response.headers.get("x-amzn-query-error"), row.query_error) << row.code;
    EXPECT_EQ(response.status, 400) << row.code;
  }
}

TEST(EncodeQuery, WritesSqssDocumentsAsRecorded) {
  EXPECT_EQ(body(output("sqs.query", "CreateQueue", {{"QueueUrl", "https://q/a&b"}})),
            "<?xml version=\"1.0\"?><CreateQueueResponse "
            "xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"><CreateQueueResult>"
            "<QueueUrl>https://q/a&amp;b</QueueUrl></CreateQueueResult><ResponseMetadata>"
            "<RequestId>ID</RequestId></ResponseMetadata></CreateQueueResponse>");
  const HttpResponse gone = error("sqs.query", AwsError("QueueDoesNotExist", "gone"));
  EXPECT_EQ(body(gone),
            "<?xml version=\"1.0\"?><ErrorResponse "
            "xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"><Error><Type>Sender</Type>"
            "<Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>gone</Message><Detail/>"
            "</Error><RequestId>ID</RequestId></ErrorResponse>");
  EXPECT_EQ(gone.status, 400);
}

TEST(EncodeQuery, WritesIamsDocumentsInTheModelsOrder) {
  const HttpResponse response = output("iam", "CreateGroup",
                                       {{"Group",
                                         {{"Arn", "arn"},
                                          {"GroupName", "g"},
                                          {"Path", "/"},
                                          {"CreateDate", "2017-01-11T17:20:10.888Z"}}}});
  EXPECT_EQ(body(response),
            "<CreateGroupResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
            "<CreateGroupResult><Group><Path>/</Path><GroupName>g</GroupName><Arn>arn</Arn>"
            "<CreateDate>2017-01-11T17:20:10.888Z</CreateDate></Group></CreateGroupResult>"
            "<ResponseMetadata><RequestId>ID</RequestId></ResponseMetadata></CreateGroupResponse>");
  EXPECT_EQ(response.headers.get("Content-Type"), "text/xml");
  const HttpResponse exists = error("iam", AwsError("EntityAlreadyExistsException", "why"));
  EXPECT_EQ(exists.status, 409);
  EXPECT_THAT(body(exists), HasSubstr("<Code>EntityAlreadyExists</Code>"));
  EXPECT_THAT(body(error("iam", AwsError("ServiceFailure", ""))),
              HasSubstr("<Type>Receiver</Type><Code>ServiceFailure</Code></Error>"));
}

// Recordings of 2014 and 2015.
TEST(EncodeEc2, SaysTrueWhereThereIsNothingElseToSay) {
  EXPECT_THAT(body(output("ec2", "DeleteSubnet", Json::object())),
              HasSubstr("<requestId>ID</requestId><return>true</return></DeleteSubnetResponse>"));
  EXPECT_THAT(body(output("ec2", "CreateSecurityGroup", {{"GroupId", "sg-1"}})),
              HasSubstr("<return>true</return><groupId>sg-1</groupId>"));
}

TEST(EncodeEc2, WritesRequestIdsInEc2sWays) {
  EXPECT_EQ(
      body(output("ec2", "DescribeVpcs", {{"Vpcs", {{{"VpcId", "vpc-1"}, {"IsDefault", false}}}}})),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DescribeVpcsResponse "
      "xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>ID</requestId><vpcSet>"
      "<item><isDefault>false</isDefault><vpcId>vpc-1</vpcId></item></vpcSet>"
      "</DescribeVpcsResponse>");
  const HttpResponse refused =
      error("ec2", AwsError("InvalidPermission.Malformed", "Unsupported IP protocol \"\""));
  EXPECT_EQ(body(refused),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error>"
            "<Code>InvalidPermission.Malformed</Code><Message>Unsupported IP protocol "
            "&quot;&quot;</Message></Error></Errors><RequestID>ID</RequestID></Response>");
  EXPECT_EQ(refused.status, 400);
}

TEST(EncodeRestXml, WritesS3sDocumentsUnderAwssNames) {
  const HttpResponse response =
      output("s3", "ListBuckets",
             {{"Buckets", {{{"Name", "b"}, {"CreationDate", "2020-01-01T00:00:00Z"}}}},
              {"Owner", {{"ID", "o"}}}});
  EXPECT_EQ(body(response),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListAllMyBucketsResult "
            "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Buckets><Bucket><Name>b</Name>"
            "<CreationDate>2020-01-01T00:00:00.000Z</CreationDate></Bucket></Buckets><Owner>"
            "<ID>o</ID></Owner></ListAllMyBucketsResult>");
  EXPECT_EQ(response.headers.get("content-type"), "application/xml");
  EXPECT_EQ(response.headers.get("x-amz-request-id"), "ID");
  EXPECT_THAT(std::string(response.headers.get("x-amz-id-2")), MatchesRegex("[A-Za-z0-9+/]+="));
  EXPECT_THAT(body(output("s3", "GetBucketLocation", {{"LocationConstraint", "eu-west-1"}})),
              HasSubstr("<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                        "eu-west-1</LocationConstraint>"));
  EXPECT_THAT(body(output("s3", "GetBucketVersioning", Json::object())),
              HasSubstr("<VersioningConfiguration xmlns="));
  EXPECT_THAT(
      body(output(
          "s3", "GetBucketAcl",
          {{"Grants",
            {{{"Grantee", {{"Type", "CanonicalUser"}, {"ID", "i"}}}, {"Permission", "READ"}}}}})),
      HasSubstr("<AccessControlList><Grant><Grantee "
                "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                "xsi:type=\"CanonicalUser\"><ID>i</ID></Grantee><Permission>READ</Permission>"
                "</Grant></AccessControlList>"));
}

TEST(EncodeRestXml, StreamsObjectsWithTheirHeaders) {
  const HttpResponse response = output("s3", "GetObject",
                                       {{"ContentLength", 5},
                                        {"ContentType", "text/plain"},
                                        {"LastModified", "2015-01-25T08:00:00Z"},
                                        {"ETag", "\"e\""},
                                        {"Metadata", {{"color", "blue"}}}},
                                       Blob("bytes"));
  EXPECT_EQ(body(response), "bytes");
  EXPECT_EQ(response.content_length, 5U);
  EXPECT_FALSE(response.headers.contains("Content-Length"));
  EXPECT_EQ(response.headers.get("Content-Type"), "text/plain");
  EXPECT_EQ(response.headers.get("Last-Modified"), "Sun, 25 Jan 2015 08:00:00 GMT");
  EXPECT_EQ(response.headers.get("x-amz-meta-color"), "blue");
  const HttpResponse policy = output("s3", "GetBucketPolicy", {{"Policy", "{\"a\":1}"}});
  EXPECT_EQ(body(policy), "{\"a\":1}");
  EXPECT_EQ(output("s3", "PutObject", {{"ETag", "\"e\""}}).body.size(), 0U);
}

TEST(EncodeRestXml, LetsNobodySmuggleHeadersIn) {
  const HttpResponse response = output(
      "s3", "GetObject", {{"ContentType", "a\r\nSet-Cookie: b"}, {"Metadata", {{"k\n", "v\n\0"}}}});
  for (const auto& [name, value] : response.headers) {
    EXPECT_EQ((name + value).find_first_of("\r\n"), std::string::npos) << name << ": " << value;
  }
}

// As AWS sent it in the recording smithy-rs/.../select-object-content.json.
TEST(EncodeRestXml, WritesS3sEventsAsAStream) {
  const auto model = find_model("s3");
  const Operation& operation = *model->find_operation("SelectObjectContent");
  const Json events = {
      {{"Records", {{"Payload", binary("Jane,(949) 555-6704,Chicago,Developer\r\n")}}}},
      {{"Stats",
        {{"Details", {{"BytesScanned", 333}, {"BytesProcessed", 333}, {"BytesReturned", 39}}}}}},
      {{"Cont", Json::object()}},
      {{"End", Json::object()}},
      {{"Error", {{"Code", "InternalError"}, {"Message", "We encountered it"}}}}};
  const HttpResponse response =
      encode_output(*model, operation, {{"Payload", events}}, Blob(), "id-1");
  EXPECT_FALSE(response.headers.contains("Content-Type"));
  const std::string body = response.body.to_string();
  const auto messages = decode_event_stream(body);
  ASSERT_EQ(messages.size(), 5U);
  using Headers = std::vector<std::pair<std::string, Json>>;
  EXPECT_EQ(messages[0].headers, (Headers{{":message-type", "event"},
                                          {":event-type", "Records"},
                                          {":content-type", "application/octet-stream"}}));
  EXPECT_EQ(messages[1].headers, (Headers{{":message-type", "event"},
                                          {":event-type", "Stats"},
                                          {":content-type", "text/xml"}}));
  EXPECT_EQ(messages[1].payload,
            "<Stats xmlns=\"\"><BytesScanned>333</BytesScanned><BytesProcessed>333"
            "</BytesProcessed><BytesReturned>39</BytesReturned></Stats>");
  EXPECT_EQ(messages[3].headers, (Headers{{":message-type", "event"}, {":event-type", "End"}}));
  EXPECT_EQ(messages[3].payload, "");
  EXPECT_EQ(messages[4].text(":error-code"), "InternalError");
}

TEST(EncodeRestXml, LeavesOutWhatIsNoEvent) {
  const auto model = find_model("s3");
  const Operation& operation = *model->find_operation("SelectObjectContent");
  for (const Json& events :
       {Json(7), Json{1, "x"}, Json{{{"New", Json::object()}}}, Json{{{"Records", 1}}},
        Json{{{"Cont", Json::object()}, {"End", Json::object()}}}, Json::array()})
    EXPECT_TRUE(
        encode_output(*model, operation, {{"Payload", events}}, Blob(), "id-1").body.empty())
        << events;
  EXPECT_TRUE(encode_output(*model, operation, Json::object(), Blob(), "id-1").body.empty());
}

TEST(EncodeRestXml, WritesS3sErrorsWithoutAWrapping) {
  const HttpResponse response =
      error("s3", AwsError("NoSuchKey", "The specified key does not exist.").with("Key", "a<b"));
  EXPECT_THAT(body(response),
              MatchesRegex("<\\?xml version=\"1.0\" encoding=\"UTF-8\"\\?>\n<Error>"
                           "<Code>NoSuchKey</Code><Message>The specified key does not exist."
                           "</Message><Key>a&lt;b</Key><RequestId>ID</RequestId>"
                           "<HostId>[A-Za-z0-9+/]+=</HostId></Error>"));
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.headers.get("content-type"), "application/xml");
  const HttpResponse range =
      error("s3", AwsError("InvalidRange", "no", 416).with_header("Content-Range", "bytes */10"));
  EXPECT_EQ(range.status, 416);
  EXPECT_EQ(range.headers.get("Content-Range"), "bytes */10");
}

TEST(EncodeRestXml, GivesErrorsNoBodyWhereHttpAllowsNone) {
  const HttpResponse head = error("s3", AwsError("NoSuchKey", "x"), "HeadObject");
  EXPECT_EQ(head.status, 404);
  EXPECT_EQ(body(head), "");
  EXPECT_EQ(head.headers.get("content-type"), "application/xml");
  EXPECT_EQ(body(error("s3", AwsError("NotModified", "Not Modified", 304), "GetObject")), "");
}

}  // namespace
}  // namespace cloudchamber::mock

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sdk/parse/parser.h"
#include "tests/support/one_operation.h"

namespace cloudchamber {
namespace {

ParsedError error_of(const char* service, const char* operation, int status, std::string body,
                     Headers headers = {}) {
  const auto model = find_model(service);
  return parse_error(
      *model, *model->find_operation(operation),
      {.status = status, .headers = std::move(headers), .body = Blob(std::move(body))});
}

TEST(ParseError, ReadsTheThreeWrappingsOfXml) {
  const ParsedError query = error_of("iam", "CreateUser", 409,
                                     R"(<ErrorResponse xmlns="urn:x"><Error><Type>Sender</Type>
      <Code>EntityAlreadyExists</Code><Message>User with name fred already exists.</Message></Error>
      <RequestId>r-1</RequestId></ErrorResponse>)");
  EXPECT_EQ(query.code, "EntityAlreadyExists");
  EXPECT_EQ(query.message, "User with name fred already exists.");
  EXPECT_EQ(query.type, "Sender");
  EXPECT_EQ(query.request_id, "r-1");
  // The model's member is `message`, the wire's element `Message`.
  EXPECT_EQ(query.members, Json({{"message", "User with name fred already exists."}}));

  const ParsedError ec2 = error_of("ec2", "RunInstances", 400,
                                   R"(<Response><Errors><Error><Code>InvalidAMIID.Malformed</Code>
      <Message>Invalid id</Message></Error></Errors><RequestID>r-2</RequestID></Response>)");
  EXPECT_EQ(ec2.code, "InvalidAMIID.Malformed");
  EXPECT_EQ(ec2.message, "Invalid id");
  EXPECT_EQ(ec2.request_id, "r-2");

  const ParsedError s3 = error_of("s3", "GetObject", 404,
                                  R"(<?xml version="1.0" encoding="UTF-8"?>
      <Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>k</Key>
      <RequestId>r-3</RequestId><HostId>h</HostId></Error>)");
  EXPECT_EQ(s3.code, "NoSuchKey");
  EXPECT_EQ(s3.message, "The specified key does not exist.");
  EXPECT_EQ(s3.request_id, "r-3");
  EXPECT_EQ(s3.details, Json({{"Key", "k"}}));
  EXPECT_EQ(s3.members, Json::object());
}

TEST(ParseError, StripsNamespacesAndUrisFromCodes) {
  const struct {
    const char* header;
    const char* body;
    const char* code;
  } rows[] = {{"", R"({"__type": "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"})",
               "ResourceNotFoundException"},
              {"", R"({"__type": "ResourceNotFoundException"})", "ResourceNotFoundException"},
              {"", R"({"code": "a#B:http://c#d/"})", "B"},
              {"", R"({"Code": "B"})", "B"},
              {"B:http://c/", R"({"__type": "Other"})", "B"},
              {" a#B ", "", "B"},
              {"", R"({"code": 17})", "17"},
              {"", R"({"code": {}, "message": "m"})", "400"},
              {"", R"({"__type": ""})", "400"}};
  for (const auto& row : rows)
    EXPECT_EQ(
        error_of("dynamodb", "GetItem", 400, row.body, {{"x-amzn-ErrorType", row.header}}).code,
        row.code)
        << row.header << ' ' << row.body;
}

TEST(ParseError, ReadsTheMembersOfAnException) {
  const ParsedError error = error_of("dynamodb", "PutItem", 400, R"({
      "__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
      "Message": "The conditional request failed", "Item": {"a": {"B": "Zm9v"}}, "Other": 1})");
  EXPECT_EQ(error.code, "ConditionalCheckFailedException");
  EXPECT_EQ(error.message, "The conditional request failed");
  EXPECT_EQ(error.members.at("message"), "The conditional request failed");
  EXPECT_TRUE(error.members.at("Item").at("a").at("B").is_binary());
  EXPECT_FALSE(error.members.contains("Other"));
}

TEST(ParseError, KeepsTheCodeOfQueryBesideTheNewOne) {
  const ParsedError error =
      error_of("sqs", "GetQueueUrl", 400,
               R"({"__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "gone"})",
               {{"x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender"},
                {"x-amzn-RequestId", "r"}});
  EXPECT_EQ(error.code, "QueueDoesNotExist");
  EXPECT_EQ(error.query_code, "AWS.SimpleQueueService.NonExistentQueue");
  EXPECT_EQ(error.type, "Sender");
  EXPECT_EQ(error.message, "gone");
  EXPECT_EQ(error.request_id, "r");
  for (const char* header : {"", ";", "x", ";Sender"})
    EXPECT_EQ(
        error_of("sqs", "GetQueueUrl", 400, "{}", {{"x-amzn-query-error", header}}).query_code, "");
}

TEST(ParseError, FallsBackToTheStatusWhereTheBodySaysNothing) {
  const struct {
    const char* service;
    const char* operation;
    int status;
    const char* body;
    const char* message;
  } rows[] = {{"s3", "HeadObject", 404, "", "Not Found"},
              {"s3", "HeadBucket", 403, "", "Forbidden"},
              {"s3", "GetObject", 503, "<html><body>busy</body></html>", "Service Unavailable"},
              {"s3", "GetObject", 502, "Bad gateway", "Bad Gateway"},
              {"iam", "GetUser", 500, "<ErrorResponse>", "Internal Server Error"},
              {"dynamodb", "GetItem", 503, "<html>busy</html>", "Service Unavailable"},
              {"dynamodb", "GetItem", 500, "[]", "Internal Server Error"},
              {"dynamodb", "GetItem", 413, "", "Request Entity Too Large"},
              {"dynamodb", "GetItem", 599, "", ""}};
  for (const auto& row : rows) {
    const ParsedError error = error_of(row.service, row.operation, row.status, row.body);
    EXPECT_EQ(error.code, std::to_string(row.status)) << row.body;
    EXPECT_EQ(error.message, row.message) << row.body;
    EXPECT_EQ(error.members, Json::object());
  }
}

TEST(ParseError, ReadsCborErrors) {
  const auto model =
      test::OneOperation{.protocol = "smithy-rpc-v2-cbor",
                         .shapes = R"({"Bad": {"type": "structure", "exception": true, "members": {
          "message": {"shape": "Text"}}}, "Text": {"type": "string"}})",
                         .operation = R"("errors": [{"shape": "Bad"}], )"}
          .model();
  const ParsedError error = parse_error(
      *model, *model->find_operation("Go"),
      {.status = 400, .headers = {}, .body = Blob("\xa2\x66__type\x65x#Bad\x67message\x61m")});
  EXPECT_EQ(error.code, "Bad");
  EXPECT_EQ(error.message, "m");
  EXPECT_EQ(error.members, Json({{"message", "m"}}));
}

TEST(ParseRequestId, FindsItWhereTheProtocolPutsIt) {
  const auto id = [](const char* service, std::string body, Headers headers = {}) {
    return parse_request_id(*find_model(service),
                            {.headers = std::move(headers), .body = Blob(std::move(body))});
  };
  EXPECT_EQ(id("dynamodb", "{}", {{"X-Amzn-RequestId", "a"}}), "a");
  EXPECT_EQ(id("s3", "", {{"x-amz-request-id", "b"}}), "b");
  EXPECT_EQ(id("sts", "<R><ResponseMetadata><RequestId>c</RequestId></ResponseMetadata></R>"), "c");
  EXPECT_EQ(id("ec2", "<R><requestId>d</requestId></R>"), "d");
  EXPECT_EQ(id("s3", "<Object><RequestId>not mine</RequestId></Object>"), "");
  EXPECT_EQ(id("sts", "<RequestId>"), "");
  EXPECT_EQ(id("sts", ""), "");
}

}  // namespace
}  // namespace cloudchamber

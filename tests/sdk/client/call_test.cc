#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cloudchamber/errors.h"
#include "tests/sdk/client/stage.h"

namespace cloudchamber {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const Json kGetItem = {{"TableName", "t"}, {"Key", {{"id", {{"S", "1"}}}}}};

template <class Exception, class Action>
std::string message_of(const Action& action) {
  try {
    action();
  } catch (const Exception& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Call, SendsASignedRequestAndGivesTheResult) {
  Stage stage;
  stage.answer({{"Item", {{"id", {{"S", "1"}}}}}});
  const Json result = stage.client("dynamodb").call("GetItem", kGetItem);
  const HttpRequest request = stage.request();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.scheme, "https");
  EXPECT_EQ(request.host, "dynamodb.us-east-1.amazonaws.com");
  EXPECT_EQ(request.target, "/");
  EXPECT_EQ(request.headers.get("X-Amz-Target"), "DynamoDB_20120810.GetItem");
  EXPECT_EQ(stage.sent(0), kGetItem);
  EXPECT_THAT(std::string(request.headers.get("Authorization")),
              StartsWith("AWS4-HMAC-SHA256 "
                         "Credential=AKIDEXAMPLE/20260101/us-east-1/dynamodb/aws4_request, "));
  EXPECT_EQ(request.headers.get("amz-sdk-request"), "attempt=1; max=3");
  EXPECT_EQ(result, Json({{"Item", {{"id", {{"S", "1"}}}}},
                          {"ResponseMetadata",
                           {{"RequestId", "REQ"},
                            {"HTTPStatusCode", 200},
                            {"HTTPHeaders", {{"x-amzn-requestid", "REQ"}}},
                            {"RetryAttempts", 0}}}}));
}

TEST(Call, TakesBothNamesOfAnOperationAndNoParameters) {
  Stage stage;
  const Client dynamodb = stage.client("dynamodb");
  for (const char* name : {"ListTables", "list_tables"}) {
    stage.answer({{"TableNames", {"t"}}});
    EXPECT_EQ(dynamodb.call(name)["TableNames"], Json({"t"})) << name;
  }
  stage.answer({{"TableNames", {"t"}}});
  EXPECT_EQ(dynamodb.call("ListTables", {})["TableNames"], Json({"t"}));
}

TEST(Call, NamesTheOperationThatWasProbablyMeant) {
  Stage stage;
  const Client dynamodb = stage.client("dynamodb");
  EXPECT_EQ(message_of<UnknownOperationError>([&] { dynamodb.call("GetItme", kGetItem); }),
            "The service dynamodb has no operation \"GetItme\"; did you mean \"GetItem\"?");
}

TEST(Call, SendsNothingWhenParametersAreWrong) {
  Stage stage;
  const Client dynamodb = stage.client("dynamodb");
  EXPECT_THROW(dynamodb.call("GetItem", {{"Table", "t"}}), ParamValidationError);
  EXPECT_THROW(dynamodb.call("GetItem", Json::array()), ParamValidationError);
  EXPECT_TRUE(stage.script->requests().empty());
}

TEST(Call, LeavesValidationToTheServiceWhenTold) {
  Stage stage;
  stage.answer(Json::object());
  ClientOptions options;
  options.config.parameter_validation = false;
  stage.client("dynamodb", options).call("GetItem", {{"TableName", "t"}});
  EXPECT_EQ(stage.sent(0), Json({{"TableName", "t"}}));
}

TEST(Call, FillsAnIdempotencyTokenUnlessTheCallerGaveOne) {
  Stage stage;
  stage.random_bits = 0x0123'4567'89ab'cdef;
  stage.answer(Json::object());
  stage.answer(Json::object());
  const Client dynamodb = stage.client("dynamodb");
  Json parameters = {{"TransactItems", {{{"Delete", kGetItem}}}}};
  dynamodb.call("TransactWriteItems", parameters);
  EXPECT_EQ(stage.sent(0)["ClientRequestToken"], "01234567-89ab-4def-8123-456789abcdef");
  parameters["ClientRequestToken"] = "mine";
  dynamodb.call("TransactWriteItems", parameters);
  EXPECT_EQ(stage.sent(1)["ClientRequestToken"], "mine");
}

TEST(Call, NeedsCredentialsUnlessUnsigned) {
  Stage stage;
  SessionOptions options = stage.options();
  options.aws_access_key_id.reset();
  options.aws_secret_access_key.reset();
  const Session session(options);
  EXPECT_EQ(message_of<NoCredentialsError>([&] { session.client("dynamodb").call("ListTables"); }),
            "Unable to locate credentials");
  ClientOptions anonymous;
  anonymous.config.signature_version = "unsigned";
  stage.answer(Json::object());
  session.client("dynamodb", anonymous).call("ListTables");
  EXPECT_FALSE(stage.request().headers.contains("Authorization"));
}

TEST(Call, SendsTheCallersHeadersSigned) {
  Stage stage;
  stage.answer(Json::object());
  CallOptions options;
  options.headers = {{"X-Mine", "1"}};
  stage.client("dynamodb").call("ListTables", {}, options);
  EXPECT_EQ(stage.request().headers.get("X-Mine"), "1");
  EXPECT_THAT(std::string(stage.request().headers.get("Authorization")), HasSubstr(";x-mine,"));
}

// --- errors

TEST(Call, RaisesWhatTheServiceSays) {
  Stage stage;
  stage.script->answer(400, {{"x-amzn-RequestId", "REQ"}},
                       R"({"__type": "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
                           "message": "Requested resource not found"})");
  try {
    stage.client("dynamodb").call("GetItem", kGetItem);
    FAIL() << "nothing was thrown";
  } catch (const ClientError& error) {
    EXPECT_STREQ(error.what(),
                 "An error occurred (ResourceNotFoundException) when calling the GetItem "
                 "operation: Requested resource not found");
    EXPECT_EQ(error.code(), "ResourceNotFoundException");
    EXPECT_EQ(error.status(), 400);
    EXPECT_EQ(error.request_id(), "REQ");
    EXPECT_EQ(error.operation(), "GetItem");
    EXPECT_EQ(error.response()["Error"], Json({{"Code", "ResourceNotFoundException"},
                                               {"Message", "Requested resource not found"}}));
    EXPECT_EQ(error.response()["ResponseMetadata"]["HTTPStatusCode"], 400);
  }
}

// SQS left the query protocol, and kept its codes for those who compare them.
TEST(Call, GivesTheQueryCodeOfAServiceThatOnceSpokeQuery) {
  Stage stage;
  stage.script->answer(400,
                       {{"x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender"}},
                       R"({"__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "Gone"})");
  try {
    stage.client("sqs").call("GetQueueUrl", {{"QueueName", "q"}});
    FAIL() << "nothing was thrown";
  } catch (const ClientError& error) {
    EXPECT_EQ(error.code(), "AWS.SimpleQueueService.NonExistentQueue");
    EXPECT_EQ(error.response()["Error"]["QueryErrorCode"], "QueueDoesNotExist");
    EXPECT_EQ(error.response()["Error"]["Type"], "Sender");
  }
}

// --- retries

struct RetryRow {
  std::string what;
  std::vector<int> statuses;  // 0: no response
  std::string code;
  int attempts;
  bool succeeds;
};

class Retries : public testing::TestWithParam<RetryRow> {};

TEST_P(Retries, AreMadeForWhatMayPass) {
  const RetryRow& row = GetParam();
  Stage stage;
  for (const int status : row.statuses) {
    if (status == 0) {
      stage.script->fail("reset");
    } else {
      stage.answer(status == 200 ? Json::object() : Json({{"__type", row.code}}), status);
    }
  }
  const Client dynamodb = stage.client("dynamodb");
  if (row.succeeds) {
    EXPECT_EQ(dynamodb.call("ListTables")["ResponseMetadata"]["RetryAttempts"], row.attempts - 1);
  } else {
    EXPECT_THROW(dynamodb.call("ListTables"), Error);
  }
  EXPECT_EQ(stage.script->requests().size(), static_cast<std::size_t>(row.attempts));
}

const std::vector<RetryRow> kRetryRows = {
    {"success", {200}, "", 1, true},
    {"a server's error, then success", {500, 200}, "InternalServerError", 2, true},
    {"two of them", {502, 503, 200}, "InternalServerError", 3, true},
    {"three of them", {500, 503, 504, 200}, "InternalServerError", 3, false},
    {"not implemented", {501}, "NotImplemented", 1, false},
    {"a caller's error", {400, 200}, "ValidationException", 1, false},
    {"throttling", {400, 400, 200}, "ProvisionedThroughputExceededException", 3, true},
    {"slow down", {400, 200}, "SlowDown", 2, true},
    {"a request timeout", {400, 200}, "RequestTimeout", 2, true},
    {"no response, then one", {0, 200}, "", 2, true},
    {"no response at all", {0, 0, 0, 200}, "", 3, false},
};

INSTANTIATE_TEST_SUITE_P(Table, Retries, testing::ValuesIn(kRetryRows));

TEST(Retries, WaitLongerEachTimeByLot) {
  Stage stage;
  stage.random_bits = std::uint64_t{1} << 63U;  // the middle of each interval
  ClientOptions options;
  options.config.retries.total_max_attempts = 9;
  for (int i = 0; i < 8; ++i) stage.answer(Json::object(), 500);
  stage.answer(Json::object());
  const TimePoint start = stage.clock->now();
  stage.client("dynamodb", options).call("ListTables");
  // Half of 1, 2, 4, 8, 16, then at most 20 seconds.
  EXPECT_EQ(stage.clock->now() - start, Milliseconds(500 + 1000 + 2000 + 4000 + 8000 + 3 * 10000));
}

TEST(Retries, SayHowManyTherWereInTheError) {
  Stage stage;
  for (int i = 0; i < 3; ++i) stage.answer({{"__type", "InternalServerError"}}, 500);
  try {
    stage.client("dynamodb").call("ListTables");
    FAIL() << "nothing was thrown";
  } catch (const ClientError& error) {
    EXPECT_THAT(error.what(), HasSubstr("operation (reached max retries: 2): "));
    EXPECT_EQ(error.retry_attempts(), 2);
    EXPECT_EQ(error.response()["ResponseMetadata"]["MaxAttemptsReached"], true);
  }
}

TEST(Retries, EndWhenTheQuotaOfAClientIsSpent) {
  Stage stage;
  ClientOptions options;
  options.config.retries.total_max_attempts = 1000;
  for (int i = 0; i < 101; ++i) stage.answer({{"__type", "InternalServerError"}}, 500);
  const Client dynamodb = stage.client("dynamodb", options);
  try {
    dynamodb.call("ListTables");
    FAIL() << "nothing was thrown";
  } catch (const ClientError& error) {
    EXPECT_EQ(error.retry_attempts(), 100);
    EXPECT_EQ(error.response()["ResponseMetadata"]["RetryQuotaReached"], true);
  }
  // Successes earn it back, one token each: five make one retry.
  for (int i = 0; i < 5; ++i) {
    stage.answer(Json::object());
    dynamodb.call("ListTables");
  }
  stage.answer(Json::object(), 500);
  stage.answer(Json::object());
  EXPECT_EQ(dynamodb.call("ListTables")["ResponseMetadata"]["RetryAttempts"], 1);
}

TEST(Retries, SignAnewWithTheTimeOfTheAttempt) {
  Stage stage;
  stage.random_bits = ~std::uint64_t{0};
  stage.answer(Json::object(), 500);
  stage.answer(Json::object(), 500);
  stage.answer(Json::object());
  stage.client("dynamodb").call("ListTables");
  EXPECT_EQ(stage.request(0).headers.get("X-Amz-Date"), "20260101T000000Z");
  EXPECT_EQ(stage.request(2).headers.get("X-Amz-Date"), "20260101T000002Z");
  EXPECT_EQ(stage.request(2).headers.get("amz-sdk-request"), "attempt=3; max=3");
  EXPECT_EQ(stage.request(0).headers.get("amz-sdk-invocation-id"),
            stage.request(2).headers.get("amz-sdk-invocation-id"));
}

TEST(Retries, CatchABodyThatWasDamagedOnItsWay) {
  Stage stage;
  stage.script->answer(200, {{"x-amz-crc32", "1"}}, R"({"TableNames": ["damaged"]})");
  stage.script->answer(200, {{"x-amz-crc32", "2745614147"}}, "{}");  // of "{}"
  const Json result = stage.client("dynamodb").call("ListTables");
  EXPECT_EQ(result["ResponseMetadata"]["RetryAttempts"], 1);
  EXPECT_FALSE(result.contains("TableNames"));
  for (int i = 0; i < 3; ++i) stage.script->answer(200, {{"x-amz-crc32", "1"}}, "{}");
  EXPECT_THROW(stage.client("dynamodb").call("ListTables"), ChecksumError);
}

TEST(Retries, AreNotMadeOnceTheCallerHasSomeOfTheBody) {
  struct BreakingTransport final : Transport {
    int sent = 0;
    HttpResponse send(const HttpRequest&, const SendOptions& options) override {
      ++sent;
      options.sink("half of it");
      throw ConnectionError("reset");
    }
  };
  Stage stage;
  SessionOptions options = stage.options();
  const auto transport = std::make_shared<BreakingTransport>();
  options.transport = transport;
  std::string received;
  CallOptions into;
  into.sink = [&](std::string_view piece) { received += piece; };
  EXPECT_THROW(
      Session(options).client("s3").call("GetObject", {{"Bucket", "bbb"}, {"Key", "k"}}, into),
      ConnectionError);
  EXPECT_EQ(transport->sent, 1);
  EXPECT_EQ(received, "half of it");
}

}  // namespace
}  // namespace cloudchamber

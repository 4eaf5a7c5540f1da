#include "cloudchamber/waiter.h"

#include <gtest/gtest.h>

#include "cloudchamber/errors.h"
#include "tests/sdk/client/stage.h"

namespace cloudchamber {
namespace {

using namespace std::chrono_literals;

TEST(WaiterNames, AreBoto3s) {
  Stage stage;
  EXPECT_EQ(stage.client("s3").waiter_names(),
            (std::vector<std::string>{"bucket_exists", "bucket_not_exists", "object_exists",
                                      "object_not_exists"}));
}

TEST(GetWaiter, TakesBothNames) {
  Stage stage;
  const Client s3 = stage.client("s3");
  for (const char* name : {"bucket_exists", "BucketExists"}) {
    const Waiter waiter = s3.get_waiter(name);
    EXPECT_EQ(waiter.name(), "BucketExists");
    EXPECT_EQ(waiter.delay(), 5s);
    EXPECT_EQ(waiter.max_attempts(), 20);
  }
  try {
    static_cast<void>(s3.get_waiter("bucket_exist"));
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "Waiter does not exist: bucket_exist; did you mean \"bucket_exists\"?");
  }
}

TEST(Wait, SleepsOnTheClockBetweenAttempts) {
  Stage stage;
  stage.script->answer(404).answer(404).answer(200);
  const TimePoint start = stage.clock->now();
  const Json response = stage.client("s3").wait("bucket_exists", {{"Bucket", "bbb"}});
  EXPECT_EQ(stage.clock->now() - start, 10s);
  EXPECT_EQ(response["ResponseMetadata"]["HTTPStatusCode"], 200);
}

struct DelayRow {
  Json parameters;
  WaitOptions options;
  Milliseconds waited;
};

TEST(Wait, TakesItsPaceFromTheOptionsOrTheParameters) {
  const std::vector<DelayRow> rows = {
      {Json::object(), {.delay = 7s}, 7s},
      {{{"WaiterConfig", {{"Delay", 2}}}}, {}, 2s},
      {{{"WaiterConfig", {{"Delay", 0.5}}}}, {}, 500ms},
      {{{"WaiterConfig", {{"Delay", 2}}}}, {.delay = 7s}, 7s},
      {Json::object(), {.delay = 0s}, 0s},
  };
  for (const DelayRow& row : rows) {
    Stage stage;
    stage.script->answer(404).answer(200);
    Json parameters = {{"Bucket", "bbb"}};
    parameters.update(row.parameters);
    const TimePoint start = stage.clock->now();
    stage.client("s3").wait("bucket_exists", parameters, row.options);
    EXPECT_EQ(stage.clock->now() - start, row.waited);
  }
  Stage stage;
  EXPECT_THROW(stage.client("s3").wait("bucket_exists",
                                       {{"Bucket", "bbb"}, {"WaiterConfig", {{"Dealy", 1}}}}),
               ParamValidationError);
}

// Plays `responses` to a waiter; gives the reason of its failure, "" for success.
std::string outcome(const std::string& service, const std::string& waiter, const Json& parameters,
                    const std::vector<std::pair<int, std::string>>& responses, int attempts,
                    Json* last = nullptr) {
  Stage stage;
  for (const auto& [status, body] : responses) stage.script->answer(status, {}, body);
  ClientOptions options;
  options.config.retries.total_max_attempts = 1;
  try {
    stage.client(service, options)
        .wait(waiter, parameters, {.delay = 1s, .max_attempts = attempts});
  } catch (const WaiterError& error) {
    EXPECT_EQ(error.what(), "Waiter " + stage.client(service).get_waiter(waiter).name() +
                                " failed: " + error.reason());
    if (last != nullptr) *last = error.last_response();
    return error.reason();
  }
  EXPECT_EQ(stage.script->unused(), 0U);
  return "";
}

const Json kTable = {{"TableName", "t"}};

std::string table(const char* status) {
  return Json({{"Table", {{"TableStatus", status}}}}).dump();
}

std::string stacks(const std::vector<std::string>& statuses) {
  std::string body = "<DescribeStacksResponse><DescribeStacksResult><Stacks>";
  for (const std::string& status : statuses)
    body += "<member><StackName>s</StackName><StackStatus>" + status + "</StackStatus></member>";
  return body + "</Stacks></DescribeStacksResult></DescribeStacksResponse>";
}

std::string query_error(const std::string& code, const std::string& message) {
  return "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + message +
         "</Message></Error></ErrorResponse>";
}

TEST(Matchers, PathEndsTheWait) {
  EXPECT_EQ(outcome("dynamodb", "table_exists", kTable,
                    {{200, table("CREATING")}, {200, table("ACTIVE")}}, 5),
            "");
}

TEST(Matchers, ErrorGoesOnOrEndsTheWait) {
  const std::string missing = R"({"__type": "ResourceNotFoundException", "message": "no"})";
  EXPECT_EQ(
      outcome("dynamodb", "table_exists", kTable, {{400, missing}, {200, table("ACTIVE")}}, 5), "");
  EXPECT_EQ(outcome("dynamodb", "table_not_exists", kTable,
                    {{200, table("DELETING")}, {400, missing}}, 5),
            "");
}

TEST(Matchers, AnErrorThatNobodyExpectsFails) {
  Json last;
  EXPECT_EQ(
      outcome("dynamodb", "table_exists", kTable,
              {{400, R"({"__type": "AccessDeniedException", "message": "no way"})"}}, 5, &last),
      "An error occurred (AccessDeniedException): no way");
  EXPECT_EQ(last["Error"]["Code"], "AccessDeniedException");
  EXPECT_EQ(last["ResponseMetadata"]["HTTPStatusCode"], 400);
}

TEST(Matchers, StatusMatchesSuccessAndError) {
  EXPECT_EQ(outcome("s3", "bucket_not_exists", {{"Bucket", "bbb"}}, {{200, ""}, {404, ""}}, 5), "");
}

const Json kStack = {{"StackName", "s"}};

TEST(Matchers, PathAllNeedsEveryElementAndAtLeastOne) {
  EXPECT_EQ(outcome("cloudformation", "stack_create_complete", kStack,
                    {{200, stacks({"CREATE_COMPLETE", "CREATE_IN_PROGRESS"})},
                     {200, stacks({})},
                     {200, stacks({"CREATE_COMPLETE", "CREATE_COMPLETE"})}},
                    5),
            "");
}

TEST(Matchers, PathAnyNeedsOneElement) {
  Json last;
  EXPECT_EQ(outcome("cloudformation", "stack_create_complete", kStack,
                    {{200, stacks({"CREATE_IN_PROGRESS"})},
                     {200, stacks({"CREATE_COMPLETE", "CREATE_FAILED"})}},
                    5, &last),
            "Waiter encountered a terminal failure state: For expression \"Stacks[].StackStatus\" "
            "we matched expected path: \"CREATE_FAILED\" at least once");
  EXPECT_EQ(last["Stacks"].size(), 2U);
}

TEST(Matchers, ErrorMayBeTheFailureItself) {
  EXPECT_EQ(outcome("cloudformation", "stack_create_complete", kStack,
                    {{400, query_error("ValidationError", "Stack s does not exist")}}, 5),
            "Waiter encountered a terminal failure state: Matched expected service error code: "
            "ValidationError");
}

TEST(MaxAttempts, EndTheWait) {
  EXPECT_EQ(outcome("dynamodb", "table_exists", kTable,
                    {{200, table("CREATING")}, {200, table("CREATING")}}, 2),
            "Max attempts exceeded");
  const std::string missing = R"({"__type": "ResourceNotFoundException", "message": "no"})";
  EXPECT_EQ(outcome("dynamodb", "table_exists", kTable, {{400, missing}}, 1),
            "Max attempts exceeded. Previously accepted state: Matched expected service error "
            "code: ResourceNotFoundException");
}

}  // namespace
}  // namespace cloudchamber

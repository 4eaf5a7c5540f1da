#include "tools/scenario/play.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cloudchamber/scripted_transport.h"
#include "cloudchamber/virtual_clock.h"

namespace cloudchamber::scenario {
namespace {

using ::testing::HasSubstr;

// A stage whose service answers by a script.
class Play : public ::testing::Test {
 protected:
  Report play_steps(const std::string& steps) {
    const Scenario scenario = parse_scenario(
        R"({"title": "A story", "service": "sqs", "steps": [)" + steps + "]}", "story.json");
    SessionOptions options;
    options.region_name = "us-east-1";
    options.aws_access_key_id = "AKIDEXAMPLE";
    options.aws_secret_access_key = "secret";
    options.transport = script_;
    options.clock = clock_;
    options.environment = environment_of({});
    const auto advance = [this](Seconds step) { clock_->advance(step); };
    return play(scenario, {Session(options), advance, "77"},
                [this](const StepReport& step) { watched_.push_back(step.title); });
  }
  Json sent(std::size_t request) {
    return Json::parse(script_->requests().at(request).body.to_string());
  }

  std::shared_ptr<ScriptedTransport> script_ = std::make_shared<ScriptedTransport>();
  std::shared_ptr<VirtualClock> clock_ = std::make_shared<VirtualClock>();
  std::vector<std::string> watched_;
};

constexpr const char* kGone = R"({"__type": "com.amazonaws.sqs#QueueDoesNotExist",
                                  "message": "The specified queue does not exist."})";

TEST_F(Play, CarriesWhatAStepSavesIntoLaterOnes) {
  script_->answer(200, {}, R"({"QueueUrl": "http://q/77"})").answer(200, {}, R"({})");
  const Report report = play_steps(R"json(
      {"operation": "CreateQueue", "parameters": {"QueueName": "q-${unique}"},
       "expect": {"QueueUrl": {"$like": "http*"}}, "save": {"url": "QueueUrl"}},
      {"operation": "PurgeQueue", "parameters": {"QueueUrl": "${url}"}})json");
  EXPECT_TRUE(report.passed()) << text_of(report);
  EXPECT_EQ(sent(0), (Json{{"QueueName", "q-77"}}));
  EXPECT_EQ(sent(1), (Json{{"QueueUrl", "http://q/77"}}));
  EXPECT_EQ(watched_, (std::vector<std::string>{"sqs CreateQueue", "sqs PurgeQueue"}));
  EXPECT_EQ(text_of(report), "ok    story.json: A story (2 steps)\n");
}

TEST_F(Play, StopsAtTheFirstDifferenceAndPointsAtIt) {
  script_->answer(200, {}, R"({"Messages": [{"Body": "hallo"}]})");
  const Report report = play_steps(R"json(
      {"about": "as it was sent", "operation": "ReceiveMessage", "parameters": {"QueueUrl": "http://q"},
       "expect": {"Messages": [{"Body": "hello"}]}},
      {"operation": "ListQueues"})json");
  EXPECT_FALSE(report.passed());
  ASSERT_EQ(report.played.size(), 1U);
  ASSERT_TRUE(report.played[0].failure && report.played[0].failure->difference);
  EXPECT_EQ(report.played[0].failure->difference->path, "Messages[0].Body");
  const std::string text = text_of(report);
  EXPECT_THAT(text, HasSubstr("FAIL  story.json: A story (2 steps)\n"
                              "      step 1 of 2: sqs ReceiveMessage\n"
                              "        The result is not what was expected\n"
                              "        at        Messages[0].Body\n"
                              "        expected  \"hello\"\n"
                              "        actual    \"hallo\"\n"
                              "        response  {"));
  EXPECT_THAT(text_of(report.played[0]), HasSubstr("  FAIL  sqs ReceiveMessage: as it was sent\n"));
}

TEST_F(Play, TakesAnErrorThatIsExpected) {
  script_->answer(400, {}, kGone);
  const Report report = play_steps(R"json(
      {"operation": "GetQueueUrl", "parameters": {"QueueName": "q"},
       "error": {"Code": "QueueDoesNotExist", "Status": 400, "Message": {"$like": "*not exist."}}}
      )json");
  EXPECT_TRUE(report.passed()) << text_of(report);
}

TEST_F(Play, FailsWhereAnotherErrorComes) {
  script_->answer(400, {}, kGone);
  const Report report = play_steps(R"json(
      {"operation": "GetQueueUrl", "parameters": {"QueueName": "q"}, "error": "OverLimit"})json");
  ASSERT_TRUE(report.played.back().failure);
  EXPECT_EQ(report.played.back().failure->difference->path, "Code");
}

TEST_F(Play, FailsWhereAnErrorComesUnexpectedly) {
  script_->answer(400, {}, kGone);
  const Report report =
      play_steps(R"json({"operation": "GetQueueUrl", "parameters": {"QueueName": "q"}})json");
  ASSERT_TRUE(report.played.back().failure);
  EXPECT_THAT(report.played.back().failure->what, HasSubstr("(QueueDoesNotExist)"));
}

TEST_F(Play, FailsWhereTheExpectedErrorStaysAway) {
  script_->answer(200, {}, R"({"QueueUrl": "http://q"})");
  const Report report = play_steps(R"json(
      {"operation": "GetQueueUrl", "parameters": {"QueueName": "q"}, "error": "OverLimit"})json");
  ASSERT_TRUE(report.played.back().failure);
  EXPECT_THAT(report.played.back().failure->what, HasSubstr("Expected the error"));
}

TEST_F(Play, FailsWhereThereIsNothingToSave) {
  script_->answer(200, {}, R"({})");
  const Report report = play_steps(R"json(
      {"operation": "ListQueues", "save": {"url": "QueueUrls[0]"}})json");
  ASSERT_TRUE(report.played.back().failure);
  EXPECT_EQ(report.played.back().failure->what, "There is no QueueUrls[0] to save");
}

TEST_F(Play, FailsWhereNobodyAnswers) {
  for (int attempt = 0; attempt < 10; ++attempt) script_->fail("connection refused");
  const Report report = play_steps(R"json({"operation": "ListQueues"})json");
  ASSERT_TRUE(report.played.back().failure);
  EXPECT_THAT(report.played.back().failure->what, HasSubstr("connection refused"));
}

TEST_F(Play, TakesParametersThatAreRefusedAsAnError) {
  const Report report = play_steps(R"json(
      {"operation": "CreateQueue", "parameters": {"QueueNmae": "q"},
       "error": {"Code": "ParamValidationError", "Message": {"$like": "*QueueName*"}}})json");
  EXPECT_TRUE(report.passed()) << text_of(report);
}

TEST_F(Play, AdvancesTheClock) {
  const TimePoint before = clock_->now();
  EXPECT_TRUE(play_steps(R"json({"advance": 90})json").passed());
  EXPECT_EQ(clock_->now() - before, Seconds(90));
}

TEST_F(Play, PaginatesAndCountsThePages) {
  for (int round = 0; round < 2; ++round) {
    script_->answer(200, {}, R"({"QueueUrls": ["a", "b"], "NextToken": "more"})");
    script_->answer(200, {}, R"({"QueueUrls": ["c"]})");
  }
  const Report report = play_steps(R"json(
      {"paginate": "list_queues", "paging": {"PageSize": 2}, "pages": 2,
       "query": "length(QueueUrls)", "expect": 3})json");
  EXPECT_TRUE(report.passed()) << text_of(report);
  EXPECT_EQ(sent(0), (Json{{"MaxResults", 2}}));
  EXPECT_EQ(sent(1), (Json{{"MaxResults", 2}, {"NextToken", "more"}}));
}

TEST_F(Play, WaitsAndTakesAWaiterThatGivesUpAsAnError) {
  for (int i = 0; i < 3; ++i) {
    script_->answer(200, {}, R"({"Table": {"TableStatus": "CREATING"}})");
  }
  const Report report = play_steps(R"json(
      {"service": "dynamodb", "wait": "table_exists", "parameters": {"TableName": "t"},
       "waiter": {"Delay": 2.5, "MaxAttempts": 3},
       "error": {"Code": "WaiterError", "Message": {"$like": "Max attempts exceeded*"}}})json");
  EXPECT_TRUE(report.passed()) << text_of(report);
  EXPECT_EQ(script_->unused(), 0U);
}

TEST_F(Play, CallsAsTheAccountThatIsNamed) {
  script_->answer(200, {}, R"({})");
  const Report report = play_steps(R"json(
      {"as": "222222222222", "region": "eu-west-1", "operation": "ListQueues"})json");
  EXPECT_TRUE(report.passed()) << text_of(report);
  const HttpRequest request = script_->requests().at(0);
  EXPECT_THAT(std::string(request.headers.get("Authorization")),
              HasSubstr("Credential=222222222222/"));
  EXPECT_THAT(std::string(request.headers.get("Authorization")), HasSubstr("/eu-west-1/sqs/"));
}

}  // namespace
}  // namespace cloudchamber::scenario

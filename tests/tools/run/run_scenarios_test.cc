#include "tools/run/run_scenarios.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "mock-server/mock_aws.h"
#include "mock-server/state/offset_clock.h"

namespace cloudchamber::scenario {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class RunScenarios : public ::testing::Test {
 protected:
  RunScenarios() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() /
              ("run_scenarios." + std::to_string(getpid()) + "." + test->name());
    fs::create_directories(folder_);
    write("good.json", R"json({"title": "Good", "service": "sqs", "steps": [
        {"operation": "CreateQueue", "parameters": {"QueueName": "q-${unique}"},
         "save": {"url": "QueueUrl"}},
        {"operation": "SendMessage",
         "parameters": {"QueueUrl": "${url}", "MessageBody": "x", "DelaySeconds": 900}},
        {"advance": 901},
        {"operation": "ReceiveMessage", "parameters": {"QueueUrl": "${url}"},
         "expect": {"Messages": [{"Body": "x"}]}}]})json");
  }
  ~RunScenarios() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  void write(const char* name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  int run(const RunOptions& options) { return run_scenarios(options, out_, errors_); }

  fs::path folder_;
  std::ostringstream out_;
  std::ostringstream errors_;
};

TEST_F(RunScenarios, ReturnsZeroWhenEveryStoryHolds) {
  EXPECT_EQ(run({.paths = {folder_}}), 0) << out_.str();
  EXPECT_THAT(out_.str(), HasSubstr("good.json: Good (4 steps)\n1 of 1 stories passed\n"));
}

TEST_F(RunScenarios, ReturnsOneWhenAStoryFails) {
  write("bad.json", R"json({"title": "Bad", "service": "sqs", "steps": [
      {"operation": "ListQueues", "expect": {"QueueUrls": ["a"]}}]})json");
  EXPECT_EQ(run({.paths = {folder_}}), 1);
  EXPECT_THAT(out_.str(), HasSubstr("FAIL  " + (folder_ / "bad.json").string()));
  EXPECT_THAT(out_.str(), HasSubstr("1 of 2 stories passed\n"));
}

TEST_F(RunScenarios, ReturnsTwoAndPlaysNothingWhenAFileIsNoScenario) {
  write("ugly.json", R"json({"title": "Ugly"})json");
  EXPECT_EQ(run({.paths = {folder_}}), 2);
  EXPECT_EQ(out_.str(), "");
  EXPECT_THAT(errors_.str(), HasSubstr("ugly.json: needs \"steps\""));
}

TEST_F(RunScenarios, ShowsEachStepWhenAsked) {
  EXPECT_EQ(run({.paths = {folder_}, .every_step = true}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("Good\n  ok    sqs CreateQueue\n  ok    sqs SendMessage\n"
                                    "  ok    advance 901 s\n"));
}

// A quarter of an hour is as long as a signature lasts: the clocks of both sides must move.
TEST_F(RunScenarios, PlaysAgainstAnEndpointAndMovesItsClock) {
  mock::MockAws aws({.clock = std::make_shared<mock::OffsetClock>(real_clock())});
  aws.start();
  for (int time = 0; time < 3; ++time) {
    EXPECT_EQ(run({.paths = {folder_}, .endpoint = aws.url()}), 0) << out_.str();
  }
}

TEST_F(RunScenarios, SaysThatNobodyAnswers) {
  EXPECT_EQ(run({.paths = {folder_}, .endpoint = "http://127.0.0.1:1"}), 1);
  EXPECT_THAT(out_.str(), HasSubstr("Could not connect to the endpoint URL"));
}

TEST_F(RunScenarios, TellsNamesOfTwoRunsApart) {
  mock::MockAws aws({.clock = std::make_shared<mock::OffsetClock>(real_clock())});
  aws.start();
  write("again.json", R"json({"title": "Once", "service": "dynamodb", "steps": [
      {"operation": "CreateTable",
       "parameters": {"TableName": "once-${unique}", "BillingMode": "PAY_PER_REQUEST",
                      "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                      "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}},
      {"advance": 1}]})json");
  EXPECT_EQ(run({.paths = {folder_ / "again.json"}, .endpoint = aws.url()}), 0) << out_.str();
  EXPECT_EQ(run({.paths = {folder_ / "again.json"}, .endpoint = aws.url()}), 0) << out_.str();
}

}  // namespace
}  // namespace cloudchamber::scenario

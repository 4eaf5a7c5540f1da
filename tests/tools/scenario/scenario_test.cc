#include "tools/scenario/scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace cloudchamber::scenario {
namespace {

using ::testing::HasSubstr;

std::string story(const std::string& steps) {
  return R"({"title": "t", "service": "sqs", "steps": [)" + steps + "]}";
}

TEST(ParseScenario, ReadsEveryKindOfStep) {
  const Scenario scenario = parse_scenario(R"json({
    "title": "Everything", "about": "once", "service": "sqs", "region": "eu-west-1",
    "as": "222222222222",
    "steps": [
      {"operation": "CreateQueue", "parameters": {"QueueName": "q-${unique}"},
       "expect": {"QueueUrl": {"$like": "*/q-*"}}, "save": {"url": "QueueUrl"}},
      {"about": "nothing there", "operation": "ReceiveMessage",
       "parameters": {"QueueUrl": "${url}"}, "query": "length(Messages)", "expect": 0},
      {"advance": 90},
      {"paginate": "ListQueues", "paging": {"PageSize": 2}, "pages": 1},
      {"service": "dynamodb", "region": "us-east-1", "wait": "table_exists",
       "parameters": {"TableName": "t"}, "waiter": {"Delay": 1, "MaxAttempts": 2},
       "error": "WaiterError"}
    ]
})json",
                                           "all.json");
  ASSERT_EQ(scenario.steps.size(), 5U);
  EXPECT_EQ(scenario.title, "Everything");
  const Step& create = scenario.steps[0];
  EXPECT_EQ(create.kind, Step::Kind::kCall);
  EXPECT_EQ(create.title(), "sqs CreateQueue");
  EXPECT_EQ(create.region, "eu-west-1");
  EXPECT_EQ(create.as, "222222222222");
  EXPECT_EQ(create.save.at("url"), "QueueUrl");
  EXPECT_EQ(scenario.steps[1].query, "length(Messages)");
  EXPECT_EQ(scenario.steps[2].advance, Seconds(90));
  EXPECT_EQ(scenario.steps[2].title(), "advance 90 s");
  EXPECT_EQ(scenario.steps[3].kind, Step::Kind::kPaginate);
  EXPECT_EQ(scenario.steps[4].kind, Step::Kind::kWait);
  EXPECT_EQ(scenario.steps[4].region, "us-east-1");
  EXPECT_EQ(*scenario.steps[4].error, (Json{{"Code", "WaiterError"}}));
}

TEST(ParseScenario, SaysWhatIsWrongAndWhere) {
  const std::pair<std::string, const char*> rows[] = {
      {"{", "is not JSON"},
      {"[]", "must be an object"},
      {R"({"steps": [{"advance": 1}]})", "needs a \"title\""},
      {R"({"title": "t"})", "needs \"steps\""},
      {R"({"title": "t", "steps": []})", "needs \"steps\""},
      {R"({"title": "t", "stpes": []})", "unknown key \"stpes\"; did you mean \"steps\"?"},
      {story(R"({"operation": "CreateQueue", "expct": 1})"),
       "steps[0] has the unknown key \"expct\"; did you mean \"expect\"?"},
      {story(R"({"about": "?"})"), "exactly one of"},
      {story(R"({"operation": "CreateQueue", "advance": 1})"), "exactly one of"},
      {story(R"({"operation": "CreatQueue"})"),
       "sqs has no operation \"CreatQueue\"; did you mean \"CreateQueue\"?"},
      {story(R"({"paginate": "CreateQueue"})"), "sqs has no paginator"},
      {story(R"({"service": "s3", "wait": "bucket_exist"})"), "s3 has no waiter"},
      {R"({"title": "t", "steps": [{"operation": "CreateQueue"}]})", "needs a \"service\""},
      {story(R"({"operation": "CreateQueue", "paging": {}})"), "can't have \"paging\""},
      {story(R"({"paginate": "ListQueues", "paging": {"Pagesize": 1}})"),
       "did you mean \"PageSize\"?"},
      {story(R"({"operation": "ListQueues", "pages": 1})"), "\"pages\" but no \"paginate\""},
      {story(R"({"operation": "ListQueues", "expect": {"$lik": "a"}})"),
       "steps[0].expect: there is no matcher $lik"},
      {story(R"({"operation": "ListQueues", "query": "a[", "expect": 1})"), "steps[0].query:"},
      {story(R"({"operation": "ListQueues", "query": "a"})"), "a \"query\" but no \"expect\""},
      {story(R"({"operation": "ListQueues", "save": {"a b": "a"}})"), "can't be a name"},
      {story(R"({"operation": "ListQueues", "save": {"a": "]"}})"), "steps[0].save.a:"},
      {story(R"({"operation": "ListQueues", "error": "X", "expect": {}})"), "both"},
      {story(R"({"operation": "GetQueueUrl", "parameters": {"QueueName": "${nmae}"}})"),
       "uses ${nmae}, which no earlier step saves"},
      {story(R"({"operation": "ListQueues", "save": {"name": "a"}},
                {"operation": "GetQueueUrl", "parameters": {"QueueName": "${nmae}"}})"),
       "did you mean \"name\"?"},
      {story(R"({"advance": -1})"), "not by a number of seconds"},
      {story(R"({"advance": 1, "operation": "ListQueues"})"), "exactly one of"},
      {story(R"({"advance": 1, "expect": {}})"), "unknown key \"expect\""},
      {std::string(100'000, '['), "nested too deeply"}};
  for (const auto& [text, expected] : rows) {
    try {
      (void)parse_scenario(text, "bad.json");
      ADD_FAILURE() << "accepted " << text.substr(0, 200);
    } catch (const ScenarioError& error) {
      EXPECT_THAT(error.what(), HasSubstr(expected));
      EXPECT_THAT(error.what(), HasSubstr("bad.json: "));
    }
  }
}

TEST(FindScenarios, LooksIntoFoldersAndSorts) {
  namespace fs = std::filesystem;
  const fs::path root = fs::temp_directory_path() / ("find_scenarios." + std::to_string(getpid()));
  fs::create_directories(root / "b");
  for (const char* name : {"b/two.json", "one.json", "b/notes.md"}) {
    std::ofstream(root / name) << "{}";
  }
  EXPECT_EQ(find_scenarios({root, root / "one.json"}),
            (std::vector<fs::path>{root / "b/two.json", root / "one.json"}));
  EXPECT_THROW((void)find_scenarios({root / "gone"}), ScenarioError);
  fs::remove(root / "one.json");
  fs::remove_all(root / "b");
  EXPECT_THROW((void)find_scenarios({root}), ScenarioError);
  fs::remove_all(root);
}

}  // namespace
}  // namespace cloudchamber::scenario

// Every story in scenarios/ is played twice: in process, and over HTTP on the loopback interface.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <string>

#include "cloudchamber/curl_transport.h"
#include "mock-server/mock_aws.h"
#include "tools/scenario/play.h"
#include "tools/scenario/scenario.h"

namespace cloudchamber::scenario {
namespace {

class Story : public ::testing::TestWithParam<std::string> {
 protected:
  static std::function<void(Seconds)> advance(const mock::MockAws& aws) {
    return [&aws](Seconds step) { aws.clock().advance(step); };
  }
};

TEST_P(Story, HoldsInProcess) {
  const mock::MockAws aws;
  const Report report = play(read_scenario(GetParam()), {aws.session(), advance(aws), "1"});
  EXPECT_TRUE(report.passed()) << text_of(report);
}

TEST_P(Story, HoldsOverHttp) {
  mock::MockAws aws;
  aws.start();
  SessionOptions options;
  options.endpoint_url = aws.url();
  options.region_name = "us-east-1";
  options.aws_access_key_id = mock::kDefaultAccessKeyId;
  options.aws_secret_access_key = mock::kDefaultSecretAccessKey;
  options.clock = aws.shared_clock();
  options.transport = make_curl_transport();
  options.environment = environment_of({});
  const Report report =
      play(read_scenario(GetParam()), {Session(std::move(options)), advance(aws), "1"});
  EXPECT_TRUE(report.passed()) << text_of(report);
}

TEST(ScenarioDocumentation, ShowsAStoryThatHolds) {
  std::ifstream file("docs/scenarios.md");
  const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::size_t start = page.find("```json\n");
  ASSERT_NE(start, std::string::npos);
  const std::string example = page.substr(start + 8, page.find("```", start + 8) - start - 8);
  const mock::MockAws aws;
  const auto advance = [&aws](Seconds step) { aws.clock().advance(step); };
  const Report report =
      play(parse_scenario(example, "docs/scenarios.md"), {aws.session(), advance, "1"});
  EXPECT_TRUE(report.passed()) << text_of(report);
}

std::vector<std::string> all_stories() {
  std::vector<std::string> stories;
  for (const auto& path : find_scenarios({"scenarios"})) stories.push_back(path.string());
  return stories;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Story, ::testing::ValuesIn(all_stories()),
                         [](const auto& test) {
                           std::string name = test.param.substr(sizeof("scenarios"));
                           name.resize(name.rfind('.'));
                           std::replace_if(
                               name.begin(), name.end(),
                               [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
                           return name;
                         });

}  // namespace
}  // namespace cloudchamber::scenario

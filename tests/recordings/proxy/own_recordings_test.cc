// The recordings in fixtures/, played back request by request: what was recorded comes out.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "recordings/proxy/replay_server.h"
#include "sdk/recording/har.h"

namespace cloudchamber::recordings {
namespace {

std::vector<std::filesystem::path> own_recordings() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator("fixtures/recordings"))
    if (entry.path().extension() == ".har") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

class OwnRecording : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(OwnRecording, IsPlayedBackAsItWasRecorded) {
  const Recording recording = read_har_file(GetParam());
  ASSERT_FALSE(recording.interactions.empty());
  ReplayServer server(GetParam(), {});
  for (const Interaction& interaction : recording.interactions) {
    const HttpRequest& request = interaction.exchange.request;
    ASSERT_TRUE(interaction.meaning) << request.method << " " << request.target;
    const HttpResponse response = server.handle(request);
    EXPECT_EQ(response.status, interaction.exchange.response.status)
        << interaction.meaning->operation << ": " << response.body.to_string();
    EXPECT_TRUE(response.body == interaction.exchange.response.body)
        << interaction.meaning->operation;
  }
  EXPECT_THAT(server.unused(), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Fixtures, OwnRecording, testing::ValuesIn(own_recordings()), [](const auto& of) {
      std::string name = of.param.stem().string();
      std::replace_if(
          name.begin(), name.end(),
          [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
      return name;
    });

TEST(OwnRecordings, HoldAStoryOfEachService) {
  std::set<std::string> services;
  for (const auto& file : own_recordings())
    for (const Interaction& interaction : read_har_file(file).interactions)
      services.insert(interaction.meaning->service);
  EXPECT_THAT(services, testing::UnorderedElementsAre("cloudformation", "dynamodb", "ec2", "iam",
                                                      "s3", "sqs", "sts"));
}

}  // namespace
}  // namespace cloudchamber::recordings

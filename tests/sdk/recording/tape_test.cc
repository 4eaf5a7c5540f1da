// A large file is read as it is used, and says the same.
#include "sdk/recording/tape.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "sdk/recording/replayer.h"
#include "tests/sdk/recording/scratch_folder.h"

namespace cloudchamber {
namespace {

using testing::HasSubstr;

class TapeTest : public ScratchFolder {
 protected:
  std::filesystem::path write() {
    Recording recording;
    recording.seed = 7;
    for (int i = 0; i < 5; ++i) {
      Interaction interaction;
      interaction.exchange.request = {.host = "sqs.us-east-1.amazonaws.com",
                                      .body = R"({"_service":"no",)" + std::to_string(i) + "}"};
      interaction.exchange.response.body = "line\n" + std::to_string(i);
      // Texts that look like what is searched for.
      interaction.meaning =
          Meaning{.service = "sqs",
                  .operation = "SendMessage",
                  .region = "us-east-1",
                  .parameters = {{"QueueUrl", "u"},
                                 {"MessageBody", R"(,"_service":"ec2",")" + std::to_string(i)}}};
      if (i == 3) interaction.meaning.reset();
      recording.interactions.push_back(std::move(interaction));
    }
    write_har_file(recording, folder_ / "story.har");
    return folder_ / "story.har";
  }
  std::filesystem::path edited(const std::string& from, const std::string& to) {
    std::string text = content_of(write());
    text.replace(text.find(from), from.size(), to);
    std::ofstream(folder_ / "story.har", std::ios::binary) << text;
    return folder_ / "story.har";
  }
  static Tape::Understand understand() {
    return [](const Exchange&) {
      return Meaning{.service = "sqs", .operation = "ListQueues", .region = "us-east-1"};
    };
  }
};

TEST_F(TapeTest, SaysTheSameHoweverItIsRead) {
  const auto file = write();
  const Tape whole(file, understand());
  const Tape as_used(file, understand(), 0);
  ASSERT_EQ(whole.size(), 5U);
  ASSERT_EQ(as_used.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(as_used.endpoint(i), "https://sqs.us-east-1.amazonaws.com");
    EXPECT_EQ(as_used.meaning(i)->operation, i == 3 ? "ListQueues" : "SendMessage");
    EXPECT_EQ(as_used.meaning(i)->parameters, whole.meaning(i)->parameters);
    EXPECT_TRUE(as_used.at(i)->exchange.response.body == whole.at(i)->exchange.response.body);
    EXPECT_EQ(as_used.at(i), as_used.at(i)) << "kept";
  }
}

TEST_F(TapeTest, ReadsAtOnceWhatIsNotWrittenAsWeWriteIt) {
  std::string text = content_of(write());
  std::ofstream(folder_ / "other.har", std::ios::binary)
      << Json::parse(text).dump(2);  // as another tool would
  EXPECT_EQ(Tape(folder_ / "other.har", nullptr, 0).size(), 5U);
  for (const auto& [from, to] : {std::pair<std::string, std::string>{"\n]}}\n", "\n]}"},
                                 {"\n]}}\n", "\n"},
                                 {"{\"startedDateTime\"", "[\"startedDateTime\""}})
    EXPECT_THROW(Tape(edited(from, to), nullptr, 0), RecordingError) << to;
}

// What was not looked at before is told with its line.
TEST_F(TapeTest, NamesTheLineOfAnEntryThatCanNotBeRead) {
  const auto told = [](const Tape& tape, std::size_t index) {
    try {
      (void)tape.at(index);
      return std::string("read");
    } catch (const RecordingError& error) {
      return std::string(error.what());
    }
  };
  const Tape broken(edited("\"httpVersion\":\"HTTP/1.1\"", "\"httpVersion\":HTTP"), nullptr, 0);
  EXPECT_THAT(told(broken, 0), HasSubstr("story.har:2: "));
  EXPECT_EQ(told(broken, 1), "read");
  const Tape deep(
      edited("\"cookies\":[]", "\"cookies\":" + std::string(300, '[') + std::string(300, ']')),
      nullptr, 0);
  EXPECT_THAT(told(deep, 0), HasSubstr("nested more than 200 levels deep"));
  const Tape status(edited("\"status\":200", "\"status\":99"), nullptr, 0);
  EXPECT_THAT(told(status, 0), HasSubstr("99 is no status"));
  EXPECT_THROW(Replayer(std::make_unique<const Tape>(
                   edited("\"_operation\":\"SendMessage\"", "\"_operation\":7"), nullptr, 0)),
               RecordingError);
  EXPECT_THROW(Tape(folder_ / "absent.har"), RecordingError);
}

}  // namespace
}  // namespace cloudchamber

#include "recordings/verify/verify_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "cloudchamber/errors.h"
#include "sdk/recording/har.h"

namespace cloudchamber::recordings {
namespace {

class VerifyFiles : public testing::Test {
 protected:
  VerifyFiles() {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ =
        std::filesystem::path(testing::TempDir()) / (std::string("VerifyFiles.") + test->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "below");
  }
  ~VerifyFiles() override { std::filesystem::remove_all(folder_); }

  // One call to S3 that the simulated AWS answers the same way.
  void put_recording(const std::string& name) const {
    Recording recording;
    Interaction& one = recording.interactions.emplace_back();
    one.exchange.request.method = "GET";
    one.exchange.request.host = "no-such-bucket.s3.us-east-1.amazonaws.com";
    one.exchange.request.headers.add("x-amz-date", "20260101T000000Z");
    one.exchange.response.status = 404;
    one.exchange.response.headers.add("Content-Type", "application/xml");
    one.exchange.response.body =
        "<Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message>"
        "<BucketName>no-such-bucket</BucketName></Error>";
    write_har_file(recording, folder_ / name);
  }
  void put(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }

  std::filesystem::path folder_;
};

TEST_F(VerifyFiles, SearchesFolders) {
  put_recording("below/a.har");
  put_recording("b.har");
  put("README.md", "not looked at");
  const Report report = verify_files({folder_.string()});
  ASSERT_EQ(report.calls.size(), 2U);
  EXPECT_EQ(report.calls[0].file, "b.har");
  EXPECT_EQ(report.calls[1].file, "below/a.har");
  EXPECT_EQ(report.total().of(Outcome::kSame), 2U);
  EXPECT_TRUE(report.refused.empty());
}

TEST_F(VerifyFiles, NamesWhatInAFolderIsNoRecording) {
  put("a.json", "{\n\"b\": ");
  put("c.yaml", "- 1");
  put_recording("d.har");
  const Report report = verify_files({folder_.string()});
  EXPECT_EQ(report.calls.size(), 1U);
  ASSERT_EQ(report.refused.size(), 2U);
  EXPECT_EQ(report.refused[0].file, "a.json");
  EXPECT_EQ(report.refused[0].reason.find(folder_.string()), std::string::npos);
}

TEST_F(VerifyFiles, RefusesAFileThatIsNamedAndIsNone) {
  put("a.json", "{}");
  EXPECT_THROW(static_cast<void>(verify_files({(folder_ / "a.json").string()})), RecordingError);
  EXPECT_THROW(static_cast<void>(verify_files({(folder_ / "none.har").string()})), RecordingError);
  EXPECT_THROW(static_cast<void>(verify_files({(folder_ / "none").string()})), RecordingError);
}

// What the recordings in fixtures/ hold is what the mock answers today. If an answer became another
// on purpose, they are made anew: fixtures/recordings/SOURCE.md.
TEST(OwnRecordings, AreWhatTheMockAnswers) {
  const Report report = verify_files({"fixtures/recordings"});
  EXPECT_GE(report.recordings, 9U);
  EXPECT_GE(report.calls.size(), 99U);
  EXPECT_TRUE(report.refused.empty());
  EXPECT_TRUE(report.unknown.empty());
  for (const VerifiedCall& call : report.calls) {
    EXPECT_STREQ(name_of(call.outcome), "same")
        << call.file << '#' << call.number << ' ' << call.operation;
    for (const Difference& one : call.differences)
      ADD_FAILURE() << one.where << "\n  recorded " << one.recorded << "\n  mock " << one.mock;
  }
}

}  // namespace
}  // namespace cloudchamber::recordings

#include "sdk/recording/har.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "sdk/codec/timestamps.h"
#include "sdk/recording/recorder.h"
#include "tests/sdk/recording/scratch_folder.h"

namespace cloudchamber {
namespace {

Interaction interaction(Blob body = "{\"a\":1}") {
  return {.exchange = {.request = {"POST",
                                   "https",
                                   "sqs.us-east-1.amazonaws.com",
                                   "/?a=b%20c",
                                   {{"Content-Type", "application/x-amz-json-1.0"},
                                    {"X-Twice", "1"},
                                    {"X-Twice", "2"},
                                    {"X-Amz-Date", "20260101T000000Z"}},
                                   std::move(body)},
                       .response = {.status = 200,
                                    .headers = {{"x-amzn-RequestId", "id"}, {"ETag", "\"e\""}},
                                    .body = "answer"},
                       .started = *parse_timestamp("2026-01-01T00:00:00.250Z"),
                       .took = Milliseconds(12)},
          .meaning =
              Meaning{.service = "sqs",
                      .operation = "SendMessage",
                      .region = "us-east-1",
                      .parameters = {{"Body", Json::binary({0, 255})}, {"Deep", {{"A", {1, "x"}}}}},
                      .result = {{"MessageId", "m"}}}};
}

class Har : public ScratchFolder {
 protected:
  Recording round_trip(const Interaction& what) {
    Recording recording;
    recording.seed = 7;
    recording.clock = what.exchange.started;
    recording.interactions = {what, what};
    write_har_file(recording, folder_ / "story.har");
    return read_har_file(folder_ / "story.har");
  }
};

TEST_F(Har, KeepsExchangesToTheLastHeader) {
  const Interaction written = interaction();
  const Recording read = round_trip(written);
  EXPECT_EQ(read.seed, 7U);
  EXPECT_EQ(read.clock, written.exchange.started);
  ASSERT_EQ(read.interactions.size(), 2U);
  const Exchange& got = read.interactions[1].exchange;
  EXPECT_EQ(got.request.method, "POST");
  EXPECT_EQ(got.request.scheme, "https");
  EXPECT_EQ(got.request.host, "sqs.us-east-1.amazonaws.com");
  EXPECT_EQ(got.request.target, "/?a=b%20c");
  EXPECT_TRUE(got.request.body == written.exchange.request.body);
  EXPECT_EQ(got.request.headers.size(), 4U);
  EXPECT_EQ(got.request.headers.get("x-amz-date"), "20260101T000000Z");
  EXPECT_EQ(got.response.status, 200);
  EXPECT_EQ(got.response.headers.get("etag"), "\"e\"");
  EXPECT_TRUE(got.response.body == Blob("answer"));
  EXPECT_EQ(got.started, written.exchange.started);
  EXPECT_EQ(got.took, Milliseconds(12));
  const Meaning& meaning = *read.interactions[1].meaning;
  EXPECT_EQ(meaning.parameters, written.meaning->parameters) << "bytes stay bytes";
  EXPECT_EQ(meaning.result, written.meaning->result);
}

// So that other tools read it, and that a diff of two recordings shows what changed.
TEST_F(Har, IsHar12WithAnEntryALineAndVolatileHeadersApart) {
  round_trip(interaction());
  const std::string text = content_of(folder_ / "story.har");
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
  const Json log = Json::parse(text)["log"];
  EXPECT_EQ(log["version"], "1.2");
  EXPECT_EQ(log["_format"], 1);
  const Json& request = log["entries"][0]["request"];
  EXPECT_EQ(request["url"], "https://sqs.us-east-1.amazonaws.com/?a=b%20c");
  EXPECT_EQ(request["queryString"], Json::parse(R"([{"name": "a", "value": "b c"}])"));
  EXPECT_EQ(request["postData"]["text"], "{\"a\":1}");
  EXPECT_EQ(request["headers"].size(), 3U);
  EXPECT_EQ(request["_volatileHeaders"].size(), 1U);
  for (const char* member : {"startedDateTime", "time", "request", "response", "cache", "timings"})
    EXPECT_TRUE(log["entries"][0].contains(member)) << member;
}

TEST_F(Har, KeepsBytesThatAreNoTextAsBase64) {
  const std::string bytes("\x00\xff\xfe", 3);
  const Recording read = round_trip(interaction(Blob(bytes)));
  EXPECT_TRUE(read.interactions[0].exchange.request.body == Blob(bytes));
  const Json log = Json::parse(content_of(folder_ / "story.har"))["log"];
  EXPECT_EQ(log["entries"][0]["request"]["postData"]["_encoding"], "base64");
}

TEST_F(Har, KeepsALargeBodyInAFileOfItsOwn) {
  const Blob large(std::string((std::size_t{1} << 20) + 1, 'x'));
  const Recording read = round_trip(interaction(large));
  EXPECT_TRUE(read.interactions[0].exchange.request.body == large);
  EXPECT_LT(std::filesystem::file_size(folder_ / "story.har"), 5000U);
  const Blob at_limit(std::string(std::size_t{1} << 20, 'x'));
  round_trip(interaction(at_limit));
  EXPECT_GT(std::filesystem::file_size(folder_ / "story.har"), std::size_t{1} << 20);
}

TEST_F(Har, LosesNothingThatWasAnsweredWhenItWasNotClosed) {
  const std::filesystem::path part = folder_ / "story.har.part";
  Recorder recorder(folder_ / "story.har", {});
  recorder.add(interaction());
  std::string text = content_of(part);
  EXPECT_EQ(read_har(text, "part", {}).interactions.size(), 1U);
  text += R"({"startedDateTime": "2026-01)";
  EXPECT_EQ(read_har(text, "part", {}).interactions.size(), 1U) << "the line that was cut off";
  recorder.close();
  EXPECT_FALSE(std::filesystem::exists(part));
  EXPECT_EQ(read_har_file(folder_ / "story.har").interactions.size(), 1U);
  EXPECT_THROW(recorder.add(interaction()), RecordingError);
}

TEST_F(Har, RefusesWhatIsNoRecordingWithPlaceAndReason) {
  const std::string request = R"({"method":"GET","url":"http://h/"})";
  const auto har = [](const std::string& entry) {
    return "{\"log\":{\"version\":\"1.2\",\"entries\":[\n" + entry + "\n]}}\n";
  };
  const auto answered = [&](const std::string& content) {
    return har(R"({"request":)" + request + R"(,"response":{"status":200,"content":)" + content +
               "}}");
  };
  const std::string digest(64, 'a');
  const struct {
    std::string text;
    const char* said;
  } rows[] = {
      {"", "f:1: no JSON"},
      {"{\"log\":\n{", "f:2: no JSON"},
      {"[]", "f:1: no HAR"},
      {"{\"log\":{}}", "f:1: no HAR"},
      {"{\"log\":{\"_format\":2,\"entries\":[]}}", "f:1: written in format 2"},
      {har("7"), "f:2: entry 1: "},
      {har("{}"), "f:2: entry 1: "},
      {har(R"({"request":{"method":"GET","url":"/path"},"response":{"status":200}})"),
       "is no absolute URL"},
      {har(R"({"request":)" + request + R"(,"response":{"status":99}})"), "99 is no status"},
      {har(R"({"request":)" + request + R"(,"response":{"status":"200"}})"), "f:2: entry 1: "},
      {answered(R"({"text":"%%%","encoding":"base64"})"), "not base64"},
      {answered(R"({"_file":"../../etc/passwd"})"), "not the SHA-256"},
      {answered(R"({"_file":")" + digest + "\"}"), "is not in "},
      {har(std::string(300, '[') + std::string(300, ']')), "nested more than 200 levels deep"},
      {"{\"_log\":{}}\n{\"request\":", "succeeded"},
      {"{\"_log\":{}}\n{}\n", "f:2: "},
  };
  for (const auto& row : rows) {
    std::string said = "succeeded";
    try {
      (void)read_har(row.text, "f", bodies_of(folder_ / "f"));
    } catch (const RecordingError& error) {
      said = error.what();
    }
    EXPECT_NE(said.find(row.said), std::string::npos) << row.text << "\n" << said;
  }
}

TEST_F(Har, RefusesABodyThatIsNotWhatItsNameSays) {
  round_trip(interaction(Blob(std::string((std::size_t{1} << 20) + 1, 'x'))));
  for (const auto& file : std::filesystem::directory_iterator(folder_ / "story.har.bodies"))
    std::ofstream(file.path(), std::ios::binary) << "other";
  EXPECT_THROW((void)read_har_file(folder_ / "story.har"), RecordingError);
}

}  // namespace
}  // namespace cloudchamber

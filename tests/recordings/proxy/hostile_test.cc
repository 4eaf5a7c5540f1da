// Recordings and clients that mean no good, over a socket.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "recordings/proxy/proxy_listener.h"
#include "recordings/proxy/replay_server.h"
#include "sdk/recording/har.h"
#include "tests/mock-server/http/raw_client.h"
#include "tests/sdk/recording/scratch_folder.h"

namespace cloudchamber::recordings {
namespace {

using mock::testing::RawClient;
using mock::testing::RawResponse;
using testing::HasSubstr;
using testing::Not;

class Hostile : public ScratchFolder {
 protected:
  // The answer to ListQueues of a recording whose only answer is this.
  RawResponse replayed(HttpResponse answer) {
    Recording recording;
    recording.interactions.resize(1);
    recording.interactions[0].exchange.response = std::move(answer);
    recording.interactions[0].exchange.request.headers.add("X-Amz-Target", "AmazonSQS.ListQueues");
    recording.interactions[0].meaning =
        Meaning{.service = "sqs", .operation = "ListQueues", .region = "us-east-1"};
    return ask(std::move(recording));
  }
  RawResponse ask(Recording recording) {
    ReplayServer server(std::move(recording), {});
    ProxyListener listener([&](const HttpRequest& request) { return server.handle(request); }, {});
    listener.start();
    return RawClient(listener.port())
        .exchange(
            "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Amz-Target: AmazonSQS.ListQueues\r\n"
            "Content-Type: application/x-amz-json-1.0\r\nContent-Length: 2\r\n\r\n{}");
  }
  std::string refusal(const std::string& text) {
    std::ofstream(folder_ / "story.har", std::ios::binary) << text;
    try {
      ReplayServer(folder_ / "story.har", {});
      return "read";
    } catch (const RecordingError& error) {
      return error.what();
    }
  }
};

TEST_F(Hostile, NoHeaderOfARecordingForgesAnother) {
  const RawResponse response = replayed({.headers = {{"X-A\r\nX-Forged", "1"},
                                                     {"X-B", "1\r\nX-Forged: 2"},
                                                     {"", "3"},
                                                     {"X C", "4"},
                                                     {"Content-Length", "99999"},
                                                     {"Transfer-Encoding", "chunked"},
                                                     {"Connection", "close"},
                                                     {"X-Good", "5"}},
                                         .body = "{}"});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "{}");
  EXPECT_EQ(response.header("X-Forged"), "");
  EXPECT_EQ(response.header("Transfer-Encoding"), "");
  EXPECT_EQ(response.header("X-Good"), "5");
}

TEST_F(Hostile, InterimAnswersAreNotSent) {
  for (const int status : {100, 101, 103, 199}) {
    const RawResponse response = replayed({.status = status});
    EXPECT_EQ(response.status, 500);
    EXPECT_THAT(response.body, HasSubstr("ProxyFailure"));
  }
}

TEST_F(Hostile, MeaningsThatFitNoModelAreNotFound) {
  for (const Json& parameters :
       {Json(nullptr), Json(7), Json("x"), Json::array({1}), Json{{"QueueNamePrefix", {1, 2}}},
        Json{{"QueueNamePrefix", {{"_base64", "!"}}}}, Json{{"MaxResults", "many"}}}) {
    Recording recording;
    recording.interactions.resize(1);
    recording.interactions[0].meaning = Meaning{.service = "sqs",
                                                .operation = "ListQueues",
                                                .region = "us-east-1",
                                                .parameters = parameters};
    EXPECT_EQ(ask(std::move(recording)).status, 400) << parameters;
  }
  Recording unknown;
  unknown.interactions.resize(2);
  unknown.interactions[0].meaning = Meaning{.service = "nonsense", .operation = "ListQueues"};
  unknown.interactions[1].meaning = Meaning{.service = "sqs", .operation = "Nonsense"};
  EXPECT_EQ(ask(std::move(unknown)).status, 400);
}

TEST_F(Hostile, FilesThatAreNoRecordingsAreRefusedWithFileLineAndReason) {
  const std::string entry =
      R"({"startedDateTime":"x","time":1,"request":{"method":"GET","url":"http://h/","headers":[]},)"
      R"("response":{"status":200,"headers":[],"content":{}}})";
  const auto log = [](const std::string& entries) {
    return "{\"log\":{\"version\":\"1.2\",\"entries\":[\n" + entries + "\n]}}";
  };
  EXPECT_EQ(refusal(log(entry)), "read");
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = entry;
    text.replace(text.find(from), from.size(), to);
    return log(entry + ",\n" + text);
  };
  const struct {
    const char* name;
    std::string text, says;
  } rows[] = {
      {"nothing", "", "story.har:1: no JSON"},
      {"cut off", log(entry).substr(0, 60), "no JSON"},
      {"no log", "{\"entries\":[]}", "no HAR"},
      {"entries that are no list", "{\"log\":{\"entries\":7}}", "story.har:"},
      {"a newer format", "{\"log\":{\"_format\":2,\"entries\":[]}}", "newer than this"},
      {"no request", with("\"request\"", "\"other\""), "story.har:3: entry 2"},
      {"no URL", with("http://h/", "h"), "is no absolute URL"},
      {"a status of none", with("200", "20"), "20 is no status"},
      {"a status that is text", with("200", "\"200\""), "story.har:3"},
      {"headers without names", with("\"headers\":[]", "\"headers\":[{}]"), "story.har:3"},
      {"a body that is no base64",
       with("\"content\":{}", "\"content\":{\"text\":\"%\",\"encoding\":\"base64\"}"),
       "not base64"},
      {"a path out of the folder",
       with("\"content\":{}", "\"content\":{\"_file\":\"../../../etc/passwd\"}"),
       "not the SHA-256"},
      {"a body that is not there",
       with("\"content\":{}", "\"content\":{\"_file\":\"" + std::string(64, '0') + "\"}"),
       "is not in"},
      {"depth", log(std::string(100'000, '[')), "200 levels"},
      {"bytes that are no text", std::string("\xff\xfe\0\0", 4), "no JSON"},
  };
  for (const auto& row : rows) {
    EXPECT_THAT(refusal(row.text), HasSubstr(row.says)) << row.name;
    EXPECT_THAT(refusal(row.text), HasSubstr("story.har")) << row.name;
  }
}

TEST_F(Hostile, ClientsAreToldOffInEveryMode) {
  ReplayServer server(Recording(),
                      {.mode = ReplayMode::kFallthrough,
                       .beyond = [](const HttpRequest&, const SendOptions&) -> Exchange {
                         throw ConnectionError("nobody there");
                       }});
  ProxyListener listener([&](const HttpRequest& request) { return server.handle(request); }, {});
  listener.start();
  const struct {
    std::string request;
    int status;
  } rows[] = {
      {"GET / HTTP/1.1\r\nHost: h\r\n\r\n", 502},
      {"NONSENSE\r\n\r\n", 400},
      {"GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\nHost: h\r\nX-Amz-Target: \xff.\xfe\r\nContent-Length: 1\r\n\r\n{", 502},
  };
  for (const auto& row : rows)
    EXPECT_EQ(RawClient(listener.port()).exchange(row.request).status, row.status)
        << row.request.substr(0, 60);
}

}  // namespace
}  // namespace cloudchamber::recordings

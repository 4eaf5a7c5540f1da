#include "recordings/scrub/scrub.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "sdk/recording/har.h"
#include "tests/sdk/recording/scratch_folder.h"

namespace cloudchamber::recordings {
namespace {

using testing::HasSubstr;
using testing::Not;

class Scrub : public ScratchFolder {
 protected:
  std::filesystem::path write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  std::string refusal(const std::filesystem::path& file) {
    try {
      scrub_file(file, {});
      return "none";
    } catch (const RecordingError& error) {
      return error.what();
    }
  }
};

// As a browser writes it: no meaning, a cookie, a signed request with a password.
constexpr const char* kHar =
    R"({"log":{"version":"1.2","creator":{"name":"browser","version":"1"},"entries":[
{"startedDateTime":"2026-01-01T00:00:00.000Z","time":1,"request":{"method":"POST","url":"https://iam.amazonaws.com/",
"httpVersion":"HTTP/1.1","headers":[{"name":"Content-Type","value":"application/x-www-form-urlencoded"},
{"name":"Cookie","value":"session=c00kie"},
{"name":"Authorization","value":"AWS4-HMAC-SHA256 Credential=AKIDREAL/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=5igna7ure"}],
"queryString":[],"postData":{"mimeType":"application/x-www-form-urlencoded",
"text":"Action=CreateLoginProfile&Version=2010-05-08&UserName=fred&Password=hunter2"}},
"response":{"status":200,"headers":[],"content":{"size":0,"mimeType":"text/xml",
"text":"<CreateLoginProfileResponse><CreateLoginProfileResult><LoginProfile><UserName>fred</UserName></LoginProfile></CreateLoginProfileResult></CreateLoginProfileResponse>"}}},
{"startedDateTime":"2026-01-01T00:00:00.000Z","time":1,"request":{"method":"GET","url":"https://example.com/?for=555-1234","headers":[]},
"response":{"status":200,"headers":[],"content":{"text":"call 555-1234"}}}]}})";

TEST_F(Scrub, TakesSecretsOutOfAHarFromElsewhere) {
  const auto file = write("story.har", kHar);
  const Scrubbed done = scrub_file(file, {.members = {"UserName"}, .texts = {"555-1234"}});
  EXPECT_EQ(done.file, file);
  EXPECT_EQ(done.interactions, 2U);
  EXPECT_EQ(done.unknown, 1U);
  const std::string after = content_of(file);
  for (const char* secret : {"hunter2", "c00kie", "AKIDREAL", "5igna7ure", "fred", "555-1234"})
    EXPECT_THAT(after, Not(HasSubstr(secret)));
  const Recording recording = read_har_file(file);
  EXPECT_EQ(recording.interactions[0].meaning->operation, "CreateLoginProfile");
  EXPECT_THAT(recording.interactions[0].exchange.request.body.to_string(),
              HasSubstr("Password=%3CPassword%3E"));
}

TEST_F(Scrub, DoesNothingTwice) {
  const auto file = write("story.har", kHar);
  scrub_file(file, {});
  const std::string once = content_of(file);
  scrub_file(file, {});
  EXPECT_EQ(content_of(file), once);
}

TEST_F(Scrub, KeepsLargeBodies) {
  Recording recording;
  recording.interactions.resize(1);
  recording.interactions[0].exchange.response.body = Blob(std::string(2 << 20, 'x'));
  write_har_file(recording, folder_ / "large.har");
  scrub_file(folder_ / "large.har", {});
  EXPECT_EQ(read_har_file(folder_ / "large.har").interactions[0].exchange.response.body.size(),
            std::size_t{2} << 20);
}

TEST_F(Scrub, MakesAHarOfOtherFormatsAndOverwritesNone) {
  const auto file = write("cassette.yaml",
                          "interactions:\n"
                          "- request:\n"
                          "    body: Action=CreateLoginProfile&Version=2010-05-08&UserName=fred&"
                          "Password=hunter2\n"
                          "    headers: {}\n"
                          "    method: POST\n"
                          "    uri: https://iam.amazonaws.com/\n"
                          "  response:\n"
                          "    body: {string: ''}\n"
                          "    headers: {}\n"
                          "    status: {code: 500, message: x}\n"
                          "version: 1\n");
  const Scrubbed done = scrub_file(file, {});
  EXPECT_EQ(done.file, folder_ / "cassette.yaml.har");
  EXPECT_THAT(content_of(done.file), Not(HasSubstr("hunter2")));
  EXPECT_THAT(content_of(file), HasSubstr("hunter2")) << "it is not ours to change";
  EXPECT_THAT(refusal(file), HasSubstr("exists already"));
}

TEST_F(Scrub, LeavesWhatItRefusesAsItWas) {
  for (const char* text :
       {"", "{", "[]", "{\"log\":{}}", "{\"log\":{\"entries\":[{}]}}", "\xff\xfe"}) {
    const auto file = write("broken.har", text);
    EXPECT_THAT(refusal(file), HasSubstr("broken.har")) << text;
    EXPECT_EQ(content_of(file), text);
  }
  EXPECT_THAT(refusal(folder_ / "absent.har"), HasSubstr("absent.har"));
}

TEST(RedactionRulesTest, AreReadFromJson) {
  const RedactionRules rules =
      redaction_rules(R"({"headers":["X-Tenant"],"members":["A","B"],"texts":["t"]})", "r.json");
  EXPECT_THAT(rules.headers, testing::ElementsAre("X-Tenant"));
  EXPECT_THAT(rules.members, testing::ElementsAre("A", "B"));
  EXPECT_THAT(rules.texts, testing::ElementsAre("t"));
  EXPECT_TRUE(redaction_rules("{}", "r.json").texts.empty());
}

TEST(RedactionRulesTest, AreRefusedWithTheReason) {
  const struct {
    const char *text, *says;
  } rows[] = {{"", "rules are a JSON object"},
              {"[]", "rules are a JSON object"},
              {"{\"header\":[]}", "\"header\" is none of headers, members and texts"},
              {"{\"texts\":\"t\"}", "texts is no list"},
              {"{\"texts\":[1]}", "texts holds 1, which is no text"},
              {"{\"texts\":[\"\"]}", "which is no text"}};
  for (const auto& row : rows) {
    try {
      (void)redaction_rules(row.text, "r.json");
      FAIL() << row.text;
    } catch (const RecordingError& error) {
      EXPECT_THAT(error.what(), HasSubstr("r.json: ")) << row.text;
      EXPECT_THAT(error.what(), HasSubstr(row.says)) << row.text;
    }
  }
}

}  // namespace
}  // namespace cloudchamber::recordings

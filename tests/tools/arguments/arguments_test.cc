// What the commands of recordings say to arguments that are none: a sentence that names the
// argument or the file, and an exit status that a script can tell apart.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/sdk/recording/scratch_folder.h"
#include "tests/tools/process.h"

namespace cloudchamber {
namespace {

using testing::HasSubstr;

// What CLI11 gives for arguments that don't parse begins here.
constexpr int kBadArguments = 100;

class Arguments : public ScratchFolder {
 protected:
  Arguments() {
    std::ofstream(folder_ / "story.har")
        << R"({"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[{)"
           R"("startedDateTime":"2026-01-01T00:00:00Z","time":1,"request":{"method":"POST",)"
           R"("url":"https://sqs.us-east-1.amazonaws.com/","headers":[{"name":"X-Amz-Target",)"
           R"("value":"AmazonSQS.ListQueues"}],"postData":{"mimeType":"application/x-amz-json-1.0",)"
           R"("text":"{}"}},"response":{"status":200,"headers":[],"content":{"mimeType":)"
           R"("application/x-amz-json-1.0","text":"{}"}},"cache":{},"timings":{}}]}})";
    std::ofstream(folder_ / "none.har") << "no recording";
    std::ofstream(folder_ / "rules.json") << R"({"headers": ["X-Tenant"]})";
    std::ofstream(folder_ / "bad.json") << R"({"headrs": []})";
    std::filesystem::create_directories(folder_ / "folder");
  }
  struct Ended {
    int status;
    std::string printed;
  };
  // "@name" is a file of the folder.
  Ended run(std::vector<std::string> arguments) {
    for (std::string& argument : arguments)
      if (argument.starts_with('@')) argument = (folder_ / argument.substr(1)).string();
    Process process(arguments);
    std::string printed = process.printed_until("\1");  // until it ends
    return {process.wait(), std::move(printed)};
  }
};

std::string joined(const std::vector<std::string>& arguments) {
  std::string line;
  for (const std::string& argument : arguments) line += argument + " ";
  return line;
}

TEST_F(Arguments, ThatDoNotParseAreNamed) {
  const struct {
    std::vector<std::string> arguments;
    const char* says;
  } rows[] = {
      {{}, "subcommand"},
      {{"recrod"}, "subcommand"},
      {{"record"}, "--out is required"},
      {{"record", "--out"}, "--out"},
      {{"record", "--out", "@x.har", "--prot", "1"}, "--prot"},
      {{"record", "--out", "@x.har", "--port", "70000"}, "--port: Value 70000"},
      {{"record", "--out", "@x.har", "--port", "http"}, "--port"},
      {{"replay"}, "recording is required"},
      {{"replay", "@story.har", "--mode", "some"}, "--mode: some not in {"},
      {{"replay", "@story.har", "--mode", "3"}, "--mode: 3 not in {"},
      {{"replay", "@story.har", "--latency", "-1"}, "--latency"},
      {{"replay", "@story.har", "--latency", "nan"}, "--latency: 'nan' is no number"},
      {{"replay", "@story.har", "--latency", "fast"}, "--latency"},
      {{"scrub"}, "files is required"},
      {{"import"}, "files is required"},
      {{"export", "@story.har"}, "--as is required"},
      {{"export", "@story.har", "--as", "pcap"}, "--as: pcap not in {"},
      {{"verify"}, "paths is required"},
      {{"verify", "@story.har", "--write-baseline"}, "--write-baseline requires --baseline"},
      {{"serve", "--rules", "@rules.json"}, "--rules requires --record"},
      {{"serve", "--seed", "@nowhere.har"}, "--seed: File does not exist"},
      {{"serve", "--seed", "-1"}, "--seed"},
  };
  for (const auto& row : rows) {
    const Ended ended = run(row.arguments);
    EXPECT_GE(ended.status, kBadArguments) << joined(row.arguments);
    EXPECT_THAT(ended.printed, HasSubstr(row.says)) << joined(row.arguments);
    EXPECT_THAT(ended.printed, HasSubstr("--help")) << joined(row.arguments);
  }
}

TEST_F(Arguments, ThatNameUnusableFilesAreRefusedWithTheFile) {
  const struct {
    std::vector<std::string> arguments;
    int status;
    const char* says;
  } rows[] = {
      {{"record", "--out", "@nowhere/x.har", "--port", "0"}, 1, "nowhere/x.har.part: can't be"},
      {{"record", "--out", "@folder", "--port", "0"}, 1, "folder: is a folder"},
      {{"record", "--out", "@x.har", "--rules", "@none", "--port", "0"}, 1, "none: can't be read"},
      {{"record", "--out", "@x.har", "--rules", "@bad.json", "--port", "0"},
       1,
       "bad.json: \"headrs\" is none of headers"},
      {{"record", "--out", "@x.har", "--upstream", "elsewhere", "--port", "0"},
       1,
       "Invalid endpoint: elsewhere"},
      {{"record", "--out", "@x.har", "--upstream", "ftp://h", "--port", "0"},
       1,
       "Invalid endpoint: ftp://h"},
      {{"replay", "@nowhere.har", "--port", "0"}, 1, "nowhere.har: No such file"},
      {{"replay", "@none.har", "--port", "0"}, 1, "none.har:1: "},
      {{"replay", "@bad.json", "--port", "0"}, 1, "bad.json:1: of no format"},
      {{"scrub", "@nowhere.har"}, 1, "nowhere.har:1: No such file"},
      {{"scrub", "@none.har"}, 1, "none.har:1: "},
      {{"scrub", "@story.har", "--rules", "@bad.json"},
       1,
       "bad.json: \"headrs\" is none of headers"},
      {{"import", "@nowhere.har", "--out", "@y.har"}, 1, "nowhere.har:1: No such file"},
      {{"import", "@story.har", "--out", "@nowhere/y.har"}, 1, "y.har.part: can't be written"},
      {{"export", "@none.har", "--as", "gtest"}, 1, "none.har:1: "},
      {{"export", "@story.har", "--as", "gtest", "--out", "@nowhere/y.cc"}, 1, "can't be written"},
      {{"export", "@story.har", "--as", "placebo"}, 1, "--as placebo needs a folder: --out"},
      {{"verify", "@nowhere.har"}, 2, "nowhere.har:1: No such file"},
      {{"verify", "@story.har", "--html", "@nowhere/x"}, 2, "nowhere/x: can't be written"},
      {{"verify", "@story.har", "--baseline", "@none"}, 2, "none: can't be read"},
      {{"serve", "--record", "@nowhere/x.har", "--port", "0"}, 1, "x.har.part: can't be written"},
      {{"serve", "--record", "@folder", "--port", "0"}, 1, "folder: is a folder"},
      {{"serve", "--seed", "@none.har", "--port", "0"}, 1, "none.har:1: "},
  };
  for (const auto& row : rows) {
    const Ended ended = run(row.arguments);
    EXPECT_EQ(ended.status, row.status) << joined(row.arguments) << ended.printed;
    EXPECT_THAT(ended.printed, HasSubstr(row.says)) << joined(row.arguments);
  }
}

TEST_F(Arguments, AreExplained) {
  for (const char* command :
       {"record", "replay", "scrub", "import", "export", "verify", "serve", "run"}) {
    const Ended ended = run({command, "--help"});
    EXPECT_EQ(ended.status, 0);
    EXPECT_THAT(ended.printed, HasSubstr(std::string("cloudchamber ") + command)) << ended.printed;
  }
}

TEST_F(Arguments, OfAPortThatIsTakenAreRefused) {
  Process first({"serve", "--port", "0"});
  const std::string printed = first.printed_until("Ctrl-C");
  const std::size_t at = printed.find("127.0.0.1:") + 10;
  const std::string port = printed.substr(at, printed.find('\n', at) - at);
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"serve", "--port", port},
        {"record", "--out", "@x.har", "--port", port},
        {"replay", "@story.har", "--port", port}}) {
    const Ended ended = run(arguments);
    EXPECT_EQ(ended.status, 1) << joined(arguments);
    EXPECT_THAT(ended.printed, HasSubstr("cannot listen on 127.0.0.1:" + port));
  }
}

TEST_F(Arguments, ThatAreRightGiveWhatTheySay) {
  EXPECT_EQ(run({"import", "@story.har", "--out", "@y.har"}).status, 0);
  EXPECT_EQ(run({"verify", "@y.har", "--html", "@y.html", "--json", "@y.json"}).status, 0);
  EXPECT_TRUE(std::filesystem::exists(folder_ / "y.html"));
  EXPECT_EQ(run({"export", "@y.har", "--as", "placebo", "--out", "@placebo"}).status, 0);
  EXPECT_EQ(run({"scrub", "@y.har", "--rules", "@rules.json"}).status, 0);
  Process replay({"replay", (folder_ / "y.har").string(), "--port", "0"});
  EXPECT_THAT(replay.printed_until("Ctrl-C"), HasSubstr("replays the 1 interactions"));
  replay.send_signal(SIGTERM);
  EXPECT_THAT(replay.printed_until("\1"), HasSubstr("1 of 1 interactions were not asked for"));
  EXPECT_EQ(replay.wait(), 0);
}

}  // namespace
}  // namespace cloudchamber

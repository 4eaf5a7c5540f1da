// What is corrupt, cut off, gigantic, cyclic or hostile: refused with file, line and reason.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "recordings/import/document.h"
#include "recordings/import/import.h"
#include "tests/sdk/recording/scratch_folder.h"

namespace cloudchamber::recordings {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string reason(const std::string& text, const std::string& name = "f") {
  try {
    (void)import_text(text, name);
  } catch (const RecordingError& error) {
    return error.what();
  }
  return "";
}

std::string parsed_reason(const std::string& text, const std::string& name) {
  try {
    (void)import_parsed_text(text, name);
  } catch (const RecordingError& error) {
    return error.what();
  }
  return "";
}

std::string go_cloud(const std::string& entry) {
  return "{\"Version\": \"0.2\",\n\"Entries\": [\n" + entry + "]}";
}
std::string vcrpy(const std::string& request, const std::string& response = "{}") {
  return "interactions:\n- request: " + request + "\n  response: " + response + "\nversion: 1\n";
}
const std::string kAnswer = "{body: {string: ''}, headers: {}, status: {code: 200}}";
const std::string kAsked = "{body: null, headers: {}, method: GET, uri: 'https://h/'}";
std::string har(const std::string& request, const std::string& response) {
  return "{\"log\": {\"entries\": [\n{\"request\": " + request + ",\n \"response\": " + response +
         "}]}}";
}
const std::string kHarAsked = R"({"method": "GET", "url": "https://h/", "headers": []})";

struct Row {
  const char* what;
  std::string text;
  std::string refusal;  // how it begins
};

TEST(HostileRecordings, AreRefusedWithFileLineAndReason) {
  const std::string deep_yaml = repeated("[", 300) + repeated("]", 300);
  const std::string bomb = [] {
    std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
      text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" +
              repeated("*a" + std::to_string(i - 1) + ", ", 9) + "*a" + std::to_string(i - 1) +
              "]\n";
    }
    return text;
  }();
  const std::vector<Row> rows = {
      {"nothing", "", "f:1: an empty file"},
      {"white space", " \n\n", "f:1: an empty file"},
      {"zeros", std::string(100, '\0'), "f:1: no text"},
      {"noise", "\x80\x81\xfe\xff", "f:1: "},
      {"XML", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]>", "f:1: XML"},
      {"another format", "{\"a\": 1}", "f:1: of no format that is known here"},
      {"a list", "[1, 2]", "f:1: of no format that is known here"},
      {"placebo's", R"({"status_code": 200, "data": {}})", "f:1: parsed responses"},

      {"JSON cut off", "{\"Version\": \"0.2\",\n\"Entries\": [\n{\"Request\"", "f:3: no JSON"},
      {"JSON with a rest", "{\"Version\": \"0.2\", \"Entries\": []}\n}", "f:2: no JSON"},
      {"JSON nested", "{\"a\":\n" + repeated("[", 100'000), "f:2: nested more than 200"},
      {"JSON, an escape of half a pair", "{\"a\": \"\\ud800\"}", "f:1: no JSON"},
      {"JSON, not UTF-8", "{\"a\": \"\xff\"}", "f:1: no JSON"},
      {"JSON, a number beyond all", "{\"a\": 1e999999}", "f:1: no JSON"},

      {"go-cloud, another version", "{\"Version\": \"9\",\n \"Entries\": []}", "f:1: version 9"},
      {"go-cloud, no list", "{\"Version\": \"0.2\",\n \"Entries\": {}}", "f:2: Entries is no list"},
      {"go-cloud, no request", go_cloud("{}"), "f:3: \"Request\" is missing"},
      {"go-cloud, base64",
       go_cloud("{\"Request\": {\"Method\": \"PUT\", \"URL\": \"https://h/\",\n"
                "\"BodyParts\": [\"not base64!\"]}}"),
       "f:4: a part of the body is not base64"},
      {"go-cloud, a relative URL",
       go_cloud("{\"Request\": {\"Method\": \"PUT\", \"URL\": \"/etc/passwd\"}}"),
       "f:3: \"/etc/passwd\" is no absolute URL"},
      {"go-cloud, a URL that begins a request of its own",
       go_cloud("{\"Request\": {\"Method\": \"PUT\", \"URL\": \"https://h/ HTTP/1.1\\r\\nX: y\"}}"),
       "f:3: the URL holds white space"},
      {"go-cloud, a status",
       go_cloud("{\"Request\": {\"Method\": \"PUT\", \"URL\": \"https://h/\"},\n"
                "\"Response\": {\"StatusCode\": 99999999999999999999}}"),
       "f:4: the status is no whole number"},

      {"YAML cut off", "interactions:\n- request: {body: \"a", "f:2: no YAML"},
      {"YAML nested", "a:\n " + deep_yaml, "f:2: nested more than 200"},
      {"YAML, tabs", "a:\n\t- b", "f:2: no YAML"},
      {"YAML, a bomb of aliases", bomb, "f:5: aliases repeat more than is read"},
      {"YAML, a cycle", "a: &a\n  b: *a\n", "f:2: an alias within what it stands for"},
      {"YAML, an alias of nothing", "a: b\nc: *d\n", "f:2: no YAML"},
      {"YAML, aliases into the depth",
       "a: &a " + repeated("[", 120) + repeated("]", 120) + "\nb: " + repeated("[", 120) + "*a" +
           repeated("]", 120),
       "f:2: nested more than 200"},
      {"YAML, a class of Python's",
       vcrpy("\n    body: !!python/object/apply:os.system ['rm -rf /']"),
       "f:3: the tag tag:yaml.org,2002:python/object/apply:os.system is not obeyed"},
      {"YAML, a class of Ruby's", "http_interactions:\n- !ruby/object:Gem::Installer {i: x}\n",
       "f:2: the tag !ruby/object:Gem::Installer is not obeyed"},
      {"YAML, a class of Java's", "a: !!javax.script.ScriptEngineManager [b]",
       "f:1: the tag tag:yaml.org,2002:javax.script.ScriptEngineManager is not obeyed"},
      {"YAML, binary that is none", vcrpy("\n    body: !!binary 'a'"),
       "f:3: !!binary that is not base64"},

      {"vcrpy, another version", "interactions: []\nversion: 7\n", "f:2: version is 7, not from 1"},
      {"vcrpy, no method", vcrpy("{uri: 'https://h/'}"), "f:2: \"method\" is missing"},
      {"vcrpy, no host", vcrpy("{method: GET, uri: 'https:///p'}"), "f:2: the URL names no host"},
      {"vcrpy, headers", vcrpy("{method: GET, uri: 'https://h/', headers: a}"),
       "f:2: the headers is no object"},
      {"YAML, what belongs to no document", "a: 1\n]\n", "f:2: no YAML: "},
      {"YAML, what ends too often", "a: [1]]\nb: 2\n", "f:1: no YAML: "},
      {"vcrpy, a pair", vcrpy("{method: GET, uri: 'https://h/', headers: [[a, b, c]]}"),
       "f:2: a header that is no pair of name and value"},
      {"vcrpy, no pair", vcrpy("{method: GET, uri: 'https://h/', headers: [a]}"),
       "f:2: a header that is no pair of name and value"},
      {"vcrpy, no response", vcrpy(kAsked), "f:3: \"status\" is missing"},
      {"vcrpy, status", vcrpy(kAsked, "{status: {code: OK}}"),
       "f:3: the status is no whole number"},
      {"vcrpy, body", vcrpy(kAsked, "{status: {code: 200}, body: [a]}"),
       "f:3: the body is no text"},
      {"go-vcr, status",
       "interactions:\n- request: {method: GET, url: 'https://h/'}\n  response: {code: 1}\n",
       "f:3: the status is 1, not from 100 to 599"},
      {"go-vcr, no URL", "interactions:\n- request: {method: GET, url: {}}\n",
       "f:2: the URL is no text"},
      {"Ruby VCR, no list", "http_interactions:\n  a: b\n", "f:2: http_interactions is no list"},
      {"Ruby VCR, base64",
       "http_interactions:\n- request:\n    method: get\n    uri: 'https://h/'\n    body:\n"
       "      base64_string: '*'\n",
       "f:6: base64_string is not base64"},

      {"smithy, another version",
       "{\"version\": \"V9\", \"events\": [{\"connection_id\": 1, \"action\": {}}]}",
       "f:1: version V9, not V0"},
      {"smithy, no action", "[\n{\"connection_id\": 1}]", "f:2: \"action\" is missing"},
      {"smithy, two actions", "[{\"connection_id\": 1, \"action\": {\"Eof\": 1, \"Data\": 2}}]",
       "f:1: an action of more or less"},
      {"smithy, an unknown one", "[{\"connection_id\": 1, \"action\": {\"Exec\": \"x\"}}]",
       "f:1: an action Exec"},
      {"smithy, a direction",
       "[{\"connection_id\": 1, \"action\": {\"Data\": {\"data\": {\"Utf8\": \"\"}, \"direction\": "
       "\"Up\"}}}]",
       "f:1: a direction"},
      {"smithy, a negative connection", "[{\"connection_id\": -1, \"action\": {}}]",
       "f:1: connection_id is -1"},

      {"HAR, no response", "{\"log\": {\"entries\": [\n{\"request\": {}}]}}",
       "f:2: \"response\" is missing"},
      {"HAR, out of the folder",
       har(R"({"method": "PUT", "url": "https://h/", "postData": {"_file": "../../etc/passwd"}})",
           R"({"status": 200})"),
       "f:2: _file is \"../../etc/passwd\""},
      {"HAR, base64",
       har(kHarAsked, R"({"status": 200, "content": {"encoding": "base64", "text": "*"}})"),
       "f:2: a body is not base64"},
      {"HAR, another format", "{\"log\": {\"_format\": 2,\n\"entries\": []}}",
       "f:1: _format is 2, not from 1 to 1"},
      {"HAR, status", har(kHarAsked, R"({"status": 1000})"), "f:3: the status is 1000"},
      {"HAR, headers",
       har(R"({"method": "GET", "url": "https://h/", "headers": 7})", R"({"status": 200})"),
       "f:2: "},
  };
  for (const Row& row : rows) {
    const std::string refused = reason(row.text);
    EXPECT_TRUE(refused.starts_with(row.refusal)) << row.what << ": " << refused;
  }
}

TEST(HostileRecordings, AreRefusedWhereResponsesWereParsed) {
  const std::string placebo = "{\"status_code\": 200,\n\"data\": {\"a\": ";
  struct ParsedRow {
    const char* what;
    std::string text;
    std::string name;
    std::string refusal;
  };
  const std::vector<ParsedRow> rows = {
      {"cut off", placebo, "s3.A_1.json", "s3.A_1.json:2: no JSON"},
      {"a name", placebo + "1}}", "f.json", "f.json:1: placebo's, but its name"},
      {"a class", placebo + "{\"__class__\": \"os.system\"}}}", "s3.A_1.json",
       "s3.A_1.json:2: the class os.system is not obeyed"},
      {"a day", placebo + "{\"__class__\": \"datetime\", \"year\": 2026, \"month\": 13}}}",
       "s3.A_1.json", "s3.A_1.json:2: month is 13"},
      {"February the 31st",
       placebo + "{\"__class__\": \"datetime\", \"year\": 2026, \"month\": 2, \"day\": 31}}}",
       "s3.A_1.json", "s3.A_1.json:2: a datetime that is none"},
      {"a stream", placebo + "{\"__class__\": \"StreamingBody\", \"body\": []}}}", "s3.A_1.json",
       "s3.A_1.json:2: the body of a stream is no text"},
      {"a list", "{\"status_code\": 200, \"data\": []}", "s3.A_1.json",
       "s3.A_1.json:1: data is no object"},
      {"a status", "{\"status_code\": \"x\", \"data\": {}}", "s3.A_1.json",
       "s3.A_1.json:1: the status is no whole number"},
      {"nested", placebo + repeated("{\"a\":", 100'000), "s3.A_1.json",
       "s3.A_1.json:2: nested more than 200"},
      {"a snapshot of nothing", "{\"t\": {\"recorded-content\": 7}}", "s.json",
       "s.json:1: recorded-content is no object"},
      {"a snapshot's test", "{\"t\": {\"recorded-content\": {}},\n\"u\": {}}", "s.json",
       "s.json:2: \"recorded-content\" is missing"},
      {"a list of dates", "{\"t\": {\"last_validated_date\": \"x\"}}", "v.json",
       "v.json:1: LocalStack's list of when tests passed"},
      {"a recording", "{\"log\": {\"entries\": []}}", "h.har", "h.har:1: of no format"},
  };
  for (const ParsedRow& row : rows) {
    const std::string refused = parsed_reason(row.text, row.name);
    EXPECT_TRUE(refused.starts_with(row.refusal)) << row.what << ": " << refused;
  }
}

// The tables above refuse because of what they change, not because of the rest.
TEST(HostileRecordings, AreTakenWithoutWhatIsHostile) {
  EXPECT_EQ(reason(vcrpy(kAsked, kAnswer)), "");
  EXPECT_EQ(reason(har(kHarAsked, R"({"status": 200})")), "");
  EXPECT_EQ(parsed_reason("{\"status_code\": 200,\n\"data\": {\"a\": 1}}", "s3.A_1.json"), "");
  EXPECT_EQ(reason("interactions: []\nversion: 1\nrest: " + repeated("[", 199 - 1) +
                   repeated("]", 199 - 1)),
            "");
}

class HostileFiles : public ScratchFolder {
 protected:
  std::string refused(const std::filesystem::path& file) {
    std::string reasons;
    try {
      (void)import_file(file);
    } catch (const RecordingError& error) {
      reasons = error.what();
    }
    return reasons;
  }
};

TEST_F(HostileFiles, AreRefusedBeforeTheyAreRead) {
  EXPECT_EQ(refused(folder_ / "none"),
            (folder_ / "none").string() + ":1: No such file or directory");
  EXPECT_EQ(refused(folder_), folder_.string() + ":1: no file");
  EXPECT_EQ(refused("/dev/zero"), "/dev/zero:1: no file");
  const std::filesystem::path huge = folder_ / "huge.har";
  std::ofstream(huge) << "{";
  std::filesystem::resize_file(huge, (std::uintmax_t{512} << 20) + 1);  // sparse
  EXPECT_EQ(refused(huge), huge.string() + ":1: larger than 512 MiB");
}

// A body's name is its digest: nothing else is opened, and what lies under it must be it.
TEST_F(HostileFiles, OpenNoFileOfTheirChoice) {
  std::ofstream(folder_ / "secret") << "secret";
  const std::filesystem::path file = folder_ / "a.har";
  const std::string digest(64, 'a');
  for (const std::string& name :
       {std::string("../secret"), (folder_ / "secret").string(), digest}) {
    std::ofstream(file) << har(
        R"({"method": "PUT", "url": "https://h/", "postData": {"_file": ")" + name + "\"}}",
        R"({"status": 200})");
    EXPECT_TRUE(refused(file).starts_with(file.string() + ":2: ")) << refused(file);
  }
  std::filesystem::create_directories(folder_ / "a.har.bodies");
  std::filesystem::create_symlink(folder_ / "secret", folder_ / "a.har.bodies" / digest);
  EXPECT_TRUE(refused(file).ends_with("is not what its name says")) << refused(file);
}

// A pipe that nobody writes to would be waited for; a file of holes would be read for hours.
TEST_F(HostileFiles, WaitForNoBody) {
  const std::filesystem::path file = folder_ / "a.har";
  const std::string digest(64, 'a');
  const std::filesystem::path body = folder_ / "a.har.bodies" / digest;
  std::ofstream(file) << har(
      R"({"method": "PUT", "url": "https://h/", "postData": {"_file": ")" + digest + "\"}}",
      R"({"status": 200})");
  std::filesystem::create_directories(body.parent_path());
  ASSERT_EQ(mkfifo(body.c_str(), 0600), 0);
  EXPECT_NE(refused(file).find(digest + " is not in "), std::string::npos) << refused(file);
  std::filesystem::remove(body);
  std::filesystem::create_directory(body);
  EXPECT_NE(refused(file).find(digest + " is not in "), std::string::npos) << refused(file);
  std::filesystem::remove(body);
  std::ofstream(body) << "a";
  std::filesystem::resize_file(body, (std::uintmax_t{5} << 30) + 1);  // sparse
  EXPECT_TRUE(refused(file).ends_with("is larger than 5 GiB")) << refused(file);
}

// What is written while it is recorded, and was broken since.
TEST(HostileRecordings, AreRefusedWhereTheyWereNotClosed) {
  const std::vector<Row> rows = {
      {"no head", "{\"_log\": 7}\n", "f:1: no head of a recording"},
      {"a creator", "{\"_log\":{\"creator\":7}}\n", "f:1: no head of a recording"},
      {"a seed", "{\"_log\":{\"_seed\":\"x\"}}\n", "f:1: no head of a recording"},
      {"a clock", "{\"_log\":{\"_clock\":[]}}\n", "f:1: no head of a recording"},
      {"an entry", "{\"_log\":{}}\n{\"request\":[]}\n", "f:2: "},
      {"a line", "{\"_log\":{}}\nnone\n", "f:2: no JSON"},
      {"nested", "{\"_log\":{}}\n" + repeated("[", 1000) + "\n", "f:2: nested more than 200"},
  };
  for (const Row& row : rows) {
    const std::string refused = reason(row.text);
    EXPECT_TRUE(refused.starts_with(row.refusal)) << row.what << ": " << refused;
  }
}

}  // namespace
}  // namespace cloudchamber::recordings

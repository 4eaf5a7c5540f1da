// Each format as its tool writes it, small; what is refused stands in hostile_test.cc.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "recordings/import/import.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"
#include "tests/sdk/recording/scratch_folder.h"

namespace cloudchamber::recordings {
namespace {

// What all of them hold: ListQueues in the query protocol, and its answer.
void expect_list_queues(const Imported& imported, const std::string& format) {
  EXPECT_EQ(imported.format, format);
  ASSERT_EQ(imported.recording.interactions.size(), 1U) << format;
  const Interaction& interaction = imported.recording.interactions.front();
  const HttpRequest& request = interaction.exchange.request;
  EXPECT_EQ(request.method, "POST") << format;
  EXPECT_EQ(request.scheme, "https") << format;
  EXPECT_EQ(request.host, "sqs.us-east-2.amazonaws.com") << format;
  EXPECT_EQ(request.target, "/?a=b%20c") << format;
  EXPECT_EQ(request.headers.get("content-type"), "application/x-www-form-urlencoded") << format;
  EXPECT_EQ(request.headers.get("x-twice"), "1") << format;
  EXPECT_FALSE(request.headers.contains("host")) << format;
  EXPECT_FALSE(request.headers.contains("content-length")) << format;
  EXPECT_TRUE(request.body == Blob("Action=ListQueues&Version=2012-11-05")) << format;
  EXPECT_EQ(interaction.exchange.response.status, 200) << format;
  EXPECT_EQ(iso8601(interaction.exchange.started), "2026-01-02T03:04:05Z") << format;
  ASSERT_TRUE(interaction.meaning) << format;
  EXPECT_EQ(interaction.meaning->operation, "ListQueues") << format;
  EXPECT_EQ(interaction.meaning->region, "us-east-2") << format;
  EXPECT_EQ(interaction.meaning->result, Json::parse(R"({"QueueUrls": ["u"]})")) << format;
}

constexpr const char* kBody =
    "<ListQueuesResponse><ListQueuesResult><QueueUrl>u</QueueUrl></ListQueuesResult>"
    "</ListQueuesResponse>";

TEST(Import, ReadsGoCloudsReplays) {
  const Imported imported = import_text(R"({
    "Initial": "AQAAAA7cex9RANS2AwAA", "Version": "0.2", "Converter": {},
    "Entries": [{"ID": "1",
      "Request": {"Method": "POST", "URL": "https://sqs.us-east-2.amazonaws.com/?a=b%20c",
                  "Header": {"X-Twice": ["1", "2"], "Content-Length": ["36"]},
                  "MediaType": "application/x-www-form-urlencoded",
                  "BodyParts": ["QWN0aW9uPUxpc3RRdWV1ZXMmVmVyc2lvbj0yMDEyLTExLTA1"]},
      "Response": {"StatusCode": 200, "Proto": "HTTP/1.1", "ProtoMajor": 1, "ProtoMinor": 1,
                   "Header": {"Date": ["Fri, 02 Jan 2026 03:04:05 GMT"]},
                   "Body": "PExpc3RRdWV1ZXNSZXNwb25zZT48TGlzdFF1ZXVlc1Jlc3VsdD48UXVldWVVcmw+dTwvUXVldWVVcmw+PC9MaXN0UXVldWVzUmVzdWx0PjwvTGlzdFF1ZXVlc1Jlc3BvbnNlPg=="}}]})",
                                        "a.replay");
  expect_list_queues(imported, "go-cloud");
  ASSERT_TRUE(imported.recording.clock);
  EXPECT_EQ(iso8601(*imported.recording.clock).substr(0, 4), "2023");
  EXPECT_TRUE(import_text(R"({"Version": "0.2", "Entries": null})", "a.replay")
                  .recording.interactions.empty());
}

// As S3 sends them, whatever the recorder made of them.
TEST(Import, KeepsNamesOfMetadataInSmallLetters) {
  const Imported imported = import_text(R"({"Version": "0.2", "Entries": [{
      "Request": {"Method": "HEAD", "URL": "https://b.s3.amazonaws.com/k"},
      "Response": {"StatusCode": 200, "Header": {"X-Amz-Meta-Foo": ["bar"],
                                                 "Content-Length": ["7"]}}}]})",
                                        "a.replay");
  const Interaction& head = imported.recording.interactions.at(0);
  EXPECT_EQ(head.meaning->result["Metadata"], Json::parse(R"({"foo": "bar"})"));
  EXPECT_EQ(head.exchange.response.content_length, 7U);
}

TEST(Import, ReadsGoVcrsCassettes) {
  const Imported imported = import_text(std::string(R"(---
version: 1
interactions:
- request:
    body: Action=ListQueues&Version=2012-11-05
    form: {}
    headers:
      Content-Type:
      - application/x-www-form-urlencoded
      X-Twice: ["1", '2']
    url: https://sqs.us-east-2.amazonaws.com:443/?a=b%20c#fragment
    method: POST
  response:
    body: )") + kBody + R"(
    headers:
      Date: [ "Fri, 02 Jan 2026 03:04:05 GMT" ]
    status: 200 OK
    code: 200
    duration: 87.5ms
)",
                                        "a.yaml");
  expect_list_queues(imported, "go-vcr");
  EXPECT_EQ(imported.recording.interactions[0].exchange.took, Milliseconds(87));
}

TEST(Import, ReadsRubyVcrsCassettes) {
  const Imported imported = import_text(R"(---
  http_interactions:
    - request:
        method: post
        uri: "https://sqs.us-east-2.amazonaws.com/?a=b%20c"
        body:
          encoding: ASCII-8BIT
          base64_string: |
            QWN0aW9uPUxpc3RRdWV1ZXMmVm
            Vyc2lvbj0yMDEyLTExLTA1
        headers:
          Content-Type:
            - application/x-www-form-urlencoded
          X-Twice: ["1", "2"]
          Host:
            - sqs.us-east-2.amazonaws.com
      response:
        status:
          code: 200
          message: OK
        headers: {}
        body:
          encoding: UTF-8
          string: |-
            <ListQueuesResponse>
              <ListQueuesResult>
                <QueueUrl>u</QueueUrl>
              </ListQueuesResult>
            </ListQueuesResponse>
        http_version:
      recorded_at: "Fri, 02 Jan 2026 03:04:05 GMT"
  recorded_with: VCR 2.9.3
)",
                                        "a.yml");
  expect_list_queues(imported, "Ruby VCR");
}

TEST(Import, ReadsVcrpysCassettesInYamlAndJson) {
  expect_list_queues(import_text(R"(interactions:
- request:
    body: !!binary |
      QWN0aW9uPUxpc3RRdWV1ZXMmVmVyc2lvbj0yMDEyLTExLTA1
    headers: &shared
      Content-Type: [application/x-www-form-urlencoded]
      X-Twice: ['1', '2']
      Date: ['Fri, 02 Jan 2026 03:04:05 GMT']
    method: !!python/unicode POST
    uri: https://sqs.us-east-2.amazonaws.com/?a=b%20c
  response:
    body: {string: <ListQueuesResponse><ListQueuesResult><QueueUrl>u</QueueUrl></ListQueuesResult></ListQueuesResponse>}
    headers: *shared
    status: {code: 200, message: OK}
version: 1
)",
                                 "a.yaml"),
                     "vcrpy");
  expect_list_queues(import_text(R"({"version": 1, "interactions": [{
        "request": {"body": "Action=ListQueues&Version=2012-11-05", "method": "POST",
                    "headers": {"Content-Type": ["application/x-www-form-urlencoded"],
                                "X-Twice": ["1"]},
                    "uri": "https://sqs.us-east-2.amazonaws.com/?a=b%20c"},
        "response": {"body": {"string": "<a><ListQueuesResult><QueueUrl>u</QueueUrl></ListQueuesResult></a>"},
                     "headers": {"date": ["Fri, 02 Jan 2026 03:04:05 GMT"]},
                     "status": {"code": 200, "message": "OK"}}}]})",
                                 "a.json"),
                     "vcrpy");
}

// boto3's headers are bytes, tornado's pairs, and httpx's responses have members of their own.
TEST(Import, ReadsWhatVcrpyWritesOfOtherClients) {
  for (const char* const headers : {R"(
      Content-Type:
      - !!binary |
        YXBwbGljYXRpb24veC13d3ctZm9ybS11cmxlbmNvZGVk
      X-Twice:
      - '1'
      - '2')",
                                    R"(
    - !!python/tuple
      - Content-Type
      - [application/x-www-form-urlencoded]
    - !!python/tuple [X-Twice, ['1', '2']])"}) {
    const std::string request =
        "\xef\xbb\xbfinteractions:\r\n- request:\n    body: !!python/unicode '"
        "Action=ListQueues&Version=2012-11-05'\n    headers:" +
        std::string(headers) + R"(
    method: POST
    uri: https://sqs.us-east-2.amazonaws.com/?a=b%20c
  response:
)";
    const std::string body = std::string("'") + kBody + "'\n";
    const std::string date = "    headers: {date: ['Fri, 02 Jan 2026 03:04:05 GMT']}\n";
    expect_list_queues(import_text(request + "    content: " + body + date +
                                       "    http_version: HTTP/1.1\n    status_code: 200\n",
                                   "a.yaml"),
                       "vcrpy");
    expect_list_queues(import_text(request + "    body: {string: " + body + "    }\n" + date +
                                       "    status: {code: 200, message: OK}\n",
                                   "a.yaml"),
                       "vcrpy");
  }
  EXPECT_THROW(
      static_cast<void>(import_text("interactions: [{request: {uri: 'http://a/', method: GET, "
                                    "headers: [[a, b, c]]}}]",
                                    "a.yaml")),
      RecordingError);
}

TEST(Import, ReadsSeveralDocumentsAsOneRecording) {
  const std::string one = R"(---
interactions:
- request: {method: GET, uri: 'https://b.s3.amazonaws.com/k'}
  response: {status: {code: 404}}
)";
  EXPECT_EQ(import_text(one + one, "a.yaml").recording.interactions.size(), 2U);
  EXPECT_EQ(import_text(one + "---\n", "a.yaml").recording.interactions.size(), 1U);
}

TEST(Import, ReadsCassettesOfTestsThatSentNothing) {
  EXPECT_EQ(import_text("version: 1\ninteractions: []", "a.yaml").format, "vcrpy");
  EXPECT_EQ(import_text("version: 2\ninteractions: []", "a.yaml").format, "go-vcr");
}

TEST(Import, ReadsSmithysConnectionEvents) {
  const std::string events = R"([
    {"connection_id": 3, "action": {"Request": {"request": {
      "uri": "https://sqs.us-east-2.amazonaws.com/?a=b%20c", "method": "POST",
      "headers": {"content-type": ["application/x-www-form-urlencoded"], "x-twice": ["1", "2"]}}}}},
    {"connection_id": 4, "action": {"Request": {"request": {
      "uri": "https://sqs.us-east-2.amazonaws.com/", "method": "GET", "headers": {}}}}},
    {"connection_id": 3, "action": {"Data": {"data": {"Utf8": "Action=ListQueues"}, "direction": "Request"}}},
    {"connection_id": 3, "action": {"Data": {"data": {"Base64": "JlZlcnNpb249MjAxMi0xMS0wNQ=="}, "direction": "Request"}}},
    {"connection_id": 3, "action": {"Eof": {"ok": true, "direction": "Request"}}},
    {"connection_id": 4, "action": {"Response": {"response": {"Err": "refused"}}}},
    {"connection_id": 3, "action": {"Response": {"response": {"Ok": {"status": 200,
      "version": "HTTP/1.1", "headers": {"date": ["Fri, 02 Jan 2026 03:04:05 GMT"]}}}}}},
    {"connection_id": 3, "action": {"Data": {"data": {"Utf8": ")" +
                             std::string(kBody) + R"("}, "direction": "Response"}}},
    {"connection_id": 3, "action": {"Eof": {"ok": true, "direction": "Response"}}}])";
  const Imported imported = import_text(events, "a.json");
  expect_list_queues(imported, "smithy-rs");
  EXPECT_EQ(imported.notes, std::vector<std::string>{"connection 4 failed and is left out"});
  expect_list_queues(
      import_text(R"({"version": "V0", "docs": "", "events": )" + events + "}", "a.json"),
      "smithy-rs");
}

TEST(Import, ReadsHarAsBrowsersAndProxiesWriteIt) {
  const Imported imported = import_text(R"({"log": {"version": "1.2",
    "creator": {"name": "WebInspector", "version": "537.36"}, "pages": [],
    "entries": [
      {"startedDateTime": "2026-01-02T03:04:00.000Z", "time": 0, "request": {"method": "GET",
        "url": "https://ads.example.com/", "headers": []},
       "response": {"status": 0, "headers": [], "content": {}}},
      {"startedDateTime": "2026-01-02T03:04:05.000Z", "time": 12.5, "request": {"method": "POST",
        "url": "https://sqs.us-east-2.amazonaws.com/?a=b%20c", "httpVersion": "http/2.0",
        "headers": [{"name": ":authority", "value": "sqs"}, {"name": "x-twice", "value": ["1", "2"]},
          {"name": "content-type", "value": "application/x-www-form-urlencoded"},
          {"name": "content-length", "value": "36"}],
        "postData": {"mimeType": "application/x-www-form-urlencoded",
          "params": [{"name": "Action", "value": "ListQueues"}, {"name": "Version", "value": "2012-11-05"}]}},
       "response": {"status": 200, "headers": [],
         "content": {"mimeType": "text/xml", "encoding": "base64", "text": "PExpc3RRdWV1ZXNSZXNwb25zZT48TGlzdFF1ZXVlc1Jlc3VsdD48UXVldWVVcmw+dTwvUXVldWVVcmw+PC9MaXN0UXVldWVzUmVzdWx0PjwvTGlzdFF1ZXVlc1Jlc3BvbnNlPg=="}}}]}})",
                                        "a.har");
  expect_list_queues(imported, "HAR");
  EXPECT_EQ(imported.recording.creator, "WebInspector");
  EXPECT_EQ(imported.notes,
            std::vector<std::string>{"1 requests got no response and are left out"});
}

TEST(ImportParsed, ReadsPlaceboFiles) {
  const auto list = import_parsed_text(R"({"status_code": 200, "data": {
      "ResponseMetadata": {"HTTPStatusCode": 200}, "Buckets": [{"Name": "b", "CreationDate": {
        "__class__": "datetime", "year": 2026, "month": 1, "day": 2, "hour": 3, "minute": 4,
        "second": 5, "microsecond": 678901}}],
      "Body": {"__class__": "StreamingBody", "__module__": "botocore.response", "body": "/w=="}}})",
                                       "story/s3.ListBuckets_12.json");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].format, "placebo");
  EXPECT_EQ(list[0].service, "s3");
  EXPECT_EQ(list[0].operation, "ListBuckets");
  EXPECT_EQ(list[0].status, 200);
  EXPECT_EQ(list[0].result["Buckets"],
            Json::parse(R"([{"Name": "b", "CreationDate": "2026-01-02T03:04:05.678Z"}])"));
  EXPECT_EQ(bytes_of(list[0].result["Body"]), "\xff");
  const auto error = import_parsed_text(
      R"({"status_code": 404, "data": {"Error": {"Code": "NoSuchBucket", "Message": "No."}}})",
      "s3.GetObject_1.json");
  EXPECT_EQ(error.at(0).error_code, "NoSuchBucket");
  EXPECT_EQ(error.at(0).error_message, "No.");
  EXPECT_EQ(error.at(0).result, Json::object());
}

// Before its version 0.10 placebo wrote what a stream held as it was.
TEST(ImportParsed, TellsTextFromBase64InStreamsOfPlacebo) {
  const auto body = [](const std::string& text, const std::string& length) {
    const auto list = import_parsed_text(R"({"status_code": 200, "data": {)" + length +
                                             R"("Body": {"__class__": "StreamingBody", "body": ")" +
                                             text + "\"}}}",
                                         "s3.GetObject_1.json");
    return std::string(bytes_of(list.at(0).result["Body"]));
  };
  EXPECT_EQ(body("no base64", ""), "no base64");
  EXPECT_EQ(body("YWJj", ""), "abc");
  EXPECT_EQ(body("YWJj", "\"ContentLength\": 3, "), "abc");
  EXPECT_EQ(body("YWJj", "\"ContentLength\": 4, "), "YWJj");
  EXPECT_EQ(body("", "\"ContentLength\": 0, "), "");
}

TEST(ImportParsed, ReadsSnapshotsOfLocalStack) {
  const auto found = import_parsed_text(R"({
    "tests/aws/services/sqs/test_sqs.py::T::test_a[x]": {"recorded-date": "30-04-2024, 13:32:56",
      "recorded-content": {
        "one": {"QueueUrl": "<queue-url:1>", "ResponseMetadata": {"HTTPStatusCode": 200}},
        "many": [{"in": {"ResponseMetadata": {"HTTPStatusCode": 200}}}],
        "part": {"QueueUrls": []},
        "bad": {"Error": {"Code": "C", "Message": "M"}, "message": "M",
                "ResponseMetadata": {"HTTPStatusCode": 400}}}}})",
                                        "test_sqs.snapshot.json");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].service, "sqs");
  EXPECT_EQ(found[0].where,
            "test_sqs.snapshot.json: tests/aws/services/sqs/test_sqs.py::T::"
            "test_a[x]: one");
  EXPECT_EQ(found[0].result, Json::parse(R"({"QueueUrl": "<queue-url:1>"})"));
  EXPECT_TRUE(found[1].where.ends_with(": many[0].in"));
  EXPECT_EQ(found[2].status, 400);
  EXPECT_EQ(found[2].error_code, "C");
  EXPECT_EQ(found[2].result, Json::parse(R"({"message": "M"})"));
}

class ImportFiles : public ScratchFolder {
 protected:
  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
};

TEST_F(ImportFiles, ReadsPairsOfBotocore) {
  write("responses/iam-list-account-aliases#2.xml", "<body/>");
  write("responses/iam-list-account-aliases#2.json",
        R"({"AccountAliases": ["a"], "ResponseMetadata": {}})");
  const auto pair = import_parsed(folder_ / "responses/iam-list-account-aliases#2.xml");
  ASSERT_EQ(pair.size(), 1U);
  EXPECT_EQ(pair[0].operation, "ListAccountAliases");
  EXPECT_EQ(pair[0].result, Json::parse(R"({"AccountAliases": ["a"]})"));
  ASSERT_TRUE(pair[0].response);
  EXPECT_TRUE(pair[0].response->body == Blob("<body/>"));
  write("json/errors/dynamodb-put-item.json", "{\"__type\": \"x\"}");
  write("json/expected/dynamodb-put-item.json", R"({"Error": {"Code": "C", "Message": "M"}})");
  const auto json = import_parsed(folder_ / "json/errors/dynamodb-put-item.json");
  ASSERT_EQ(json.size(), 1U);
  EXPECT_EQ(json[0].operation, "PutItem");
  EXPECT_EQ(json[0].error_code, "C");
  EXPECT_TRUE(json[0].response->body == Blob("{\"__type\": \"x\"}"));
}

TEST_F(ImportFiles, ReadsAFolderOfPlacebos) {
  for (const char* name : {"s3.ListBuckets_2.json", "s3.ListBuckets_1.json", "sqs.X_1.json"})
    write(name, R"({"status_code": 200, "data": {}})");
  const auto all = import_parsed(folder_);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_TRUE(all[0].where.ends_with("s3.ListBuckets_1.json"));
  EXPECT_EQ(all[2].service, "sqs");
}

}  // namespace
}  // namespace cloudchamber::recordings

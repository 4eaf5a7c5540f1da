// What botocore's own tests recorded: bodies of real responses beside what a client must make of
// them (format F of ../shared/recordings; another place: CHAMBER_RECORDINGS).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"
#include "sdk/model/names.h"
#include "sdk/parse/parser.h"
#include "tests/support/compare.h"

namespace cloudchamber::test {
namespace {

namespace fs = std::filesystem;

fs::path folder() {
  const char* place = std::getenv("CHAMBER_RECORDINGS");
  return fs::path(place != nullptr ? place : "../shared/recordings") / "botocore-response-parsing";
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Four samples are from the documentation, with a pattern where a time would be.
std::string with_times(std::string text) {
  const std::string pattern = "YYYY-MM-DDTHH:MM:SS.000Z";
  for (std::size_t at; (at = text.find(pattern)) != std::string::npos;)
    text.replace(at, pattern.size(), "2013-05-06T07:08:09.000Z");
  return text;
}

struct Recorded {
  std::string name;
  std::shared_ptr<const ServiceModel> model;
  const Operation* operation = nullptr;
  HttpResponse response;
  Json expected;
};

// "ec2-describe-instances#2" -> ec2's DescribeInstances.
Recorded read_pair(const fs::path& body, const fs::path& expected, int status) {
  Recorded pair;
  pair.name = body.stem().string();
  const std::string call = pair.name.substr(0, pair.name.find('#'));
  const std::size_t dash = call.find('-');
  pair.model = find_model(call.substr(0, dash));
  if (pair.model == nullptr) return pair;
  const std::string method = call.substr(dash + 1);
  for (const Operation* operation : pair.model->operations())
    if (xform_name(operation->name, '-') == method) pair.operation = operation;
  pair.response.status = status;
  pair.response.body = Blob(with_times(read_file(body)));
  pair.expected = Json::parse(with_times(read_file(expected)));
  return pair;
}

std::vector<fs::path> bodies_in(const fs::path& place, const std::string& extension) {
  std::vector<fs::path> paths;
  if (!fs::is_directory(place)) return paths;
  for (const auto& entry : fs::directory_iterator(place))
    if (entry.path().extension() == extension) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

// The recorded result with its times and blobs as the SDK writes them.
Json normalised(const Shape& shape, const Json& value) {
  if (value.is_object() && shape.type == ShapeType::kStructure) {
    Json result = Json::object();
    for (const auto& [name, held] : value.items()) {
      const Member* member = shape.find(name);
      result[name] = member == nullptr ? held : normalised(*member->shape, held);
    }
    return result;
  }
  if (value.is_array() && shape.type == ShapeType::kList) {
    Json result = Json::array();
    for (const Json& element : value) result.push_back(normalised(*shape.element.shape, element));
    return result;
  }
  if (shape.type == ShapeType::kBlob) return binary(value.get<std::string>());
  if (shape.type != ShapeType::kTimestamp) return value;
  const auto time = parse_timestamp(value.get<std::string>());
  return time ? Json(iso8601(*time)) : value;
}

// botocore's client decodes IAM's policy documents after parsing; so does this, where the recorded
// result has an object and the parsed one its percent-encoded text.
Json with_documents(const Json& expected, const Json& actual) {
  if (expected.is_object() && actual.is_string())
    return Json::parse(uri_decode(actual.get<std::string>()), nullptr, false);
  if (expected.is_object() && actual.is_object()) {
    Json result = actual;
    for (const auto& [name, value] : expected.items())
      if (actual.contains(name)) result[name] = with_documents(value, actual[name]);
    return result;
  }
  if (expected.is_array() && actual.is_array() && expected.size() == actual.size()) {
    Json result = actual;
    for (std::size_t i = 0; i < expected.size(); ++i)
      result[i] = with_documents(expected[i], actual[i]);
    return result;
  }
  return actual;
}

TEST(Parse, GivesTheRecordedResultOfRealResponses) {
  const auto bodies = bodies_in(folder() / "responses", ".xml");
  if (bodies.empty()) GTEST_SKIP() << "no recordings in " << folder();
  std::size_t passed = 0;
  for (const fs::path& body : bodies) {
    fs::path expected_path = body;
    const Recorded pair = read_pair(body, expected_path.replace_extension(".json"), 200);
    ASSERT_NE(pair.operation, nullptr) << pair.name;
    Json expected = pair.expected;
    const Json metadata = expected.value("ResponseMetadata", Json::object());
    expected.erase("ResponseMetadata");
    if (pair.operation->output != nullptr) expected = normalised(*pair.operation->output, expected);
    try {
      const Json actual = parse_output(*pair.model, *pair.operation, pair.response);
      const std::string found = difference(expected, with_documents(expected, actual));
      EXPECT_EQ(found, "") << pair.name;
      passed += found.empty();
    } catch (const std::exception& error) {
      ADD_FAILURE() << pair.name << " threw " << error.what();
    }
    EXPECT_EQ(parse_request_id(*pair.model, pair.response), metadata.value("RequestId", ""))
        << pair.name;
  }
  std::printf("recorded responses: %zu of %zu\n", passed, bodies.size());
}

TEST(Parse, GivesTheRecordedErrorOfRealResponses) {
  auto bodies = bodies_in(folder() / "errors", ".xml");
  if (bodies.empty()) GTEST_SKIP() << "no recordings in " << folder();
  const auto json_bodies = bodies_in(folder() / "json/errors", ".json");
  bodies.insert(bodies.end(), json_bodies.begin(), json_bodies.end());
  for (const fs::path& body : bodies) {
    fs::path expected_path = body;
    expected_path.replace_extension(".json");
    if (body.extension() == ".json")
      expected_path = folder() / "json/expected" / expected_path.filename();
    const Recorded pair = read_pair(body, expected_path, 400);
    ASSERT_NE(pair.operation, nullptr) << pair.name;
    const ParsedError error = parse_error(*pair.model, *pair.operation, pair.response);
    Json actual = error.details;
    actual["Code"] = error.code;
    actual["Message"] = error.message;
    if (!error.type.empty()) actual["Type"] = error.type;
    EXPECT_EQ(difference(pair.expected.at("Error"), actual), "") << pair.name;
    const std::string request_id = pair.expected.at("ResponseMetadata").value("RequestId", "");
    if (request_id.empty()) continue;  // S3's is not kept in the recorded result
    EXPECT_EQ(error.request_id, request_id) << pair.name;
  }
}

// The response of a connection in smithy-rs's recordings (format E).
std::string response_body(const Json& events) {
  std::string body;
  for (const Json& event : events) {
    const Json data = event.at("action").value("Data", Json::object());
    if (data.value("direction", "") != "Response") continue;
    const Json& piece = data.at("data");
    body += piece.contains("Utf8") ? piece.at("Utf8").get<std::string>()
                                   : base64_decode(piece.at("Base64").get<std::string>()).value();
  }
  return body;
}

TEST(Parse, ReadsTheRecordedEventsOfSelectObjectContent) {
  const fs::path path =
      folder().parent_path() / "smithy-rs/integration-tests/s3/tests/select-object-content.json";
  if (!fs::exists(path)) GTEST_SKIP() << "no recording at " << path;
  const auto model = find_model("s3");
  HttpResponse response;
  response.body = Blob(response_body(Json::parse(read_file(path))));
  const Json result = parse_output(*model, *model->find_operation("SelectObjectContent"), response);
  const Json expected = {
      {{"Records", {{"Payload", binary("Jane,(949) 555-6704,Chicago,Developer\r\n")}}}},
      {{"Stats",
        {{"Details", {{"BytesScanned", 333}, {"BytesProcessed", 333}, {"BytesReturned", 39}}}}}},
      {{"End", Json::object()}}};
  EXPECT_EQ(difference({{"Payload", expected}}, result), "");
}

}  // namespace
}  // namespace cloudchamber::test

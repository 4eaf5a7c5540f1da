// Real traffic of DynamoDB and SQS (go-cloud's recordings of 2023 to 2026) through the server's
// half: what clients sent is decoded, what AWS answered comes out of encode the same, errors
// included. Parser and serializer are only the tools to turn the recorded bytes around.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "mock-server/call/aws_error.h"
#include "mock-server/decode/decoder.h"
#include "mock-server/encode/encoder.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/uri.h"
#include "sdk/parse/parser.h"
#include "sdk/serialize/serializer.h"
#include "tests/support/compare.h"

namespace cloudchamber {
namespace {

struct Exchange {
  std::string title;
  std::shared_ptr<const ServiceModel> model;
  const Operation* operation = nullptr;
  HttpRequest request;
  HttpResponse response;
};

std::filesystem::path recordings_folder() {
  const char* place = std::getenv("CHAMBER_RECORDINGS");
  return std::filesystem::path(place != nullptr ? place : "../shared/recordings") / "go-cloud";
}

Headers headers_of(const Json& source) {
  Headers headers;
  for (const auto& [name, values] : source.items()) {
    for (const Json& value : values) headers.add(name, value.get<std::string>());
  }
  return headers;
}

Blob body_of(const Json& base64) {
  return base64.is_string() ? Blob(base64_decode(base64.get<std::string>()).value_or("")) : Blob();
}

// Which operation of which service a recorded request is; false for other services.
bool identify(Exchange& exchange) {
  const std::string target(exchange.request.headers.get("X-Amz-Target"));
  std::string operation = target.substr(target.find('.') + 1);
  if (target.substr(0, 8) == "DynamoDB") {
    exchange.model = find_model("dynamodb");
  } else if (target.substr(0, 9) == "AmazonSQS") {
    exchange.model = find_model("sqs");
  } else if (exchange.request.host.substr(0, 4) == "sqs.") {
    exchange.model = find_model("sqs.query");
    for (const auto& [name, value] : parse_query(exchange.request.body.to_string())) {
      if (name == "Action") operation = value;
    }
  } else {
    return false;
  }
  exchange.operation = exchange.model->find_operation(operation);
  return exchange.operation != nullptr;
}

std::vector<Exchange> recorded() {
  std::vector<Exchange> exchanges;
  if (!std::filesystem::is_directory(recordings_folder())) return exchanges;
  for (const auto& file : std::filesystem::recursive_directory_iterator(recordings_folder())) {
    if (file.path().extension() != ".replay") continue;
    std::ifstream in(file.path(), std::ios::binary);
    const Json replay = Json::parse(in);
    if (!replay.at("Entries").is_array()) continue;
    for (const Json& entry : replay.at("Entries")) {
      const Json& request = entry.at("Request");
      const Json& response = entry.at("Response");
      Exchange exchange;
      exchange.request.method = request.at("Method");
      const std::string url = request.at("URL");
      const std::size_t host = url.find("://") + 3;
      const std::size_t path = std::min(url.find('/', host), url.size());
      exchange.request.host = url.substr(host, path - host);
      exchange.request.target = path == url.size() ? "/" : url.substr(path);
      exchange.request.headers = headers_of(request.at("Header"));
      if (request.contains("BodyParts") && request["BodyParts"].is_array()) {
        for (const Json& part : request["BodyParts"]) exchange.request.body.append(body_of(part));
      }
      exchange.response.status = response.at("StatusCode");
      exchange.response.headers = headers_of(response.at("Header"));
      exchange.response.body = body_of(response.at("Body"));
      if (!identify(exchange)) continue;
      exchange.title = file.path().filename().string() + ", " + exchange.operation->name;
      exchanges.push_back(std::move(exchange));
    }
  }
  return exchanges;
}

std::string request_difference(const Exchange& exchange) {
  const std::string expected = exchange.request.body.to_string();
  if (expected.find("CLEARED") != std::string::npos) return "";  // scrubbed, no JSON any more
  try {
    const Json input = mock::decode(*exchange.model, *exchange.operation, exchange.request);
    const HttpRequest again = serialize(*exchange.model, *exchange.operation, input);
    const std::string actual = again.body.to_string();
    if (exchange.model->protocol == Protocol::kJson) {
      return test::body_difference(Protocol::kJson, expected, actual);
    }
    const auto sorted = [](const std::string& form) {
      auto pairs = parse_query(form);
      std::sort(pairs.begin(), pairs.end());
      return pairs;
    };
    return sorted(expected) == sorted(actual) ? "" : expected + "\n" + actual;
  } catch (const mock::AwsError& error) {
    return error.code() + ": " + error.what();
  }
}

HttpResponse encoded_again(const Exchange& exchange) {
  const ServiceModel& model = *exchange.model;
  const Operation& operation = *exchange.operation;
  const std::string id = parse_request_id(model, exchange.response);
  if (exchange.response.status < 300) {
    const Json output = parse_output(model, operation, exchange.response);
    return mock::encode_output(model, operation, output, Blob(), id);
  }
  const ParsedError parsed = parse_error(model, operation, exchange.response);
  mock::AwsError error(parsed.code, parsed.message);
  for (const auto& [name, value] : parsed.members.items()) {
    if (name != "message" && name != "Message") error.with(name, value);
  }
  return mock::encode_error(model, &operation, error, id);
}

// SQS's order of elements is neither the model's nor any other, and maps have none.
Json unordered(Json node) {
  if (!node.contains("children")) return node;
  Json& children = node["children"];
  for (Json& child : children) child = unordered(std::move(child));
  std::sort(children.begin(), children.end());
  return node;
}

std::string response_difference(const Exchange& exchange, const HttpResponse& actual) {
  const HttpResponse& expected = exchange.response;
  if (actual.status != expected.status) return "status " + std::to_string(actual.status);
  for (const char* name :
       {"Content-Type", "x-amzn-RequestId", "x-amzn-query-error", "x-amz-crc32"}) {
    if (expected.headers.contains(name) != actual.headers.contains(name)) return name;
    // The CRC is of the bytes, and numbers have several spellings.
    if (name == std::string("x-amz-crc32") && !(expected.body == actual.body)) continue;
    if (expected.headers.get(name) != actual.headers.get(name)) {
      return std::string(name) + ": expected " + std::string(expected.headers.get(name)) +
             ", got " + std::string(actual.headers.get(name));
    }
  }
  if (exchange.model->protocol == Protocol::kQuery) {
    return test::difference(unordered(test::canonical_xml(expected.body.to_string())),
                            unordered(test::canonical_xml(actual.body.to_string())));
  }
  return test::body_difference(Protocol::kJson, expected.body.to_string(), actual.body.to_string());
}

TEST(Recordings, OfDynamoDbAndSqsComeOutOfTheServersHalfAsAwsSentThem) {
  const std::vector<Exchange> exchanges = recorded();
  if (exchanges.empty()) GTEST_SKIP() << "no recordings in " << recordings_folder();
  std::size_t errors = 0;
  std::size_t same_bytes = 0;
  for (const Exchange& exchange : exchanges) {
    EXPECT_EQ(request_difference(exchange), "") << exchange.title;
    const HttpResponse actual = encoded_again(exchange);
    EXPECT_EQ(response_difference(exchange, actual), "") << exchange.title;
    if (exchange.response.status >= 300) ++errors;
    if (exchange.response.body == actual.body) ++same_bytes;
  }
  std::cout << exchanges.size() << " exchanges, " << errors << " of them errors; " << same_bytes
            << " bodies have the same bytes\n";
  EXPECT_GT(errors, 20U);
  EXPECT_GT(same_bytes, 320U);
}

}  // namespace
}  // namespace cloudchamber

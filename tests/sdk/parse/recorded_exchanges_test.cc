// Real exchanges with DynamoDB and SQS that go-cloud recorded (format A of ../shared/recordings).
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sdk/codec/base64.h"
#include "sdk/codec/json_text.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"
#include "sdk/parse/parser.h"
#include "tests/support/compare.h"

namespace cloudchamber::test {
namespace {

namespace fs = std::filesystem;

fs::path folder() {
  const char* place = std::getenv("CHAMBER_RECORDINGS");
  return fs::path(place != nullptr ? place : "../shared/recordings") / "go-cloud";
}

std::string decoded(const Json& base64) {
  return base64.is_string() ? base64_decode(base64.get<std::string>()).value() : "";
}

struct Exchange {
  std::shared_ptr<const ServiceModel> model;
  const Operation* operation = nullptr;  // null for what is neither JSON nor query
  HttpResponse response;
};

void find_call(const Json& request, Exchange& exchange) {
  const std::string url = request.at("URL").get<std::string>();
  const bool sqs = url.find("//sqs.") != std::string::npos;
  const Json& headers = request.at("Header");
  if (headers.contains("X-Amz-Target") && (sqs || url.find("//dynamodb.") != std::string::npos)) {
    const std::string target = headers.at("X-Amz-Target").at(0).get<std::string>();
    exchange.model = find_model(sqs ? "sqs" : "dynamodb");
    exchange.operation = exchange.model->find_operation(target.substr(target.find('.') + 1));
  } else if (sqs) {
    exchange.model = find_model("sqs.query");
    for (const Json& part : request.at("BodyParts"))
      for (const auto& [name, value] : parse_query(decoded(part)))
        if (name == "Action") exchange.operation = exchange.model->find_operation(value);
  }
}

Exchange read_exchange(const Json& entry) {
  Exchange exchange;
  find_call(entry.at("Request"), exchange);
  const Json& response = entry.at("Response");
  exchange.response.status = response.at("StatusCode").get<int>();
  for (const auto& [name, values] : response.at("Header").items())
    for (const Json& value : values) exchange.response.headers.add(name, value.get<std::string>());
  exchange.response.body = Blob(decoded(response.at("Body")));
  return exchange;
}

// What stands on the wire for a value: times as seconds, blobs as base64 once it is text.
Json on_the_wire(const Shape& shape, const Json& value) {
  Json result = value;
  if (shape.type == ShapeType::kTimestamp) return epoch_seconds(timestamp_of(value).value());
  if (shape.type == ShapeType::kStructure)
    for (const auto& [name, held] : value.items())
      result[name] = on_the_wire(*shape.find(name)->shape, held);
  if (shape.type == ShapeType::kMap)
    for (const auto& [key, held] : value.items())
      result[key] = on_the_wire(*shape.value.shape, held);
  if (shape.type == ShapeType::kList)
    for (Json& element : result) element = on_the_wire(*shape.element.shape, element);
  return result;
}

// A result has lost nothing when it makes the body again.
std::string lost(const Operation& operation, const Json& result, const std::string& body) {
  std::string text;
  append_json(text, operation.output == nullptr ? result : on_the_wire(*operation.output, result));
  return difference(body.empty() ? Json::object() : Json::parse(body), Json::parse(text));
}

std::string fault_of(const Exchange& exchange) try {
  const auto& [model, operation, response] = exchange;
  if (parse_request_id(*model, response).empty()) return "no request id";
  if (response.status >= 300) {
    const ParsedError error = parse_error(*model, *operation, response);
    if (error.message.empty()) return "no message";
    return error.code == std::to_string(response.status) ? "no code" : "";
  }
  const Json result = parse_output(*model, *operation, response);
  if (model->protocol == Protocol::kJson)
    return lost(*operation, result, response.body.to_string());
  return operation->output != nullptr && result.empty() && response.body.size() > 300 ? "no result"
                                                                                      : "";
} catch (const std::exception& error) {
  return std::string("threw ") + error.what();
}

TEST(Parse, LosesNothingOfRecordedExchanges) {
  if (!fs::is_directory(folder())) GTEST_SKIP() << "no recordings in " << folder();
  std::size_t exchanges = 0;
  for (const auto& file : fs::recursive_directory_iterator(folder())) {
    if (file.path().extension() != ".replay") continue;
    std::ifstream content(file.path());
    const Json entries = Json::parse(content).at("Entries");
    for (const Json& entry : entries) {
      const Exchange exchange = read_exchange(entry);
      if (exchange.operation == nullptr) continue;
      ++exchanges;
      EXPECT_EQ(fault_of(exchange), "") << file.path() << ' ' << exchange.operation->name;
    }
  }
  std::printf("recorded exchanges: %zu\n", exchanges);
  EXPECT_GT(exchanges, 200u);
}

}  // namespace
}  // namespace cloudchamber::test

// The two halves of the project against each other, for every operation of every model: what the
// SDK serializes the server decodes, what the server encodes the SDK parses.
//
// Both halves are also checked alone against other people's vectors; here it is the breadth.
#include <gtest/gtest.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "mock-server/call/aws_error.h"
#include "mock-server/decode/decoder.h"
#include "mock-server/encode/encoder.h"
#include "sdk/parse/parser.h"
#include "sdk/serialize/serializer.h"
#include "tests/support/compare.h"
#include "tests/support/shape_values.h"

namespace cloudchamber {
namespace {

using test::ShapeValues;
using Fill = ShapeValues::Fill;

// So that unions, enums and texts show all their kinds where everything is filled in.
constexpr std::size_t kTurns = 3;
const Blob kStream("streamed \x01 bytes");

std::vector<std::shared_ptr<const ServiceModel>> all_models() {
  std::vector<std::shared_ptr<const ServiceModel>> models;
  for (const std::string& name : model_names()) models.push_back(find_model(name));
  models.push_back(find_model("sqs.query"));
  return models;
}

bool is_empty(const Json& value) {
  return value.is_null() || (value.is_structured() && value.empty()) || value == "" ||
         (value.is_binary() && value.get_binary().empty());
}

// Emptiness that a protocol has no way to write is no difference.
Json without_empties(const Json& value) {
  if (value.is_array()) {
    Json items = Json::array();
    for (const Json& item : value) {
      if (Json kept = without_empties(item); !is_empty(kept)) items.push_back(std::move(kept));
    }
    return items;
  }
  if (!value.is_object()) return value;
  Json members = Json::object();
  for (const auto& [name, member] : value.items()) {
    if (Json kept = without_empties(member); !is_empty(kept)) members[name] = std::move(kept);
  }
  return members;
}

std::string compared(Fill fill, const Json& expected, const Json& actual) {
  if (fill != Fill::kAll) {
    return test::difference(without_empties(expected), without_empties(actual));
  }
  return test::difference(expected, actual);
}

std::string request_trip(const ServiceModel& service, const Operation& operation, Fill fill,
                         std::size_t turn) {
  const Json input = operation.input == nullptr
                         ? Json::object()
                         : ShapeValues(fill, turn).structure(*operation.input);
  const Member* streaming = operation.streaming_input();
  const bool streams = streaming != nullptr && streaming->streaming;
  const HttpRequest request = serialize(service, operation, input, streams ? &kStream : nullptr);
  if (streams && !(request.body == kStream)) return "the body is not the stream";
  try {
    return compared(fill, input, mock::decode(service, operation, request));
  } catch (const mock::AwsError& error) {
    return error.code() + ": " + error.what() + "\n" + request.target + "\n" +
           request.body.to_string();
  }
}

std::string response_trip(const ServiceModel& service, const Operation& operation, Fill fill,
                          std::size_t turn) {
  Json output = operation.output == nullptr ? Json::object()
                                            : ShapeValues(fill, turn).structure(*operation.output);
  const Member* streaming = operation.streaming_output();
  if (streaming != nullptr) output.erase(streaming->name);
  HttpResponse response = mock::encode_output(service, operation, output,
                                              streaming != nullptr ? kStream : Blob(), "id-1");
  // As a transport does.
  if (response.content_length) {
    response.headers.set("Content-Length", std::to_string(*response.content_length));
  }
  if (streaming != nullptr && !(response.body == kStream)) return "the body is not the stream";
  if (response.status != operation.response_code) return "another status";
  if (parse_request_id(service, response) != "id-1") return "another request id";
  Json parsed = parse_output(service, operation, response);
  if (streaming != nullptr) {
    parsed.erase(streaming->name);
    parsed.erase("ContentType");  // a default where the output has none
    output.erase("ContentType");
  }
  return compared(fill, output, parsed);
}

// In S3's first notifications two members, Event and Events, have one name on the wire: nobody can
// tell them apart (PutBucketNotificationConfiguration took their place). And events are a stream.
bool is_ambiguous(const Operation& operation) {
  return operation.name == "PutBucketNotification" || operation.name == "GetBucketNotification" ||
         operation.name == "SelectObjectContent";
}

template <class Trip>
void for_every_operation(const char* name, Trip trip) {
  std::size_t trips = 0;
  for (const auto& model : all_models()) {
    for (const Operation* operation : model->operations()) {
      if (is_ambiguous(*operation)) continue;
      for (const Fill fill : {Fill::kAll, Fill::kRequired, Fill::kEmpty}) {
        for (std::size_t turn = 0; turn < (fill == Fill::kAll ? kTurns : 1); ++turn) {
          ++trips;
          const std::string difference = trip(*model, *operation, fill, turn);
          if (difference.empty()) continue;
          ADD_FAILURE() << model->name << " " << operation->name << ", fill "
                        << static_cast<int>(fill) << ", turn " << turn << ": " << difference;
          break;
        }
      }
    }
  }
  std::cout << name << ": " << trips << " round trips\n";
  EXPECT_GT(trips, 5'000U);
}

TEST(RoundTrip, DecodeGivesBackWhatSerializeWroteForEveryOperation) {
  for_every_operation("requests", request_trip);
}

TEST(RoundTrip, ParseGivesBackWhatEncodeWroteForEveryOperation) {
  for_every_operation("responses", response_trip);
}

// Every modelled error of every service, with all its members.
TEST(RoundTrip, ParseGivesBackEveryErrorThatEncodeWrote) {
  std::size_t errors = 0;
  for (const auto& model : all_models()) {
    const Operation& operation = *model->operations().front();
    for (const Shape* shape : model->shapes()) {
      if (!shape->exception) continue;
      ++errors;
      mock::AwsError error(shape->name, "What <happened> & why");
      Json members = ShapeValues(Fill::kAll, errors).structure(*shape);
      for (const char* message : {"message", "Message"}) members.erase(message);
      for (const auto& [name, value] : members.items()) error.with(name, value);
      const HttpResponse response = mock::encode_error(*model, &operation, error, "id-1");
      const ParsedError parsed = parse_error(*model, operation, response);
      const std::string title = model->name + " " + shape->name;
      EXPECT_GE(response.status, 400) << title;
      EXPECT_EQ(parsed.message, "What <happened> & why") << title;
      EXPECT_EQ(parsed.request_id, "id-1") << title;
      EXPECT_EQ(model->find_error(parsed.code), shape) << title << ": " << parsed.code;
      Json got = parsed.members;
      for (const char* message : {"message", "Message"}) got.erase(message);
      EXPECT_EQ(test::difference(members, got), "") << title;
    }
  }
  EXPECT_GT(errors, 170U);
}

}  // namespace
}  // namespace cloudchamber

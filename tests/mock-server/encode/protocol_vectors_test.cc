// The output cases of the protocol vectors, from the server's side: a result or an error gives a
// response that means what the recorded one means.
#include "tests/support/protocol_vectors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "mock-server/encode/encoder.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/cbor.h"
#include "sdk/codec/timestamps.h"
#include "tests/support/compare.h"

namespace cloudchamber::mock {
namespace {

using test::Tally;
using test::VectorCase;

// The same time in whatever format.
bool same_time(const std::string& a, const std::string& b) {
  const auto x = parse_timestamp(a);
  const auto y = parse_timestamp(b);
  return x && y && *x == *y;
}

std::string spelled(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// Takes over `expected`'s spelling of times that `actual` writes in another format.
void align_times(const Json& expected, Json& actual) {
  if (expected.is_object() && actual.is_object()) {
    for (const auto& [name, value] : expected.items()) {
      if (actual.contains(name)) align_times(value, actual[name]);
    }
  } else if (expected.is_array() && actual.is_array()) {
    for (std::size_t i = 0; i < std::min(expected.size(), actual.size()); ++i) {
      align_times(expected[i], actual[i]);
    }
  } else if (expected != actual && same_time(spelled(expected), spelled(actual))) {
    actual = expected;
  }
}

// Leaves out what clients overlook: nulls, and what says which kind of value it is.
Json essential(const Json& value) {
  if (value.is_array()) {
    Json items = Json::array();
    for (const Json& item : value) items.push_back(essential(item));
    return items;
  }
  if (!value.is_object()) return value;
  Json members = Json::object();
  for (const auto& [name, member] : value.items()) {
    if (!member.is_null() && name != "__type") members[name] = essential(member);
  }
  return members;
}

// Request ids are everybody's own, namespaces of the root the service's; the order of different
// elements and text beside them mean nothing. Maps have no order among their entries either.
Json essential_xml(Json node, bool maps, bool root = true) {
  if (root && node.contains("attributes")) {
    node["attributes"].erase("xmlns");
    if (node["attributes"].empty()) node.erase("attributes");
  }
  if (!node.contains("children")) return node;
  node.erase("text");
  Json children = Json::array();
  for (const Json& child : node["children"]) {
    const std::string name = child["name"];
    if (name == "RequestId" || name == "requestId" || name == "RequestID" ||
        name == "ResponseMetadata") {
      continue;
    }
    children.push_back(essential_xml(child, maps, false));
  }
  std::stable_sort(children.begin(), children.end(), [maps](const Json& a, const Json& b) {
    return a["name"] != b["name"] || !maps ? a["name"] < b["name"] : a < b;
  });
  if (children.empty()) {
    node.erase("children");
  } else {
    node["children"] = std::move(children);
  }
  return node;
}

std::string without_namespace(std::string code) {
  code = code.substr(0, code.find(':'));
  const std::size_t hash = code.rfind('#');
  return hash == std::string::npos ? code : code.substr(hash + 1);
}

Json json_of(std::string_view body) {
  return body.empty() ? Json::object() : Json::parse(body, nullptr, false);
}

Json cbor_of(std::string_view body) { return body.empty() ? Json::object() : decode_cbor(body); }

std::string compared(Json expected, Json actual) {
  align_times(expected, actual);
  return test::difference(expected, actual);
}

std::string body_difference(const VectorCase& vector, const std::string& actual) {
  const auto& shapes = vector.model->shapes();
  const bool maps = std::any_of(shapes.begin(), shapes.end(),
                                [](const Shape* shape) { return shape->type == ShapeType::kMap; });
  const std::string expected = vector.response.body.to_string();
  const Protocol protocol = vector.model->protocol;
  const bool cbor = protocol == Protocol::kRpcV2Cbor;
  if (cbor || protocol == Protocol::kJson || protocol == Protocol::kRestJson) {
    Json wanted = cbor ? cbor_of(expected) : json_of(expected);
    Json got = cbor ? cbor_of(actual) : json_of(actual);
    if (wanted.is_discarded() || got.is_discarded()) {
      return test::body_difference(protocol, expected, actual);
    }
    if (vector.is_error) {
      // The name of the error may stand in the body or in a header.
      for (const char* name : {"__type", "code"}) {
        wanted.erase(name);
        got.erase(name);
      }
    }
    if (vector.operation->output == nullptr && !vector.is_error) wanted = Json::object();
    return compared(essential(wanted), essential(got));
  }
  if (expected.empty() || expected == "<xml/>") {
    // What the vector leaves out is nothing, or a document without members.
    if (actual.empty()) return "";
    const Json got = essential_xml(test::canonical_xml(actual), maps);
    for (const Json& child : got.value("children", Json::array())) {
      if (child.contains("children") || child.contains("text"))
        return "expected no body, got " + actual;
    }
    return "";
  }
  if (expected[expected.find_first_not_of(" \r\n\t")] != '<')
    return test::body_difference(protocol, expected, actual);
  if (actual.empty()) return "no body, expected " + expected;
  return compared(essential_xml(test::canonical_xml(expected), maps),
                  essential_xml(test::canonical_xml(actual), maps));
}

std::string error_name(const HttpResponse& response, const VectorCase& vector) {
  if (response.headers.contains("x-amzn-query-error")) {
    return std::string(response.headers.get("x-amzn-query-error"));
  }
  if (response.headers.contains("x-amzn-errortype")) {
    return without_namespace(std::string(response.headers.get("x-amzn-errortype")));
  }
  const std::string body = response.body.to_string();
  const bool cbor = vector.model->protocol == Protocol::kRpcV2Cbor;
  if (!cbor && (body.empty() || body.front() == '<')) return "";  // compared with the body
  const Json members = cbor ? cbor_of(body) : json_of(body);
  return without_namespace(members.value("__type", members.value("code", "")));
}

std::string media_type(const std::string& value) { return value.substr(0, value.find(';')); }

std::string header_difference(const VectorCase& vector, const HttpResponse& actual) {
  for (const auto& [name, value] : vector.response.headers) {
    if (name == "X-Amzn-Requestid" || name == "X-Amz-Target" || name == "X-Amzn-Errortype" ||
        name == "x-amzn-query-error") {
      continue;
    }
    // Nothing is of no type.
    if (name == "Content-Type" && actual.body.empty()) continue;
    if (name == "Content-Length") continue;
    const std::string* got = actual.headers.find(name);
    if (got == nullptr) return "no header " + name + ", expected " + value;
    if (name == "Content-Type" && media_type(*got) == media_type(value)) continue;
    if (*got != value && !same_time(*got, value))
      return name + ": expected " + value + ", got " + *got;
  }
  return "";
}

std::string check(const VectorCase& vector) {
  HttpResponse actual;
  if (vector.is_error) {
    AwsError error(vector.error_code, vector.error_message.value_or(""));
    for (const auto& [name, value] : vector.error_members.items()) {
      if (name != "message" && name != "Message") error.with(name, value);
    }
    actual = encode_error(*vector.model, vector.operation, error, "request-id");
  } else {
    Json output = vector.result;
    Blob stream;
    const Member* streaming = vector.operation->streaming_output();
    if (streaming != nullptr && output.contains(streaming->name)) {
      stream = Blob(bytes_of(output[streaming->name]));
      output.erase(streaming->name);
    }
    actual = encode_output(*vector.model, *vector.operation, output, stream, "request-id");
  }
  if (actual.status != vector.response.status) {
    return "expected status " + std::to_string(vector.response.status) + ", got " +
           std::to_string(actual.status);
  }
  if (vector.is_error && error_name(actual, vector) != error_name(vector.response, vector)) {
    return "expected the error " + error_name(vector.response, vector) + ", got " +
           error_name(actual, vector);
  }
  std::string difference = header_difference(vector, actual);
  return difference.empty() ? body_difference(vector, actual.body.to_string()) : difference;
}

TEST(Encode, MeansWhatTheResponseOfEveryProtocolVectorMeans) {
  const std::vector<VectorCase> cases = test::output_cases();
  if (cases.empty()) GTEST_SKIP() << "no protocol vectors in " << test::protocol_vectors_folder();
  Tally tally("encode");
  for (const VectorCase& vector : cases) {
    const std::string difference = check(vector);
    if (tally.count(vector, difference)) ADD_FAILURE() << vector.title() << "\n  " << difference;
  }
  std::cout << tally.summary() << "\n";
  EXPECT_GT(tally.cases(), 220U);
}

}  // namespace
}  // namespace cloudchamber::mock

// placebo's files, one a call: "s3.ListBuckets_1.json" holds {"status_code", "data"}, the data as
// boto3 returned it. github.com/garnaat/placebo.
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "recordings/import/formats.h"
#include "recordings/import/http_parts.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::recordings {
namespace {

std::string time_of(const Node& value) {
  const auto part = [&](const char* name, std::int64_t least, std::int64_t most,
                        std::int64_t otherwise) {
    const Node* const found = value.find(name);
    return static_cast<int>(found == nullptr ? otherwise : found->integer(name, least, most));
  };
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", part("year", 1, 9999, 0),
                part("month", 1, 12, 0), part("day", 1, 31, 0), part("hour", 0, 23, 0),
                part("minute", 0, 59, 0), part("second", 0, 59, 0),
                part("microsecond", 0, 999'999, 0) / 1000);
  const std::optional<TimePoint> time = parse_timestamp(text);
  if (!time) throw Refusal(value.line, "a datetime that is none");
  return iso8601(*time);
}

// The bytes of a stream. Before version 0.10 placebo wrote them as text; what could be both is told
// apart by the length that the response states.
Json stream_of(const Node& node, std::optional<std::size_t> length) {
  const Node& body = node.at("body");
  std::string text = body.text_or_nothing("the body of a stream");
  std::string packed = text;
  std::erase(packed, '\n');
  const std::optional<std::string> bytes = base64_decode(packed);
  const bool is_text = !bytes || (length && *length == text.size() && *length != bytes->size());
  return binary(is_text ? text : *bytes);
}

std::optional<std::size_t> length_in(const Node& response) {
  const Node* const length = response.find("ContentLength");
  if (length == nullptr || !length->scalar.is_number_unsigned()) return std::nullopt;
  return length->scalar.get<std::size_t>();
}

// What JSON lacks stands as an object that names its class. Only the two that placebo writes are
// known; they are values, and nothing is constructed of others.
Json value_of(const Node& node, std::optional<std::size_t> length = std::nullopt) {
  if (node.kind == Node::Kind::kScalar) return node.scalar;
  if (node.is_list()) {
    Json list = Json::array();
    for (const Node& item : node.items) list.push_back(value_of(item));
    return list;
  }
  if (const Node* const kind = node.find("__class__")) {
    const std::string name = kind->text("__class__");
    if (name == "datetime") return time_of(node);
    if (name != "StreamingBody") throw Refusal(kind->line, "the class " + name + " is not obeyed");
    return stream_of(node, length);
  }
  Json map = Json::object();
  for (const auto& [name, value] : node.members) map[name] = value_of(value, length_in(node));
  return map;
}

std::string service_of(const std::string& prefix) {
  // find_model() reads a model; the names alone tell all but one.
  return prefix == "streams.dynamodb" ? "dynamodbstreams" : prefix;
}

}  // namespace

bool is_placebo(const Node& root) {
  return root.find("status_code") != nullptr && root.find("data") != nullptr;
}

std::vector<ParsedResponse> read_placebo(const Node& root, const std::string& name) {
  const std::string file = std::filesystem::path(name).filename().string();
  const std::size_t number = file.rfind('_');
  // A service is named by the prefix of its endpoint: "streams.dynamodb".
  const std::size_t dot = number == std::string::npos ? number : file.rfind('.', number);
  if (dot == std::string::npos || number == std::string::npos || number < dot)
    throw Refusal(1, "placebo's, but its name is not service.Operation_N.json");
  ParsedResponse response;
  response.format = "placebo";
  response.service = service_of(file.substr(0, dot));
  response.operation = file.substr(dot + 1, number - dot - 1);
  response.where = name;
  response.status = status_of(root.at("status_code"));
  const Node& data = root.at("data");
  (void)data.map("data");
  response.result = value_of(data);
  response.result.erase("ResponseMetadata");
  if (const Node* const error = data.find("Error"); error != nullptr && response.status >= 300) {
    if (const Node* const code = error->find("Code"))
      response.error_code = code->text_or_nothing("Code");
    if (const Node* const message = error->find("Message"))
      response.error_message = message->text_or_nothing("Message");
    response.result.erase("Error");
  }
  return {std::move(response)};
}

}  // namespace cloudchamber::recordings

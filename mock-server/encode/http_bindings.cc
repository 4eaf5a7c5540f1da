#include "mock-server/encode/http_bindings.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/json_text.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock {
namespace {

// A header can't hold line ends or NUL: what a stranger smuggles in must not become a header.
std::string safe(std::string_view text) {
  std::string value(text);
  std::replace_if(
      value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
  return value;
}

// An element of a list, in quotes where it would else be taken for several.
std::string element_text(std::string_view text) {
  if (text.find_first_of(",\"") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string header_text(const Member& member, const Json& value) {
  std::string text;
  switch (member.shape->type) {
    case ShapeType::kTimestamp: {
      const std::optional<TimePoint> time = timestamp_of(value);
      if (!time) break;
      switch (member.timestamp()) {
        case TimestampFormat::kIso8601:
          return iso8601(*time);
        case TimestampFormat::kUnix:
          append_scalar(text, epoch_seconds(*time));
          return text;
        case TimestampFormat::kRfc822:
        case TimestampFormat::kUnset:
          return rfc822(*time);
      }
      break;
    }
    case ShapeType::kBlob:
      return base64_encode(bytes_of(value));
    case ShapeType::kList:
      for (const Json& item : value) {
        if (!text.empty()) text += ", ";
        const std::string one = header_text(member.shape->element, item);
        text += member.shape->element.shape->type == ShapeType::kString ? element_text(one) : one;
      }
      return text;
    default:
      break;
  }
  if (member.json_value && value.is_string()) {
    return base64_encode(value.get_ref<const std::string&>());
  }
  if (value.is_string()) return safe(value.get_ref<const std::string&>());
  if (!value.is_structured()) append_scalar(text, value);
  return text;
}

bool is_content_length(std::string_view name) { return name == "Content-Length"; }

}  // namespace

void encode_http_bindings(const Shape& shape, const Json& value, HttpResponse& response) {
  if (!value.is_object()) return;
  for (const Member& member : shape.members) {
    if (member.location == Location::kBody) continue;
    const auto found = value.find(member.name);
    if (found == value.end() || found->is_null()) continue;
    switch (member.location) {
      case Location::kHeader:
        if (is_content_length(member.wire_name())) {
          if (found->is_number_integer()) response.content_length = found->get<std::size_t>();
        } else {
          response.headers.add(member.wire_name(), header_text(member, *found));
        }
        break;
      case Location::kHeaders:
        if (!found->is_object()) break;
        for (const auto& [key, text] : found->items()) {
          response.headers.add(safe(member.location_name + key),
                               header_text(member.shape->value, text));
        }
        break;
      case Location::kStatusCode:
        if (found->is_number_integer()) response.status = found->get<int>();
        break;
      default:
        break;
    }
  }
}

bool is_in_response_body(const Member& member) {
  return member.location == Location::kBody || member.location == Location::kQueryString ||
         member.location == Location::kUri;
}

bool has_body_members(const Shape& shape) {
  return shape.payload.empty() &&
         std::any_of(shape.members.begin(), shape.members.end(), is_in_response_body);
}

void encode_raw_payload(const Member& payload, const Json& output, const Blob& stream,
                        HttpResponse& response) {
  const auto found = output.find(payload.name);
  response.body = found != output.end() ? Blob(bytes_of(*found)) : stream;
  if (!response.body.empty() && !response.headers.contains("Content-Type")) {
    response.headers.add("Content-Type", payload.shape->type == ShapeType::kString
                                             ? "text/plain"
                                             : "application/octet-stream");
  }
}

}  // namespace cloudchamber::mock

#include "mock-server/encode/json_writer.h"

#include <nlohmann/json.hpp>

#include "mock-server/encode/http_bindings.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/json_text.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock {
namespace {

void append_timestamp(std::string& out, const Member& member, const Json& value) {
  const std::optional<TimePoint> time = timestamp_of(value);
  if (!time) return append_json(out, value);
  switch (member.timestamp()) {
    case TimestampFormat::kIso8601:
      return append_json_string(out, iso8601(*time));
    case TimestampFormat::kRfc822:
      return append_json_string(out, rfc822(*time));
    case TimestampFormat::kUnix:
    case TimestampFormat::kUnset:
      return append_json(out, epoch_seconds(*time));
  }
}

void append_blob(std::string& out, const Json& value) {
  out += '"';
  out += base64_encode(bytes_of(value));
  out += '"';
}

const Member* body_member(const Shape& shape, const std::string& name) {
  const Member* member = shape.find(name);
  return member != nullptr && is_in_response_body(*member) ? member : nullptr;
}

}  // namespace

void append_json_members(std::string& out, const Shape& shape, const Json& value, bool& first) {
  if (!value.is_object()) return;
  for (const auto& [name, member_value] : value.get_ref<const Json::object_t&>()) {
    const Member* member = body_member(shape, name);
    if (member == nullptr || member_value.is_null()) continue;
    if (!first) out += ',';
    first = false;
    append_json_string(out, member->wire_name());
    out += ':';
    append_json_value(out, *member, member_value);
  }
}

void append_json_object(std::string& out, const Shape& shape, const Json& value) {
  bool first = true;
  out += '{';
  append_json_members(out, shape, value, first);
  out += '}';
}

void append_json_value(std::string& out, const Member& member, const Json& value) {
  const Shape& shape = *member.shape;
  if (shape.document) return append_json(out, value);
  switch (shape.type) {
    case ShapeType::kStructure:
      return append_json_object(out, shape, value);
    case ShapeType::kList: {
      out += '[';
      bool first = true;
      for (const Json& item : value) {
        if (!first) out += ',';
        first = false;
        append_json_value(out, shape.element, item);
      }
      out += ']';
      return;
    }
    case ShapeType::kMap: {
      out += '{';
      bool first = true;
      for (const auto& [key, item] : value.items()) {
        if (!first) out += ',';
        first = false;
        append_json_string(out, key);
        out += ':';
        append_json_value(out, shape.value, item);
      }
      out += '}';
      return;
    }
    case ShapeType::kBlob:
      return append_blob(out, value);
    case ShapeType::kTimestamp:
      return append_timestamp(out, member, value);
    default:
      return append_json(out, value);
  }
}

}  // namespace cloudchamber::mock

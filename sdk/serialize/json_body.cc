#include <nlohmann/json.hpp>

#include "sdk/codec/bytes.h"
#include "sdk/codec/json_text.h"
#include "sdk/serialize/protocols.h"

namespace cloudchamber::serializing {
namespace {

void append_list(std::string& out, const Shape& shape, const Json& value) {
  out += '[';
  bool first = true;
  for (const Json& element : value) {
    if (!first) out += ',';
    first = false;
    append_json_value(out, shape.element, element);
  }
  out += ']';
}

void append_map(std::string& out, const Shape& shape, const Json& value) {
  out += '{';
  bool first = true;
  for (const auto& [key, each] : value.get_ref<const Json::object_t&>()) {
    if (!first) out += ',';
    first = false;
    append_json_string(out, key);
    out += ':';
    append_json_value(out, shape.value, each);
  }
  out += '}';
}

// A string that carries JSON may be given as the value that it says.
void append_string(std::string& out, const Member& member, const Json& value) {
  if (value.is_string()) return append_json_string(out, value.get_ref<const std::string&>());
  if (!member.json_value) return append_json(out, value);
  std::string text;
  append_json(text, value);
  append_json_string(out, text);
}

void append_quoted(std::string& out, const Member& member, const Json& value) {
  out += '"';
  append_text(out, member, value, TimestampFormat::kUnset);
  out += '"';
}

}  // namespace

void append_json_structure(std::string& out, const Shape& shape, const Json& value) {
  out += '{';
  bool first = true;
  // By what is given, not by what the model knows: an AttributeValue has ten members and one of
  // them is given.
  for (const auto& [name, given] : value.get_ref<const Json::object_t&>()) {
    const Member* member = given.is_null() ? nullptr : shape.find(name);
    if (member == nullptr || member->location != Location::kBody) continue;
    if (!first) out += ',';
    first = false;
    append_json_string(out, member->wire_name());
    out += ':';
    append_json_value(out, *member, given);
  }
  out += '}';
}

void append_json_value(std::string& out, const Member& member, const Json& value) {
  const Shape& shape = *member.shape;
  if (value.is_null()) {
    out += "null";
    return;
  }
  switch (shape.type) {
    case ShapeType::kStructure:
      return shape.document ? append_json(out, value) : append_json_structure(out, shape, value);
    case ShapeType::kList:
      return append_list(out, shape, value);
    case ShapeType::kMap:
      return append_map(out, shape, value);
    case ShapeType::kString:
      return append_string(out, member, value);
    case ShapeType::kBlob:
      return append_quoted(out, member, value);
    case ShapeType::kTimestamp: {
      const TimestampFormat format = member.timestamp();
      if (format == TimestampFormat::kIso8601 || format == TimestampFormat::kRfc822)
        return append_quoted(out, member, value);
      return append_text(out, member, value, TimestampFormat::kUnix);
    }
    default:
      return append_json(out, value);
  }
}

}  // namespace cloudchamber::serializing

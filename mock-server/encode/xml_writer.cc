#include "mock-server/encode/xml_writer.h"

#include <nlohmann/json.hpp>

#include "mock-server/encode/http_bindings.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/json_text.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/xml.h"

namespace cloudchamber::mock {
namespace {

std::string_view named(const Member& part, std::string_view otherwise) {
  return part.location_name.empty() ? otherwise : std::string_view(part.location_name);
}

bool is_container(const Shape& shape) {
  return shape.type == ShapeType::kStructure || shape.type == ShapeType::kList ||
         shape.type == ShapeType::kMap;
}

}  // namespace

void XmlWriter::open(std::string_view name, std::string_view xml_namespace) {
  out_ += '<';
  out_ += name;
  if (!xml_namespace.empty()) xmlns({}, xml_namespace);
  out_ += '>';
}

void XmlWriter::close(std::string_view name) {
  out_ += "</";
  out_ += name;
  out_ += '>';
}

void XmlWriter::text(std::string_view name, std::string_view text) {
  open(name);
  append_xml_text(out_, text);
  close(name);
}

void XmlWriter::document(std::string_view name, const Shape& shape, const Json& value,
                         std::string_view xml_namespace) {
  out_ += '<';
  out_ += name;
  if (!xml_namespace.empty()) {
    xmlns({}, xml_namespace);
  } else {
    namespaces(nullptr, shape);
  }
  attributes(shape, value);
  out_ += '>';
  members(shape, value);
  close(name);
}

void XmlWriter::members(const Shape& shape, const Json& value) {
  if (!value.is_object()) return;
  for (const Member& one : shape.members) {
    if (!is_in_response_body(one) || one.xml_attribute) continue;
    const auto found = value.find(one.name);
    if (found != value.end() && !found->is_null()) member(one, *found);
  }
}

void XmlWriter::member(const Member& member, const Json& value) {
  const Shape& shape = *member.shape;
  if (!member.is_flattened() || !is_container(shape) || shape.type == ShapeType::kStructure) {
    return element(member.wire_name(), member, value);
  }
  if (shape.type == ShapeType::kList) {
    const std::string_view name = named(shape.element, member.wire_name());
    for (const Json& item : value) element(name, shape.element, item);
    return;
  }
  for (const auto& [key, item] : value.items()) {
    out_ += '<';
    out_ += member.wire_name();
    namespaces(&member, shape);
    out_ += '>';
    entry(shape, key, item);
    close(member.wire_name());
  }
}

void XmlWriter::element(std::string_view name, const Member& use, const Json& value) {
  const Shape& shape = *use.shape;
  out_ += '<';
  out_ += name;
  namespaces(&use, shape);
  if (shape.type == ShapeType::kStructure) attributes(shape, value);
  const std::size_t before = out_.size();
  out_ += '>';
  switch (shape.type) {
    case ShapeType::kStructure:
      members(shape, value);
      break;
    case ShapeType::kList:
      for (const Json& item : value) element(named(shape.element, "member"), shape.element, item);
      break;
    case ShapeType::kMap:
      for (const auto& [key, item] : value.items()) {
        open("entry");
        entry(shape, key, item);
        close("entry");
      }
      break;
    default:
      content(use, value);
  }
  if (out_.size() == before + 1) {
    out_.back() = '/';
    out_ += '>';
  } else {
    close(name);
  }
}

void XmlWriter::entry(const Shape& map, std::string_view key, const Json& value) {
  element(named(map.key, "key"), map.key, Json(std::string(key)));
  element(named(map.value, "value"), map.value, value);
}

void XmlWriter::content(const Member& member, const Json& value) {
  switch (member.shape->type) {
    case ShapeType::kBlob:
      out_ += base64_encode(bytes_of(value));
      return;
    case ShapeType::kTimestamp: {
      const std::optional<TimePoint> time = timestamp_of(value);
      if (!time) break;
      switch (member.timestamp()) {
        case TimestampFormat::kRfc822:
          out_ += rfc822(*time);
          return;
        case TimestampFormat::kUnix:
          append_scalar(out_, epoch_seconds(*time));
          return;
        case TimestampFormat::kIso8601:
        case TimestampFormat::kUnset:
          out_ += protocol_ != Protocol::kQuery ? iso8601_milliseconds(*time) : iso8601(*time);
          return;
      }
      return;
    }
    default:
      break;
  }
  if (value.is_string()) {
    append_xml_text(out_, value.get_ref<const std::string&>());
  } else if (!value.is_structured()) {
    append_scalar(out_, value);
  }
}

void XmlWriter::unmodelled(std::string_view name, const Json& value) {
  if (value.is_array()) {
    for (const Json& item : value) unmodelled(name, item);
    return;
  }
  open(name);
  if (value.is_object()) {
    for (const auto& [key, item] : value.items()) unmodelled(key, item);
  } else if (value.is_string()) {
    append_xml_text(out_, value.get_ref<const std::string&>());
  } else {
    append_scalar(out_, value);
  }
  close(name);
}

void XmlWriter::namespaces(const Member* use, const Shape& shape) {
  if (use != nullptr && !use->xml_namespace.empty())
    return xmlns(use->xml_prefix, use->xml_namespace);
  if (protocol_ == Protocol::kRestXml && !shape.xml_namespace.empty())
    xmlns(shape.xml_prefix, shape.xml_namespace);
}

void XmlWriter::xmlns(std::string_view prefix, std::string_view uri) {
  out_ += " xmlns";
  if (!prefix.empty()) {
    out_ += ':';
    out_ += prefix;
  }
  out_ += "=\"";
  append_xml_text(out_, uri, true);
  out_ += '"';
}

void XmlWriter::attributes(const Shape& shape, const Json& value) {
  if (!value.is_object()) return;
  for (const Member& member : shape.members) {
    if (!member.xml_attribute) continue;
    const auto found = value.find(member.name);
    if (found == value.end() || !found->is_string()) continue;
    out_ += ' ';
    out_ += member.wire_name();
    out_ += "=\"";
    append_xml_text(out_, found->get_ref<const std::string&>(), true);
    out_ += '"';
  }
}

}  // namespace cloudchamber::mock

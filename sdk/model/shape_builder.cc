// The half of ModelBuilder that reads shapes and their members.
#include <optional>
#include <string>
#include <utility>

#include "sdk/model/model_builder.h"
#include "sdk/model/vocabulary.h"

namespace cloudchamber {

using Kind = OrderedValue::Kind;

const Shape* ModelBuilder::shape_named(const std::string& shape, std::string_view where) const {
  const Shape* found = model_->find_shape(shape);
  if (found == nullptr) fail(where, "there is no shape '" + shape + "'");
  return found;
}

void ModelBuilder::read_shapes(const OrderedValue& shapes) {
  ServiceModel::Storage& storage = *model_->storage_;
  storage.shapes.resize(shapes.fields.size());
  storage.shape_by_name.reserve(shapes.fields.size());
  model_->shapes_.reserve(shapes.fields.size());
  for (std::size_t i = 0; i < shapes.fields.size(); ++i) {
    Shape& shape = storage.shapes[i];
    shape.name = shapes.fields[i].key;
    if (!storage.shape_by_name.emplace(shape.name, &shape).second) {
      fail(shape.name, "described twice");
    }
    model_->shapes_.push_back(&shape);
  }
  for (std::size_t i = 0; i < shapes.fields.size(); ++i) {
    read_shape(shapes.fields[i].value, storage.shapes[i]);
  }
  for (Shape& shape : storage.shapes) {
    for (Member& member : shape.members) {
      if (member.shape->streaming) member.streaming = true;
    }
  }
}

void ModelBuilder::read_shape(const OrderedValue& source, Shape& shape) {
  const std::string& type = source.text_of("type");
  const std::optional<ShapeType> known = value_named(kTypes, type);
  if (!known) fail(shape.name, "unknown type '" + type + "'");
  shape.type = *known;

  for (const OrderedValue::Field& field : source.fields) {
    const std::string& key = field.key;
    const OrderedValue& value = field.value;
    const bool set = value.boolean;
    if (key == "min" && value.kind == Kind::kNumber) shape.min = value.number;
    if (key == "max" && value.kind == Kind::kNumber) shape.max = value.number;
    if (key == "pattern") shape.pattern = value.text;
    if (key == "payload") shape.payload = value.text;
    if (key == "locationName") shape.location_name = value.text;
    if (key == "flattened") shape.flattened = set;
    if (key == "sensitive") shape.sensitive = set;
    if (key == "box") shape.box = set;
    if (key == "union") shape.is_union = set;
    if (key == "document") shape.document = set;
    if (key == "eventstream") shape.event_stream = set;
    if (key == "event") shape.event = set;
    if (key == "streaming") shape.streaming = set;
    if (key == "exception") shape.exception = set;
    if (key == "fault") shape.fault = set;
    if (key == "enum") {
      shape.enum_values.reserve(value.items.size());
      for (const OrderedValue& item : value.items) shape.enum_values.push_back(item.text);
    }
    if (key == "error") {
      shape.error_code = value.text_of("code");
      shape.error_status = value.int_of("httpStatusCode");
      shape.sender_fault = value.flag_of("senderFault");
      if (value.flag_of("fault")) shape.fault = true;
    }
  }
  XmlNamespace xml = xml_namespace_in(source);
  shape.xml_namespace = std::move(xml.uri);
  shape.xml_prefix = std::move(xml.prefix);
  shape.timestamp_format = timestamp_format_in(source);

  const auto part = [&](std::string_view key, Member& member) {
    const OrderedValue* stated = source.find(key);
    if (stated == nullptr) fail(shape.name, "has no '" + std::string(key) + "'");
    read_member(*stated, shape.name, member);
  };
  if (shape.type == ShapeType::kStructure) read_structure(source, shape);
  if (shape.type == ShapeType::kList) part("member", shape.element);
  if (shape.type == ShapeType::kMap) {
    part("key", shape.key);
    part("value", shape.value);
  }
}

void ModelBuilder::read_structure(const OrderedValue& source, Shape& shape) {
  if (const OrderedValue* members = source.find("members")) {
    shape.members.resize(members->fields.size());
    for (std::size_t i = 0; i < shape.members.size(); ++i) {
      Member& member = shape.members[i];
      member.name = members->fields[i].key;
      read_member(members->fields[i].value, shape.name, member);
    }
  }
  if (const OrderedValue* required = source.find("required")) {
    for (const OrderedValue& name : required->items) {
      const Member* member = shape.find(name.text);
      if (member == nullptr) fail(shape.name, "requires '" + name.text + "', not a member");
      shape.members[static_cast<std::size_t>(member - shape.members.data())].required = true;
    }
  }
  if (!shape.payload.empty() && shape.find(shape.payload) == nullptr) {
    fail(shape.name, "has the payload '" + shape.payload + "', not a member");
  }
}

void ModelBuilder::read_member(const OrderedValue& source, std::string_view where, Member& member) {
  member.shape = shape_named(source.text_of("shape"), where);
  for (const OrderedValue::Field& field : source.fields) {
    const std::string& key = field.key;
    const OrderedValue& value = field.value;
    const bool set = value.boolean;
    if (key == "shape" || key == "documentation") continue;
    if (key == "location") {
      const std::optional<Location> location = value_named(kLocations, value.text);
      if (!location) fail(where, "unknown location '" + value.text + "'");
      member.location = *location;
    }
    if (key == "locationName") member.location_name = value.text;
    if (key == "queryName") member.query_name = value.text;
    if (key == "contextParam") member.context_param = value.text_of("name");
    if (key == "flattened") member.flattened = set;
    if (key == "streaming") member.streaming = set;
    if (key == "xmlAttribute") member.xml_attribute = set;
    if (key == "idempotencyToken") member.idempotency_token = set;
    if (key == "hostLabel") member.host_label = set;
    if (key == "jsonvalue") member.json_value = set;
    if (key == "eventpayload") member.event_payload = set;
    if (key == "eventheader") member.event_header = set;
    if (key == "deprecated") member.deprecated = set;
    if (key == "timestampFormat") member.timestamp_format = timestamp_format_in(source);
    if (key == "xmlNamespace") {
      XmlNamespace xml = xml_namespace_in(source);
      member.xml_namespace = std::move(xml.uri);
      member.xml_prefix = std::move(xml.prefix);
    }
  }
}

}  // namespace cloudchamber

// REST XML: https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
#include <nlohmann/json.hpp>

#include "sdk/codec/xml.h"
#include "sdk/serialize/http_bindings.h"

namespace cloudchamber::serializing {
namespace {

constexpr TimestampFormat kTimes = TimestampFormat::kIso8601;

class XmlWriter {
 public:
  // The element of a value, or the several elements of a flattened list or map.
  void element(const std::string& name, const Member& member, const Json& value) {
    switch (member.shape->type) {
      case ShapeType::kStructure:
        return structure(name, member, value);
      case ShapeType::kList:
        return list(name, member, value);
      case ShapeType::kMap:
        return map(name, member, value);
      default:
        open(name, member);
        text(member, value, /*attribute=*/false);
        return close(name);
    }
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void open(const std::string& name, const Member& member, const Json* structure = nullptr) {
    out_ += '<';
    out_ += name;
    const bool own = !member.xml_namespace.empty();
    name_space(own ? member.xml_namespace : member.shape->xml_namespace,
               own ? member.xml_prefix : member.shape->xml_prefix);
    if (structure != nullptr) attributes(*member.shape, *structure);
    out_ += '>';
  }

  void close(const std::string& name) {
    out_ += "</";
    out_ += name;
    out_ += '>';
  }

  void name_space(const std::string& uri, const std::string& prefix) {
    if (uri.empty()) return;
    out_ += prefix.empty() ? " xmlns" : " xmlns:";
    out_ += prefix;
    out_ += "=\"";
    append_xml_text(out_, uri, true);
    out_ += '"';
  }

  void attributes(const Shape& shape, const Json& value) {
    for (const Member& member : shape.members) {
      if (!member.xml_attribute) continue;
      const Json* given = find_value(value, member.name);
      if (given == nullptr) continue;
      out_ += ' ';
      out_ += member.wire_name();
      out_ += "=\"";
      text(member, *given, /*attribute=*/true);
      out_ += '"';
    }
  }

  void text(const Member& member, const Json& value, bool attribute) {
    if (member.shape->type != ShapeType::kString) return append_text(out_, member, value, kTimes);
    text_.clear();
    append_text(text_, member, value, kTimes);
    append_xml_text(out_, text_, attribute);
  }

  void structure(const std::string& name, const Member& member, const Json& value) {
    open(name, member, &value);
    for (const Member& inner : member.shape->members) {
      if (inner.location != Location::kBody || inner.xml_attribute) continue;
      if (const Json* given = find_value(value, inner.name); given != nullptr)
        element(inner.wire_name(), inner, *given);
    }
    close(name);
  }

  void list(const std::string& name, const Member& member, const Json& value) {
    const Member& each = member.shape->element;
    if (member.is_flattened()) {
      for (const Json& item : value) element(name, each, item);
      return;
    }
    const std::string item_name = each.location_name.empty() ? "member" : each.location_name;
    open(name, member);
    for (const Json& item : value) element(item_name, each, item);
    close(name);
  }

  void map(const std::string& name, const Member& member, const Json& value) {
    const Member& key = member.shape->key;
    const Member& held = member.shape->value;
    const std::string key_name = key.location_name.empty() ? "key" : key.location_name;
    const std::string value_name = held.location_name.empty() ? "value" : held.location_name;
    const bool flat = member.is_flattened();
    if (!flat) open(name, member);
    for (const auto& [each_key, each] : value.get_ref<const Json::object_t&>()) {
      flat ? open(name, member) : void(out_ += "<entry>");
      element(key_name, key, each_key);
      element(value_name, held, each);
      flat ? close(name) : void(out_ += "</entry>");
    }
    if (!flat) close(name);
  }

  std::string out_, text_;
};

void set_body(const std::string& root, const Member& member, const Json& value,
              HttpRequest& request) {
  XmlWriter writer;
  writer.element(root, member, value);
  add_content_type(request, "application/xml");
  request.body = Blob(writer.take());
}

const std::string& first_of(const std::string& a, const std::string& b, const std::string& c) {
  return !a.empty() ? a : !b.empty() ? b : c;
}

bool any_in_body(const Shape& input, const Json& parameters) {
  for (const Member& member : input.members)
    if (member.location == Location::kBody && find_value(parameters, member.name) != nullptr)
      return true;
  return false;
}

}  // namespace

void rest_xml(const Call& call, HttpRequest& request) {
  bind_uri_and_headers(call, request);
  const Shape* input = call.operation.input;
  if (input == nullptr) return;
  if (const Member* payload = payload_member(call.operation); payload != nullptr) {
    if (bind_raw_payload(call, *payload, request)) return;
    if (const Json* value = find_value(call.parameters, payload->name); value != nullptr)
      set_body(
          first_of(payload->location_name, payload->shape->location_name, payload->shape->name),
          *payload, *value, request);
    return;
  }
  if (!any_in_body(*input, call.parameters)) return;
  Member root;
  root.shape = input;
  root.xml_namespace = call.operation.input_xml_namespace;
  set_body(first_of(call.operation.input_location_name, input->location_name, input->name), root,
           call.parameters, request);
}

}  // namespace cloudchamber::serializing

// REST XML: https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
#include <algorithm>

#include "sdk/codec/xml.h"
#include "sdk/parse/protocols.h"

namespace cloudchamber::parsing {
namespace {

Json read_event_body(const Shape& event, std::string_view payload) {
  return read_xml_structure(event, parse_xml(payload).document_element());
}

void read_payload(const Reply& reply, const Member& payload, Json& result) {
  if (payload.shape->event_stream)
    result[payload.name] = read_events(*payload.shape, reply.body, read_event_body);
  else if (!read_raw_payload(reply, payload, result) && !reply.body.empty())
    result[payload.name] = read_xml_value(payload, parse_xml(reply.body).document_element());
}

bool is_scalar(const Shape& shape) {
  return shape.type != ShapeType::kStructure && shape.type != ShapeType::kList &&
         shape.type != ShapeType::kMap;
}

bool has_elements(const pugi::xml_node& element) {
  for (const pugi::xml_node& child : element.children())
    if (child.type() == pugi::node_element) return true;
  return false;
}

// The root may itself be the one member that the output has: S3 answers GetBucketLocation with
// <LocationConstraint>eu-west-1</LocationConstraint>, and an empty one says nothing.
bool read_root_as_member(const Shape& output, const pugi::xml_node& root, Json& result) {
  if (has_elements(root)) return false;
  for (const Member& member : output.members) {
    if (!is_in_body(member) || !is_scalar(*member.shape) || local_name(root) != member.wire_name())
      continue;
    if (!root.first_child().empty()) result[member.name] = read_xml_value(member, root);
    return true;
  }
  return false;
}

void read_body(const Reply& reply, const Shape& output, Json& result) {
  if (reply.body.empty()) return;
  const pugi::xml_document document = parse_xml(reply.body);
  const pugi::xml_node root = document.document_element();
  if (!read_root_as_member(output, root, result)) result = read_xml_structure(output, root);
}

}  // namespace

Json rest_xml_output(const Reply& reply, const Shape& output) {
  Json result = Json::object();
  if (const Member* payload = payload_member(output); payload != nullptr)
    read_payload(reply, *payload, result);
  else if (std::any_of(output.members.begin(), output.members.end(),
                       [](const Member& m) { return is_in_body(m); }))
    read_body(reply, output, result);
  read_headers(output, reply.response, result);
  return result;
}

}  // namespace cloudchamber::parsing

// REST with an XML body.
#include <cstdint>
#include <nlohmann/json.hpp>

#include "mock-server/encode/events.h"
#include "mock-server/encode/http_bindings.h"
#include "mock-server/encode/protocols.h"
#include "mock-server/encode/wire_details.h"
#include "mock-server/encode/xml_error.h"
#include "mock-server/encode/xml_writer.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock {
namespace {

// S3's second id names the machine that answered, in 56 bytes. There is none: it is made from the
// first id, so that the same calls give the same bytes.
std::string host_id(std::string_view request_id) {
  constexpr std::size_t kBytes = 56;
  std::uint64_t state = 0xcbf29ce484222325U;
  for (const char c : request_id) {
    state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  std::string bytes;
  while (bytes.size() < kBytes) {
    state += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    mixed ^= mixed >> 31;
    for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(mixed >> shift & 0xff);
  }
  return base64_encode(bytes);
}

void add_ids(const ServiceModel& service, std::string_view request_id, HttpResponse& response) {
  if (is_s3_like(service)) {
    response.headers.add("x-amz-request-id", std::string(request_id));
    response.headers.add("x-amz-id-2", host_id(request_id));
  } else {
    response.headers.add("x-amzn-RequestId", std::string(request_id));
  }
}

void set_xml(HttpResponse& response, std::string body) {
  response.headers.set("Content-Type", "application/xml");
  response.body = Blob(std::move(body));
}

std::string_view root_of(const Success& success, const Shape& shape, const Member* payload) {
  const std::string_view stated = output_root(success.service, success.operation);
  if (!stated.empty()) return stated;
  // A name that only repeats the member's is not one that AWS states.
  if (payload != nullptr && !payload->location_name.empty() &&
      payload->location_name != payload->name) {
    return payload->location_name;
  }
  if (payload == nullptr && !success.operation.output_location_name.empty()) {
    return success.operation.output_location_name;
  }
  return shape.location_name.empty() ? shape.name : shape.location_name;
}

// A structure as the whole document.
void encode_document(const Success& success, const Shape& shape, const Member* payload,
                     const Json& value, HttpResponse& response) {
  const WireDetails& details = wire_details(success.service);
  std::string_view xml_namespace = details.xml_namespace;
  if (xml_namespace.empty() && payload != nullptr) xml_namespace = payload->xml_namespace;
  if (xml_namespace.empty() && shape.xml_namespace.empty()) {
    xml_namespace = success.service.xml_namespace;
  }
  const std::string_view root = root_of(success, shape, payload);
  std::string body(details.xml_declaration);
  XmlWriter xml(body, Protocol::kRestXml);
  if (has_unwrapped_output(success.service, success.operation)) {
    const Member& only = shape.members.front();
    xml.open(root, xml_namespace);
    if (const auto found = value.find(only.name); found != value.end()) xml.content(only, *found);
    xml.close(root);
  } else {
    xml.document(root, shape, value, xml_namespace);
  }
  set_xml(response, std::move(body));
}

// In no namespace, as S3's recorded <Stats xmlns="">; that has no Content-Type for the whole
// either.
std::string event_document(const Shape& shape, const Json& value) {
  const std::string& name = shape.location_name.empty() ? shape.name : shape.location_name;
  std::string body = "<" + name + " xmlns=\"\">";
  XmlWriter xml(body, Protocol::kRestXml);
  xml.members(shape, value);
  xml.close(name);
  return body;
}

}  // namespace

HttpResponse encode_rest_xml(const Success& success) {
  HttpResponse response;
  response.status = success.operation.response_code;
  add_ids(success.service, success.request_id, response);
  const Shape* output = success.operation.output;
  if (output == nullptr) return response;
  encode_http_bindings(*output, success.output, response);
  if (output->payload.empty()) {
    if (has_body_members(*output)) {
      encode_document(success, *output, nullptr, success.output, response);
    }
    return response;
  }
  const Member& payload = *output->find(output->payload);
  if (payload.shape->event_stream) {
    if (const auto found = success.output.find(payload.name); found != success.output.end())
      response.body = encode_events(*payload.shape, *found, "text/xml", event_document);
    return response;
  }
  if (payload.shape->type != ShapeType::kStructure) {
    encode_raw_payload(payload, success.output, success.stream, response);
  } else if (const auto found = success.output.find(payload.name); found != success.output.end()) {
    encode_document(success, *payload.shape, &payload, *found, response);
  }
  return response;
}

HttpResponse encode_rest_xml_error(const WireError& error) {
  HttpResponse response;
  add_ids(error.service, error.request_id, response);
  if (error.shape != nullptr) encode_http_bindings(*error.shape, error.members(), response);
  const WireDetails& details = wire_details(error.service);
  std::string body(details.xml_declaration);
  XmlWriter xml(body, Protocol::kRestXml);
  if (is_s3_like(error.service)) {
    xml.open("Error");
    append_xml_error(xml, error);
    xml.text("RequestId", error.request_id);
    xml.text("HostId", host_id(error.request_id));
    xml.close("Error");
  } else {
    xml.open("ErrorResponse", error.service.xml_namespace);
    xml.open("Error");
    xml.text("Type", error.is_servers_fault() ? "Receiver" : "Sender");
    append_xml_error(xml, error);
    xml.close("Error");
    xml.text("RequestId", error.request_id);
    xml.close("ErrorResponse");
  }
  set_xml(response, std::move(body));
  return response;
}

}  // namespace cloudchamber::mock

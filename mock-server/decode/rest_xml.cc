// REST with an XML body, as S3 speaks it: a document has the root that the model names and holds
// only what the model knows, else it "did not validate against our published schema".
#include <nlohmann/json.hpp>

#include "mock-server/decode/http_bindings.h"
#include "mock-server/decode/protocols.h"
#include "mock-server/decode/xml_reader.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock {
namespace {

AwsError bad_uri() { return {"InvalidURI", "Couldn't parse the specified URI.", 400}; }

AwsError bad_value(const Member& member, std::string_view value) {
  const std::string& name = member.wire_name();
  const bool whole =
      member.shape->type == ShapeType::kInteger || member.shape->type == ShapeType::kLong;
  AwsError error("InvalidArgument",
                 whole ? "Provided " + name + " not an integer or within integer range"
                       : "The value of " + name + " is not valid",
                 400);
  error.with("ArgumentName", name);
  error.with("ArgumentValue", std::string(value));
  return error;
}

constexpr HttpRefusals kRefusals = {bad_uri, bad_value};

void read_payload(const Member& payload, std::string_view body, Json& members) {
  const Shape& shape = *payload.shape;
  if (shape.event_stream || body.empty()) return;
  if (shape.type == ShapeType::kBlob) {
    members[payload.name] = binary(body);
  } else if (shape.type == ShapeType::kString) {
    if (!is_utf8(body)) throw malformed_xml();
    members[payload.name] = body;
  } else {
    members[payload.name] = read_xml(
        shape, {payload.location_name, shape.location_name, shape.name, payload.name}, body);
  }
}

}  // namespace

Json decode_rest_xml(const ServiceModel& /*service*/, const Operation& operation,
                     const HttpRequest& request) {
  Json members = decode_http_bindings(kRefusals, operation, request);
  if (operation.input == nullptr) return members;
  std::string scratch;
  if (const Member* payload = payload_of(operation)) {
    if (!payload->streaming) read_payload(*payload, request.body.flat(scratch), members);
  } else if (has_members_in_body(*operation.input) && !request.body.empty()) {
    members.update(read_xml(
        *operation.input,
        {operation.input_location_name, operation.input->location_name, operation.input->name},
        request.body.flat(scratch)));
  }
  return members;
}

}  // namespace cloudchamber::mock

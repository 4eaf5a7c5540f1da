// REST with a JSON body.
#include <nlohmann/json.hpp>

#include "mock-server/decode/http_bindings.h"
#include "mock-server/decode/json_reader.h"
#include "mock-server/decode/json_texts.h"
#include "mock-server/decode/protocols.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock {
namespace {

AwsError bad_uri() { return {"UnknownOperationException", "", 404}; }

AwsError bad_value(const Member& member, std::string_view /*value*/) {
  return json_texts::unexpected_scalar(*member.shape, "STRING_VALUE", true);
}

constexpr HttpRefusals kRefusals = {bad_uri, bad_value};

void read_payload(const ServiceModel& service, const Member& payload, std::string_view body,
                  Json& members) {
  if (payload.streaming || payload.shape->event_stream || body.empty()) return;
  const Shape& shape = *payload.shape;
  if (shape.document) {
    members[payload.name] = read_json_document(service, body);
  } else if (shape.type == ShapeType::kStructure) {
    members[payload.name] = read_json(service, shape, body);
  } else if (shape.type == ShapeType::kBlob) {
    members[payload.name] = binary(body);
  } else {
    if (!is_utf8(body)) throw json_texts::serialization("");
    members[payload.name] = body;
  }
}

}  // namespace

Json decode_rest_json(const ServiceModel& service, const Operation& operation,
                      const HttpRequest& request) {
  Json members = decode_http_bindings(kRefusals, operation, request);
  if (operation.input == nullptr) return members;
  std::string scratch;
  if (const Member* payload = payload_of(operation)) {
    if (!payload->streaming) {
      read_payload(service, *payload, request.body.flat(scratch), members);
    }
  } else if (has_members_in_body(*operation.input) && !request.body.empty()) {
    members.update(read_json(service, *operation.input, request.body.flat(scratch)));
  }
  return members;
}

}  // namespace cloudchamber::mock

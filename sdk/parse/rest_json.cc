// REST JSON: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
#include <algorithm>

#include "sdk/parse/protocols.h"

namespace cloudchamber::parsing {
namespace {

Json read_event_body(const Shape& event, std::string_view payload) {
  Json value = parse_json_body(payload);
  fit_structure(event, value);
  return value;
}

void read_payload(const Reply& reply, const Member& payload, Json& result) {
  if (payload.shape->event_stream) {
    result[payload.name] = read_events(*payload.shape, reply.body, read_event_body);
  } else if (!read_raw_payload(reply, payload, result) && !reply.body.empty()) {
    Json value = parse_json_body(reply.body);
    fit_value(payload, value);
    if (!value.is_null()) result[payload.name] = std::move(value);
  }
}

}  // namespace

Json rest_json_output(const Reply& reply, const Shape& output) {
  Json result = Json::object();
  if (const Member* payload = payload_member(output); payload != nullptr) {
    read_payload(reply, *payload, result);
  } else if (std::any_of(output.members.begin(), output.members.end(),
                         [](const Member& m) { return is_in_body(m); })) {
    result = parse_json_body(reply.body);
    fit_structure(output, result);
  }
  read_headers(output, reply.response, result);
  return result;
}

}  // namespace cloudchamber::parsing

// REST JSON: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
#include <algorithm>
#include <nlohmann/json.hpp>

#include "sdk/serialize/http_bindings.h"

namespace cloudchamber::serializing {
namespace {

void set_body(std::string body, HttpRequest& request) {
  add_content_type(request, "application/json");
  request.body = Blob(std::move(body));
}

// A structure that is the payload is "{}" when absent; a union or document has no such value.
void payload_body(const Call& call, const Member& payload, HttpRequest& request) {
  const Json* value = find_value(call.parameters, payload.name);
  std::string body;
  if (value != nullptr)
    append_json_value(body, payload, *value);
  else if (payload.shape->type == ShapeType::kStructure && !payload.shape->is_union &&
           !payload.shape->document)
    body = "{}";
  else
    return;
  set_body(std::move(body), request);
}

}  // namespace

void rest_json(const Call& call, HttpRequest& request) {
  bind_uri_and_headers(call, request);
  const Shape* input = call.operation.input;
  if (input == nullptr) return;
  if (const Member* payload = payload_member(call.operation); payload != nullptr) {
    if (!bind_raw_payload(call, *payload, request)) payload_body(call, *payload, request);
    return;
  }
  const bool has_body = std::any_of(input->members.begin(), input->members.end(),
                                    [](const Member& m) { return m.location == Location::kBody; });
  if (!has_body) return;
  std::string body;
  append_json_structure(body, *input, call.parameters);
  set_body(std::move(body), request);
}

}  // namespace cloudchamber::serializing

// REST with a JSON body.
#include <nlohmann/json.hpp>

#include "mock-server/encode/events.h"
#include "mock-server/encode/http_bindings.h"
#include "mock-server/encode/json_writer.h"
#include "mock-server/encode/protocols.h"
#include "sdk/codec/json_text.h"

namespace cloudchamber::mock {
namespace {

void set_json(HttpResponse& response, std::string body) {
  response.headers.set("Content-Type", "application/json");
  response.body = Blob(std::move(body));
}

std::string event_document(const Shape& shape, const Json& value) {
  std::string body;
  append_json_object(body, shape, value);
  return body;
}

void encode_payload(const Member& payload, const Success& success, HttpResponse& response) {
  const ShapeType type = payload.shape->type;
  if (!payload.shape->document && (type == ShapeType::kBlob || type == ShapeType::kString)) {
    return encode_raw_payload(payload, success.output, success.stream, response);
  }
  const auto found = success.output.find(payload.name);
  if (found == success.output.end()) return;
  if (payload.shape->event_stream) {
    response.headers.set("Content-Type", "application/vnd.amazon.eventstream");
    response.body = encode_events(*payload.shape, *found, "application/json", event_document);
    return;
  }
  std::string body;
  append_json_value(body, payload, *found);
  set_json(response, std::move(body));
}

}  // namespace

HttpResponse encode_rest_json(const Success& success) {
  HttpResponse response;
  response.status = success.operation.response_code;
  response.headers.add("x-amzn-RequestId", std::string(success.request_id));
  const Shape* output = success.operation.output;
  if (output == nullptr) return response;
  encode_http_bindings(*output, success.output, response);
  if (!output->payload.empty()) {
    encode_payload(*output->find(output->payload), success, response);
  } else {
    std::string body;
    append_json_object(body, *output, success.output);
    set_json(response, std::move(body));
  }
  return response;
}

HttpResponse encode_rest_json_error(const WireError& error) {
  HttpResponse response;
  response.headers.add("x-amzn-RequestId", std::string(error.request_id));
  response.headers.add("x-amzn-ErrorType", error.shape != nullptr ? error.shape->name : error.code);
  if (error.shape != nullptr) encode_http_bindings(*error.shape, error.members(), response);
  std::string body = "{";
  bool first = true;
  Json members = error.members();
  members.erase("message");
  members.erase("Message");
  const std::string message = error.error.message();
  if (!message.empty()) members[error.message_member] = message;
  for (const auto& [name, value] : members.items()) {
    const Member* member = error.shape != nullptr ? error.shape->find(name) : nullptr;
    if (member != nullptr && !is_in_response_body(*member)) continue;
    if (!first) body += ',';
    first = false;
    append_json_string(body, member != nullptr ? member->wire_name() : name);
    body += ':';
    if (member != nullptr) {
      append_json_value(body, *member, value);
    } else {
      append_json(body, value);
    }
  }
  body += '}';
  set_json(response, std::move(body));
  return response;
}

}  // namespace cloudchamber::mock

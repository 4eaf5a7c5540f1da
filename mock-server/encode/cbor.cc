// Smithy RPC v2 CBOR.
#include "sdk/codec/cbor.h"

#include <nlohmann/json.hpp>

#include "mock-server/encode/protocols.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock {
namespace {

void write(CborWriter& cbor, const Shape& shape, const Json& value);

void write_members(CborWriter& cbor, const Shape& shape, const Json& value) {
  if (!value.is_object()) return;
  for (const auto& [name, member_value] : value.get_ref<const Json::object_t&>()) {
    const Member* member = shape.find(name);
    if (member == nullptr || member_value.is_null()) continue;
    cbor.text(member->wire_name());
    write(cbor, *member->shape, member_value);
  }
}

void write(CborWriter& cbor, const Shape& shape, const Json& value) {
  if (shape.document) return cbor.value(value);
  switch (shape.type) {
    case ShapeType::kStructure:
      cbor.begin_map();
      write_members(cbor, shape, value);
      return cbor.end();
    case ShapeType::kList:
      cbor.begin_array();
      for (const Json& item : value) write(cbor, *shape.element.shape, item);
      return cbor.end();
    case ShapeType::kMap:
      cbor.begin_map();
      for (const auto& [key, item] : value.items()) {
        cbor.text(key);
        write(cbor, *shape.value.shape, item);
      }
      return cbor.end();
    case ShapeType::kBlob:
      return cbor.bytes(bytes_of(value));
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      return cbor.number(value);
    case ShapeType::kTimestamp:
      if (const std::optional<TimePoint> time = timestamp_of(value)) return cbor.timestamp(*time);
      return cbor.value(value);
    default:
      return cbor.value(value);
  }
}

HttpResponse answer(std::string_view request_id) {
  HttpResponse response;
  response.headers.add("x-amzn-RequestId", std::string(request_id));
  response.headers.add("smithy-protocol", "rpc-v2-cbor");
  return response;
}

void set_cbor(HttpResponse& response, std::string body) {
  response.headers.add("Content-Type", "application/cbor");
  response.body = Blob(std::move(body));
}

}  // namespace

HttpResponse encode_cbor(const Success& success) {
  HttpResponse response = answer(success.request_id);
  response.status = success.operation.response_code;
  if (success.operation.output != nullptr) {
    std::string body;
    CborWriter cbor(body);
    write(cbor, *success.operation.output, success.output);
    set_cbor(response, std::move(body));
  }
  return response;
}

HttpResponse encode_cbor_error(const WireError& error) {
  HttpResponse response = answer(error.request_id);
  if (!error.query_code.empty()) {
    response.headers.add("x-amzn-query-error",
                         error.query_code + (error.is_servers_fault() ? ";Receiver" : ";Sender"));
  }
  std::string body;
  CborWriter cbor(body);
  cbor.begin_map();
  cbor.text("__type");
  cbor.text(error.type);
  if (const std::string message = error.error.message(); !message.empty()) {
    cbor.text(error.message_member);
    cbor.text(message);
  }
  for (const auto& [name, value] : error.members().items()) {
    if (name == "message" || name == "Message") continue;
    const Member* member = error.shape != nullptr ? error.shape->find(name) : nullptr;
    cbor.text(member != nullptr ? member->wire_name() : name);
    if (member != nullptr) {
      write(cbor, *member->shape, value);
    } else {
      cbor.value(value);
    }
  }
  cbor.end();
  set_cbor(response, std::move(body));
  return response;
}

}  // namespace cloudchamber::mock

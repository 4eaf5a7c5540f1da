// Smithy RPC v2 CBOR: https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
#include "sdk/codec/cbor.h"

#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"
#include "sdk/serialize/protocols.h"

namespace cloudchamber::serializing {
namespace {

void write(CborWriter& out, const Member& member, const Json& value);

void write_structure(CborWriter& out, const Shape& shape, const Json& value) {
  out.begin_map();
  for (const auto& [name, given] : value.get_ref<const Json::object_t&>()) {
    const Member* member = given.is_null() ? nullptr : shape.find(name);
    if (member == nullptr) continue;
    out.text(member->wire_name());
    write(out, *member, given);
  }
  out.end();
}

void write(CborWriter& out, const Member& member, const Json& value) {
  const Shape& shape = *member.shape;
  if (value.is_null()) return out.null();
  switch (shape.type) {
    case ShapeType::kStructure:
      return shape.document ? out.value(value) : write_structure(out, shape, value);
    case ShapeType::kList:
      out.begin_array(value.size());
      for (const Json& each : value) write(out, shape.element, each);
      return;
    case ShapeType::kMap:
      out.begin_map(value.size());
      for (const auto& [key, each] : value.get_ref<const Json::object_t&>()) {
        out.text(key);
        write(out, shape.value, each);
      }
      return;
    case ShapeType::kBlob:
      return out.bytes(bytes_of(value));
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      return out.number(value);
    case ShapeType::kTimestamp:
      if (const auto time = timestamp_of(value); time) return out.timestamp(*time);
      throw ParamValidationError(member.name + " is not a timestamp");
    default:
      return out.value(value);
  }
}

}  // namespace

void cbor(const Call& call, HttpRequest& request) {
  request.target = "/service/" + call.service.target_prefix + "/operation/" + call.operation.name;
  request.headers.add("smithy-protocol", "rpc-v2-cbor");
  request.headers.add("Accept", "application/cbor");
  if (call.service.query_compatible) request.headers.add("x-amzn-query-mode", "true");
  if (call.operation.input == nullptr) return;
  request.headers.add("Content-Type", "application/cbor");
  std::string body;
  CborWriter writer(body);
  write_structure(writer, *call.operation.input, call.parameters);
  request.body = Blob(std::move(body));
}

}  // namespace cloudchamber::serializing

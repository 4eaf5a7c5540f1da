// Smithy RPC v2 CBOR: https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
#include "sdk/codec/cbor.h"

#include "sdk/parse/protocols.h"

namespace cloudchamber::parsing {
namespace {

Json body_of(const Reply& reply) {
  return reply.body.empty() ? Json::object() : decode_cbor(reply.body);
}

}  // namespace

Json cbor_output(const Reply& reply, const Shape& output) {
  Json result = body_of(reply);
  fit_structure(output, result);
  return result;
}

ParsedError cbor_error(const Reply& reply) { return object_error(reply, body_of(reply)); }

}  // namespace cloudchamber::parsing

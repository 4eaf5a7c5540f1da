// AWS JSON 1.0 and 1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
#include "sdk/parse/protocols.h"

namespace cloudchamber::parsing {

Json json_output(const Reply& reply, const Shape& output) {
  Json result = parse_json_body(reply.body);
  fit_structure(output, result);
  return result;
}

ParsedError json_error(const Reply& reply) {
  return object_error(reply, parse_json_body(reply.body));
}

}  // namespace cloudchamber::parsing

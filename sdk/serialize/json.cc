// AWS JSON 1.0 and 1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
#include <nlohmann/json.hpp>

#include "sdk/serialize/protocols.h"

namespace cloudchamber::serializing {

void json(const Call& call, HttpRequest& request) {
  request.headers.add("X-Amz-Target", call.service.target_prefix + '.' + call.operation.name);
  request.headers.add("Content-Type", "application/x-amz-json-" + call.service.json_version);
  if (call.service.query_compatible) request.headers.add("x-amzn-query-mode", "true");
  std::string body;
  if (call.operation.input != nullptr)
    append_json_structure(body, *call.operation.input, call.parameters);
  else
    body = "{}";
  request.body = Blob(std::move(body));
}

}  // namespace cloudchamber::serializing

#include "sdk/serialize/serializer.h"

#include <nlohmann/json.hpp>

#include "sdk/serialize/http_bindings.h"
#include "sdk/serialize/protocols.h"

namespace cloudchamber {

HttpRequest serialize(const ServiceModel& service, const Operation& operation,
                      const Json& parameters, const Blob* stream) {
  using namespace serializing;
  HttpRequest request;
  request.method = operation.http_method;
  request.target = operation.request_uri;
  request.host = host_prefix(operation, parameters);
  const Call call{service, operation, parameters, stream};
  switch (service.protocol) {
    case Protocol::kQuery:
      query(call, request);
      break;
    case Protocol::kEc2:
      ec2(call, request);
      break;
    case Protocol::kJson:
      json(call, request);
      break;
    case Protocol::kRestJson:
      rest_json(call, request);
      break;
    case Protocol::kRestXml:
      rest_xml(call, request);
      break;
    case Protocol::kRpcV2Cbor:
      cbor(call, request);
      break;
  }
  return request;
}

}  // namespace cloudchamber

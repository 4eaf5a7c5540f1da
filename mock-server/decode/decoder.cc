#include "mock-server/decode/decoder.h"

#include <nlohmann/json.hpp>

#include "mock-server/decode/protocols.h"

namespace cloudchamber::mock {

Json decode(const ServiceModel& service, const Operation& operation, const HttpRequest& request) {
  switch (service.protocol) {
    case Protocol::kQuery:
      return decode_query(service, operation, request);
    case Protocol::kEc2:
      return decode_ec2(service, operation, request);
    case Protocol::kJson:
      return decode_json(service, operation, request);
    case Protocol::kRestJson:
      return decode_rest_json(service, operation, request);
    case Protocol::kRestXml:
      return decode_rest_xml(service, operation, request);
    case Protocol::kRpcV2Cbor:
      return decode_cbor_request(service, operation, request);
  }
  return Json::object();
}

}  // namespace cloudchamber::mock

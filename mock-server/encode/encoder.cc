#include "mock-server/encode/encoder.h"

#include "mock-server/encode/protocols.h"

namespace cloudchamber::mock {
namespace {

HttpResponse encode_error_body(const WireError& error) {
  switch (error.service.protocol) {
    case Protocol::kQuery:
      return encode_query_error(error);
    case Protocol::kEc2:
      return encode_ec2_error(error);
    case Protocol::kJson:
      return encode_json_error(error);
    case Protocol::kRestJson:
      return encode_rest_json_error(error);
    case Protocol::kRestXml:
      return encode_rest_xml_error(error);
    case Protocol::kRpcV2Cbor:
      return encode_cbor_error(error);
  }
  return {};
}

}  // namespace

HttpResponse encode_output(const ServiceModel& service, const Operation& operation,
                           const Json& output, const Blob& stream, std::string_view request_id) {
  const Success success{service, operation, output, stream, request_id};
  switch (service.protocol) {
    case Protocol::kQuery:
      return encode_query(success);
    case Protocol::kEc2:
      return encode_ec2(success);
    case Protocol::kJson:
      return encode_json(success);
    case Protocol::kRestJson:
      return encode_rest_json(success);
    case Protocol::kRestXml:
      return encode_rest_xml(success);
    case Protocol::kRpcV2Cbor:
      return encode_cbor(success);
  }
  return {};
}

HttpResponse encode_error(const ServiceModel& service, const Operation* operation,
                          const AwsError& error, std::string_view request_id) {
  const WireError wire(service, error, request_id);
  HttpResponse response = encode_error_body(wire);
  response.status = wire.status;
  for (const auto& [name, value] : error.headers()) response.headers.set(name, value);
  const bool head = operation != nullptr && operation->http_method == "HEAD";
  if (head || wire.status == 304) response.body = Blob();
  return response;
}

}  // namespace cloudchamber::mock

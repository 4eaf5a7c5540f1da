// One encoder a protocol, in two directions: a result and an error. encoder.cc chooses.
#pragma once

#include <string_view>

#include "cloudchamber/blob.h"
#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "mock-server/encode/wire_error.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

// A result on its way out.
struct Success {
  const ServiceModel& service;
  const Operation& operation;
  const Json& output;
  const Blob& stream;
  std::string_view request_id;
};

[[nodiscard]] HttpResponse encode_query(const Success& success);
[[nodiscard]] HttpResponse encode_ec2(const Success& success);
[[nodiscard]] HttpResponse encode_json(const Success& success);
[[nodiscard]] HttpResponse encode_rest_json(const Success& success);
[[nodiscard]] HttpResponse encode_rest_xml(const Success& success);
[[nodiscard]] HttpResponse encode_cbor(const Success& success);

[[nodiscard]] HttpResponse encode_query_error(const WireError& error);
[[nodiscard]] HttpResponse encode_ec2_error(const WireError& error);
[[nodiscard]] HttpResponse encode_json_error(const WireError& error);
[[nodiscard]] HttpResponse encode_rest_json_error(const WireError& error);
[[nodiscard]] HttpResponse encode_rest_xml_error(const WireError& error);
[[nodiscard]] HttpResponse encode_cbor_error(const WireError& error);

}  // namespace cloudchamber::mock

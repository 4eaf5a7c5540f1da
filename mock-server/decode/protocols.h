// One decoder a protocol; decode() chooses. Each gives an object with the model's member names, or
// throws AwsError.
#pragma once

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

[[nodiscard]] Json decode_query(const ServiceModel& service, const Operation& operation,
                                const HttpRequest& request);
[[nodiscard]] Json decode_ec2(const ServiceModel& service, const Operation& operation,
                              const HttpRequest& request);
[[nodiscard]] Json decode_json(const ServiceModel& service, const Operation& operation,
                               const HttpRequest& request);
[[nodiscard]] Json decode_rest_json(const ServiceModel& service, const Operation& operation,
                                    const HttpRequest& request);
[[nodiscard]] Json decode_rest_xml(const ServiceModel& service, const Operation& operation,
                                   const HttpRequest& request);
[[nodiscard]] Json decode_cbor_request(const ServiceModel& service, const Operation& operation,
                                       const HttpRequest& request);

}  // namespace cloudchamber::mock

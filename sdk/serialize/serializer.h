// From parameters to the bytes of a request: one interpreter of the model for each of AWS's six
// protocols.
//
// The parameters have been validated. What comes out has method, target, headers and body; scheme
// and host are the endpoint stage's, except that `host` holds the operation's host prefix with its
// labels filled in ("" mostly). Nothing here knows a service. Pure functions: thread-safe.
#pragma once

#include "cloudchamber/blob.h"
#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber {

// `stream` is the value of the operation's streaming member, where the caller gave one outside
// `parameters`; else null.
[[nodiscard]] HttpRequest serialize(const ServiceModel& service, const Operation& operation,
                                    const Json& parameters, const Blob* stream = nullptr);

}  // namespace cloudchamber

// The endpoint of a call whose parameters have a say in it: S3's buckets become part of the host or
// the path, DynamoDB's accounts part of the host.
#pragma once

#include <optional>

#include "sdk/client/endpoint.h"
#include "sdk/client/outgoing_call.h"

namespace cloudchamber {

// Nothing where the client's endpoint is the call's. Takes the bucket off the request's target when
// the endpoint holds it. Throws ConfigError.
[[nodiscard]] std::optional<Endpoint> endpoint_of(OutgoingCall& call);

}  // namespace cloudchamber

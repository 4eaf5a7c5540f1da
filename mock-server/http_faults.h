// What AWS answers to requests that never become an operation: not HTTP, too large, cut off.
#pragma once

#include "mock-server/call/aws_error.h"
#include "mock-server/http/head.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

[[nodiscard]] AwsError error_of(HttpFault fault, Protocol protocol);

// What is the server's own fault. `what` is for whoever reads it, since a mock's fault is to be
// found.
[[nodiscard]] AwsError internal_failure(Protocol protocol, const char* what);

}  // namespace cloudchamber::mock

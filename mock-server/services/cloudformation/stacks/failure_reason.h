// Why a resource failed, in the words that stand in a stack's events.
#pragma once

#include <string>

#include "mock-server/call/call.h"

namespace cloudchamber::mock::cloudformation {

// What a service answered: `Resource handler returned message: "... (Service: S3, Status Code: 409,
// Request ID: ...)" (RequestToken: ..., HandlerErrorCode: AlreadyExists)`. What CloudFormation
// itself finds wrong is said as it is.
[[nodiscard]] std::string failure_reason(const std::string& type, const AwsError& error,
                                         const Call& call);

}  // namespace cloudchamber::mock::cloudformation

// From the result of an operation, or its error, to the bytes of a response: the mirror of the
// SDK's parse/.
//
// Members are written in the model's order, as AWS does. Nothing here knows a service. Pure
// functions: thread-safe.
#pragma once

#include <string_view>

#include "cloudchamber/blob.h"
#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "mock-server/call/aws_error.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

// A successful response in `service.protocol`. `stream` is the value of the output's streaming
// member, if it has one. The request id goes where the protocol puts it (ResponseMetadata,
// requestId, x-amzn-RequestId, x-amz-request-id).
[[nodiscard]] HttpResponse encode_output(const ServiceModel& service, const Operation& operation,
                                         const Json& output, const Blob& stream,
                                         std::string_view request_id);

// An error response. `operation` may be null where none was found. Status, wire code and fault come
// from the model where it has the error, else from `error` itself; error.headers are added.
[[nodiscard]] HttpResponse encode_error(const ServiceModel& service, const Operation* operation,
                                        const AwsError& error, std::string_view request_id);

}  // namespace cloudchamber::mock

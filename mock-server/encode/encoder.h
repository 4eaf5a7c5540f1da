// From the result of an operation, or its error, to the bytes of a response: the mirror of the
// SDK's parse/.
//
// Nothing here knows a service: what AWS's services do each in their own way stands as data in
// wire_details.h. XML members come in the model's order; JSON members alphabetically, as AWS's JSON
// services write them. Pure functions: thread-safe.
#pragma once

#include <string_view>

#include "cloudchamber/blob.h"
#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "mock-server/call/aws_error.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

// A successful response in `service.protocol`. `stream` is the value of the output's streaming
// member, if it has one; a payload that is a member of `output` (GetBucketPolicy's Policy) is taken
// from there. Members of `output` that the model does not know are left out. The request id goes
// where the protocol puts it (ResponseMetadata, requestId, x-amzn-RequestId, x-amz-request-id).
//
// A Content-Length header is never among the headers: a ContentLength member becomes
// response.content_length.
[[nodiscard]] HttpResponse encode_output(const ServiceModel& service, const Operation& operation,
                                         const Json& output, const Blob& stream,
                                         std::string_view request_id);

// An error response. `operation` may be null where none was found. Status, wire code and fault come
// from the model where it has the error, else from `error` itself; error.headers are added. The
// answer to an operation of method HEAD and a 304 have no body.
[[nodiscard]] HttpResponse encode_error(const ServiceModel& service, const Operation* operation,
                                        const AwsError& error, std::string_view request_id);

}  // namespace cloudchamber::mock

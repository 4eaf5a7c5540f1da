// What the rest protocols put into the status line and the headers of a response.
#pragma once

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

// The members of `value` that `shape` binds to headers or to the status.
void encode_http_bindings(const Shape& shape, const Json& value, HttpResponse& response);

// Does the member stand in the body of a response? There a place in the request line means nothing.
[[nodiscard]] bool is_in_response_body(const Member& member);

// Has the shape members that stand in the body, one by one?
[[nodiscard]] bool has_body_members(const Shape& shape);

// The body of a response whose payload is a blob or string: the member of `output`, else `stream`.
// Sets Content-Type where no member did.
void encode_raw_payload(const Member& payload, const Json& output, const Blob& stream,
                        HttpResponse& response);

}  // namespace cloudchamber::mock

// What the rest protocols put into the request line and the headers: URI labels, query parameters,
// headers. The body is each protocol's own.
#pragma once

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "mock-server/call/aws_error.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

// How a protocol refuses.
struct HttpRefusals {
  // The path is not of the operation's template, or is badly encoded.
  AwsError (*bad_uri)();
  // A label, query parameter or header that is not of its member's type.
  AwsError (*bad_value)(const Member& member, std::string_view value);
};

// The members of `operation.input` that stand outside the body, in an object.
[[nodiscard]] Json decode_http_bindings(const HttpRefusals& refusals, const Operation& operation,
                                        const HttpRequest& request);

// The input's payload member, null when it has none.
[[nodiscard]] const Member* payload_of(const Operation& operation);
// Has the input members that stand in the body, one by one?
[[nodiscard]] bool has_members_in_body(const Shape& input);

}  // namespace cloudchamber::mock

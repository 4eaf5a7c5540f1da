// The parts of a request that REST protocols put outside the body: URI labels, query string,
// headers, and payloads that are the body as they are.
// https://smithy.io/2.0/spec/http-bindings.html
#pragma once

#include <string>

#include "sdk/serialize/protocols.h"

namespace cloudchamber::serializing {

// The operation's host prefix with its labels filled in; "" where it has none.
[[nodiscard]] std::string host_prefix(const Operation& operation, const Json& parameters);

// Fills the target and adds the headers. Throws ParamValidationError for a header value that would
// break out of its line.
void bind_uri_and_headers(const Call& call, HttpRequest& request);

// The member that is the body, null where there is none.
[[nodiscard]] const Member* payload_member(const Operation& operation);

// True when `payload` is a blob or string, which then is the body, with its Content-Type where no
// member states one. Without a value there is neither.
bool bind_raw_payload(const Call& call, const Member& payload, HttpRequest& request);

void add_content_type(HttpRequest& request, const char* type);  // unless a member stated one

}  // namespace cloudchamber::serializing

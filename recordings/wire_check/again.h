// The halves run again on what a recording means.
#pragma once

#include <string>

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"
#include "sdk/parse/parser.h"

namespace cloudchamber::recordings {

// The response that the server's half writes for an error that the SDK's half parsed.
[[nodiscard]] HttpResponse encoded_error(const ServiceModel& service, const Operation& operation,
                                         const ParsedError& error, int status);

// An output's value of a streaming member taken from `result`, which loses it.
[[nodiscard]] Blob take_stream(const Operation& operation, Json& result);

// As a transport gives it to the SDK: with the length in a header, where it stands apart.
void add_length(HttpResponse& response);

}  // namespace cloudchamber::recordings

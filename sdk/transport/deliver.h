// What every transport does that holds requests and responses whole: a body that comes piece by
// piece is collected, and the response's goes to the sink where there is one.
#pragma once

#include "cloudchamber/http.h"
#include "cloudchamber/transport.h"

namespace cloudchamber {

// Empties `response.body` into the sink, for a 2xx status; frees each piece once it is delivered.
void deliver_body(HttpResponse& response, const SendOptions& options);

// What comes from the source, to its end. Throws what the source throws.
[[nodiscard]] Blob read_whole(const BodySource& source);

// The request with the body of `options.body`, where there is one, and `request` itself else.
[[nodiscard]] HttpRequest whole_request(const HttpRequest& request, const SendOptions& options);

}  // namespace cloudchamber

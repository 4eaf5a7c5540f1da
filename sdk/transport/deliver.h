// What every transport that holds a whole response does with it: the body goes to the sink where
// there is one.
#pragma once

#include "cloudchamber/http.h"
#include "cloudchamber/transport.h"

namespace cloudchamber {

// Empties `response.body` into the sink, for a 2xx status; frees each piece once it is delivered.
void deliver_body(HttpResponse& response, const SendOptions& options);

}  // namespace cloudchamber

// The transport without a socket: requests go to a function in this process, such as the mock
// server's pipeline, in exactly the bytes that would be sent.
#pragma once

#include <functional>
#include <memory>

#include "cloudchamber/http.h"
#include "cloudchamber/transport.h"

namespace cloudchamber {

using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

// As thread-safe as the handler. The response gets the Content-Length header that a socket's would
// have.
[[nodiscard]] std::shared_ptr<Transport> make_in_process_transport(HttpHandler handler);

}  // namespace cloudchamber

// What a proxy answers by itself, in the form that the client understands. Pure functions:
// thread-safe.
#pragma once

#include <optional>
#include <string>

#include "cloudchamber/http.h"
#include "mock-server/http/head.h"
#include "recordings/understand.h"

namespace cloudchamber::recordings {

// An error of that code, in the protocol of the request. `call` is nothing where no model knows it.
// The message stands in a header too, since an answer to HEAD has no body.
[[nodiscard]] HttpResponse refuse(const HttpRequest& request, const std::optional<Understood>& call,
                                  const std::string& code, const std::string& message, int status);

// What is no whole request: as the mock answers it.
[[nodiscard]] HttpResponse refuse_fault(const HttpRequest& head, mock::HttpFault fault);

// A recorded result or error once more, in the protocol of another request for the same.
[[nodiscard]] HttpResponse encoded_anew(const Understood& call, const Meaning& meaning,
                                        const HttpResponse& recorded);

}  // namespace cloudchamber::recordings

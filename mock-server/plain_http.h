// What AWS's services answer besides operations: that they are well, and what browsers may do.
#pragma once

#include <optional>

#include "cloudchamber/http.h"

namespace cloudchamber::mock {

// Health ("GET /") and CORS preflights of all services but S3, whose buckets have rules of their
// own. Nothing when the request is neither.
[[nodiscard]] std::optional<HttpResponse> answer_plainly(const HttpRequest& request);

// The headers that let a page of any origin read a response. Not for the buckets of S3.
void allow_origin(const HttpRequest& request, HttpResponse& response);

// Does the request name a bucket or an object, should it turn out to be for S3?
[[nodiscard]] bool names_a_resource(const HttpRequest& request);

}  // namespace cloudchamber::mock

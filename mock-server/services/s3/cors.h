// CORS: are the rules valid, and which of them lets a browser's request through? Pure functions.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"

namespace cloudchamber::mock::s3 {

// Throws MalformedXML, InvalidRequest.
void check_cors_rules(const Json& rules);

// The headers that allow `method` from `origin` with `request_headers` (a list with commas; "" for
// an actual request); nothing when no rule does.
[[nodiscard]] std::optional<Headers> cors_headers(const Json& rules, std::string_view origin,
                                                  std::string_view method,
                                                  std::string_view request_headers);

}  // namespace cloudchamber::mock::s3

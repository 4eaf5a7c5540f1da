// The credential scope of a signed request: which region and service its signature is for. Read
// before anything is verified: a hint for routing, no more.
#pragma once

#include <string>

#include "cloudchamber/http.h"

namespace cloudchamber::mock {

struct CredentialScope {
  std::string region;
  std::string service;  // "" when the request states no scope
};

// From the Authorization header or X-Amz-Credential in the query. Signature version 2 has no scope:
// only S3 still takes it, so that is the service then.
[[nodiscard]] CredentialScope read_scope(const HttpRequest& request);

}  // namespace cloudchamber::mock

// How an S3 bucket gets into the URL: as the first label of the host ("virtual-hosted") or as the
// first part of the path.
#pragma once

#include <string>
#include <string_view>

#include "cloudchamber/http.h"
#include "sdk/client/endpoint.h"

namespace cloudchamber {

// Can the bucket be a label of the host: 3 to 63 of [a-z0-9-], and '.' where `dots`?
[[nodiscard]] bool is_virtual_hostable(std::string_view bucket, bool dots);

// Is the host an address such as 127.0.0.1 or [::1]:4566, which can't have a label before it?
[[nodiscard]] bool is_ip_host(std::string_view host);

// The request's host, and its target, which begins with "/BUCKET" as serialized. `style` is "auto",
// "virtual" or "path"; `custom` whether the endpoint was given by the user.
void address_bucket(HttpRequest& request, const Endpoint& endpoint, std::string_view bucket,
                    std::string_view style, bool custom);

}  // namespace cloudchamber

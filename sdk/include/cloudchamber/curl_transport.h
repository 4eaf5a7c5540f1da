// The transport over libcurl: HTTP/1.1 with kept connections, TLS, proxies.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "cloudchamber/config.h"
#include "cloudchamber/transport.h"

namespace cloudchamber {

struct CurlOptions {
  Verify verify = true;
  std::map<std::string, std::string> proxies;  // by scheme; empty: libcurl's own look at *_proxy
  std::string client_cert;                     // a PEM with certificate and key; "" for none
  bool tcp_keepalive = false;
};

// Thread-safe; every exchange that runs at the same time has a connection of its own, kept for the
// next. Bodies are sent from the Blob's pieces as they lie; redirects are not followed.
[[nodiscard]] std::shared_ptr<Transport> make_curl_transport(const CurlOptions& options = {});

}  // namespace cloudchamber

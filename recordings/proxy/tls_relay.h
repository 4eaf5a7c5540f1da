// Between a client that speaks TLS and a server on this machine that does not.
#pragma once

#include <memory>

struct ssl_ctx_st;

namespace cloudchamber::recordings {

// Carries bytes both ways until either side ends. `socket` is connected to the client and stays the
// caller's; `port` is the server's, on 127.0.0.1. Blocks; any number may run at once.
void relay_tls(int socket, const std::shared_ptr<ssl_ctx_st>& context, int port);

}  // namespace cloudchamber::recordings

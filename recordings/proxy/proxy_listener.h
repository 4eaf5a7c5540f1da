// ProxyListener: one handler on one port, for clients that take it for their endpoint
// (AWS_ENDPOINT_URL) and, where it has a certificate authority, for their proxy (HTTP_PROXY,
// HTTPS_PROXY) as well.
//
// What comes through a tunnel (CONNECT) is decrypted and then goes the way of all requests: through
// an HttpServer of its own behind it, which holds the same limits and knows that it was HTTPS.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "cloudchamber/clock.h"
#include "mock-server/http/http_server.h"
#include "recordings/proxy/certificates.h"

namespace cloudchamber::recordings {

class ProxyListener {
 public:
  struct Options {
    std::string host = "127.0.0.1";
    int port = 0;                                    // 0: any free one
    std::optional<std::filesystem::path> ca_folder;  // nothing: no proxy, and no CONNECT
    std::shared_ptr<Clock> clock;                    // of certificates; the machine's when none
  };

  // What is no request, where `callbacks` does not say what to answer, is refused in the form of
  // AWS. Throws std::runtime_error when the port can't be had, or the authority can't.
  ProxyListener(mock::HttpServer::Callbacks callbacks, const Options& options);
  ProxyListener(mock::HttpServer::Handler handle, const Options& options)
      : ProxyListener(mock::HttpServer::Callbacks{.handle = std::move(handle)}, options) {}
  ~ProxyListener();  // stops

  void start();
  void stop();
  [[nodiscard]] int port() const { return outer_->port(); }
  // The certificate that clients of HTTPS must trust; "" where there is no proxy.
  [[nodiscard]] std::filesystem::path certificate_file() const;

 private:
  void tunnel(const std::string& authority, int socket);

  std::unique_ptr<CertificateAuthority> authority_;
  std::unique_ptr<mock::HttpServer> inner_;
  std::unique_ptr<mock::HttpServer> outer_;
};

}  // namespace cloudchamber::recordings

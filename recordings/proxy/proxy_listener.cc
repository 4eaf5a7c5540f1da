#include "recordings/proxy/proxy_listener.h"

#include <utility>

#include "recordings/proxy/refusals.h"
#include "recordings/proxy/tls_relay.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::recordings {

ProxyListener::ProxyListener(mock::HttpServer::Callbacks callbacks, const Options& options) {
  if (!callbacks.fault) callbacks.fault = refuse_fault;
  if (options.ca_folder) {
    authority_ = std::make_unique<CertificateAuthority>(
        *options.ca_folder, options.clock != nullptr ? options.clock : real_clock());
    inner_ =
        std::make_unique<mock::HttpServer>(callbacks, mock::HttpServer::Options{.decrypted = true});
    callbacks.tunnel = [this](const std::string& authority, int socket) {
      tunnel(authority, socket);
    };
  }
  outer_ = std::make_unique<mock::HttpServer>(
      std::move(callbacks), mock::HttpServer::Options{.host = options.host, .port = options.port});
}

ProxyListener::~ProxyListener() { stop(); }

void ProxyListener::start() {
  if (inner_ != nullptr) inner_->start();
  outer_->start();
}

void ProxyListener::stop() {
  outer_->stop();
  if (inner_ != nullptr) inner_->stop();
}

std::filesystem::path ProxyListener::certificate_file() const {
  return authority_ == nullptr ? std::filesystem::path() : authority_->certificate_file();
}

void ProxyListener::tunnel(const std::string& authority, int socket) {
  const std::string host = lowered(std::string_view(authority).substr(0, authority.rfind(':')));
  if (const auto context = authority_->context_for(host))
    relay_tls(socket, context, inner_->port());
}

}  // namespace cloudchamber::recordings

// Served: an HttpServer that runs for the length of a test.
#pragma once

#include <string>
#include <utility>

#include "mock-server/http/http_server.h"

namespace cloudchamber::mock::testing {

// Answers with what it was asked: method, target, the headers' values joined, and the body.
inline HttpResponse echo(const HttpRequest& request) {
  HttpResponse response;
  response.headers.add("Content-Type", "application/json");
  response.headers.add("X-Method", request.method);
  response.headers.add("X-Target", request.target);
  response.headers.add("X-Host", request.host);
  for (const auto& [name, value] : request.headers) response.headers.add("Got-" + name, value);
  response.body = request.body;
  return response;
}

class Served {
 public:
  explicit Served(HttpServer::Handler handler = echo, HttpServer::Limits limits = {})
      : Served(HttpServer::Callbacks{.handle = std::move(handler)}, limits) {}
  explicit Served(HttpServer::Callbacks callbacks, HttpServer::Limits limits = {})
      : server_(std::move(callbacks), {.limits = limits}) {
    server_.start();
  }
  [[nodiscard]] int port() const { return server_.port(); }
  HttpServer& operator*() { return server_; }
  HttpServer* operator->() { return &server_; }

 private:
  HttpServer server_;
};

}  // namespace cloudchamber::mock::testing

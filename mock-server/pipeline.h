// Pipeline: a request from its bytes to the bytes of its response. pipeline.cc shows its stages in
// the order in which they happen, on one screen; the work is done in the folders they name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cloudchamber/http.h"
#include "mock-server/authorize/authorize.h"
#include "mock-server/call/dispatch.h"
#include "mock-server/control/control.h"
#include "mock-server/http/head.h"
#include "mock-server/route/router.h"
#include "mock-server/state/world.h"

namespace cloudchamber::mock {

// Thread-safe. The parts outlive it.
class Pipeline {
 public:
  struct Parts {
    World& world;
    const Router& router;
    const Authorizer& authorizer;
    const Dispatcher& dispatcher;
    const Control& control;
    bool strict = false;
    Milliseconds transition_time{0};
  };
  explicit Pipeline(Parts parts) : parts_(std::move(parts)) {}

  // Never throws anything but std::bad_alloc: what goes wrong is a response too.
  [[nodiscard]] HttpResponse handle(HttpRequest request) const;

  // For requests that are not whole: see HttpServer::Callbacks.
  [[nodiscard]] std::uint64_t body_limit(const HttpRequest& head) const;
  [[nodiscard]] std::optional<HttpResponse> refusal(const HttpRequest& head) const;
  [[nodiscard]] HttpResponse answer_fault(const HttpRequest& head, HttpFault fault) const;

 private:
  [[nodiscard]] HttpResponse perform(HttpRequest& request, Route& route,
                                     std::string& request_id) const;
  [[nodiscard]] HttpResponse refuse(const Route& route, const AwsError& error,
                                    const std::string& request_id) const;
  // Those of the service that the route is for; null when there are none.
  [[nodiscard]] const ServiceHooks* hooks_of(const Route& route) const;
  [[nodiscard]] ServiceHooks::Exchange exchange_of(const HttpRequest& request, const Route& route,
                                                   const std::string& request_id) const;
  [[nodiscard]] std::string new_request_id(const Route& route) const;
  void finish(const HttpRequest& request, const Route& route, const std::string& request_id,
              HttpResponse& response) const;

  Parts parts_;
};

}  // namespace cloudchamber::mock

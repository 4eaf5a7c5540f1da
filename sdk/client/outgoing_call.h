// OutgoingCall: one call on its way through the stages of call.cc. Used by one thread.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cloudchamber/client.h"
#include "cloudchamber/http.h"
#include "sdk/client/client_state.h"
#include "sdk/parse/parser.h"

namespace cloudchamber {

struct OutgoingCall {
  OutgoingCall(const Client::State& its_client, const Operation& its_operation, const Json& given,
               const CallOptions& its_options)
      : client(its_client), operation(its_operation), options(its_options), given_(given) {}
  OutgoingCall(const OutgoingCall&) = delete;
  OutgoingCall& operator=(const OutgoingCall&) = delete;

  const Client::State& client;
  const Operation& operation;
  const CallOptions& options;

  // The caller's parameters, or our copy of them once a stage had to change them.
  [[nodiscard]] const Json& parameters() const { return changed_ ? *changed_ : given_; }
  [[nodiscard]] Json& change_parameters() {
    if (!changed_) changed_ = given_;
    return *changed_;
  }

  HttpRequest request;
  std::string signing_region;
  std::string signing_name;
  bool presigning = false;
  bool decode_listing = false;  // we asked S3 for encoded keys, the caller did not

  int attempt = 0;
  bool delivered = false;  // some of the body has reached the caller's sink: no way back
  int retry_cost = 0;      // of the last retry, given back when it succeeds
  bool attempts_exhausted = false;
  bool quota_exhausted = false;

  // What the last attempt gave: a failure (no response), or a response with an error or a result.
  std::optional<std::string> failure;
  HttpResponse response;
  std::optional<ParsedError> error;
  Json result;

 private:
  const Json& given_;
  std::optional<Json> changed_;
};

}  // namespace cloudchamber

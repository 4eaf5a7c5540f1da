// What the copies of a client share: everything that does not change from call to call, made ready
// once.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "cloudchamber/client.h"
#include "cloudchamber/clock.h"
#include "cloudchamber/credentials.h"
#include "cloudchamber/session.h"
#include "cloudchamber/transport.h"
#include "sdk/client/call_transformation.h"
#include "sdk/client/endpoint.h"
#include "sdk/client/retry.h"
#include "sdk/model/service_model.h"
#include "sdk/sign/signing_keys.h"

namespace cloudchamber {

// Immutable but for the quota and the caches, which lock: thread-safe.
struct Client::State {
  ClientMeta meta;
  Endpoint endpoint;  // of the calls whose parameters have no say in it
  EndpointSettings endpoint_settings;
  std::shared_ptr<const EndpointRules> endpoint_rules;  // null when the service has none
  bool is_s3 = false;
  bool is_signed = true;
  bool checks_parameters = true;
  bool adds_checksums = true;  // also where the model does not require one
  bool checks_responses = true;
  bool injects_host_prefix = true;
  int max_attempts = 3;
  Milliseconds connect_timeout{60'000};
  Milliseconds read_timeout{60'000};
  std::string user_agent;
  RaiseFunction raise = nullptr;
  const CallTransformation* transformation = nullptr;  // of static storage

  std::shared_ptr<Transport> transport;
  std::shared_ptr<Clock> clock;
  std::shared_ptr<CredentialsProvider> credentials;
  RandomSource random;
  std::shared_ptr<SigningKeys> signing_keys;
  mutable RetryQuota quota;

  [[nodiscard]] const ServiceModel& service() const { return *meta.service_model; }

  // By AWS's name or boto3's. Throws UnknownOperationError with the nearest.
  [[nodiscard]] const Operation& operation(std::string_view name) const;
  // As `operation`, but null.
  [[nodiscard]] const Operation* find_operation(std::string_view name) const;

 private:
  mutable std::once_flag names_once_;
  mutable std::unordered_map<std::string, const Operation*> snake_names_;
};

}  // namespace cloudchamber

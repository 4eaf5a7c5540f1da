// Credentials: who signs a request, and where they come from.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cloudchamber/clock.h"

namespace cloudchamber {

struct Credentials {
  std::string access_key_id;
  std::string secret_access_key;
  std::string session_token;            // "" for permanent ones
  std::string account_id;               // "" when not known
  std::optional<TimePoint> expires_at;  // nothing: never
  std::string method;  // where they were found: "explicit", "env", "shared-file"...
};

// A source of credentials that may change with time. Thread-safe.
class CredentialsProvider {
 public:
  CredentialsProvider() = default;
  CredentialsProvider(const CredentialsProvider&) = delete;
  CredentialsProvider& operator=(const CredentialsProvider&) = delete;
  virtual ~CredentialsProvider() = default;

  // The credentials to use now; null when this source has none. Throws Error when it should have
  // some but they can't be had.
  [[nodiscard]] virtual std::shared_ptr<const Credentials> credentials() = 0;
};

}  // namespace cloudchamber

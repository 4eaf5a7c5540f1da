// Settings: each setting of a client from the first place that states it: the client's options, the
// session's options, the environment, the profile, the default.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/config.h"
#include "cloudchamber/environment.h"
#include "cloudchamber/session.h"
#include "sdk/model/service_model.h"
#include "sdk/sign/profiles.h"

namespace cloudchamber {

// What the places behind the program's own arguments say.
struct Surroundings {
  Environment environment;
  Profiles profiles;
  std::string profile_name;  // the chosen one, "default" when none is

  [[nodiscard]] const ConfigSection* profile() const { return profiles.profile(profile_name); }
  // The variable's value; an empty one counts as not set.
  [[nodiscard]] std::optional<std::string> variable(const std::string& name) const;
  // The profile's `key`, or `key` below `outer`.
  [[nodiscard]] std::optional<std::string> setting(std::string_view key) const;
  [[nodiscard]] std::optional<std::string> setting(std::string_view outer,
                                                   std::string_view key) const;
};

// Reads the files that options or environment name. Throws ConfigError, also for a profile that was
// asked for and does not exist.
[[nodiscard]] Surroundings look_around(const SessionOptions& options);

// Every setting of a client, none left open.
struct Settings {
  std::string region;  // "" when nobody states one
  std::optional<std::string> endpoint_url;
  Verify verify = true;
  Config config;  // all of it filled in
  int max_attempts = 3;
};

// Throws ConfigError for values that can't be used.
[[nodiscard]] Settings resolve_settings(const ServiceModel& service, const SessionOptions& session,
                                        const ClientOptions& client,
                                        const Surroundings& surroundings);

// The session's region, without a client's options.
[[nodiscard]] std::optional<std::string> resolve_region(const SessionOptions& session,
                                                        const Surroundings& surroundings);

}  // namespace cloudchamber

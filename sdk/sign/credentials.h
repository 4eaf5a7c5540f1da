// The chain of credentials: where a session's credentials come from when its options state none.
//
// boto3's order: the environment, a role that the profile assumes, the shared credentials file, the
// config file, and what else is given (containers, instances). The first source that has some is
// used.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cloudchamber/clock.h"
#include "cloudchamber/credentials.h"
#include "cloudchamber/environment.h"
#include "sdk/sign/profiles.h"

namespace cloudchamber {

// What a profile with a role_arn asks STS for.
struct AssumeRoleRequest {
  Credentials source;  // with which to ask
  std::string role_arn;
  std::string role_session_name;  // "" when the profile states none
  std::string external_id;        // likewise
  std::string duration_seconds;   // likewise
  std::string region;             // likewise
};
using AssumeRole = std::function<Credentials(const AssumeRoleRequest&)>;

struct CredentialsSources {
  Environment environment;
  Profiles profiles;
  std::string profile_name = "default";
  // Was the profile named by the program? Then the environment's keys do not count. (A profile
  // named by AWS_PROFILE lets them.)
  bool profile_is_explicit = false;
  std::shared_ptr<Clock> clock;
  // Calls STS. Empty: a profile that assumes a role is a ConfigError.
  AssumeRole assume_role;
  // Asked when all else has none, in this order.
  std::vector<std::shared_ptr<CredentialsProvider>> further;
};

// Credentials that expire are fetched anew 15 minutes before. credentials() throws ConfigError when
// a source states a part only, or names a way to get some that is not supported (SSO, web
// identities, credential_process), rather than to pass over it and use others than were meant.
[[nodiscard]] std::shared_ptr<CredentialsProvider> credentials_chain(CredentialsSources sources);

}  // namespace cloudchamber

// Which credentials a session and its clients sign with.
#pragma once

#include <memory>

#include "cloudchamber/clock.h"
#include "cloudchamber/credentials.h"
#include "cloudchamber/session.h"
#include "sdk/client/settings.h"

namespace cloudchamber {

// What the session's options state, else the chain: environment, profile, ... Throws ConfigError
// when the options state a part only.
[[nodiscard]] std::shared_ptr<CredentialsProvider> credentials_of_session(
    const SessionOptions& options, const Surroundings& surroundings,
    const std::shared_ptr<Clock>& clock);

// What the client's options state, else the session's.
[[nodiscard]] std::shared_ptr<CredentialsProvider> credentials_of_client(
    const ClientOptions& options, const std::shared_ptr<CredentialsProvider>& session);

}  // namespace cloudchamber

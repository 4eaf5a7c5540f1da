// The signing stage: credentials of the moment, put into the request's headers or its URL.
#pragma once

#include <string>

#include "cloudchamber/clock.h"
#include "sdk/client/outgoing_call.h"

namespace cloudchamber {

// Signs for this attempt, unless the client or the operation goes unsigned. Throws
// NoCredentialsError.
void sign(OutgoingCall& call);

// The URL of the prepared call, signed in its query.
[[nodiscard]] std::string presigned_url(OutgoingCall& call, Seconds expires_in);

}  // namespace cloudchamber

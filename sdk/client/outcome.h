// What a call ends in: an exception or a result, both with boto3's ResponseMetadata.
#pragma once

#include "cloudchamber/json.h"
#include "sdk/client/outgoing_call.h"

namespace cloudchamber {

// Throws ConnectionError when there was no response; for a service's error the exception type that
// the generated client has for it, else ClientError.
void raise_if_failed(OutgoingCall& call);

// The result with its ResponseMetadata and, unless it went elsewhere, its streaming member.
[[nodiscard]] Json finished_result(OutgoingCall& call);

}  // namespace cloudchamber

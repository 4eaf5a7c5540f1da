// The stages of a call, in order: see call.cc.
#pragma once

#include <string_view>

#include "cloudchamber/client.h"
#include "cloudchamber/json.h"
#include "sdk/client/outgoing_call.h"

namespace cloudchamber {

// What Client::call does.
[[nodiscard]] Json perform(const Client::State& client, std::string_view operation,
                           const Json& parameters, const CallOptions& options);

// The stages up to signing, for which nothing is sent: from parameters to a request.
void prepare(OutgoingCall& call);

}  // namespace cloudchamber

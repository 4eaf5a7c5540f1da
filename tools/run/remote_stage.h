// The stage of a scenario that is played against an endpoint.
#pragma once

#include <string>

#include "tools/scenario/play.h"

namespace cloudchamber::scenario {

// Credentials and region are found as any session finds them; where there are none, a key that
// every Cloud Chamber knows and us-east-1 serve. Time is advanced by telling the endpoint, if it is
// a Cloud Chamber, and else by waiting.
[[nodiscard]] Stage remote_stage(const std::string& endpoint);

}  // namespace cloudchamber::scenario

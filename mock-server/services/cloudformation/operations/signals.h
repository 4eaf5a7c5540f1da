// Signals to wait conditions: PUT to the URL that is their handle.
#pragma once

#include "mock-server/call/service_hooks.h"

namespace cloudchamber::mock::cloudformation {

[[nodiscard]] ServiceHooks make_hooks();

}  // namespace cloudchamber::mock::cloudformation

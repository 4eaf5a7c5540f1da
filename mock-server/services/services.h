// All services that are emulated, in plain sight: a line each.
#pragma once

#include <vector>

#include "mock-server/call/service.h"

namespace cloudchamber::mock {

[[nodiscard]] std::vector<Service> make_services();

}  // namespace cloudchamber::mock

// How a client makes its waiters.
#pragma once

#include <string_view>

#include "cloudchamber/client.h"
#include "cloudchamber/waiter.h"

namespace cloudchamber {

// Reads the waiter's description in the model. Throws Error, naming the nearest, when there is none
// of that name.
[[nodiscard]] Waiter make_waiter(const Client& client, std::string_view name);

}  // namespace cloudchamber

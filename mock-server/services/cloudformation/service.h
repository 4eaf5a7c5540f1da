#pragma once

#include "mock-server/call/service.h"

namespace cloudchamber::mock::cloudformation {

[[nodiscard]] Service make_service();

}  // namespace cloudchamber::mock::cloudformation

#pragma once

#include "mock-server/call/service.h"

namespace cloudchamber::mock::sts {

// STS: who calls, and temporary credentials that the server then verifies. README.md in this folder
// tells what is emulated.
[[nodiscard]] Service make_service();

}  // namespace cloudchamber::mock::sts

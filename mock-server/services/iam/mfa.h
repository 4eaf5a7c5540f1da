// Virtual MFA devices and the codes that they show.
#pragma once

#include <string>

#include "cloudchamber/clock.h"
#include "mock-server/call/call.h"
#include "mock-server/services/iam/state.h"

namespace cloudchamber::mock::iam {

// The one that the member SerialNumber names. Throws NoSuchEntity.
[[nodiscard]] const VirtualMfaDevice& virtual_mfa_device(const Call& call, const Iam& iam);

// The six digits that a device with this seed (base32) shows at a time: RFC 6238, steps of 30 s.
[[nodiscard]] std::string mfa_code(const std::string& seed, TimePoint time);

}  // namespace cloudchamber::mock::iam

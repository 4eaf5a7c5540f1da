// Where our halves differ from what was recorded, and are right to.
#pragma once

#include <string>

#include "recordings/wire_check/wire_check.h"

namespace cloudchamber::recordings {

// Why this difference is none of ours; "" where it is. Thread-safe.
[[nodiscard]] std::string reason_for(const Finding& finding);

}  // namespace cloudchamber::recordings

// The text that stands under a name.
#pragma once

#include <string>

#include "cloudchamber/json.h"

namespace cloudchamber::recordings {

// "" where the object has no such member, or one that is no text.
[[nodiscard]] std::string text_of(const Json& object, const char* name);

}  // namespace cloudchamber::recordings

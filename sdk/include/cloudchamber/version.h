// The version of Cloud Chamber: of the SDK, the server and the command.
#pragma once

namespace cloudchamber {

inline constexpr const char* kVersion = "0.1.0";

}  // namespace cloudchamber

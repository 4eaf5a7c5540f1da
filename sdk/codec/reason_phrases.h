// What HTTP says behind a status: "Not Found" behind 404. In the words of AWS's servers, where they
// differ from today's RFC (413, 416).
#pragma once

#include <string_view>

namespace cloudchamber {

// "" for a status without one. Pure function: thread-safe.
[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace cloudchamber

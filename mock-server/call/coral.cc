#include "mock-server/call/coral.h"

#include <algorithm>

namespace cloudchamber::mock {

std::string coral_namespace(const ServiceModel& service) {
  constexpr std::size_t kDateLength = 8;
  std::string name = "com.amazonaws." + service.signing_name;
  const std::size_t underscore = service.target_prefix.rfind('_');
  if (underscore != std::string::npos) {
    const std::string date = service.target_prefix.substr(underscore + 1);
    if (date.size() == kDateLength &&
        std::all_of(date.begin(), date.end(), [](char c) { return c >= '0' && c <= '9'; })) {
      name += ".v" + date;
    }
  }
  return name;
}

}  // namespace cloudchamber::mock

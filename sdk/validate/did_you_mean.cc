#include "sdk/validate/did_you_mean.h"

#include "sdk/model/names.h"

namespace cloudchamber {

std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& names) {
  const std::string_view near = nearest_name(name, names);
  return near.empty() ? std::string() : "; did you mean \"" + std::string(near) + "\"?";
}

}  // namespace cloudchamber

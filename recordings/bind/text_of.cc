#include "recordings/bind/text_of.h"

#include <nlohmann/json.hpp>

namespace cloudchamber::recordings {

std::string text_of(const Json& object, const char* name) {
  const auto at = object.find(name);
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

}  // namespace cloudchamber::recordings

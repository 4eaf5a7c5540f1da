#include "cloudchamber/environment.h"

#include <cstdlib>
#include <map>
#include <utility>

namespace cloudchamber {

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
    if (value == nullptr) return std::nullopt;
    return value;
  };
}

Environment environment_of(
    std::initializer_list<std::pair<const std::string, std::string>> variables) {
  return [variables = std::map<std::string, std::string>(variables)](
             const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
}

}  // namespace cloudchamber

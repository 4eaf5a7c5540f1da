// Environment: where settings that the user gave outside the program are read from. Injected, so
// that a test sees only the variables it sets; the default asks the process.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace cloudchamber {

// The value of an environment variable, nothing when it is not set. Must be callable from any
// thread.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// The variables of the process: the only place that calls getenv.
[[nodiscard]] Environment process_environment();

// An environment that holds just these variables: for tests and embedders.
[[nodiscard]] Environment environment_of(
    std::initializer_list<std::pair<const std::string, std::string>> variables);

}  // namespace cloudchamber

// Names of AWS's as names of C++.
#pragma once

#include <string>

namespace cloudchamber {

// `name` with an underscore behind it where it is a word of the language: "delete_".
[[nodiscard]] std::string cpp_name(std::string name);

}  // namespace cloudchamber

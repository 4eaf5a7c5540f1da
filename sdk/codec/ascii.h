// Letters without regard to case, as HTTP's names, hosts and AWS's policies compare them: those of
// ASCII alone, whatever the locale. Pure functions: thread-safe.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace cloudchamber {

[[nodiscard]] inline char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] inline std::string lowered(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

[[nodiscard]] inline bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace cloudchamber

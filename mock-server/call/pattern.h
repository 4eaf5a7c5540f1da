// Pattern: the regular expressions of service models, matched in time linear in the text: states
// are followed side by side, nothing is tried twice, so that no text can be expensive.
//
// Understood: literals, escapes (\w \d \s \. \\ \t \n \r \x20 \u0020 and their complements \W \D
// \S), \p{L} and the like for ASCII and all beyond it as letters, classes with ranges, . | ( ) (?:
// ) * + ? {n,m}, and ^ $ at the ends. A pattern with anything else, or of too many states, is not
// enforced.
#pragma once

#include <string>
#include <string_view>

namespace cloudchamber::mock {

// Whether the whole of `text` (UTF-8) is of the pattern; true where the pattern is not understood.
// Patterns are compiled at first use and kept: they come from models, never from strangers.
// Thread-safe.
[[nodiscard]] bool matches_pattern(const std::string& pattern, std::string_view text);

// The same for a pattern that a stranger wrote: it is compiled for this call alone.
[[nodiscard]] bool matches_strangers_pattern(const std::string& pattern, std::string_view text);

// Whether a pattern is understood.
[[nodiscard]] bool understands_pattern(const std::string& pattern);

}  // namespace cloudchamber::mock

// Pieces of the HTML report: its style, texts that are nothing but texts, bars. Pure functions:
// thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "recordings/verify/report.h"

namespace cloudchamber::recordings {

// What stands between <style> and </style>: for light and dark, wide and narrow.
[[nodiscard]] std::string_view html_style();

// As content and as the value of an attribute.
[[nodiscard]] std::string html_escaped(std::string_view text);

// A bar of the outcomes' shares, as SVG; "" of none.
[[nodiscard]] std::string html_bar(const CallCounts& tally);
// What the bars' colours mean.
[[nodiscard]] std::string html_key();

}  // namespace cloudchamber::recordings

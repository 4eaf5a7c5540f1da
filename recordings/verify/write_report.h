// A report for people (text, an HTML page, a table for a Markdown page) and for programs (JSON).
//
// Pure functions, thread-safe. What recordings hold is shown as text: control characters and markup
// do nothing.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include "cloudchamber/json.h"
#include "recordings/verify/report.h"

namespace cloudchamber::recordings {

// `most`: how many differences are shown.
void write_text(const Report& report, std::size_t most, std::ostream& out);

// {"format": 1, "recordings", "total": {"same", ...}, "services": {"s3": {"PutObject": {"same",
// ...}}}, "calls": [those that are not the same, with their differences], "unknown", "refused"}
[[nodiscard]] Json json_of(const Report& report);

// One page that needs no other file.
[[nodiscard]] std::string html_of(const Report& report);

// A table of services, in Markdown.
[[nodiscard]] std::string markdown_of(const Report& report);

// `page` with what stands between the lines "<!-- verify -->" and "<!-- end of verify -->" replaced
// by the table. Throws RecordingError when it lacks them.
[[nodiscard]] std::string with_table(const std::string& page, const Report& report);

// "90.0 %"; "-" of none.
[[nodiscard]] std::string percent(std::size_t part, std::size_t whole);

}  // namespace cloudchamber::recordings

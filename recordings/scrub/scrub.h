// Scrubbing: takes out of a recording made elsewhere what a recorder of ours would not have written
// down, and what the user's own rules name.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "sdk/recording/redaction.h"

namespace cloudchamber::recordings {

struct Scrubbed {
  std::filesystem::path file;  // what was written
  std::size_t interactions = 0;
  // Of these no model says what is secret: their headers and URLs are clean, in their bodies only
  // the texts of the rules were looked for.
  std::size_t unknown = 0;
  std::vector<std::string> notes;  // of the importer
};

// A HAR file is replaced, in one step; of a file of another format (import/import.h) FILE.har is
// made beside it, which must not exist. Throws RecordingError with file, line and reason, and
// leaves everything as it was then.
Scrubbed scrub_file(const std::filesystem::path& file, const RedactionRules& rules);

}  // namespace cloudchamber::recordings

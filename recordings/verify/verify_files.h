// The files to verify: recordings of every wire-level format, alone or in folders.
#pragma once

#include <string>
#include <vector>

#include "recordings/verify/report.h"

namespace cloudchamber::recordings {

// Folders are searched for *.har, *.har.part, *.replay, *.yml, *.yaml and *.json; what in them is
// no recording of requests is named in the report's `refused`. A file that is named itself must be
// one: throws RecordingError, as for a path that is not there. In the report, a file of a folder is
// named from the folder on.
[[nodiscard]] Report verify_files(const std::vector<std::string>& paths);

}  // namespace cloudchamber::recordings

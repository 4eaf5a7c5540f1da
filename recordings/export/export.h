// Recordings as what others use: a scenario that `cloudchamber run` plays, the skeleton of a
// GoogleTest, and a folder that boto's placebo answers from.
//
// Values that AWS made up (ids, ARNs, URLs, receipt handles) are not written down where a later
// call uses them: it gets what the earlier one gave when it was played. Pure functions but for
// files: thread-safe.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sdk/recording/recording.h"

namespace cloudchamber::recordings {

struct ExportOptions {
  std::string title = "A recorded story";
  std::string source;  // the file's name, for a comment
};

// Interactions without a meaning are left out; buckets, queues and tables that the recording uses
// without having made them are made first. Of results is expected what the caller chose, as it
// was, and everything else by its type. Where a second or more passed between two calls, time
// passes in the scenario, too.
[[nodiscard]] std::string as_scenario(const Recording& recording,
                                      const ExportOptions& options = {});

// A file with one test, which needs chamber_mock_aws and chamber_clients; identifiers are made of
// the title.
[[nodiscard]] std::string as_gtest(const Recording& recording, const ExportOptions& options = {});

// "s3.ListBuckets_1.json" and so on; the names of the files written. Throws RecordingError where
// one can't be written.
std::vector<std::string> as_placebo(const Recording& recording,
                                    const std::filesystem::path& folder);

}  // namespace cloudchamber::recordings

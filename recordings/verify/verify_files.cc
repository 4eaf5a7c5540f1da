#include "recordings/verify/verify_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "cloudchamber/errors.h"
#include "recordings/import/import.h"
#include "recordings/verify/verify.h"

namespace cloudchamber::recordings {
namespace {

namespace fs = std::filesystem;

bool may_be_recording(const fs::path& file) {
  constexpr std::array<std::string_view, 6> kEndings = {".har", ".har.part", ".replay",
                                                        ".yml", ".yaml",     ".json"};
  const std::string name = file.filename().string();
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  try {
    // Links are not followed: they may lead in circles.
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file() && may_be_recording(entry.path())) files.push_back(entry.path());
  } catch (const fs::filesystem_error& error) {
    throw RecordingError(folder.string() + ": " + error.code().message());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Report verify_files(const std::vector<std::string>& paths) {
  Report report;
  const Verifier verifier;
  for (const std::string& path : paths) {
    std::error_code none;
    if (!fs::is_directory(path, none)) {
      verifier.verify(import_file(path).recording, path, report);
      continue;
    }
    for (const fs::path& file : files_in(path)) {
      const std::string name = file.lexically_relative(path).generic_string();
      try {
        verifier.verify(import_file(file).recording, name, report);
      } catch (const RecordingError& error) {
        // The reason begins with the path.
        const std::string reason = error.what();
        const std::string prefix = file.string();
        report.refused.push_back(
            {name, reason.starts_with(prefix) ? reason.substr(prefix.size()) : reason});
      }
    }
  }
  return report;
}

}  // namespace cloudchamber::recordings

// `cloudchamber run`: plays scenarios against worlds of their own in this process, or against an
// endpoint.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace cloudchamber::scenario {

struct RunOptions {
  std::vector<std::filesystem::path> paths;  // files and folders
  std::string endpoint;     // "" for the mock in this process, else "http://127.0.0.1:4566"
  bool every_step = false;  // a line for each step, as soon as it has been played
};

// Plays all stories and reports on each. Returns the exit status: 0 when all passed, 1 when one
// failed, 2 when one could not be read.
[[nodiscard]] int run_scenarios(const RunOptions& options, std::ostream& out, std::ostream& errors);

}  // namespace cloudchamber::scenario

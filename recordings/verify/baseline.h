// Baseline: how many calls of each operation agreed when somebody last looked. It is committed, and
// may only rise.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "recordings/verify/report.h"

namespace cloudchamber::recordings {

class Baseline {
 public:
  [[nodiscard]] static Baseline of(const Report& report);
  // Throws RecordingError naming the file and what is wrong.
  [[nodiscard]] static Baseline read(std::string_view text, const std::string& name);

  [[nodiscard]] std::string write() const;  // sorted, a line an operation

  // A line for each operation of which fewer calls agree in the report, or fewer are wholly the
  // same; empty when none fell.
  [[nodiscard]] std::vector<std::string> fallen_in(const Report& report) const;

 private:
  struct Reached {
    std::size_t same = 0;
    std::size_t agreeing = 0;
  };
  std::map<std::string, Reached> operations_;  // by "s3.PutObject"
};

}  // namespace cloudchamber::recordings

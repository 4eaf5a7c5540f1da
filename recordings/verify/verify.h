// Verify: sends every request of a recording to a simulated AWS and holds its answers against those
// that were recorded.
//
//   Report report;
//   const Verifier verifier;
//   verifier.verify(read_har_file("story.har"), "story.har", report);
//
// Each recording is played to a world of its own, in this process, on a clock that goes along with
// the recording's times, in the order recorded. What is not asked about: who called (each request
// is signed anew, for the root user of the recording's account), and the bytes of a body that a
// model reads (see wire_check for those). Nothing in a recording is executed.
#pragma once

#include <string>

#include "recordings/understand.h"
#include "recordings/verify/report.h"
#include "sdk/recording/recording.h"

namespace cloudchamber::recordings {

// Thread-safe.
class Verifier {
 public:
  // Adds the recording's calls to the report; `file` names it there.
  void verify(const Recording& recording, const std::string& file, Report& report) const;

 private:
  Understanding understanding_;
};

}  // namespace cloudchamber::recordings

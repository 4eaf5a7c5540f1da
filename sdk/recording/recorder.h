// Recorder: writes a recording while it happens. Each interaction is appended as it is answered, to
// FILE.part, so that a crash loses nothing that was answered; close() makes FILE of it.
//
// Thread-safe. What is secret is replaced before it is written (redaction.h).
#pragma once

#include <filesystem>
#include <fstream>
#include <mutex>

#include "sdk/recording/har.h"
#include "sdk/recording/recording.h"
#include "sdk/recording/redaction.h"

namespace cloudchamber {

class Recorder {
 public:
  // `head` says what the recording tells of itself; its interactions come first. Throws
  // RecordingError when FILE.part can't be written.
  Recorder(std::filesystem::path file, const Recording& head, RedactionRules rules = {});
  ~Recorder();  // closes; a failure then leaves FILE.part
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  // Throws RecordingError when it can't be written, or after close().
  void add(Interaction interaction);

  // FILE.part becomes FILE. Once; a second call does nothing.
  void close();

 private:
  void append(const std::string& entry);  // mutex_ held

  const std::filesystem::path file_;
  const std::filesystem::path part_;
  const RedactionRules rules_;
  std::mutex mutex_;
  std::ofstream out_;
};

}  // namespace cloudchamber

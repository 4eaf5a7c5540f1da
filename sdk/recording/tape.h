// Tape: a recording to look answers up in. Of a large file of ours only what its calls mean is read
// at once; the rest of an entry when it is asked for, and kept then.
//
// Thread-safe.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/blob.h"
#include "sdk/recording/har.h"
#include "sdk/recording/recording.h"

namespace cloudchamber {

class Tape {
 public:
  // What an exchange means whose entry does not say so. May be empty.
  using Understand = std::function<std::optional<Meaning>(const Exchange& exchange)>;

  explicit Tape(Recording recording, Understand understand = nullptr);
  // Throws RecordingError. A file of more than `large` bytes is read as it is used: what is wrong
  // within an entry is then told by at().
  explicit Tape(const std::filesystem::path& file, Understand understand = nullptr,
                std::uintmax_t large = std::uintmax_t{8} << 20);

  [[nodiscard]] std::size_t size() const { return read_.size(); }
  // Throws RecordingError, with file and line, for an entry that can't be read.
  [[nodiscard]] std::shared_ptr<const Interaction> at(std::size_t index) const;
  // What the call means, without reading more than that where possible.
  [[nodiscard]] std::optional<Meaning> meaning(std::size_t index) const;
  // "https://sqs.us-east-1.amazonaws.com".
  [[nodiscard]] std::string endpoint(std::size_t index) const;

 private:
  void keep(Recording recording);
  [[nodiscard]] std::shared_ptr<const Interaction> understood(Interaction interaction) const;
  bool read_lines();  // false where it is not written as we write it
  [[nodiscard]] std::shared_ptr<const Interaction> read(std::size_t index) const;

  std::string name_;
  HarBodies bodies_;
  Understand understand_;
  Blob file_;
  std::string scratch_;
  std::vector<std::string_view> lines_;  // of the entries, in `file_`; none when all was read
  mutable std::mutex mutex_;
  mutable std::vector<std::shared_ptr<const Interaction>> read_;
};

}  // namespace cloudchamber

// Spool: bytes that go by, to be looked at when all have gone: few lie in memory, many in a file.
//
// Not thread-safe.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "cloudchamber/blob.h"

namespace cloudchamber::recordings {

class Spool {
 public:
  // `file` is made, with the folder it lies in, once there are more than `most_in_memory` bytes,
  // and is gone with the spool.
  explicit Spool(std::filesystem::path file, std::size_t most_in_memory = std::size_t{1} << 20)
      : file_(std::move(file)), most_in_memory_(most_in_memory) {}
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  // Throws RecordingError when the file can't be written.
  void write(std::string_view bytes);
  // All that was written, and the end of writing. A Blob of a file outlives the file's name.
  [[nodiscard]] Blob whole();

 private:
  void to_file();

  const std::filesystem::path file_;
  const std::size_t most_in_memory_;
  std::string few_;
  std::ofstream out_;
};

}  // namespace cloudchamber::recordings

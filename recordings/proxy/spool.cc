#include "recordings/proxy/spool.h"

#include <utility>

#include "cloudchamber/errors.h"

namespace cloudchamber::recordings {

Spool::~Spool() {
  if (!out_.is_open()) return;
  out_.close();
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

void Spool::write(std::string_view bytes) {
  if (!out_.is_open()) {
    if (few_.size() + bytes.size() <= most_in_memory_) {
      few_ += bytes;
      return;
    }
    to_file();
  }
  if (!out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size())))
    throw RecordingError(file_.string() + ": can't be written");
}

void Spool::to_file() {
  std::error_code failure;
  std::filesystem::create_directories(file_.parent_path(), failure);
  out_.open(file_, std::ios::binary);
  if (!out_.is_open()) throw RecordingError(file_.string() + ": can't be written");
  out_ << few_;
  few_ = {};
}

Blob Spool::whole() {
  if (!out_.is_open()) return std::exchange(few_, {});
  if (!out_.flush()) throw RecordingError(file_.string() + ": can't be written");
  return Blob::map_file(file_);
}

}  // namespace cloudchamber::recordings

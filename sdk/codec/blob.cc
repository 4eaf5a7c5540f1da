#include "cloudchamber/blob.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace cloudchamber {

Blob::Blob(std::string bytes) { append(std::move(bytes)); }
Blob::Blob(std::string_view bytes) { append(std::string(bytes)); }
Blob::Blob(const char* text) { append(std::string(text)); }

Blob Blob::map_file(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) throw std::system_error(errno, std::generic_category(), path.string());
  struct stat status {};
  const bool known = ::fstat(file, &status) == 0;
  const auto size = known ? static_cast<std::size_t>(status.st_size) : 0;
  void* start =
      known && size > 0 ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0) : nullptr;
  const int error = errno;
  ::close(file);
  if (!known || start == MAP_FAILED)
    throw std::system_error(error, std::generic_category(), path.string());
  Blob blob;
  if (size == 0) return blob;
  std::shared_ptr<const void> owner(start, [size](void* mapped) { ::munmap(mapped, size); });
  blob.pieces_.push_back({std::move(owner), {static_cast<const char*>(start), size}});
  blob.size_ = size;
  return blob;
}

void Blob::append(std::string bytes) {
  if (bytes.empty()) return;
  auto owner = std::make_shared<const std::string>(std::move(bytes));
  const std::string_view view = *owner;
  size_ += view.size();
  pieces_.push_back({std::move(owner), view});
}

void Blob::append(const Blob& other) {
  const std::size_t added = other.size_;
  pieces_.insert(pieces_.end(), other.pieces_.begin(), other.pieces_.end());
  size_ += added;
}

Blob Blob::slice(std::size_t offset, std::size_t length) const {
  Blob result;
  for (const Piece& piece : pieces_) {
    if (length == 0) break;
    if (offset >= piece.view.size()) {
      offset -= piece.view.size();
      continue;
    }
    const std::string_view part = piece.view.substr(offset, length);
    result.pieces_.push_back({piece.owner, part});
    result.size_ += part.size();
    length -= part.size();
    offset = 0;
  }
  return result;
}

std::string Blob::to_string() const {
  std::string result;
  result.reserve(size_);
  for (const Piece& piece : pieces_) result.append(piece.view);
  return result;
}

std::string_view Blob::flat(std::string& scratch) const {
  if (pieces_.empty()) return {};
  if (pieces_.size() == 1) return pieces_.front().view;
  scratch = to_string();
  return scratch;
}

void Blob::drop_front_piece() {
  size_ -= pieces_.front().view.size();
  pieces_.erase(pieces_.begin());
}

bool operator==(const Blob& a, const Blob& b) {
  if (a.size_ != b.size_) return false;
  std::size_t piece_a = 0, piece_b = 0, offset_a = 0, offset_b = 0;
  for (std::size_t left = a.size_; left > 0;) {
    const std::string_view view_a = a.pieces_[piece_a].view.substr(offset_a);
    const std::string_view view_b = b.pieces_[piece_b].view.substr(offset_b);
    const std::size_t step = std::min(view_a.size(), view_b.size());
    if (view_a.substr(0, step) != view_b.substr(0, step)) return false;
    left -= step;
    offset_a += step;
    offset_b += step;
    if (offset_a == a.pieces_[piece_a].view.size()) ++piece_a, offset_a = 0;
    if (offset_b == b.pieces_[piece_b].view.size()) ++piece_b, offset_b = 0;
  }
  return true;
}

}  // namespace cloudchamber

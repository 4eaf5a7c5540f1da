// Blob: immutable bytes of any size, as a rope of shared pieces.
//
// A body of 1 GiB is one Blob; copying, slicing and concatenating Blobs share the pieces and copy
// no byte. A value type: reading one Blob from several threads is safe, and pieces never change
// once they are in.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cloudchamber {

class Blob {
 public:
  Blob() = default;
  Blob(std::string bytes);  // NOLINT(google-explicit-constructor): a string is a blob of one piece
  Blob(std::string_view bytes);  // NOLINT(google-explicit-constructor): copies
  Blob(const char* text);        // NOLINT(google-explicit-constructor): copies

  // The content of a file, mapped rather than read: it is loaded as it is used, and must not be
  // truncated meanwhile. Throws std::system_error when the file can't be opened.
  [[nodiscard]] static Blob map_file(const std::filesystem::path& path);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  void append(std::string bytes);
  void append(const Blob& other);

  // The bytes [offset, offset + length), clipped to the end; shares the pieces.
  [[nodiscard]] Blob slice(std::size_t offset, std::size_t length = std::string::npos) const;

  // All bytes in one string: a copy. For small bodies.
  [[nodiscard]] std::string to_string() const;

  // The bytes as one view without a copy when they lie in one piece; else they are joined into
  // `scratch`.
  [[nodiscard]] std::string_view flat(std::string& scratch) const;

  [[nodiscard]] std::size_t piece_count() const { return pieces_.size(); }
  [[nodiscard]] std::string_view piece(std::size_t index) const { return pieces_[index].view; }
  // Forgets the first piece, so that who consumes a blob piece by piece frees it as it goes.
  void drop_front_piece();

  // Equal bytes, however they are cut into pieces.
  friend bool operator==(const Blob& a, const Blob& b);

 private:
  struct Piece {
    std::shared_ptr<const void> owner;
    std::string_view view;
  };
  std::vector<Piece> pieces_;
  std::size_t size_ = 0;
};

}  // namespace cloudchamber

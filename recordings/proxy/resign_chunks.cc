#include "recordings/proxy/resign_chunks.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "sdk/codec/digests.h"
#include "sdk/sign/canonical.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kLongestLine = 4096;
constexpr std::size_t kLargestChunk = std::size_t{16} << 20;
constexpr std::size_t kLongestTrailer = 16 * 1024;
constexpr std::size_t kRead = 64 * 1024;
constexpr std::string_view kChunkSignature = "chunk-signature=";
constexpr std::string_view kTrailerSignature = "x-amz-trailer-signature:";

// False where there is none of that size behind the name.
bool replace_signature(std::string& text, std::size_t from, std::string_view name,
                       const std::string& signature) {
  const std::size_t field = text.find(name, from);
  if (field == std::string::npos) return false;
  const std::size_t at = text.find_first_not_of(' ', field + name.size());
  if (at == std::string::npos || at + signature.size() > text.size()) return false;
  text.replace(at, signature.size(), signature);
  return true;
}

}  // namespace

std::size_t ResignedChunks::read(char* to, std::size_t size) {
  while (given_ == ready_.size()) {
    ready_.clear();
    given_ = 0;
    next();
    if (ready_.empty()) return 0;
  }
  const std::size_t step = std::min(size, ready_.size() - given_);
  std::memcpy(to, ready_.data() + given_, step);
  given_ += step;
  return step;
}

void ResignedChunks::next() {
  if (!verbatim_) sign_chunk();
  if (!verbatim_ || !ready_.empty()) return;
  if (input_.empty()) fill();
  ready_ = std::exchange(input_, {});
}

bool ResignedChunks::fill() {
  const std::size_t before = input_.size();
  input_.resize(before + kRead);
  const std::size_t got = framed_.read(input_.data() + before, kRead);
  input_.resize(before + got);
  return got > 0;
}

// Behind the line's end; 0 where there is none.
std::size_t ResignedChunks::line_end() {
  std::size_t end = 0;
  while ((end = input_.find('\n')) == std::string::npos) {
    if (input_.size() > kLongestLine || !fill()) return 0;
  }
  return end + 1;
}

void ResignedChunks::sign_chunk() {
  verbatim_ = true;  // until it turns out to be a chunk
  const std::size_t line = line_end();
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(input_.data(), input_.data() + line, size, 16);
  if (line == 0 || error != std::errc()) return;
  if (size == 0) {
    sign_trailer();
    return;
  }
  if (size > kLargestChunk)
    throw std::runtime_error("a chunk of " + std::to_string(size) +
                             " bytes is too large to be signed anew: 16 MiB are the most");
  while (input_.size() < line + size + 2) {
    if (!fill()) return;
  }
  const std::string signature =
      signer_.next(hex(sha256(std::string_view(input_).substr(line, size))));
  std::string head = input_.substr(0, line);
  if (!replace_signature(head, 0, kChunkSignature, signature)) return;
  ready_ = std::move(head) + input_.substr(line, size + 2);
  input_.erase(0, line + size + 2);
  verbatim_ = false;
}

// The last chunk, and what stands behind it.
void ResignedChunks::sign_trailer() {
  while (input_.size() < kLongestTrailer && fill()) {
  }
  const std::size_t line = input_.find('\n') + 1;
  if (!replace_signature(input_, 0, kChunkSignature, signer_.next(payload_hash_of({})))) return;
  try {
    std::string lines;
    for (const auto& [name, value] : decode_aws_chunked(Blob(input_), nullptr).trailers)
      lines += name + ":" + value + "\n";
    if (!lines.empty()) replace_signature(input_, line, kTrailerSignature, signer_.trailer(lines));
  } catch (const AwsChunkedError&) {
    // Whoever it is for says what is wrong with it.
  }
}

}  // namespace cloudchamber::recordings

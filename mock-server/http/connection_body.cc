// Bodies of requests as they come: sized, or in chunks.
#include <algorithm>
#include <cstring>
#include <utility>

#include "mock-server/http/connection.h"

namespace cloudchamber::mock {
namespace {

constexpr std::size_t kPieceSize = 1024 * 1024;
constexpr std::size_t kMaxChunkLine = 4096;  // a chunk's size with its extensions, or a trailer
constexpr std::size_t kMaxTrailers = 64;

}  // namespace

std::optional<HttpFault> Connection::begin_body(const Head& head, BodyProgress& body) const {
  body = {.chunked = head.chunked};
  const bool sized = head.content_length && *head.content_length > 0;
  body.ended = !head.chunked && !sized;
  if (body.ended) return std::nullopt;
  body.allowed = callbacks_.body_limit ? callbacks_.body_limit(head.request) : limits_.max_body;
  if (head.chunked) return std::nullopt;
  body.left = *head.content_length;
  return body.left > body.allowed ? std::optional(HttpFault::kBodyTooLarge) : std::nullopt;
}

std::optional<HttpFault> Connection::read_body(Head& head) {
  BodyProgress progress;
  if (const auto fault = begin_body(head, progress)) return fault;
  std::string piece;
  while (!progress.ended) {
    if (progress.left == 0) {
      if (const auto fault = next_chunk(progress)) return fault;
      continue;
    }
    const std::size_t filled = piece.size();
    piece.resize(filled + std::min<std::uint64_t>(progress.left, kPieceSize - filled));
    for (std::size_t at = filled; at < piece.size();) {
      std::size_t got = 0;
      if (const auto fault = read_some(progress, piece.data() + at, piece.size() - at, got))
        return fault;
      at += got;
    }
    if (piece.size() == kPieceSize) head.request.body.append(std::exchange(piece, {}));
  }
  if (!piece.empty()) head.request.body.append(std::move(piece));
  return std::nullopt;
}

// Large parts are received where they are to lie; small ones come through the buffer, with what
// follows them.
std::optional<HttpFault> Connection::read_some(BodyProgress& body, char* to, std::size_t size,
                                               std::size_t& got) {
  const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(size, body.left));
  Received what = Received::kBytes;
  if (!input().empty() || most < kBufferSize) {
    if (input().empty()) what = fill();
    got = std::min(most, input().size());
    std::memcpy(to, input().data(), got);
    consume(got);
  } else {
    what = flush() ? receive(to, most, got) : Received::kEnd;
  }
  if (what == Received::kEnd) return HttpFault::kIncompleteBody;
  if (what == Received::kSilence) return HttpFault::kTimeout;
  body.left -= got;
  if (body.left > 0) return std::nullopt;
  if (body.chunked) return end_chunk();
  body.ended = true;
  return std::nullopt;
}

std::optional<HttpFault> Connection::read_line(std::string& line) {
  while (true) {
    const std::size_t end = input().find('\n');
    if (end != std::string_view::npos && end <= kMaxChunkLine) {
      line = input().substr(0, end);
      if (!line.empty() && line.back() == '\r') line.pop_back();
      consume(end + 1);
      return std::nullopt;
    }
    if (input().size() > kMaxChunkLine) return HttpFault::kMalformed;
    const Received received = fill();
    if (received == Received::kEnd) return HttpFault::kIncompleteBody;
    if (received == Received::kSilence) return HttpFault::kTimeout;
  }
}

std::optional<HttpFault> Connection::next_chunk(BodyProgress& body) {
  std::string line;
  if (const auto fault = read_line(line)) return fault;
  const std::optional<std::uint64_t> size = parse_chunk_size(line);
  if (!size) return HttpFault::kMalformed;
  if (*size > body.allowed) return HttpFault::kBodyTooLarge;
  body.allowed -= *size;
  body.left = *size;
  if (*size > 0) return std::nullopt;
  body.ended = true;
  // Trailers: nothing of AWS's stands in those of HTTP itself.
  for (std::size_t count = 0; count <= kMaxTrailers; ++count) {
    if (const auto fault = read_line(line)) return fault;
    if (line.empty()) return std::nullopt;
  }
  return HttpFault::kMalformed;
}

std::optional<HttpFault> Connection::end_chunk() {
  std::string line;
  if (const auto fault = read_line(line)) return fault;
  return line.empty() ? std::nullopt : std::optional(HttpFault::kMalformed);
}

}  // namespace cloudchamber::mock

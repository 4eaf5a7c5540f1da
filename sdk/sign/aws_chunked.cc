#include "sdk/sign/aws_chunked.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "sdk/codec/ascii.h"
#include "sdk/codec/digests.h"
#include "sdk/sign/canonical.h"

namespace cloudchamber {
namespace {

using Kind = AwsChunkedError::Kind;

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html: "Chunk size must be at
// least 8 KB", the last one excepted.
constexpr std::uint64_t kSmallestChunk = 8192;
constexpr std::size_t kLongestLine = 4096;
constexpr std::size_t kMostTrailers = 32;
constexpr std::string_view kSignatureField = "chunk-signature=";
constexpr std::string_view kTrailerSignature = "x-amz-trailer-signature";
constexpr std::size_t kSignatureSize = 64;

std::string hex_number(std::size_t number) {
  char digits[16];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number, 16);
  return {digits, end};
}

// Walks over a blob once, whatever its pieces.
class Walk {
 public:
  explicit Walk(const Blob& blob) : rest_(blob) {}

  [[nodiscard]] bool at_end() const { return position_ == rest_.size(); }
  [[nodiscard]] std::size_t left() const { return rest_.size() - position_; }

  // The line up to the next "\r\n", which is passed over. At the end of the blob a line may lack
  // it. Nothing when there is no line at all, or too long a one.
  std::optional<std::string> line() {
    if (at_end()) return std::nullopt;
    std::string text;
    while (!at_end()) {
      const std::string_view here = rest_.piece(piece_).substr(offset_);
      const std::size_t end = here.find('\n');
      text += here.substr(0, std::min(end, kLongestLine + 1));
      if (text.size() > kLongestLine) return std::nullopt;
      skip(end == std::string_view::npos ? here.size() : end + 1);
      if (end != std::string_view::npos) break;
    }
    if (text.ends_with('\r')) text.pop_back();
    return text;
  }

  // The next bytes, sharing the blob's pieces.
  Blob take(std::size_t size) {
    Blob bytes = rest_.slice(position_, size);
    skip(size);
    return bytes;
  }

 private:
  void skip(std::size_t size) {
    position_ += size;
    while (size > 0) {
      const std::size_t step = std::min(size, rest_.piece(piece_).size() - offset_);
      offset_ += step;
      size -= step;
      if (offset_ == rest_.piece(piece_).size()) ++piece_, offset_ = 0;
    }
    // slice() counts from the first piece: leave the pieces behind before there are many.
    if (piece_ >= 1024) {
      rest_ = rest_.slice(position_);
      position_ = piece_ = offset_ = 0;
    }
  }

  Blob rest_;
  std::size_t position_ = 0;
  std::size_t piece_ = 0;
  std::size_t offset_ = 0;
};

struct ChunkHeader {
  std::uint64_t size = 0;
  std::string signature;
};

[[noreturn]] void incomplete(const char* what) { throw AwsChunkedError(Kind::kIncomplete, what); }

ChunkHeader chunk_header(Walk& walk) {
  const std::optional<std::string> line = walk.line();
  if (!line) incomplete("the body ends where a chunk should begin");
  ChunkHeader header;
  const char* const start = line->data();
  const char* const stop = start + line->size();
  const auto [end, error] = std::from_chars(start, stop, header.size, 16);
  if (error != std::errc() || end == start || (end != stop && *end != ';'))
    incomplete("a chunk does not begin with its size");
  const std::size_t field = line->find(kSignatureField, static_cast<std::size_t>(end - start));
  if (field != std::string::npos) {
    const std::size_t from = field + kSignatureField.size();
    header.signature = line->substr(from, line->find(';', from) - from);
  }
  return header;
}

void check(const std::string& expected, const std::string& given, const char* of) {
  if (expected != given)
    throw AwsChunkedError(Kind::kBadSignature, std::string("the signature of ") + of +
                                                   " is not the one that was computed");
}

Headers trailing_headers(Walk& walk, ChunkSigner* signer, bool signed_trailer) {
  Headers trailers;
  std::string lines;
  std::string signature;
  bool begun = false;
  while (const std::optional<std::string> line = walk.line()) {
    if (line->empty()) {
      if (begun) break;
      continue;  // some clients close the last chunk with an empty line first
    }
    begun = true;
    const std::size_t colon = line->find(':');
    if (colon == std::string::npos || colon == 0 || trailers.size() == kMostTrailers)
      throw AwsChunkedError(Kind::kMalformedTrailer, "a trailing header is malformed");
    std::string name = lowered(std::string_view(*line).substr(0, colon));
    const std::size_t begin = line->find_first_not_of(" \t", colon + 1);
    std::string value = begin == std::string::npos ? std::string() : line->substr(begin);
    value.erase(value.find_last_not_of(" \t") + 1);
    if (name == kTrailerSignature) {
      signature = std::move(value);
      continue;
    }
    lines += name + ":" + value + "\n";
    trailers.add(std::move(name), std::move(value));
  }
  if (!walk.at_end())
    throw AwsChunkedError(Kind::kMalformedTrailer, "the body goes on behind its end");
  if (signer != nullptr && signed_trailer)
    check(signer->trailer(lines), signature, "the trailing headers");
  return trailers;
}

}  // namespace

std::string ChunkSigner::sign(std::string_view algorithm, std::string_view hashes) {
  std::string text;
  text.reserve(384);
  for (const std::string_view line : {algorithm, std::string_view(timestamp_),
                                      std::string_view(scope_), std::string_view(previous_)}) {
    text += line;
    text += '\n';
  }
  text += hashes;
  previous_ = hex(hmac_sha256(key_, text));
  return previous_;
}

std::string ChunkSigner::next(std::string_view chunk_hash) {
  return sign("AWS4-HMAC-SHA256-PAYLOAD", payload_hash_of({}) + "\n" + std::string(chunk_hash));
}

std::string ChunkSigner::trailer(std::string_view trailer_lines) {
  return sign("AWS4-HMAC-SHA256-TRAILER", hex(sha256(trailer_lines)));
}

Blob encode_aws_chunked(const Blob& body, ChunkSigner* signer, const Headers& trailers,
                        std::size_t chunk_size) {
  Blob framed;
  std::string between;  // the end of the chunk before and the header of the next, as one piece
  const auto add_chunk = [&](const Blob& chunk) {
    between += hex_number(chunk.size());
    if (signer != nullptr) {
      between += ';';
      between += kSignatureField;
      between += signer->next(payload_hash_of(chunk));
    }
    between += "\r\n";
    if (chunk.empty()) return;
    framed.append(std::exchange(between, {}));
    framed.append(chunk);
    between = "\r\n";
  };
  for (std::size_t offset = 0; offset < body.size(); offset += chunk_size)
    add_chunk(body.slice(offset, chunk_size));
  add_chunk({});
  std::string lines;
  for (const auto& [name, value] : trailers) {
    between += name + ":" + value + "\r\n";
    lines += name + ":" + value + "\n";
  }
  if (signer != nullptr && !trailers.empty())
    between += std::string(kTrailerSignature) + ":" + signer->trailer(lines) + "\r\n";
  between += "\r\n";
  framed.append(std::move(between));
  return framed;
}

std::size_t aws_chunked_size(std::size_t body_size, bool is_signed, const Headers& trailers,
                             std::size_t chunk_size) {
  const std::size_t signature =
      is_signed ? 1 + kSignatureField.size() + kSignatureSize : std::size_t{0};
  const auto chunk = [&](std::size_t size) {
    return hex_number(size).size() + signature + 2 + (size > 0 ? size + 2 : 0);
  };
  std::size_t total = body_size / chunk_size * chunk(chunk_size);
  if (body_size % chunk_size != 0) total += chunk(body_size % chunk_size);
  total += chunk(0) + 2;
  for (const auto& [name, value] : trailers) total += name.size() + 1 + value.size() + 2;
  if (is_signed && !trailers.empty()) total += kTrailerSignature.size() + 1 + kSignatureSize + 2;
  return total;
}

Unchunked decode_aws_chunked(const Blob& framed, ChunkSigner* signer, bool signed_trailer) {
  Walk walk(framed);
  Unchunked result;
  std::uint64_t previous_size = kSmallestChunk;
  for (std::size_t number = 1;; ++number) {
    const ChunkHeader header = chunk_header(walk);
    if (header.size == 0) {
      if (signer != nullptr)
        check(signer->next(payload_hash_of({})), header.signature, "the last chunk");
      break;
    }
    if (previous_size < kSmallestChunk)
      throw AwsChunkedError(Kind::kChunkTooSmall, "a chunk that is not the last is too small",
                            number, previous_size);
    previous_size = header.size;
    if (header.size > walk.left()) incomplete("the body ends within a chunk");
    const Blob chunk = walk.take(static_cast<std::size_t>(header.size));
    if (signer != nullptr) check(signer->next(payload_hash_of(chunk)), header.signature, "a chunk");
    result.body.append(chunk);
    const std::optional<std::string> end = walk.line();
    if (!end || !end->empty()) incomplete("a chunk is longer than its size");
  }
  result.trailers = trailing_headers(walk, signer, signed_trailer);
  return result;
}

}  // namespace cloudchamber

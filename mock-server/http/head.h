// Head: the request line and the headers of one HTTP/1.1 request, read from bytes that a stranger
// sent.
//
// A pure function: what is not HTTP is refused, what is comes out as it was sent (header order,
// repeated headers, percent-encoding). Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "cloudchamber/http.h"

namespace cloudchamber::mock {

// Why a request could not be taken. What AWS answers to it is not this folder's to know.
enum class HttpFault {
  kMalformed,            // not HTTP/1.x: request line, headers, chunk framing
  kHeadTooLarge,         // request line and headers over the limit
  kBodyTooLarge,         // body over the limit
  kIncompleteBody,       // the peer stopped sending before the body's end
  kTimeout,              // the peer was silent for too long in the middle of a request
  kUnsupportedEncoding,  // a Transfer-Encoding other than chunked
  kOverload,             // too many connections
  kInternal,             // the handler threw
};

struct Head {
  HttpRequest request;  // all but the body; Content-Length stays among the headers
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool keep_alive = true;
  bool http_1_0 = false;
  bool expects_continue = false;
  bool asks_for_tunnel = false;  // CONNECT; the target is the authority
};

// The length of the head that `input` begins with, its empty line included; npos when its end has
// not come yet. `from` is where the search may start: what was searched before.
[[nodiscard]] std::size_t find_head_end(std::string_view input, std::size_t from);

// Reads a whole head, its empty line included. Nothing when it could be read, else the fault; then
// `head` holds what was understood up to there.
[[nodiscard]] std::optional<HttpFault> parse_head(std::string_view text, Head& head);

// The size that a chunk's line (without its line end) states. Nothing when it states none.
[[nodiscard]] std::optional<std::uint64_t> parse_chunk_size(std::string_view line);

// How a response tells where its body ends.
struct BodyFraming {
  std::optional<std::uint64_t> length;  // nothing, and no chunks: the status allows no body
  bool chunked = false;
};

// Appends the head of a response up to and including the empty line.
void append_response_head(std::string& out, const HttpResponse& response,
                          const BodyFraming& framing, bool keep_alive, bool http_1_0);

}  // namespace cloudchamber::mock

#include "mock-server/http/connection.h"

#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <utility>

namespace cloudchamber::mock {
namespace {

// Timeouts of sockets are the machine's business, not the simulated world's.
using SocketTime = std::chrono::steady_clock;

constexpr std::size_t kBufferSize = 64 * 1024;
constexpr std::size_t kPieceSize = 1024 * 1024;
constexpr std::size_t kMaxChunkLine = 4096;  // a chunk's size with its extensions, or a trailer
constexpr std::size_t kMaxTrailers = 64;
constexpr std::size_t kSmallBody = 16 * 1024;   // copied behind its head: one send for both
constexpr std::size_t kMaxOutput = 256 * 1024;  // of answers held back for pipelined requests
constexpr std::size_t kMaxLinger = 64 * 1024 * 1024;

std::int64_t ticks() { return SocketTime::now().time_since_epoch().count(); }

bool is_silence(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

HttpResponse plain_fault(HttpFault fault) {
  HttpResponse response;
  switch (fault) {
    case HttpFault::kHeadTooLarge:
    case HttpFault::kMalformed:
    case HttpFault::kIncompleteBody:
    case HttpFault::kTimeout:
      response.status = 400;
      break;
    case HttpFault::kBodyTooLarge:
      response.status = 413;
      break;
    case HttpFault::kUnsupportedEncoding:
      response.status = 501;
      break;
    case HttpFault::kOverload:
      response.status = 503;
      break;
    case HttpFault::kInternal:
      response.status = 500;
      break;
  }
  response.headers.add("Content-Type", "text/plain");
  response.body = "The request could not be answered.\n";
  return response;
}

bool has_body(const Head& head, int status) {
  return head.request.method != "HEAD" && status >= 200 && status != 204 && status != 304;
}

}  // namespace

Connection::Connection(int socket, const HttpServer::Callbacks& callbacks,
                       const HttpServer::Limits& limits)
    : socket_(socket), callbacks_(callbacks), limits_(limits) {}

void Connection::close() {
  closing_ = true;
  ::shutdown(socket_, SHUT_RD);
}

void Connection::abort() {
  closing_ = true;
  ::shutdown(socket_, SHUT_RDWR);
}

void Connection::run() {
  // Not zeroed, so that an idle connection costs the pages it has used.
  buffer_.reset(new char[kBufferSize]);
  while (!closing_ && serve_one()) {
  }
  flush();
}

bool Connection::serve_one() {
  Head head;
  bool ended = false;
  std::optional<HttpFault> fault = read_head(head, ended);
  if (ended) return false;
  if (!fault && head.expects_continue && input().empty()) {
    if (callbacks_.refusal) {
      if (const std::optional<HttpResponse> refusal = callbacks_.refusal(head.request)) {
        answer(head, *refusal, false);
        linger();
        return false;
      }
    }
    output_.append("HTTP/1.1 100 Continue\r\n\r\n");
  }
  if (!fault) fault = read_body(head);
  if (fault) {
    fail(head, *fault);
    return false;
  }
  HttpResponse response;
  // The handler takes the request; what the answer needs of it is kept.
  Head kept;
  kept.request.method = head.request.method;
  kept.http_1_0 = head.http_1_0;
  try {
    response = callbacks_.handle(std::move(head.request));
  } catch (...) {
    fail(kept, HttpFault::kInternal);
    return false;
  }
  const bool keep_alive = head.keep_alive && !closing_;
  return answer(kept, response, keep_alive) && keep_alive;
}

std::optional<HttpFault> Connection::read_head(Head& head, bool& ended) {
  const std::int64_t started = ticks();
  idle_since_ = started;
  std::size_t searched = 0;
  std::size_t head_size = std::string_view::npos;
  while (true) {
    // Empty lines before a request are passed over: old clients send one behind a body.
    while (searched == 0 && (input().starts_with('\r') || input().starts_with('\n'))) consume(1);
    head_size = find_head_end(input(), searched);
    if (head_size != std::string_view::npos || input().size() > limits_.max_head) break;
    searched = input().size() < 3 ? 0 : input().size() - 3;
    if (closing_) {
      ended = input().empty();
      if (ended) return std::nullopt;
    }
    const Received received = fill();
    if (received == Received::kBytes) {
      if (idle_since_ != 0) idle_since_ = 0;
      // One byte now and then must not hold a connection for ever.
      if (!input().empty() &&
          SocketTime::duration(ticks() - started) > limits_.idle_timeout + limits_.read_timeout) {
        return HttpFault::kTimeout;
      }
      continue;
    }
    if (received == Received::kSilence) {
      if (input().empty() && SocketTime::duration(ticks() - started) < limits_.idle_timeout)
        continue;
      ended = input().empty();
      return ended ? std::nullopt : std::optional(HttpFault::kTimeout);
    }
    ended = input().empty();
    return ended ? std::nullopt : std::optional(HttpFault::kMalformed);
  }
  idle_since_ = 0;
  if (head_size == std::string_view::npos || head_size > limits_.max_head) {
    // What fits tells who asks, so that the answer is in the right form.
    const std::string_view beginning = input().substr(0, limits_.max_head);
    const std::size_t last_line = beginning.rfind('\n');
    if (last_line != std::string_view::npos) {
      if (parse_head(beginning.substr(0, last_line + 1), head)) head.request.target = "/";
    }
    consume(input().size());
    return HttpFault::kHeadTooLarge;
  }
  const std::optional<HttpFault> fault = parse_head(input().substr(0, head_size), head);
  consume(head_size);
  return fault;
}

std::optional<HttpFault> Connection::read_body(Head& head) {
  const bool sized = head.content_length && *head.content_length > 0;
  if (!head.chunked && !sized) return std::nullopt;
  const std::uint64_t limit =
      callbacks_.body_limit ? callbacks_.body_limit(head.request) : limits_.max_body;
  if (head.chunked) return read_chunked(head.request.body, limit);
  if (*head.content_length > limit) return HttpFault::kBodyTooLarge;
  return read_sized(head.request.body, *head.content_length);
}

std::optional<HttpFault> Connection::read_sized(Blob& body, std::uint64_t length) {
  while (length > 0) {
    std::string piece;
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(length, kPieceSize));
    const std::size_t at_hand = std::min(size, input().size());
    piece.reserve(size);
    piece.assign(input().substr(0, at_hand));
    consume(at_hand);
    std::size_t filled = at_hand;
    if (filled < size) {
      if (!flush()) return HttpFault::kIncompleteBody;
      piece.resize(size);
      while (filled < size) {
        std::size_t received = 0;
        const Received what = receive(piece.data() + filled, size - filled, received);
        if (what == Received::kEnd) return HttpFault::kIncompleteBody;
        if (what == Received::kSilence) return HttpFault::kTimeout;
        filled += received;
      }
    }
    body.append(std::move(piece));
    length -= size;
  }
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

std::optional<HttpFault> Connection::read_chunked(Blob& body, std::uint64_t limit) {
  std::string line;
  std::string piece;
  std::uint64_t total = 0;
  while (true) {
    if (const auto fault = read_line(line)) return fault;
    const std::optional<std::uint64_t> size = parse_chunk_size(line);
    if (!size) return HttpFault::kMalformed;
    if (*size == 0) break;
    if (*size > limit - total) return HttpFault::kBodyTooLarge;
    total += *size;
    for (std::uint64_t left = *size; left > 0;) {
      if (input().empty()) {
        const Received received = fill();
        if (received == Received::kEnd) return HttpFault::kIncompleteBody;
        if (received == Received::kSilence) return HttpFault::kTimeout;
      }
      const std::string_view part = input().substr(
          0, static_cast<std::size_t>(std::min<std::uint64_t>(left, kPieceSize - piece.size())));
      piece.append(part);
      consume(part.size());
      left -= part.size();
      if (piece.size() == kPieceSize) body.append(std::exchange(piece, {}));
    }
    if (const auto fault = read_line(line)) return fault;
    if (!line.empty()) return HttpFault::kMalformed;
  }
  body.append(std::move(piece));
  // Trailers: nothing of AWS's stands in those of HTTP itself.
  for (std::size_t count = 0; count <= kMaxTrailers; ++count) {
    if (const auto fault = read_line(line)) return fault;
    if (line.empty()) return std::nullopt;
  }
  return HttpFault::kMalformed;
}

Connection::Received Connection::fill() {
  // Before waiting for the peer, tell it all it may be waiting for.
  if (!flush()) return Received::kEnd;
  if (begin_ == end_) {
    begin_ = end_ = 0;
  } else if (end_ == kBufferSize) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  std::size_t received = 0;
  const Received what = receive(buffer_.get() + end_, kBufferSize - end_, received);
  end_ += received;
  return what;
}

Connection::Received Connection::receive(char* to, std::size_t size, std::size_t& received) {
  while (true) {
    const ssize_t count = ::recv(socket_, to, size, 0);
    if (count > 0) {
      received = static_cast<std::size_t>(count);
      return Received::kBytes;
    }
    if (count == 0) return Received::kEnd;
    if (errno == EINTR) continue;
    return is_silence(errno) ? Received::kSilence : Received::kEnd;
  }
}

bool Connection::answer(const Head& head, const HttpResponse& response, bool keep_alive) {
  const bool with_body = has_body(head, response.status);
  std::optional<std::uint64_t> length = response.body.size();
  if (!with_body && response.content_length) length = response.content_length;
  if (response.status < 200 || response.status == 204 || response.status == 304) length.reset();
  append_response_head(output_, response, length, keep_alive, head.http_1_0);
  if (!with_body || response.body.empty()) {
  } else if (response.body.size() <= kSmallBody) {
    for (std::size_t i = 0; i < response.body.piece_count(); ++i)
      output_.append(response.body.piece(i));
  } else {
    return send_with_body(response.body);
  }
  return output_.size() < kMaxOutput || flush();
}

void Connection::fail(const Head& head, HttpFault fault) {
  HttpResponse response;
  try {
    response = callbacks_.fault ? callbacks_.fault(head.request, fault) : plain_fault(fault);
  } catch (...) {
    response = plain_fault(HttpFault::kInternal);
  }
  answer(head, response, false);
  linger();
}

void Connection::refuse() { fail(Head(), HttpFault::kOverload); }

// A socket that is closed with input unread is reset, and the peer may lose the answer: so what it
// still sends is taken and dropped, within bounds.
void Connection::linger() {
  if (!flush()) return;
  ::shutdown(socket_, SHUT_WR);
  if (!buffer_) return;
  const timeval patience{.tv_sec = 1, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  const auto until = SocketTime::now() + std::chrono::seconds(5);
  std::size_t received = 0;
  for (std::size_t dropped = 0; dropped < kMaxLinger && SocketTime::now() < until;
       dropped += received) {
    if (receive(buffer_.get(), kBufferSize, received) != Received::kBytes) return;
  }
}

bool Connection::flush() {
  if (output_.empty()) return true;
  const bool sent = send_all(output_);
  output_.clear();
  if (output_.capacity() > kMaxOutput) output_.shrink_to_fit();
  return sent;
}

// Large pieces go out one by one from where they lie, behind a packet of what comes before: in one
// packet with it (sendmsg, MSG_MORE) the kernel copies them to odd addresses, which was measured to
// take twice the time. Small pieces are joined.
bool Connection::send_with_body(const Blob& body) {
  for (std::size_t i = 0; i < body.piece_count(); ++i) {
    const std::string_view piece = body.piece(i);
    if (piece.size() <= kSmallBody) {
      output_.append(piece);
      if (output_.size() >= kMaxOutput && !flush()) return false;
    } else if (!flush() || !send_all(piece)) {
      return false;
    }
  }
  return flush();
}

bool Connection::send_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) {
      if (errno == EINTR) continue;
      output_.clear();
      closing_ = true;
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace cloudchamber::mock

#include "mock-server/http/connection.h"

#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <new>
#include <utility>

#include "mock-server/http/connection_stream.h"

namespace cloudchamber::mock {
namespace {

constexpr std::size_t kSmallBody = 16 * 1024;   // copied behind its head: one send for both
constexpr std::size_t kMaxOutput = 256 * 1024;  // of answers held back for pipelined requests
constexpr std::size_t kMaxLinger = 64 * 1024 * 1024;

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
                       const HttpServer::Options& options, const ConnectionThreads& threads,
                       const std::function<void()>& make_room)
    : socket_(socket),
      callbacks_(callbacks),
      options_(options),
      limits_(options.limits),
      threads_(threads),
      make_room_(make_room) {}

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
  if (!fault && head.asks_for_tunnel) {
    if (open_tunnel(head)) return false;
    head.request.target = "/";
    fault = HttpFault::kMalformed;
  }
  if (fault) {
    fail(head, *fault);
    return false;
  }
  if (options_.decrypted) head.request.scheme = "https";
  return callbacks_.stream ? serve_stream(head) : serve_whole(head);
}

bool Connection::serve_whole(Head& head) {
  if (head.expects_continue && input().empty() && callbacks_.refusal) {
    if (const std::optional<HttpResponse> refusal = callbacks_.refusal(head.request)) {
      answer(head, *refusal, false);
      linger();
      return false;
    }
  }
  invite(head);
  if (const std::optional<HttpFault> fault = read_body(head)) {
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
  const bool keep_alive = may_go_on(head);
  return answer(kept, response, keep_alive) && keep_alive;
}

bool Connection::serve_stream(Head& head) {
  BodyProgress body;
  std::optional<HttpFault> fault = begin_body(head, body);
  if (fault) {
    fail(head, *fault);
    return false;
  }
  Stream stream(*this, head, body);
  try {
    const std::optional<HttpResponse> response = callbacks_.stream(stream);
    if (!response) return stream.end();
    const bool keep_alive = may_go_on(head) && stream.has_read_all();
    if (!answer(head, *response, keep_alive)) return false;
    // Its body is still on its way, and nobody wants it.
    if (!stream.has_read_all()) linger();
    return keep_alive;
  } catch (const HttpFaultError& error) {
    fault = error.fault();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (...) {
    fault = HttpFault::kInternal;
  }
  // An answer that was begun can't become another one: it breaks off.
  if (!stream.has_begun()) fail(head, *fault);
  return false;
}

void Connection::invite(const Head& head) {
  if (head.expects_continue && input().empty()) output_.append("HTTP/1.1 100 Continue\r\n\r\n");
}

// What the client says before it knows of the tunnel would be lost.
bool Connection::open_tunnel(const Head& head) {
  if (!callbacks_.tunnel || !input().empty() || head.chunked || head.content_length.value_or(0) > 0)
    return false;
  output_.append("HTTP/1.1 200 Connection established\r\n\r\n");
  if (!flush()) return true;
  try {
    callbacks_.tunnel(head.request.target, socket_);
  } catch (const std::exception&) {
    // There is nobody to tell: the tunnel ends.
  }
  return true;
}

bool Connection::answer(const Head& head, const HttpResponse& response, bool keep_alive) {
  const bool with_body = has_body(head, response.status);
  std::optional<std::uint64_t> length = response.body.size();
  if (!with_body && response.content_length) length = response.content_length;
  if (response.status < 200 || response.status == 204 || response.status == 304) length.reset();
  append_response_head(output_, response, {.length = length}, keep_alive, head.http_1_0);
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

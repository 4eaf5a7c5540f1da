// The half of a connection that receives: heads, and what must come of a request in time.
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "mock-server/http/connection.h"

namespace cloudchamber::mock {
namespace {

// On the whole, beside the read timeout: a byte now and then must not hold a connection for ever.
constexpr std::int64_t kMinBytesPerSecond = 1024;
constexpr int kPatience = 20;  // milliseconds that a connection may be silent while others wait

bool is_silence(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

}  // namespace

std::optional<HttpFault> Connection::read_head(Head& head, bool& ended) {
  const auto waiting_since = SocketTime::now();
  idle_since_ = waiting_since.time_since_epoch().count();
  begin_pace();
  std::size_t searched = 0;
  std::size_t head_size = std::string_view::npos;
  while (true) {
    // Empty lines before a request are passed over: old clients send one behind a body.
    while (searched == 0 && (input().starts_with('\r') || input().starts_with('\n'))) consume(1);
    head_size = find_head_end(input(), searched);
    if (head_size != std::string_view::npos || input().size() > limits_.max_head) break;
    searched = input().size() < 3 ? 0 : input().size() - 3;
    yield_to_others();
    if (closing_) {
      ended = input().empty();
      if (ended) return std::nullopt;
    }
    const Received received = fill();
    if (received == Received::kBytes) continue;
    if (received == Received::kSilence && input().empty() &&
        SocketTime::now() - waiting_since < limits_.idle_timeout)
      continue;
    ended = input().empty();
    if (ended) return std::nullopt;
    // Cut short by us, to make room: that it was slow is what it can be told.
    return received == Received::kSilence || closing_ ? HttpFault::kTimeout : HttpFault::kMalformed;
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

// Whoever comes and finds all threads taken closes an idle connection. It finds none while all are
// just beginning: so each that then turns out to be silent sees to it itself. Those that wait have
// said so before they looked for idle ones, and this one is idle before it looks for those that
// wait: one of the two sees the other.
void Connection::yield_to_others() {
  if (!threads_.crowded() || closing_ || !flush()) return;
  pollfd silent{.fd = socket_, .events = POLLIN, .revents = 0};
  if (::poll(&silent, 1, kPatience) == 0) make_room_();
}

void Connection::begin_pace() {
  paced_bytes_ = static_cast<std::int64_t>(input().size());
  if (paced_bytes_ > 0) paced_since_ = SocketTime::now();
}

bool Connection::keeps_pace(std::size_t received) {
  const auto now = SocketTime::now();
  if (paced_bytes_ == 0) paced_since_ = now;
  paced_bytes_ += static_cast<std::int64_t>(received);
  return now - paced_since_ <=
         limits_.read_timeout + std::chrono::seconds(paced_bytes_ / kMinBytesPerSecond);
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
      return keeps_pace(received) ? Received::kBytes : Received::kSilence;
    }
    if (count == 0) return Received::kEnd;
    if (errno == EINTR) continue;
    return is_silence(errno) ? Received::kSilence : Received::kEnd;
  }
}

}  // namespace cloudchamber::mock

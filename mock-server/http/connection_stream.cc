#include "mock-server/http/connection_stream.h"

#include <charconv>
#include <stdexcept>
#include <utility>

namespace cloudchamber::mock {

std::optional<std::uint64_t> Connection::Stream::body_size() const {
  if (head_.chunked) return std::nullopt;
  return head_.content_length.value_or(0);
}

std::size_t Connection::Stream::read(char* to, std::size_t size) {
  if (body_.ended || size == 0) return 0;
  if (!std::exchange(invited_, true)) connection_.invite(head_);
  // The time that passed between two reads is not the client's.
  connection_.paced_since_ += SocketTime::now() - read_until_;
  std::optional<HttpFault> fault;
  if (body_.left == 0) fault = connection_.next_chunk(body_);
  std::size_t got = 0;
  if (!fault && !body_.ended) fault = connection_.read_some(body_, to, size, got);
  if (fault) throw HttpFaultError(*fault);
  read_until_ = SocketTime::now();
  return got;
}

void Connection::Stream::begin(const HttpResponse& head) {
  begun_ = true;
  framing_.length = head.content_length;
  framing_.chunked = !head.content_length && !head_.http_1_0;
  // Who knows of no chunks learns from the connection's end where the body ends.
  keeps_alive_ = connection_.may_go_on(head_) && (framing_.length || framing_.chunked);
  append_response_head(connection_.output_, head, framing_, keeps_alive_, head_.http_1_0);
}

void Connection::Stream::write(std::string_view piece) {
  if (piece.empty()) return;
  written_ += piece.size();
  if (framing_.length && written_ > *framing_.length)
    throw std::length_error("more was written than the answer's head announced");
  std::string& output = connection_.output_;
  if (framing_.chunked) {
    char digits[16];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, piece.size(), 16);
    output.append(digits, end).append("\r\n");
  }
  if (!connection_.flush() || !connection_.send_all(piece)) throw HttpPeerGone();
  if (framing_.chunked) output.append("\r\n");
}

bool Connection::Stream::end() {
  if (framing_.chunked) connection_.output_.append("0\r\n\r\n");
  if (framing_.length && written_ < *framing_.length) return false;
  return connection_.flush() && keeps_alive_ && body_.ended;
}

}  // namespace cloudchamber::mock

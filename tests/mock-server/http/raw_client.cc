#include "tests/mock-server/http/raw_client.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <utility>

namespace cloudchamber::mock::testing {
namespace {

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

}  // namespace

std::string RawResponse::header(std::string_view name) const {
  const std::string heads = lowered(head);
  const std::string wanted = "\r\n" + lowered(name) + ": ";
  const std::size_t at = heads.find(wanted);
  if (at == std::string::npos) return "";
  const std::size_t begin = at + wanted.size();
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

RawClient::RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval patience{.tv_sec = 10, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

RawClient::~RawClient() { ::close(socket_); }

void RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void RawClient::finish_sending() { ::shutdown(socket_, SHUT_WR); }

bool RawClient::more() {
  std::array<char, 65536> buffer;
  const ssize_t received = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (received <= 0) return false;
  input_.append(buffer.data(), static_cast<std::size_t>(received));
  return true;
}

RawResponse RawClient::receive(bool to_head) {
  RawResponse response;
  std::size_t end = 0;
  while ((end = input_.find("\r\n\r\n")) == std::string::npos) {
    if (!more()) return response;
  }
  response.head = input_.substr(0, end + 2);
  input_.erase(0, end + 4);
  response.status = std::atoi(response.head.substr(response.head.find(' ') + 1).c_str());
  const std::size_t length =
      to_head ? 0 : std::strtoull(response.header("Content-Length").c_str(), nullptr, 10);
  while (input_.size() < length) {
    if (!more()) break;
  }
  response.body = input_.substr(0, length);
  input_.erase(0, length);
  return response;
}

std::string RawClient::receive_until(std::string_view end) {
  std::size_t at = 0;
  while ((at = input_.find(end)) == std::string::npos) {
    if (!more()) return std::exchange(input_, {});
  }
  std::string received = input_.substr(0, at + end.size());
  input_.erase(0, received.size());
  return received;
}

bool RawClient::answers_within(Milliseconds time) const {
  pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
  return ::poll(&waiting, 1, static_cast<int>(time.count())) > 0;
}

int RawClient::option_of_peer(int level, int option) const {
  sockaddr_in here{};
  socklen_t size = sizeof here;
  ::getsockname(socket_, reinterpret_cast<sockaddr*>(&here), &size);
  constexpr int kMostDescriptors = 4096;
  for (int fd = 0; fd < kMostDescriptors; ++fd) {
    sockaddr_in other{};
    size = sizeof other;
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&other), &size) != 0 ||
        other.sin_port != here.sin_port)
      continue;
    int value = -1;
    size = sizeof value;
    ::getsockopt(fd, level, option, &value, &size);
    return value;
  }
  return -1;
}

bool RawClient::closed() {
  if (!input_.empty()) return false;
  std::array<char, 1> byte;
  return ::recv(socket_, byte.data(), byte.size(), 0) == 0;
}

}  // namespace cloudchamber::mock::testing

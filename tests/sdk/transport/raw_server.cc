#include "tests/sdk/transport/raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace cloudchamber {

RawServer::RawServer(Answer answer) : answer_(std::move(answer)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || ::bind(listener_, generic, length) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, generic, &length) != 0) {
    throw std::runtime_error("can't listen");
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

RawServer::~RawServer() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  {
    const std::lock_guard lock(mutex_);
    for (const int connection : open_) ::shutdown(connection, SHUT_RDWR);
  }
  for (std::thread& worker : workers_) worker.join();
  for (const int connection : open_) ::close(connection);
}

std::vector<std::string> RawServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void RawServer::accept_all() {
  for (;;) {
    const int connection = ::accept(listener_, nullptr, nullptr);
    if (connection < 0) return;
    ++connections_;
    const std::lock_guard lock(mutex_);
    open_.push_back(connection);
    workers_.emplace_back([this, connection] { serve(connection); });
  }
}

void RawServer::serve(int connection) {
  std::string received;
  for (;;) {
    std::size_t total = std::string::npos;
    while (received.size() < total) {
      const std::size_t end = received.find("\r\n\r\n");
      if (end != std::string::npos) {
        const std::size_t at = received.find("Content-Length: ");
        total = end + 4;
        if (at < end) total += std::strtoul(received.c_str() + at + 16, nullptr, 10);
        if (received.size() >= total) break;
      }
      char buffer[65536];
      const ssize_t count = ::recv(connection, buffer, sizeof(buffer), 0);
      if (count <= 0) return;
      received.append(buffer, static_cast<std::size_t>(count));
    }
    const std::string request = received.substr(0, total);
    received.erase(0, total);
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    const std::string response = answer_(request);
    if (response.empty()) {
      ::shutdown(connection, SHUT_RDWR);
      return;
    }
    for (std::size_t sent = 0; sent < response.size();) {
      const ssize_t count =
          ::send(connection, response.data() + sent, response.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) return;
      sent += static_cast<std::size_t>(count);
    }
  }
}

}  // namespace cloudchamber

#include "recordings/proxy/tls_relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kBuffer = 16 * 1024;  // a TLS record

class Socket {
 public:
  explicit Socket(int port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int yes = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    connected_ =
        ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  const int descriptor_;
  bool connected_ = false;
};

bool send_all(int socket, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = ::send(socket, bytes, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

using Buffer = std::array<char, kBuffer>;

// False when the client has ended.
bool from_client(SSL* client, int server, Buffer& buffer) {
  do {
    const int size = SSL_read(client, buffer.data(), static_cast<int>(buffer.size()));
    if (size <= 0) return SSL_get_error(client, size) == SSL_ERROR_WANT_READ;
    if (!send_all(server, buffer.data(), static_cast<std::size_t>(size))) return false;
  } while (SSL_pending(client) > 0);
  return true;
}

bool from_server(int server, SSL* client, Buffer& buffer) {
  const ssize_t size = ::recv(server, buffer.data(), buffer.size(), 0);
  if (size < 0) return errno == EINTR;
  return size > 0 && SSL_write(client, buffer.data(), static_cast<int>(size)) > 0;
}

}  // namespace

void relay_tls(int socket, const std::shared_ptr<SSL_CTX>& context, int port) {
  const std::unique_ptr<SSL, void (*)(SSL*)> client(SSL_new(context.get()), SSL_free);
  if (client == nullptr || SSL_set_fd(client.get(), socket) != 1 || SSL_accept(client.get()) != 1) {
    ERR_clear_error();  // a client that does not trust us, say
    return;
  }
  const Socket server(port);
  Buffer buffer;
  bool open = server.connected();
  while (open) {
    std::array<pollfd, 2> ends = {pollfd{.fd = socket, .events = POLLIN},
                                  pollfd{.fd = server.descriptor(), .events = POLLIN}};
    if (::poll(ends.data(), ends.size(), -1) < 0) {
      open = errno == EINTR;
      continue;
    }
    // The answer first: its end is the end.
    if (ends[1].revents != 0) open = from_server(server.descriptor(), client.get(), buffer);
    if (open && ends[0].revents != 0) open = from_client(client.get(), server.descriptor(), buffer);
  }
  SSL_shutdown(client.get());
  ERR_clear_error();
}

}  // namespace cloudchamber::recordings

#include "mock-server/http/http_server.h"

#include <httplib.h>
#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <new>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>

#include "mock-server/http/connection.h"
#include "mock-server/http/connection_threads.h"

namespace cloudchamber::mock {
namespace {

// httplib asks for 5: a burst of clients would wait a second for its next SYN.
constexpr int kBacklog = 1024;
// Connections that wait for a thread; more are told that the server is full.
constexpr std::size_t kMaxWaiting = 1024;

// httplib makes its queue anew for each time it listens, and joins it; the threads are ours and
// outlive it.
class ForwardingQueue : public httplib::TaskQueue {
 public:
  explicit ForwardingQueue(std::function<void(std::function<void()>)> run) : run_(std::move(run)) {}
  void enqueue(std::function<void()> job) override { run_(std::move(job)); }
  void shutdown() override {}

 private:
  std::function<void(std::function<void()>)> run_;
};

}  // namespace

class HttpServer::Listener : private httplib::Server {
 public:
  Listener(Callbacks callbacks, HttpServer::Options options)
      : callbacks_(std::move(callbacks)),
        settings_(std::move(options)),
        threads_(settings_.limits.max_connections) {
    set_read_timeout(settings_.limits.read_timeout);
    set_write_timeout(settings_.limits.write_timeout);
    set_tcp_nodelay(true);
    // httplib's default also sets SO_REUSEPORT: two servers would share a port and not know.
    set_socket_options([](socket_t socket) {
      const int yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    new_task_queue = [this] {
      return new ForwardingQueue([this](std::function<void()> job) { take(std::move(job)); });
    };
    bind(settings_.port);
  }

  ~Listener() override {
    stop();
    // Never started: nobody else closes it.
    if (svr_sock_ != INVALID_SOCKET) httplib::detail::close_socket(svr_sock_.exchange(-1));
  }

  void start() {
    accepting_ = std::thread([this] { accept_connections(); });
  }

  void stop() {
    if (stopping_.exchange(true)) return;
    if (!accepting_.joinable()) return;
    // Not httplib's stop(), which closes the descriptor under the accepting thread's hands: another
    // socket could get its number in between.
    {
      const std::lock_guard lock(listening_);
      ::shutdown(svr_sock_, SHUT_RDWR);
    }
    accepting_.join();
    std::unique_lock lock(mutex_);
    for (Connection* connection : connections_) connection->close();
    // The handlers at work finish; a peer that does not read their answers is not waited for.
    if (!empty_.wait_for(lock, kGrace, [this] { return connections_.empty(); })) {
      for (Connection* connection : connections_) connection->abort();
      empty_.wait(lock, [this] { return connections_.empty(); });
    }
  }

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::size_t connection_count() const {
    const std::lock_guard lock(mutex_);
    return connections_.size();
  }
  [[nodiscard]] std::size_t waiting_count() const { return threads_.waiting(); }

 private:
  static constexpr std::chrono::seconds kGrace{2};

  void bind(int port) {
    errno = 0;
    const bool bound = port != 0 ? bind_to_port(settings_.host, port)
                                 : (port = bind_to_any_port(settings_.host)) > 0;
    if (!bound) {
      const std::string reason = errno != 0 ? std::strerror(errno) : "no such address";
      throw std::runtime_error("cannot listen on " + settings_.host +
                               (port > 0 ? ":" + std::to_string(port) : "") + ": " + reason);
    }
    port_ = port;
    ::listen(svr_sock_, kBacklog);
  }

  void accept_connections() {
    while (true) {
      listen_after_bind();
      // It also ends where accept() fails for a passing reason, such as a signal: listen again.
      const std::lock_guard lock(listening_);
      if (stopping_) return;
      try {
        bind(port_);
      } catch (const std::runtime_error&) {
        return;
      }
    }
  }

  void take(std::function<void()> job) {
    if (threads_.waiting() >= kMaxWaiting) {
      refusing_ = true;
      job();
      refusing_ = false;
    } else if (threads_.run(std::move(job))) {
      close_idlest();
    }
  }

  void close_idlest() {
    const std::lock_guard lock(mutex_);
    Connection* idlest = nullptr;
    for (Connection* connection : connections_) {
      const std::int64_t since = connection->idle_since();
      if (since != 0 && (idlest == nullptr || since < idlest->idle_since())) idlest = connection;
    }
    if (idlest != nullptr) idlest->close();
  }

  // httplib calls this for each accepted socket, through take().
  bool process_and_close_socket(socket_t socket) override {
    Connection connection(socket, callbacks_, settings_, threads_, make_room_);
    if (refusing_) {
      connection.refuse();
    } else {
      {
        const std::lock_guard lock(mutex_);
        connections_.insert(&connection);
      }
      // Whoever stops the server sees the connection above, or it sees the stop here.
      try {
        if (!stopping_) connection.run();
      } catch (const std::bad_alloc&) {
        // No memory for this one's body: it is closed, the others go on.
      }
      const std::lock_guard lock(mutex_);
      connections_.erase(&connection);
      if (connections_.empty()) empty_.notify_all();
    }
    httplib::detail::close_socket(socket);
    return true;
  }

  const Callbacks callbacks_;
  const std::function<void()> make_room_ = [this] { close_idlest(); };
  const HttpServer::Options settings_;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  static thread_local bool refusing_;
  std::mutex listening_;
  mutable std::mutex mutex_;
  std::condition_variable empty_;
  std::set<Connection*> connections_;
  std::thread accepting_;
  ConnectionThreads threads_;
};

thread_local bool HttpServer::Listener::refusing_ = false;

HttpServer::HttpServer(Callbacks callbacks, Options options)
    : listener_(std::make_unique<Listener>(std::move(callbacks), std::move(options))) {}
HttpServer::~HttpServer() = default;

void HttpServer::start() { listener_->start(); }
void HttpServer::stop() { listener_->stop(); }
int HttpServer::port() const { return listener_->port(); }
std::size_t HttpServer::connection_count() const { return listener_->connection_count(); }
std::size_t HttpServer::waiting_count() const { return listener_->waiting_count(); }

}  // namespace cloudchamber::mock

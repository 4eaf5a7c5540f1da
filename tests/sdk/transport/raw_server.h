// A server of bytes for tests of a client: it takes connections on 127.0.0.1, hands each request on
// as it came, and answers with the bytes that it is told.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace cloudchamber {

class RawServer {
 public:
  // Gives the response for a request (head and body as received); "" closes the connection.
  using Answer = std::function<std::string(const std::string& request)>;

  explicit RawServer(Answer answer);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::vector<std::string> requests() const;
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void accept_all();
  void serve(int connection);

  Answer answer_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connections_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::vector<int> open_;
  std::vector<std::thread> workers_;
  std::thread acceptor_;
};

}  // namespace cloudchamber

// RawClient: a TCP connection that sends exactly the bytes a test says and tells what came back.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cloudchamber/clock.h"

namespace cloudchamber::mock::testing {

struct RawResponse {
  int status = 0;  // 0: none came
  std::string head;
  std::string body;
  // The first header of that name, else "".
  [[nodiscard]] std::string header(std::string_view name) const;
};

class RawClient {
 public:
  explicit RawClient(int port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  void send(std::string_view bytes);  // what the peer has closed is passed over
  void finish_sending();              // half-closes
  // One response, its body by Content-Length; status 0 when the connection ended before it.
  // `to_head` says that it answers HEAD.
  RawResponse receive(bool to_head = false);
  // The bytes up to and with these; what came, when the connection ended before them.
  std::string receive_until(std::string_view end);
  RawResponse exchange(std::string_view bytes) {
    send(bytes);
    return receive();
  }
  // Is there something to read, or the end, within that time?
  [[nodiscard]] bool answers_within(Milliseconds time) const;
  // An option of the server's end of the connection, which lies in this process; -1 when there is
  // none.
  [[nodiscard]] int option_of_peer(int level, int option) const;
  // Did the server close, with nothing more to read? Waits up to the receive timeout of 10 s.
  bool closed();

 private:
  bool more();
  int socket_;
  bool connected_ = false;
  std::string input_;
};

}  // namespace cloudchamber::mock::testing

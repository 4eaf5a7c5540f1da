// A connection's request as an HttpStream.
#pragma once

#include "mock-server/http/connection.h"
#include "mock-server/http/http_stream.h"

namespace cloudchamber::mock {

class Connection::Stream final : public HttpStream {
 public:
  Stream(Connection& connection, const Head& head, const BodyProgress& body)
      : connection_(connection), head_(head), body_(body) {}

  [[nodiscard]] const HttpRequest& request() const override { return head_.request; }
  [[nodiscard]] std::optional<std::uint64_t> body_size() const override;
  [[nodiscard]] std::size_t read(char* to, std::size_t size) override;
  void begin(const HttpResponse& head) override;
  void write(std::string_view piece) override;

  [[nodiscard]] bool has_begun() const { return begun_; }
  // Has all of the body been read?
  [[nodiscard]] bool has_read_all() const { return body_.ended; }
  // Ends the answer that was begun. False where the connection must end with it.
  [[nodiscard]] bool end();

 private:
  Connection& connection_;
  const Head& head_;
  BodyProgress body_;
  SocketTime::time_point read_until_ = SocketTime::now();
  bool invited_ = false;
  bool begun_ = false;
  bool keeps_alive_ = false;
  BodyFraming framing_;
  std::uint64_t written_ = 0;
};

}  // namespace cloudchamber::mock

// HttpStream: one request whose body is still on its way, and the way that its answer takes piece
// by piece: for proxies, which hold neither.
//
// Belongs to the thread that it was handed to, and to the call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "cloudchamber/http.h"
#include "mock-server/http/head.h"

namespace cloudchamber::mock {

// The body breaks the rules, or off.
class HttpFaultError : public std::runtime_error {
 public:
  explicit HttpFaultError(HttpFault fault)
      : std::runtime_error("the request's body did not come as it was announced"), fault_(fault) {}
  [[nodiscard]] HttpFault fault() const { return fault_; }

 private:
  HttpFault fault_;
};

// Whoever asked is gone.
class HttpPeerGone : public std::runtime_error {
 public:
  HttpPeerGone() : std::runtime_error("the client does not take the answer any more") {}
};

class HttpStream {
 public:
  HttpStream() = default;
  HttpStream(const HttpStream&) = delete;
  HttpStream& operator=(const HttpStream&) = delete;
  virtual ~HttpStream() = default;

  // All but the body.
  [[nodiscard]] virtual const HttpRequest& request() const = 0;
  // Nothing where only the body's end will tell.
  [[nodiscard]] virtual std::optional<std::uint64_t> body_size() const = 0;
  // The next bytes of the body as they come, at most `size`; says how many, 0 at its end. A client
  // that waits with its body is invited by the first call. Throws HttpFaultError.
  [[nodiscard]] virtual std::size_t read(char* to, std::size_t size) = 0;

  // Begins an answer that has a body: `head.content_length` bytes, else as many as come until the
  // call ends. Its own body is not looked at. Throws HttpPeerGone.
  virtual void begin(const HttpResponse& head) = 0;
  // More of the body. Throws HttpPeerGone.
  virtual void write(std::string_view piece) = 0;
};

}  // namespace cloudchamber::mock

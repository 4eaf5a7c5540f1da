// HttpServer: HTTP/1.1 over TCP, on top of cpp-httplib's listener; it carries requests to a handler
// and its responses back, and changes neither: no decompression, no ranges, no decoding of paths.
//
// A connection has a thread while it is open; threads are made as connections come, up to a bound,
// beyond which the connection that has been idle longest makes room. The handler is called from
// many threads at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "cloudchamber/clock.h"
#include "cloudchamber/http.h"
#include "mock-server/http/head.h"
#include "mock-server/http/http_stream.h"

namespace cloudchamber::mock {

class HttpServer {
 public:
  // The response to a request. Should not throw.
  using Handler = std::function<HttpResponse(HttpRequest request)>;

  // What only the one who answers knows. All but one of `handle` and `stream` may be empty.
  struct Callbacks {
    Handler handle;
    // In place of `handle`, for who takes bodies and answers piece by piece. Gives the answer, or
    // nothing where it began one and wrote it all. What it throws after it began one ends the
    // connection, so that nobody takes the answer for whole.
    std::function<std::optional<HttpResponse>(HttpStream& client)> stream;
    // How many bytes of body the request may have, by its head alone; else limits.max_body.
    std::function<std::uint64_t(const HttpRequest& head)> body_limit;
    // The client waits with the body until it is told to go on (Expect: 100-continue): a response
    // here refuses it.
    std::function<std::optional<HttpResponse>(const HttpRequest& head)> refusal;
    // What to answer to what can't be handed to `handle`; `head` is what was understood of it.
    std::function<HttpResponse(const HttpRequest& head, HttpFault fault)> fault;
    // CONNECT: the client has been told that it has a tunnel to the authority ("host:443"), and the
    // socket carries what it likes until this returns. Empty: CONNECT is refused as malformed.
    std::function<void(const std::string& authority, int socket)> tunnel;
  };

  struct Limits {
    std::size_t max_connections = 512;
    std::size_t max_head = 16 * 1024;  // DynamoDB's; S3 states 8 KiB for the headers
    std::uint64_t max_body = std::uint64_t{5} * 1024 * 1024 * 1024;
    Milliseconds idle_timeout{300'000};
    Milliseconds read_timeout{20'000};  // silence in the middle of a request; S3's RequestTimeout
    Milliseconds write_timeout{60'000};
  };

  struct Options {
    std::string host = "127.0.0.1";
    int port = 0;            // 0: any free one
    bool decrypted = false;  // who stands before this has taken HTTPS off
    Limits limits;
  };

  // Listens; requests are answered from start() on. Throws std::runtime_error, with the reason,
  // when the address can't be had.
  HttpServer(Callbacks callbacks, Options options);
  ~HttpServer();  // stops
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  void start();
  // Takes no more requests, lets the handlers at work finish and their responses leave.
  void stop();

  [[nodiscard]] int port() const;
  [[nodiscard]] std::size_t connection_count() const;
  // Connections that wait for a thread.
  [[nodiscard]] std::size_t waiting_count() const;

 private:
  class Listener;
  std::unique_ptr<Listener> listener_;
};

}  // namespace cloudchamber::mock

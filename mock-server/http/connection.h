// Connection: one accepted socket, from its first request to its end.
//
// The one idea: two system calls a request. What arrives is received into one buffer, head and
// small body leave in one send, and answers to pipelined requests leave together once the input is
// drained. Bodies never lie in memory twice: they come as pieces of a Blob and leave as pieces.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/http.h"
#include "mock-server/http/connection_threads.h"
#include "mock-server/http/head.h"
#include "mock-server/http/http_server.h"

namespace cloudchamber::mock {

class Connection {
 public:
  // `socket` stays the caller's to close, after run(). The references outlive the connection.
  // `make_room` closes an idle connection, maybe this one: called where others wait for a thread.
  Connection(int socket, const HttpServer::Callbacks& callbacks, const HttpServer::Options& options,
             const ConnectionThreads& threads, const std::function<void()>& make_room);

  // Answers requests until the peer has had enough, breaks the rules, or close() was called.
  void run();

  // The number that idle connections are compared by: when it began to wait for the head of a
  // request; 0 while it works on one, and once it is to end. From any thread.
  [[nodiscard]] std::int64_t idle_since() const { return closing_ ? 0 : idle_since_.load(); }
  // Ends it after the request at hand. From any thread, while the socket is open.
  void close();
  // Ends it now. From any thread, while the socket is open.
  void abort();

  // Tells the peer that the server is full.
  void refuse();

 private:
  // Timeouts of sockets are the machine's business, not the simulated world's.
  using SocketTime = std::chrono::steady_clock;
  enum class Received { kBytes, kEnd, kSilence };
  static constexpr std::size_t kBufferSize = 64 * 1024;

  class Stream;

  // How far a body has come.
  struct BodyProgress {
    bool chunked = false;
    bool ended = false;
    std::uint64_t left = 0;     // of a sized body, or of the chunk at hand
    std::uint64_t allowed = 0;  // bytes that further chunks may bring
  };

  bool serve_one();  // false when the connection is to end
  bool serve_whole(Head& head);
  bool serve_stream(Head& head);
  // Where others wait for a thread, each gets one answer and its turn is over.
  [[nodiscard]] bool may_go_on(const Head& head) const {
    return head.keep_alive && !closing_ && !threads_.crowded();
  }
  std::optional<HttpFault> read_head(Head& head, bool& ended);
  // Tells a client that waits with its body to send it.
  void invite(const Head& head);
  std::optional<HttpFault> begin_body(const Head& head, BodyProgress& body) const;
  std::optional<HttpFault> read_body(Head& head);
  // At most `size` bytes, more than none; not where `left` is 0.
  std::optional<HttpFault> read_some(BodyProgress& body, char* to, std::size_t size,
                                     std::size_t& got);
  std::optional<HttpFault> next_chunk(BodyProgress& body);
  std::optional<HttpFault> end_chunk();
  std::optional<HttpFault> read_line(std::string& line);
  void yield_to_others();
  Received fill();  // more input behind what is there
  // kSilence also where bytes come, but too slowly on the whole.
  Received receive(char* to, std::size_t size, std::size_t& received);
  void begin_pace();
  bool keeps_pace(std::size_t received);

  [[nodiscard]] std::string_view input() const {
    return std::string_view(buffer_.get() + begin_, end_ - begin_);
  }
  void consume(std::size_t size) { begin_ += size; }

  bool open_tunnel(const Head& head);  // false when there can be none
  bool answer(const Head& head, const HttpResponse& response, bool keep_alive);
  void fail(const Head& head, HttpFault fault);
  void linger();
  bool flush();
  bool send_with_body(const Blob& body);
  bool send_all(std::string_view bytes);

  const int socket_;
  const HttpServer::Callbacks& callbacks_;
  const HttpServer::Options& options_;
  const HttpServer::Limits& limits_;
  const ConnectionThreads& threads_;
  const std::function<void()>& make_room_;
  std::unique_ptr<char[]> buffer_;
  std::size_t begin_ = 0, end_ = 0;
  SocketTime::time_point paced_since_;  // when the first byte of the request at hand came
  std::int64_t paced_bytes_ = 0;
  std::string output_;
  std::atomic<std::int64_t> idle_since_{0};
  std::atomic<bool> closing_{false};
};

}  // namespace cloudchamber::mock

// RecordServer: a proxy that writes down what passes through it (docs/recordings.md).
//
// It is reached as the endpoint of clients (AWS_ENDPOINT_URL), or as their proxy (HTTP_PROXY and,
// by CONNECT, HTTPS_PROXY): it is the same to it. Each exchange is on disk before it is answered,
// its secrets replaced. Of services that it has no model of, and so can't tell what is secret, the
// bodies are left out.
#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <optional>

#include "cloudchamber/http.h"
#include "mock-server/http/http_stream.h"
#include "recordings/proxy/replay_server.h"
#include "recordings/understand.h"
#include "sdk/recording/recorder.h"

namespace cloudchamber::recordings {

class RecordServer {
 public:
  // `head` says what the recording tells of itself. Throws RecordingError when the file can't be
  // written.
  RecordServer(const std::filesystem::path& file, Beyond upstream, RedactionRules rules = {},
               const Recording& head = {});

  // Never throws anything but std::bad_alloc. What did not come through is answered with
  // UpstreamUnreachable (502), what could not be recorded with ProxyFailure (500). Thread-safe.
  [[nodiscard]] HttpResponse handle(const HttpRequest& request);
  // The same with another upstream for once.
  [[nodiscard]] HttpResponse handle(const HttpRequest& request, const Beyond& upstream);

  // The same while the bodies of objects still come: they are handed on piece by piece, both ways,
  // and lie in no memory as a whole. Others may have 256 MiB. Gives the answer, or nothing where it
  // has been handed on. Throws also mock::HttpFaultError and mock::HttpPeerGone, of the client, and
  // what broke off an answer that had begun. Thread-safe.
  [[nodiscard]] std::optional<HttpResponse> handle(mock::HttpStream& client);

  [[nodiscard]] std::size_t recorded() const { return recorded_; }
  // Finishes the file; the destructor does so too.
  void close() { recorder_.close(); }

 private:
  [[nodiscard]] bool is_upload(const HttpRequest& head) const;
  void record(Exchange exchange);

  const std::filesystem::path spools_;
  const Understanding understanding_;
  const Beyond upstream_;
  Recorder recorder_;
  std::atomic<std::size_t> recorded_{0};
  std::atomic<std::size_t> passages_{0};
};

// What is written down of an exchange: its meaning, and its bodies where that is known.
[[nodiscard]] Interaction written_down(const Understanding& understanding, Exchange exchange);

}  // namespace cloudchamber::recordings

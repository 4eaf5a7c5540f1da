// The transport that plays a script: for tests of what is sent and of what is made of an answer.
//
//   auto script = std::make_shared<ScriptedTransport>();
//   script->answer(503).fail("connection reset").answer(200, {}, "{}");
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "cloudchamber/http.h"
#include "cloudchamber/transport.h"

namespace cloudchamber {

// Thread-safe.
class ScriptedTransport : public Transport {
 public:
  // The next response. In the order of the calls; when none is left, send throws std::logic_error.
  ScriptedTransport& answer(int status, Headers headers = {}, Blob body = {});
  // Next, no response: ConnectionError with this message.
  ScriptedTransport& fail(std::string message);

  [[nodiscard]] HttpResponse send(const HttpRequest& request, const SendOptions& options) override;

  [[nodiscard]] std::vector<HttpRequest> requests() const;  // what was sent so far, in order
  [[nodiscard]] std::size_t unused() const;                 // answers that nobody asked for yet

 private:
  struct Step {
    HttpResponse response;
    std::string failure;
    bool fails = false;
  };
  mutable std::mutex mutex_;
  std::deque<Step> steps_;
  std::vector<HttpRequest> requests_;
};

}  // namespace cloudchamber

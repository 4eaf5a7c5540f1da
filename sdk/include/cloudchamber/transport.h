// Transport: the seam between the SDK and whatever answers it: libcurl, the mock in the same
// process, a recording.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/clock.h"
#include "cloudchamber/http.h"
#include "cloudchamber/json.h"

namespace cloudchamber {

// Takes a response body piece by piece as it arrives, instead of having it collected in
// HttpResponse::body.
using BodySink = std::function<void(std::string_view piece)>;

// Sees status and headers of a response (its body is still to come), before the first piece goes to
// the sink.
using HeadSink = std::function<void(const HttpResponse& head)>;

// Gives the body of a request piece by piece as it is sent, instead of HttpRequest::body.
struct BodySource {
  // Fills `to` with at most `size` bytes and says how many; 0 at the body's end. May block, may
  // throw: the exchange then ends with that exception.
  std::function<std::size_t(char* to, std::size_t size)> read;
  std::optional<std::uint64_t> size;  // nothing: only its end will tell (sent in chunks)
};

class ServiceModel;
struct Operation;

// What a request is for: for transports that keep calls or look them up.
struct CallNote {
  const ServiceModel& service;
  const Operation& operation;
  std::string region;
  const Json& parameters;
};

struct SendOptions {
  Milliseconds connect_timeout{60'000};
  Milliseconds read_timeout{60'000};
  BodySource body;                 // may be empty; a body that can't be sent a second time
  BodySink sink;                   // may be empty; called only for a 2xx status
  HeadSink head;                   // may be empty; called only where the sink will be
  const CallNote* call = nullptr;  // null for a request that is no call; valid during the send
};

class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  // One exchange, the response whatever its status. Throws ConnectionError (cloudchamber/errors.h)
  // when there was no response. Thread-safe: clients of one session share a transport.
  [[nodiscard]] virtual HttpResponse send(const HttpRequest& request,
                                          const SendOptions& options) = 0;
};

}  // namespace cloudchamber

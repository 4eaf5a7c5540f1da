// ReplayServer: answers any client in any language from a recording.
//
// A request is understood by both halves' models (recordings/understand.h) and looked up by what it
// means (sdk/recording/replayer.h). What the recording lacks is refused in the request's own
// protocol, naming the nearest recorded call and what differs, or passed on, as the mode says. Two
// questions are its own: GET /_chamber/health and GET /_chamber/unused, the interactions that
// nobody has asked for.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cloudchamber/clock.h"
#include "cloudchamber/http.h"
#include "cloudchamber/replay_transport.h"
#include "cloudchamber/transport.h"
#include "recordings/understand.h"
#include "sdk/recording/recording.h"
#include "sdk/recording/redaction.h"

namespace cloudchamber::recordings {

// An exchange with whoever answers what the recording lacks: the request as it was sent there, the
// response, when and how long. `passing` may bring the request's body and take the response's,
// which then are not in the exchange. Throws ConnectionError when there was no response.
using Beyond = std::function<Exchange(const HttpRequest& request, const SendOptions& passing)>;

class ReplayServer {
 public:
  struct Options {
    ReplayMode mode = ReplayMode::kNone;
    Beyond beyond;                 // needed by every mode but kNone
    double latency = 0;            // 1 keeps the recorded time of each answer, 0 drops it
    std::shared_ptr<Clock> clock;  // on which; the machine's when there is none
    RedactionRules rules;          // of what is recorded
    std::function<void(const std::string& miss)> tell;  // what the recording lacked; may be empty
  };

  // Throws RecordingError when the recording can't be read, or written where one is to be, and
  // std::invalid_argument when the mode needs a `beyond`.
  ReplayServer(const std::filesystem::path& file, Options options);
  // The same of a recording in memory, for the modes that record nothing.
  ReplayServer(Recording recording, Options options);
  ~ReplayServer();

  // Never throws anything but std::bad_alloc. Thread-safe.
  [[nodiscard]] HttpResponse handle(const HttpRequest& request);

  // What nobody has asked for, a line each: "sqs SendMessage {...}". Thread-safe.
  [[nodiscard]] std::vector<std::string> unused() const;
  // How many interactions the recording has.
  [[nodiscard]] std::size_t size() const;

  // Answers that wait for their recorded latency are given at once from now on.
  void hurry();
  // Finishes the file where something is recorded; the destructor does so too.
  void close();

 private:
  struct State;
  const std::unique_ptr<State> state_;
};

}  // namespace cloudchamber::recordings

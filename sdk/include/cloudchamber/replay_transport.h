// The transport that answers from a recording (docs/recordings.md), nothing sent:
//
//   const Session session({.transport = std::make_shared<ReplayTransport>("story.har")});
//
// Calls are matched by service, operation, region and parameters; see sdk/recording/replayer.h.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>

#include "cloudchamber/clock.h"
#include "cloudchamber/recording_transport.h"
#include "cloudchamber/transport.h"

namespace cloudchamber {

class Replayer;

// What becomes of a call: vcrpy's names.
enum class ReplayMode {
  kNone,         // it must be in the recording
  kOnce,         // so if there is a recording; else it is sent and recorded
  kNewEpisodes,  // what the recording lacks is sent, and added to it
  kAll,          // everything is sent, and recorded anew
  kFallthrough   // what the recording lacks is sent, and not recorded
};

struct ReplayOptions {
  ReplayMode mode = ReplayMode::kNone;
  std::shared_ptr<Transport> inner;  // where calls are sent; needed by every mode but kNone
  // 1 keeps the time that each answer took, 0 drops it: on `clock`.
  double latency = 0;
  RecordingOptions recording;
};

// Thread-safe, as `inner` is.
class ReplayTransport : public Transport {
 public:
  // Throws RecordingError when the recording can't be read (or written, where one is to be), and
  // std::invalid_argument when the mode needs an `inner`.
  explicit ReplayTransport(const std::filesystem::path& file, const ReplayOptions& options = {});
  ~ReplayTransport() override;

  // Throws ReplayMiss, naming the nearest recorded call and what differs, and what `inner` throws.
  [[nodiscard]] HttpResponse send(const HttpRequest& request, const SendOptions& options) override;

  // How many interactions of the recording nobody has asked for.
  [[nodiscard]] std::size_t unused() const;

  // Finishes the file where something is recorded. The destructor does so too.
  void close();

 private:
  struct State;
  const std::unique_ptr<State> state_;
};

}  // namespace cloudchamber

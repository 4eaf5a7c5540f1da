#include "cloudchamber/replay_transport.h"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "sdk/recording/har.h"
#include "sdk/recording/replayer.h"
#include "sdk/transport/deliver.h"

namespace cloudchamber {
namespace {

bool reads(ReplayMode mode, const std::filesystem::path& file) {
  switch (mode) {
    case ReplayMode::kAll:
      return false;
    case ReplayMode::kOnce:
    case ReplayMode::kNewEpisodes:
      return std::filesystem::exists(file);
    default:
      return true;
  }
}

}  // namespace

struct ReplayTransport::State {
  std::optional<Replayer> replayer;
  std::shared_ptr<Transport> passing;  // where what is not recorded goes; null: nowhere
  std::shared_ptr<RecordingTransport> tape;
  std::shared_ptr<Clock> clock;
  double latency = 0;
};

ReplayTransport::ReplayTransport(const std::filesystem::path& file, const ReplayOptions& options)
    : state_(std::make_unique<State>()) {
  const ReplayMode mode = options.mode;
  if (mode != ReplayMode::kNone && options.inner == nullptr)
    throw std::invalid_argument(
        "ReplayTransport: this mode sends calls, and has no inner transport");
  state_->latency = options.latency;
  state_->clock = options.recording.clock != nullptr ? options.recording.clock : real_clock();
  const bool replays = reads(mode, file);
  if (replays) state_->replayer.emplace(std::make_unique<const Tape>(file));
  const bool records = mode == ReplayMode::kAll || mode == ReplayMode::kNewEpisodes ||
                       (mode == ReplayMode::kOnce && !replays);
  if (records) {
    const Recording before = replays ? read_har_file(file) : Recording();
    state_->tape =
        std::make_shared<RecordingTransport>(options.inner, file, options.recording, &before);
    state_->passing = state_->tape;
  } else if (mode == ReplayMode::kFallthrough) {
    state_->passing = options.inner;
  }
}

ReplayTransport::~ReplayTransport() = default;

HttpResponse ReplayTransport::send(const HttpRequest& request, const SendOptions& options) {
  if (state_->replayer && options.call != nullptr) {
    const CallNote& note = *options.call;
    const LookedUpCall call{note.service, note.operation, note.region, note.parameters, request};
    if (std::optional<Replayer::Answer> found = state_->replayer->answer(call)) {
      const double took = static_cast<double>(found->took.count()) * state_->latency;
      if (took > 0) state_->clock->sleep_for(Milliseconds(static_cast<std::int64_t>(took)));
      deliver_body(found->response, options);
      return std::move(found->response);
    }
    if (state_->passing == nullptr) throw ReplayMiss(state_->replayer->explain(call));
  }
  if (state_->passing == nullptr)
    throw ReplayMiss("A request that is no call of a service can't be found in a recording: " +
                     request.method + " " + request.target);
  return state_->passing->send(request, options);
}

std::size_t ReplayTransport::unused() const {
  return state_->replayer ? state_->replayer->unused().size() : 0;
}

void ReplayTransport::close() {
  if (state_->tape != nullptr) state_->tape->close();
}

}  // namespace cloudchamber

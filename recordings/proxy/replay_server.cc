#include "recordings/proxy/replay_server.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <utility>

#include "cloudchamber/errors.h"
#include "recordings/proxy/record_server.h"
#include "recordings/proxy/refusals.h"
#include "sdk/recording/comparable.h"
#include "sdk/recording/har.h"
#include "sdk/recording/json_values.h"
#include "sdk/recording/recorder.h"
#include "sdk/recording/replayer.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kMaxLine = 200;
constexpr std::size_t kMaxDocument = std::size_t{1} << 20;

bool reads(ReplayMode mode, const std::filesystem::path& file) {
  if (mode == ReplayMode::kAll) return false;
  if (mode == ReplayMode::kOnce || mode == ReplayMode::kNewEpisodes)
    return std::filesystem::exists(file);
  return true;
}

std::string line_of(const Interaction& interaction) {
  const HttpRequest& request = interaction.exchange.request;
  if (!interaction.meaning) return request.method + " " + request.host + request.target;
  const Meaning& meaning = *interaction.meaning;
  std::string line =
      meaning.service + " " + meaning.operation + " " +
      without_bytes(meaning.parameters).dump(-1, ' ', false, Json::error_handler_t::replace);
  if (line.size() > kMaxLine) line = line.substr(0, kMaxLine - 3) + "...";
  return line;
}

// JSON and query are told apart by this header; a recording of one answers the other too.
bool speak_alike(const HttpRequest& a, const HttpRequest& b) {
  return a.headers.contains("X-Amz-Target") == b.headers.contains("X-Amz-Target");
}

bool replace_endpoint(std::string& text, const std::string& from, const std::string& to) {
  bool replaced = false;
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1)) {
    const std::string_view rest = std::string_view(text).substr(at + from.size());
    // XML namespaces look alike: "https://iam.amazonaws.com/doc/2010-05-08/".
    if (!rest.starts_with('/') || rest.starts_with("/doc/")) continue;
    text.replace(at, from.size(), to);
    replaced = true;
  }
  return replaced;
}

bool is_token(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

// A file can hold what no server sends: names that would forge other headers, interim responses.
void make_sendable(HttpResponse& response) {
  if (response.status < 200)
    throw RecordingError("The recorded answer has status " + std::to_string(response.status) +
                         ", which is none of an answer");
  Headers kept;
  for (const auto& [name, value] : response.headers)
    if (is_token(name)) kept.add(name, value);
  response.headers = std::move(kept);
}

// URLs at the endpoint of the recording (a queue's) lead to this server: some clients follow them.
void move_endpoint(const Understood& call, const HttpRequest& asked, const HttpRequest& recorded,
                   HttpResponse& response) {
  const Member* const stream = call.operation->streaming_output();
  const std::string from = endpoint_of(recorded);
  const std::string to = endpoint_of(asked);
  if (from == to || (stream != nullptr && stream->streaming) || response.body.size() > kMaxDocument)
    return;
  std::string body = response.body.to_string();
  if (!replace_endpoint(body, from, to)) return;
  response.body = Blob(std::move(body));
  response.headers.erase("x-amz-crc32");
}

}  // namespace

struct ReplayServer::State {
  Understanding understanding;
  Options options;
  std::unique_ptr<Replayer> replayer;
  std::unique_ptr<Recorder> recorder;
  Signal hurry;

  // What other tools recorded states no meaning.
  Tape::Understand understand() {
    return [this](const Exchange& exchange) { return understanding.meaning_of(exchange); };
  }

  void wait(Milliseconds recorded) {
    const double took = static_cast<double>(recorded.count()) * options.latency;
    if (took > 0)
      options.clock->wait_until(
          options.clock->now() + Milliseconds(static_cast<std::int64_t>(took)), &hurry);
  }

  std::optional<HttpResponse> replayed(const HttpRequest& request,
                                       const std::optional<Understood>& call) {
    if (replayer == nullptr || !call) return std::nullopt;
    std::optional<Replayer::Answer> answer = replayer->answer(
        {*call->model, *call->operation, call->region, call->parameters, call->request});
    if (!answer) return std::nullopt;
    make_sendable(answer->response);
    wait(answer->took);
    if (!speak_alike(call->request, answer->recorded->exchange.request) &&
        call->model->name == answer->recorded->meaning->service)
      return encoded_anew(*call, *answer->recorded->meaning, answer->response);
    move_endpoint(*call, request, answer->recorded->exchange.request, answer->response);
    return std::move(answer->response);
  }

  std::string miss(const HttpRequest& request, const std::optional<Understood>& call) const {
    if (!call)
      return "A request that is no call of a known service can't be found in a recording: " +
             request.method + " " + request.target.substr(0, kMaxLine);
    return replayer->explain(
        {*call->model, *call->operation, call->region, call->parameters, call->request});
  }

  HttpResponse passed_on(const HttpRequest& request, const std::optional<Understood>& call) {
    try {
      Exchange exchange = options.beyond(request, {});
      HttpResponse response = exchange.response;
      if (recorder != nullptr) recorder->add(written_down(understanding, std::move(exchange)));
      return response;
    } catch (const ConnectionError& error) {
      return refuse(request, call, "UpstreamUnreachable", error.what(), 502);
    } catch (const Error& error) {
      return refuse(request, call, "ProxyFailure", error.what(), 500);
    }
  }

  HttpResponse told(const std::vector<std::string>& lines) const {
    HttpResponse response;
    response.headers.add("Content-Type", "application/json");
    const std::size_t all = replayer == nullptr ? 0 : replayer->tape().size();
    response.body = Json({{"interactions", all}, {"unused", lines}})
                        .dump(-1, ' ', false, Json::error_handler_t::replace) +
                    "\n";
    return response;
  }
};

ReplayServer::ReplayServer(const std::filesystem::path& file, Options options)
    : state_(std::make_unique<State>()) {
  const ReplayMode mode = options.mode;
  state_->options = std::move(options);
  if (mode != ReplayMode::kNone && !state_->options.beyond)
    throw std::invalid_argument("This mode passes calls on, and has nowhere to");
  if (state_->options.clock == nullptr) state_->options.clock = real_clock();
  const bool replays = reads(mode, file);
  if (replays)
    state_->replayer =
        std::make_unique<Replayer>(std::make_unique<const Tape>(file, state_->understand()));
  if (mode == ReplayMode::kAll || mode == ReplayMode::kNewEpisodes ||
      (mode == ReplayMode::kOnce && !replays))
    state_->recorder = std::make_unique<Recorder>(file, replays ? read_har_file(file) : Recording(),
                                                  state_->options.rules);
}

ReplayServer::ReplayServer(Recording recording, Options options)
    : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  const ReplayMode mode = state_->options.mode;
  if (mode != ReplayMode::kNone && (mode != ReplayMode::kFallthrough || !state_->options.beyond))
    throw std::invalid_argument("A recording in memory can't be added to");
  if (state_->options.clock == nullptr) state_->options.clock = real_clock();
  state_->replayer = std::make_unique<Replayer>(
      std::make_unique<const Tape>(std::move(recording), state_->understand()));
}

ReplayServer::~ReplayServer() = default;

HttpResponse ReplayServer::handle(const HttpRequest& request) {
  if (request.target == "/_chamber/health" || request.target == "/_chamber/unused")
    return state_->told(request.target.ends_with("unused") ? unused() : std::vector<std::string>());
  const std::optional<Understood> call = state_->understanding.understood(request);
  try {
    if (std::optional<HttpResponse> found = state_->replayed(request, call))
      return *std::move(found);
  } catch (const RecordingError& error) {  // an entry that is read only now
    return refuse(request, call, "ProxyFailure", error.what(), 500);
  }
  const bool passes =
      state_->recorder != nullptr || state_->options.mode == ReplayMode::kFallthrough;
  if (passes) return state_->passed_on(request, call);
  const std::string miss = state_->miss(request, call);
  if (state_->options.tell) state_->options.tell(miss);
  return refuse(request, call, "ReplayMiss", miss, 400);
}

std::vector<std::string> ReplayServer::unused() const {
  std::vector<std::string> lines;
  if (state_->replayer != nullptr)
    for (const std::size_t place : state_->replayer->unused())
      lines.push_back(line_of(*state_->replayer->tape().at(place)));
  return lines;
}

std::size_t ReplayServer::size() const {
  return state_->replayer == nullptr ? 0 : state_->replayer->tape().size();
}

void ReplayServer::hurry() { state_->hurry.raise(); }

void ReplayServer::close() {
  if (state_->recorder != nullptr) state_->recorder->close();
}

}  // namespace cloudchamber::recordings

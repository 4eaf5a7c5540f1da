#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <memory>
#include <string>

#include "mock-server/http/http_server.h"
#include "mock-server/mock_aws.h"
#include "mock-server/state/offset_clock.h"
#include "recordings/proxy/replay_server.h"
#include "recordings/proxy/upstream.h"
#include "tools/cloudchamber/commands.h"
#include "tools/cloudchamber/until_stopped.h"

namespace cloudchamber::command {
namespace {

constexpr std::size_t kMaxListed = 20;

struct Replay {
  std::string file;
  std::string host = "127.0.0.1";
  int port = 4566;
  ReplayMode mode = ReplayMode::kNone;
  std::string upstream;
  double latency = 0;
  bool quiet = false;
};

recordings::Beyond beyond(const Replay& options, const std::shared_ptr<mock::MockAws>& aws) {
  if (options.mode == ReplayMode::kNone) return nullptr;
  if (options.mode != ReplayMode::kFallthrough) {
    auto upstream = std::make_shared<recordings::Upstream>(
        recordings::Upstream::of_this_machine(options.upstream));
    return [upstream](const HttpRequest& request) { return upstream->exchange(request); };
  }
  return [aws](const HttpRequest& request) {
    return Exchange{.request = request, .response = aws->handle(request), .started = TimePoint()};
  };
}

void greet(const Replay& options, int port, std::size_t interactions) {
  std::printf(
      "Cloud Chamber replays the %zu interactions of %s on http://%s:%d\n"
      "\n"
      "AWS CLI and SDKs  export AWS_ENDPOINT_URL=http://%s:%d AWS_REGION=us-east-1 \\\n"
      "                         AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test\n"
      "\n"
      "What nobody has asked for is told under /_chamber/unused and when Ctrl-C stops it.\n",
      interactions, options.file.c_str(), options.host.c_str(), port, options.host.c_str(), port);
  std::fflush(stdout);
}

int replay(const Replay& options) {
  const UntilStopped stopped;
  const auto aws = options.mode == ReplayMode::kFallthrough
                       ? std::make_shared<mock::MockAws>(mock::MockAws::Options{
                             .clock = std::make_shared<mock::OffsetClock>(real_clock())})
                       : nullptr;
  recordings::ReplayServer replayed(options.file, {.mode = options.mode,
                                                   .beyond = beyond(options, aws),
                                                   .latency = options.latency,
                                                   .tell = [](const std::string& miss) {
                                                     std::fprintf(stderr, "cloudchamber: %s\n",
                                                                  miss.c_str());
                                                   }});
  mock::HttpServer server(
      {.handle = [&](const HttpRequest& request) { return replayed.handle(request); }},
      {.host = options.host, .port = options.port});
  server.start();
  if (!options.quiet) greet(options, server.port(), replayed.size());
  stopped.wait();
  replayed.hurry();
  server.stop();
  replayed.close();
  const std::vector<std::string> unused = replayed.unused();
  if (!options.quiet && !unused.empty()) {
    std::printf("\n%zu of %zu interactions were not asked for:\n", unused.size(), replayed.size());
    for (std::size_t i = 0; i < unused.size() && i < kMaxListed; ++i)
      std::printf("  %s\n", unused[i].c_str());
    if (unused.size() > kMaxListed) std::printf("  ...\n");
  }
  return 0;
}

}  // namespace

void add_replay(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<Replay>();
  CLI::App* command =
      app.add_subcommand("replay", "Answer any client from a recording (docs/recordings.md)");
  command->add_option("recording", options->file, "The recording")->required()->type_name("FILE");
  command->add_option("--host", options->host, "The address to listen on")->capture_default_str();
  command->add_option("--port", options->port, "The port; 0 for any free one")
      ->capture_default_str()
      ->check(CLI::Range(0, 65535));
  const std::map<std::string, ReplayMode> modes = {{"none", ReplayMode::kNone},
                                                   {"once", ReplayMode::kOnce},
                                                   {"new_episodes", ReplayMode::kNewEpisodes},
                                                   {"all", ReplayMode::kAll},
                                                   {"fallthrough", ReplayMode::kFallthrough}};
  command
      ->add_option("--mode", options->mode,
                   "What becomes of a call that the recording lacks: none refuses it, fallthrough "
                   "lets the mock answer, new_episodes sends and records it, once does so where "
                   "there is no recording yet, all sends and records everything anew")
      ->transform(CLI::CheckedTransformer(modes))
      ->type_name("MODE");
  command
      ->add_option("--upstream", options->upstream,
                   "Where calls are sent; AWS itself when there is none")
      ->type_name("URL");
  command
      ->add_option("--latency", options->latency,
                   "1 keeps the time that each answer took, 0.5 halves it, 0 drops it")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1000.0));
  command->add_flag("--quiet", options->quiet, "Print nothing");
  command->callback([options, &chosen] { chosen = [options] { return replay(*options); }; });
}

}  // namespace cloudchamber::command

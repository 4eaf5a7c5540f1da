#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "mock-server/mock_aws.h"
#include "mock-server/state/offset_clock.h"
#include "recordings/import/import.h"
#include "recordings/proxy/replay_server.h"
#include "recordings/proxy/upstream.h"
#include "tools/cloudchamber/commands.h"
#include "tools/cloudchamber/proxy_options.h"
#include "tools/cloudchamber/rules_option.h"
#include "tools/cloudchamber/until_stopped.h"

namespace cloudchamber::command {
namespace {

constexpr std::size_t kMaxListed = 20;

struct Replay {
  std::string file;
  std::string mode_name = "none";
  ReplayMode mode = ReplayMode::kNone;  // what it means
  double latency = 0;
  ProxyOptions proxy;
  RulesOption rules;
};

recordings::Beyond beyond(const Replay& options, const std::shared_ptr<mock::MockAws>& aws) {
  if (options.mode == ReplayMode::kNone) return nullptr;
  if (options.mode != ReplayMode::kFallthrough) {
    auto upstream = std::make_shared<recordings::Upstream>(
        recordings::Upstream::of_this_machine(options.proxy.upstream));
    return [upstream](const HttpRequest& request, const SendOptions& passing) {
      return upstream->exchange(request, passing);
    };
  }
  return [aws](const HttpRequest& request, const SendOptions&) {
    return Exchange{.request = request, .response = aws->handle(request), .started = TimePoint()};
  };
}

void greet(const Replay& options, const recordings::ProxyListener& listener,
           std::size_t interactions) {
  std::printf("Cloud Chamber replays the %zu interactions of %s on %s\n\n", interactions,
              options.file.c_str(), options.proxy.url(listener.port()).c_str());
  options.proxy.explain(listener);
  std::printf(
      "\nWhat nobody has asked for is told under /_chamber/unused and when Ctrl-C stops it.\n");
  std::fflush(stdout);
}

// Ours as it is; of other tools' formats what can be answered from them.
std::unique_ptr<recordings::ReplayServer> open(const Replay& replay,
                                               recordings::ReplayServer::Options options) {
  const std::filesystem::path file = replay.file;
  const bool ours = file.extension() == ".har" || file.extension() == ".part";
  if (ours || !std::filesystem::exists(file))
    return std::make_unique<recordings::ReplayServer>(file, std::move(options));
  recordings::Imported imported = recordings::import_file(file);
  for (const std::string& note : imported.notes) std::fprintf(stderr, "%s\n", note.c_str());
  return std::make_unique<recordings::ReplayServer>(std::move(imported.recording),
                                                    std::move(options));
}

int replay(const Replay& options) {
  const UntilStopped stopped;
  const auto aws = options.mode == ReplayMode::kFallthrough
                       ? std::make_shared<mock::MockAws>(mock::MockAws::Options{
                             .clock = std::make_shared<mock::OffsetClock>(real_clock())})
                       : nullptr;
  if (aws != nullptr)
    for (const std::string& line : aws->seed(options.file))
      std::fprintf(stderr, "%s%s\n", options.file.c_str(), line.c_str());
  const auto replayer = open(options, {.mode = options.mode,
                                       .beyond = beyond(options, aws),
                                       .latency = options.latency,
                                       .rules = options.rules.read(),
                                       .tell = [](const std::string& miss) {
                                         std::fprintf(stderr, "cloudchamber: %s\n", miss.c_str());
                                       }});
  recordings::ReplayServer& replayed = *replayer;
  recordings::ProxyListener listener(
      [&](const HttpRequest& request) { return replayed.handle(request); },
      options.proxy.listener());
  listener.start();
  if (!options.proxy.quiet) greet(options, listener, replayed.size());
  stopped.wait();
  replayed.hurry();
  listener.stop();
  replayed.close();
  const std::vector<std::string> unused = replayed.unused();
  if (!options.proxy.quiet && !unused.empty()) {
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
  const std::map<std::string, ReplayMode> modes = {{"none", ReplayMode::kNone},
                                                   {"once", ReplayMode::kOnce},
                                                   {"new_episodes", ReplayMode::kNewEpisodes},
                                                   {"all", ReplayMode::kAll},
                                                   {"fallthrough", ReplayMode::kFallthrough}};
  command
      ->add_option("--mode", options->mode_name,
                   "What becomes of a call that the recording lacks: none refuses it, fallthrough "
                   "lets the mock answer, new_episodes sends and records it, once does so where "
                   "there is no recording yet, all sends and records everything anew")
      ->check(CLI::IsMember(modes))
      ->type_name("MODE");
  command
      ->add_option("--latency", options->latency,
                   "1 keeps the time that each answer took, 0.5 halves it, 0 drops it")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1000.0))
      // Not a number is in no range and out of none.
      ->check([](const std::string& text) {
        return std::isnan(std::strtod(text.c_str(), nullptr)) ? "'" + text + "' is no number"
                                                              : std::string();
      });
  options->proxy.add_to(*command);
  options->rules.add_to(*command);
  command->callback([options, modes, &chosen] {
    options->mode = modes.at(options->mode_name);
    chosen = [options] { return replay(*options); };
  });
}

}  // namespace cloudchamber::command

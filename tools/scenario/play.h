// Playing scenarios through the SDK, against whatever the session's endpoint or transport leads to.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cloudchamber/clock.h"
#include "cloudchamber/session.h"
#include "tools/scenario/match.h"
#include "tools/scenario/scenario.h"

namespace cloudchamber::scenario {

struct Stage {
  Session session;
  // Lets so much time pass for the service: a virtual clock is set forward, the real one waited
  // for.
  std::function<void(Seconds)> advance;
  // ${unique}: sets the names of this run apart from those of others at the same endpoint.
  std::string unique = "1";
};

// Why a step failed.
struct Failure {
  std::string what;                      // "The result is not what was expected"
  std::optional<Difference> difference;  // where it is about values
  std::string response;                  // what was answered, "" when nothing was
};

struct StepReport {
  std::string title;
  std::string about;
  std::optional<Failure> failure;
};

struct Report {
  std::string file;
  std::string title;
  std::size_t steps = 0;           // of the scenario
  std::vector<StepReport> played;  // up to and with the one that failed
  [[nodiscard]] bool passed() const {
    return played.size() == steps && (steps == 0 || !played.back().failure);
  }
};

// Plays the steps in order up to the first that fails. Throws nothing that a step causes: it is in
// the report. `watch`, where given, sees each step's report as soon as it is there.
[[nodiscard]] Report play(const Scenario& scenario, const Stage& stage,
                          const std::function<void(const StepReport&)>& watch = nullptr);

// "ok    scenarios/sqs/delay.json: A delayed message (7 steps)", or FAIL with the step, the place,
// what was expected, what came, and the response.
[[nodiscard]] std::string text_of(const Report& report);
// One line, "  ok    sqs CreateQueue", with the failure below it where there is one.
[[nodiscard]] std::string text_of(const StepReport& step);

}  // namespace cloudchamber::scenario

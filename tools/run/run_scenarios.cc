#include "tools/run/run_scenarios.h"

#include <ostream>

#include "mock-server/mock_aws.h"
#include "tools/run/remote_stage.h"
#include "tools/scenario/play.h"
#include "tools/scenario/scenario.h"

namespace cloudchamber::scenario {
namespace {

Report play_in_new_world(const Scenario& scenario,
                         const std::function<void(const StepReport&)>& watch) {
  const mock::MockAws aws;
  const auto advance = [&aws](Seconds step) { aws.clock().advance(step); };
  return play(scenario, Stage{aws.session(), advance, "1"}, watch);
}

}  // namespace

int run_scenarios(const RunOptions& options, std::ostream& out, std::ostream& errors) {
  std::vector<Scenario> scenarios;
  try {
    for (const auto& path : find_scenarios(options.paths)) {
      scenarios.push_back(read_scenario(path));
    }
  } catch (const ScenarioError& error) {
    errors << error.what() << "\n";
    return 2;
  }

  const auto watch = [&](const StepReport& step) {
    if (options.every_step) out << text_of(step) << std::flush;
  };
  std::size_t passed = 0;
  for (const Scenario& scenario : scenarios) {
    if (options.every_step) out << scenario.title << "\n";
    const Report report = options.endpoint.empty()
                              ? play_in_new_world(scenario, watch)
                              : play(scenario, remote_stage(options.endpoint), watch);
    if (!options.every_step) out << text_of(report) << std::flush;
    if (report.passed()) ++passed;
  }
  out << passed << " of " << scenarios.size() << " stories passed\n";
  return passed == scenarios.size() ? 0 : 1;
}

}  // namespace cloudchamber::scenario

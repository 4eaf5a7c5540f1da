#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "tools/cloudchamber/commands.h"
#include "tools/run/run_scenarios.h"

namespace cloudchamber::command {

void add_run(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<scenario::RunOptions>();
  CLI::App* command = app.add_subcommand("run", "Play scenarios (docs/scenarios.md)");
  command->add_option("paths", options->paths, "Files, and folders searched for *.json")
      ->required()
      ->type_name("PATH");
  command
      ->add_option("--endpoint", options->endpoint,
                   "Where to play them; without it, each in a new world in this process")
      ->type_name("URL");
  command->add_flag("--steps", options->every_step, "Show each step as it is played");
  command->callback([options, &chosen] {
    chosen = [options] { return scenario::run_scenarios(*options, std::cout, std::cerr); };
  });
}

}  // namespace cloudchamber::command

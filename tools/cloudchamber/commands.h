// The subcommands of `cloudchamber`: each adds itself to the command line and puts what it will do
// into `chosen`, which main() runs.
#pragma once

#include <CLI/App.hpp>
#include <functional>

namespace cloudchamber::command {

// The exit status.
using Action = std::function<int()>;

void add_export(CLI::App& app, Action& chosen);
void add_import(CLI::App& app, Action& chosen);
void add_record(CLI::App& app, Action& chosen);
void add_replay(CLI::App& app, Action& chosen);
void add_run(CLI::App& app, Action& chosen);
void add_scrub(CLI::App& app, Action& chosen);
void add_serve(CLI::App& app, Action& chosen);
void add_verify(CLI::App& app, Action& chosen);
void add_version(CLI::App& app, Action& chosen);

}  // namespace cloudchamber::command

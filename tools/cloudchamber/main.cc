// cloudchamber: a simulated AWS on this machine.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "tools/cloudchamber/commands.h"

int main(int argc, char** argv) {
  CLI::App app("A simulated AWS on this machine, for tests and for learning", "cloudchamber");
  app.require_subcommand(1);
  cloudchamber::command::Action chosen;
  cloudchamber::command::add_serve(app, chosen);
  cloudchamber::command::add_record(app, chosen);
  cloudchamber::command::add_replay(app, chosen);
  cloudchamber::command::add_scrub(app, chosen);
  cloudchamber::command::add_run(app, chosen);
  cloudchamber::command::add_verify(app, chosen);
  cloudchamber::command::add_import(app, chosen);
  cloudchamber::command::add_export(app, chosen);
  cloudchamber::command::add_version(app, chosen);
  CLI11_PARSE(app, argc, argv);
  try {
    return chosen();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cloudchamber: %s\n", error.what());
    return 1;
  }
}

#include "cloudchamber/version.h"

#include <cstdio>

#include "mock-server/services/services.h"
#include "tools/cloudchamber/commands.h"

namespace cloudchamber::command {

void add_version(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("version", "Print the version and what is emulated");
  command->callback([&chosen] {
    chosen = [] {
      std::printf("cloudchamber %s\n", kVersion);
      for (const mock::Service& service : mock::make_services())
        std::printf("  %-14s %zu operations\n", service.name().c_str(), service.handlers().size());
      return 0;
    };
  });
}

}  // namespace cloudchamber::command

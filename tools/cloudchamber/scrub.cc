#include "recordings/scrub/scrub.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "cloudchamber/errors.h"
#include "tools/cloudchamber/commands.h"
#include "tools/cloudchamber/rules_option.h"

namespace cloudchamber::command {
namespace {

struct Scrub {
  std::vector<std::string> files;
  RulesOption rules;
};

int scrub(const Scrub& options) {
  const RedactionRules rules = options.rules.read();
  int failed = 0;
  for (const std::string& file : options.files) {
    try {
      const recordings::Scrubbed done = recordings::scrub_file(file, rules);
      std::printf("%s: %zu interactions\n", done.file.c_str(), done.interactions);
      for (const std::string& note : done.notes) std::printf("  %s\n", note.c_str());
      if (done.unknown > 0)
        std::printf(
            "  %zu of them are of no service that has a model: their bodies were searched for the "
            "texts of the rules alone\n",
            done.unknown);
    } catch (const RecordingError& error) {
      std::fprintf(stderr, "cloudchamber: %s\n", error.what());
      failed = 1;
    }
  }
  return failed;
}

}  // namespace

void add_scrub(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<Scrub>();
  CLI::App* command = app.add_subcommand(
      "scrub", "Take secrets out of recordings made elsewhere (docs/recordings.md)");
  command
      ->add_option("files", options->files,
                   "HAR files, which are replaced, and others, beside which FILE.har is made")
      ->required()
      ->type_name("FILE");
  options->rules.add_to(*command);
  command->callback([options, &chosen] { chosen = [options] { return scrub(*options); }; });
}

}  // namespace cloudchamber::command

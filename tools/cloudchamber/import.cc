#include "recordings/import/import.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sdk/recording/recorder.h"
#include "tools/cloudchamber/commands.h"

namespace cloudchamber::command {
namespace {

struct Import {
  std::vector<std::string> files;
  std::string out;
  bool others = false;
};

// All files, or none: a recording with a part missing would be taken for the whole.
int import_all(const Import& options) {
  Recording head;
  std::vector<Interaction> kept;
  for (const std::string& file : options.files) {
    recordings::Imported imported = recordings::import_file(file);
    std::size_t calls = 0;
    if (file == options.files.front()) {
      head.clock = imported.recording.clock;
      head.seed = imported.recording.seed;
    }
    for (Interaction& interaction : imported.recording.interactions) {
      calls += interaction.meaning ? 1 : 0;
      // Where no model knows a request, nobody can say what is secret in it.
      if (interaction.meaning || options.others) kept.push_back(std::move(interaction));
    }
    std::printf("%s: %s, %zu exchanges, %zu of them calls of services known here\n", file.c_str(),
                imported.format.c_str(), imported.recording.interactions.size(), calls);
    for (const std::string& note : imported.notes) std::printf("  %s\n", note.c_str());
  }
  Recorder recorder(options.out, head);  // which leaves out secrets
  for (Interaction& interaction : kept) recorder.add(std::move(interaction));
  recorder.close();
  std::printf("%s written\n", options.out.c_str());
  return 0;
}

}  // namespace

void add_import(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<Import>();
  CLI::App* command = app.add_subcommand(
      "import", "Make a recording of what other tools recorded (docs/recordings.md)");
  command
      ->add_option("files", options->files,
                   "HAR, go-cloud .replay, go-vcr, Ruby VCR, vcrpy, smithy-rs, in order")
      ->required()
      ->type_name("FILE");
  command->add_option("--out", options->out, "The recording to write")
      ->required()
      ->type_name("FILE");
  command->add_flag("--others", options->others,
                    "Keep what is no call of a service known here, too: all of it, with its "
                    "secrets");
  command->callback([options, &chosen] { chosen = [options] { return import_all(*options); }; });
}

}  // namespace cloudchamber::command

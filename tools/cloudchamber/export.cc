#include "recordings/export/export.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "recordings/import/import.h"
#include "tools/cloudchamber/commands.h"

namespace cloudchamber::command {
namespace {

struct Export {
  std::string file;
  std::string as;
  std::string out;
  std::string title;
};

int export_as(const Export& options) {
  const Recording recording = recordings::import_file(options.file).recording;
  if (options.as == "placebo") {
    if (options.out.empty()) throw std::runtime_error("--as placebo needs a folder: --out FOLDER");
    const std::size_t files = recordings::as_placebo(recording, options.out).size();
    std::printf("%zu files in %s\n", files, options.out.c_str());
    return 0;
  }
  recordings::ExportOptions names;
  names.source = std::filesystem::path(options.file).filename().string();
  if (!options.title.empty()) names.title = options.title;
  const std::string text = options.as == "scenario" ? recordings::as_scenario(recording, names)
                                                    : recordings::as_gtest(recording, names);
  if (options.out.empty()) {
    std::cout << text;
    return 0;
  }
  std::ofstream file(options.out, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error(options.out + ": can't be written");
  return 0;
}

}  // namespace

void add_export(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<Export>();
  CLI::App* command = app.add_subcommand(
      "export", "Make a scenario, a GoogleTest or boto's placebo files of a recording");
  command->add_option("file", options->file, "A recording, in any format that import reads")
      ->required()
      ->type_name("FILE");
  command->add_option("--as", options->as, "What to make")
      ->required()
      ->check(CLI::IsMember({"scenario", "gtest", "placebo"}));
  command
      ->add_option("--out", options->out,
                   "The file to write, or placebo's folder; without it, the standard output")
      ->type_name("PATH");
  command->add_option("--title", options->title, "Of the story, a sentence");
  command->callback([options, &chosen] { chosen = [options] { return export_as(*options); }; });
}

}  // namespace cloudchamber::command

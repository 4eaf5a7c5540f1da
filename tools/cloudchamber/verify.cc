#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cloudchamber/errors.h"
#include "recordings/verify/baseline.h"
#include "recordings/verify/verify_files.h"
#include "recordings/verify/write_report.h"
#include "tools/cloudchamber/commands.h"

namespace cloudchamber::command {
namespace {

using namespace recordings;

constexpr int kFell = 1;      // below the baseline
constexpr int kUnusable = 2;  // a file that can't be read or written

struct Verify {
  std::vector<std::string> paths;
  std::string json, html, markdown, baseline;
  bool write_baseline = false;
  std::size_t most = 20;  // differences shown
  bool quiet = false;
};

std::string content_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw RecordingError(file + ": can't be read");
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write(const std::string& file, const std::string& content) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << content;
  out.close();
  if (!out) throw RecordingError(file + ": can't be written");
}

int verify(const Verify& options) {
  const Report report = verify_files(options.paths);
  if (!options.quiet) write_text(report, options.most, std::cout);
  if (!options.json.empty())
    write(options.json, json_of(report).dump(1, ' ', false, Json::error_handler_t::replace) + '\n');
  if (!options.html.empty()) write(options.html, html_of(report));
  if (!options.markdown.empty())
    write(options.markdown, with_table(content_of(options.markdown), report));
  if (options.baseline.empty()) return 0;
  if (options.write_baseline) {
    write(options.baseline, Baseline::of(report).write());
    return 0;
  }
  const std::vector<std::string> fallen =
      Baseline::read(content_of(options.baseline), options.baseline).fallen_in(report);
  for (const std::string& line : fallen) std::cerr << "fell: " << line << '\n';
  return fallen.empty() ? 0 : kFell;
}

}  // namespace

void add_verify(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<Verify>();
  CLI::App* command =
      app.add_subcommand("verify", "Hold the simulated AWS's answers against recorded ones");
  command->add_option("paths", options->paths, "Recordings, and folders searched for them")
      ->required()
      ->type_name("PATH");
  command->add_option("--json", options->json, "Write the report there, for programs")
      ->type_name("FILE");
  command->add_option("--html", options->html, "Write the report there, as a page to look at")
      ->type_name("FILE");
  command
      ->add_option("--markdown", options->markdown,
                   "Write the table of services into this page, between the lines "
                   "<!-- verify --> and <!-- end of verify -->")
      ->type_name("FILE");
  CLI::Option* baseline =
      command
          ->add_option(
              "--baseline", options->baseline,
              "Exit with status 1 if fewer calls of an operation agree than this file says")
          ->type_name("FILE");
  command->add_flag("--write-baseline", options->write_baseline, "Write that file instead")
      ->needs(baseline);
  command->add_option("--most", options->most, "How many differences are shown")
      ->capture_default_str();
  command->add_flag("--quiet", options->quiet, "Print no report");
  command->callback([options, &chosen] {
    chosen = [options] {
      try {
        return verify(*options);
      } catch (const RecordingError& error) {
        std::cerr << "cloudchamber: " << error.what() << '\n';
        return kUnusable;
      }
    };
  });
}

}  // namespace cloudchamber::command

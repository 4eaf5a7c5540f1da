// --rules FILE: what else is secret, beside what the models say.
#pragma once

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "cloudchamber/errors.h"
#include "sdk/recording/redaction.h"

namespace cloudchamber::command {

struct RulesOption {
  std::string file;

  CLI::Option* add_to(CLI::App& command) {
    return command
        .add_option(
            "--rules", file,
            "What else is secret: {\"headers\": [...], \"members\": [...], \"texts\": [...]}")
        ->type_name("FILE");
  }
  // Throws RecordingError.
  [[nodiscard]] RedactionRules read() const {
    if (file.empty()) return {};
    std::ifstream in(file, std::ios::binary);
    if (!in) throw RecordingError(file + ": can't be read");
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    return redaction_rules(text, file);
  }
};

}  // namespace cloudchamber::command

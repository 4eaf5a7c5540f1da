// Every file of the folder of recordings that others made imports, or is refused with file, line
// and reason. The counts may only rise: whoever adds a format or a recording raises the floor.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "recordings/import/import.h"

namespace cloudchamber::recordings {
namespace {

std::filesystem::path folder() {
  const char* const place = std::getenv("CHAMBER_RECORDINGS");
  return place != nullptr ? place : "../shared/recordings";
}

struct Count {
  std::size_t files = 0;
  std::size_t items = 0;       // exchanges, or responses
  std::size_t understood = 0;  // of exchanges, calls of a service that we know
};

// What a whole folder of ../shared/recordings gave when this was written.
const std::map<std::string, Count> kFloor = {
    {"LocalStack snapshot", {89, 1745, 0}},
    {"Ruby VCR", {28, 121, 116}},
    {"botocore pair", {55, 55, 0}},
    {"go-cloud", {62, 560, 536}},
    {"go-vcr", {14, 53, 46}},
    {"placebo", {616, 616, 0}},
    {"smithy-rs", {12, 24, 20}},
    {"vcrpy", {7, 25, 25}},
};

TEST(Everything, ImportsOrIsRefusedWithFileLineAndReason) {
  std::map<std::string, Count> counts;
  std::map<std::string, std::size_t> refused;  // by reason
  std::map<std::string, std::size_t> others;   // exchanges that are no call of ours, by host
  std::size_t files = 0;
  if (!std::filesystem::is_directory(folder())) GTEST_SKIP() << "no recordings in " << folder();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder())) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const std::filesystem::path& file = entry.path();
    std::string why;
    try {
      const Imported imported = import_file(file);
      Count& count = counts[imported.format];
      ++count.files;
      count.items += imported.recording.interactions.size();
      for (const Interaction& interaction : imported.recording.interactions) {
        if (interaction.meaning)
          ++count.understood;
        else
          ++others[interaction.exchange.request.host];
      }
      continue;
    } catch (const RecordingError& error) {
      why = error.what();  // it may hold parsed responses
    }
    try {
      const std::vector<ParsedResponse> responses = import_parsed(file);
      Count& count = counts[responses.empty() ? "LocalStack snapshot" : responses[0].format];
      ++count.files;
      count.items += responses.size();
    } catch (const RecordingError& error) {
      // The reader that knows the format has more to say.
      const std::string unknown = error.what();
      const std::string what = unknown.ends_with("of no format that is known here") ? why : unknown;
      EXPECT_TRUE(what.starts_with(file.string() + ":")) << what;
      std::smatch parts;
      const std::string rest = what.substr(file.string().size());
      EXPECT_TRUE(std::regex_match(rest, parts, std::regex(":[1-9][0-9]*: (.+)"))) << what;
      // Of ours all are whole; a stranger's may be broken, or of another program.
      const std::string extension = file.extension().string();
      const bool is_data = extension == ".yaml" || extension == ".yml" || extension == ".replay" ||
                           extension == ".har";
      EXPECT_FALSE(is_data && std::getenv("CHAMBER_RECORDINGS") == nullptr) << what;
      ++refused[parts.str(1)];
    }
  }
  std::cout << files << " files in " << folder() << "\n";
  for (const auto& [format, count] : counts)
    std::cout << "  " << format << ": " << count.files << " files, " << count.items << " "
              << (count.understood != 0 ? "exchanges" : "responses") << ", " << count.understood
              << " understood\n";
  for (const auto& [reason, times] : refused)
    std::cout << "  refused, " << times << ": " << reason << "\n";
  for (const auto& [host, times] : others)
    std::cout << "  no call of a service known here, " << times << ": to " << host << "\n";
  if (std::getenv("CHAMBER_RECORDINGS") != nullptr) return;
  for (const auto& [format, floor] : kFloor) {
    EXPECT_GE(counts[format].files, floor.files) << format;
    EXPECT_GE(counts[format].items, floor.items) << format;
    EXPECT_GE(counts[format].understood, floor.understood) << format;
  }
}

}  // namespace
}  // namespace cloudchamber::recordings

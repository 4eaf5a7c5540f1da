// The four-way check over the folder of recordings that others made. The counts may only rise, and
// nothing may differ that is not excluded with its reason.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "recordings/wire_check/wire_check.h"

namespace cloudchamber::recordings {
namespace {

std::filesystem::path folder() {
  const char* const place = std::getenv("CHAMBER_RECORDINGS");
  return place != nullptr ? place : "../shared/recordings";
}

// What agreed over all of ../shared/recordings when this was written: serialize, decode, parse,
// encode.
const std::map<std::string, std::array<std::size_t, 4>> kFloor = {
    {"cloudformation", {9, 9, 530, 530}}, {"dynamodb", {281, 281, 350, 349}},
    {"dynamodbstreams", {0, 0, 1, 1}},    {"ec2", {97, 97, 237, 235}},
    {"iam", {11, 11, 177, 175}},          {"s3", {211, 211, 1116, 1051}},
    {"sqs", {127, 127, 333, 333}},        {"sts", {7, 7, 22, 20}},
};

void check_file(const std::filesystem::path& file, WireCheck& check) {
  try {
    const Imported imported = import_file(file);
    std::size_t at = 0;
    for (const Interaction& interaction : imported.recording.interactions)
      check.check(interaction, file.string() + "#" + std::to_string(++at));
    return;
  } catch (const RecordingError&) {
    // It may hold parsed responses.
  }
  try {
    for (const ParsedResponse& response : import_parsed(file)) check.check(response);
  } catch (const RecordingError&) {
    // tests/recordings/import asks why.
  }
}

TEST(WireCheck, OfEverythingFindsOurHalvesAndAwsAlike) {
  WireCheck check;
  if (!std::filesystem::is_directory(folder())) GTEST_SKIP() << "no recordings in " << folder();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder()))
    if (entry.is_regular_file()) check_file(entry.path(), check);
  std::cout << folder() << ": agreed + excluded (serialize, decode, parse, encode)\n";
  for (const auto& [service, tallies] : check.tallies()) {
    std::cout << "  " << service;
    for (const Tally& tally : tallies)
      std::cout << "  " << tally.agreed << "+" << tally.excluded
                << (tally.differed == 0 ? "" : " -" + std::to_string(tally.differed));
    std::cout << "\n";
  }
  for (const auto& [reason, times] : check.excluded())
    std::cout << "  excluded, " << times << ": " << reason << "\n";
  for (const Finding& finding : check.findings())
    ADD_FAILURE() << name_of(finding.half) << " " << finding.service << " " << finding.operation
                  << "\n  " << finding.where << "\n  " << finding.difference;
  if (std::getenv("CHAMBER_RECORDINGS") != nullptr) return;
  for (const auto& [service, floor] : kFloor) {
    const auto found = check.tallies().find(service);
    ASSERT_NE(found, check.tallies().end()) << service;
    for (std::size_t half = 0; half < 4; ++half)
      EXPECT_GE(found->second.at(half).agreed, floor.at(half))
          << service << " " << name_of(static_cast<Half>(half));
  }
}

}  // namespace
}  // namespace cloudchamber::recordings

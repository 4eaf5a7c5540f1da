// Files of every importer: what they take is understood, and written again as a recording that can
// be read.
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "recordings/import/import.h"
#include "sdk/recording/har.h"
#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {
namespace {

// No bodies apart: nothing is written to files here.
const HarBodies kInline{.folder = "/nonexistent", .max_inline = SIZE_MAX};

}  // namespace

void fuzz_recordings(std::string_view input) {
  try {
    const recordings::Imported imported = recordings::import_text(input, "fuzzed");
    for (const Interaction& interaction : imported.recording.interactions) {
      const std::string entry = entry_of(interaction, kInline);
      (void)interaction_of(Json::parse(entry), kInline);
    }
  } catch (const RecordingError&) {
  }
  try {
    for (const auto& response : recordings::import_parsed_text(input, "s3.ListBuckets_1.json"))
      (void)response.result.dump(-1, ' ', false, Json::error_handler_t::replace);
  } catch (const RecordingError&) {
  }
}

}  // namespace cloudchamber::fuzz

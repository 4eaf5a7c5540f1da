#include "recordings/scrub/scrub.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "cloudchamber/errors.h"
#include "recordings/import/import.h"
#include "recordings/understand.h"
#include "sdk/model/service_model.h"
#include "sdk/recording/har.h"

namespace cloudchamber::recordings {
namespace {

bool is_har(const std::filesystem::path& file) { return file.extension() == ".har"; }

// The bodies beside the new file take the place of those beside the old one.
void replace(const std::filesystem::path& by, const std::filesystem::path& file) {
  const auto old_bodies = bodies_of(file).folder;
  const auto new_bodies = bodies_of(by).folder;
  std::filesystem::remove_all(old_bodies);
  if (std::filesystem::exists(new_bodies)) std::filesystem::rename(new_bodies, old_bodies);
  std::filesystem::rename(by, file);
}

}  // namespace

Scrubbed scrub_file(const std::filesystem::path& file, const RedactionRules& rules) {
  const bool in_place = is_har(file);
  Scrubbed scrubbed{.file = in_place ? file : std::filesystem::path(file.string() + ".har")};
  if (!in_place && std::filesystem::exists(scrubbed.file))
    throw RecordingError(scrubbed.file.string() + ": exists already");
  Imported imported = import_file(file);
  const Understanding understanding;
  for (Interaction& interaction : imported.recording.interactions) {
    if (!interaction.meaning) interaction.meaning = understanding.meaning_of(interaction.exchange);
    const auto model = interaction.meaning ? find_model(interaction.meaning->service) : nullptr;
    if (model == nullptr) ++scrubbed.unknown;
    redact(interaction, model.get(), rules);
  }
  scrubbed.interactions = imported.recording.interactions.size();
  scrubbed.notes = std::move(imported.notes);
  const std::filesystem::path written = file.string() + ".scrubbed";
  // What lies there may be a link to somewhere else: it is taken away, not followed.
  std::filesystem::remove(written);
  std::filesystem::remove_all(bodies_of(written).folder);
  write_har_file(imported.recording, written);
  imported = Imported();  // it may lie in the files that are replaced now
  if (in_place) {
    replace(written, file);
  } else {
    replace(written, scrubbed.file);
  }
  return scrubbed;
}

}  // namespace cloudchamber::recordings

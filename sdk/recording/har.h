// HAR 1.2, the format in which browsers, proxies and test tools keep HTTP traffic, with fields of
// our own (`_service`, `_parameters`, ...) for what it lacks: docs/recordings.md names them all.
//
// Pure functions, thread-safe. Whatever a file holds, reading it ends in a Recording or in a
// RecordingError that names the place; nothing in it is executed, and no file beside it is opened
// but a body that it names by its digest.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/json.h"
#include "sdk/recording/recording.h"

namespace cloudchamber {

// How bodies are kept.
struct HarBodies {
  std::filesystem::path folder;  // of bodies in files of their own, "story.har.bodies"
  std::size_t max_inline = std::size_t{1} << 20;  // bytes; larger ones go there
};

// One entry, on one line, and back. `entry_of` writes a large body to its file: throws
// RecordingError when it can't.
[[nodiscard]] std::string entry_of(const Interaction& interaction, const HarBodies& bodies);
[[nodiscard]] Interaction interaction_of(const Json& entry, const HarBodies& bodies);
// What the entry says that it means; nothing where it doesn't.
[[nodiscard]] std::optional<Meaning> meaning_in(const Json& entry);

// What stands before the entries: everything of the recording but the interactions.
[[nodiscard]] std::string head_of(const Recording& recording);

// The whole file: an object with the entries a line each, or, of a recording that was not closed,
// the head and the entries a line each without anything around them; a last line that was cut off
// is left out. `name` is for messages.
[[nodiscard]] Recording read_har(std::string_view text, const std::string& name,
                                 const HarBodies& bodies);
[[nodiscard]] Recording read_har_file(const std::filesystem::path& file);
void write_har_file(const Recording& recording, const std::filesystem::path& file);

// Where the large bodies of a recording lie.
[[nodiscard]] HarBodies bodies_of(const std::filesystem::path& file);

}  // namespace cloudchamber

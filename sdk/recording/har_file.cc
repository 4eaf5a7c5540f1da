#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "cloudchamber/version.h"
#include "sdk/codec/timestamps.h"
#include "sdk/recording/har.h"

namespace cloudchamber {
namespace {

using Ordered = nlohmann::ordered_json;

constexpr int kMaxDepth = 200;  // DynamoDB's items nest 32 levels deep, two of JSON each
constexpr std::uintmax_t kMaxFile = std::uintmax_t{2} << 30;

std::size_t line_at(std::string_view text, std::size_t offset) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
  return static_cast<std::size_t>(std::count(text.begin(), end, '\n')) + 1;
}

[[noreturn]] void refuse(const std::string& name, std::size_t line, const std::string& reason) {
  throw RecordingError(name + ":" + std::to_string(line) + ": " + reason);
}

Json parse(std::string_view text, const std::string& name, std::size_t first_line) {
  try {
    return Json::parse(text.begin(), text.end(), [](int depth, Json::parse_event_t, const Json&) {
      if (depth > kMaxDepth) throw RecordingError("nested more than 200 levels deep");
      return true;
    });
  } catch (const Json::parse_error& error) {
    refuse(name, first_line + line_at(text, error.byte) - 1,
           "no JSON: " + std::string(error.what()));
  } catch (const RecordingError& error) {
    refuse(name, first_line, error.what());
  }
}

void read_head(const Json& log, Recording& recording) {
  if (const auto creator = log.find("creator"); creator != log.end())
    recording.creator = creator->value("name", recording.creator);
  if (log.contains("_seed")) recording.seed = log["_seed"].get<std::uint64_t>();
  if (log.contains("_clock"))
    recording.clock = parse_timestamp(log["_clock"].get_ref<const std::string&>());
}

void read_entry(const Json& entry, const std::string& name, std::size_t line,
                const std::string& which, const HarBodies& bodies, Recording& recording) {
  try {
    recording.interactions.push_back(interaction_of(entry, bodies));
  } catch (const RecordingError& error) {
    refuse(name, line, which + error.what());
  }
}

// A recording that was not closed: the head on the first line, an entry on each of the others.
Recording read_lines(std::string_view text, const std::string& name, const HarBodies& bodies) {
  Recording recording;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) break;  // it was being written
    const Json value = parse(text.substr(0, end), name, line);
    text.remove_prefix(end + 1);
    if (line == 1) {
      try {
        const Json& head = value.at("_log");
        if (!head.is_object()) refuse(name, line, "no head of a recording");
        read_head(head, recording);
      } catch (const Json::exception& error) {
        refuse(name, line, "no head of a recording: " + std::string(error.what()));
      }
    } else {
      read_entry(value, name, line, "", bodies, recording);
    }
  }
  return recording;
}

}  // namespace

std::string head_of(const Recording& recording) {
  Ordered head = {{"version", "1.2"},
                  {"creator", {{"name", recording.creator}, {"version", kVersion}}},
                  {"_format", 1}};
  if (recording.seed) head["_seed"] = *recording.seed;
  if (recording.clock) head["_clock"] = iso8601_milliseconds(*recording.clock);
  return head.dump(-1, ' ', false, Ordered::error_handler_t::replace);
}

Recording read_har(std::string_view text, const std::string& name, const HarBodies& bodies) {
  if (text.starts_with("{\"_log\":")) return read_lines(text, name, bodies);
  const Json file = parse(text, name, 1);
  Recording recording;
  try {
    const Json& log = file.at("log");
    if (log.value("_format", 1) != 1)
      refuse(name, 1, "written in format " + log["_format"].dump() + ", which is newer than this");
    read_head(log, recording);
    const Json& entries = log.at("entries");
    for (std::size_t i = 0; i < entries.size(); ++i)
      // In what we write the first entry stands on the second line.
      read_entry(entries.at(i), name, i + 2, "entry " + std::to_string(i + 1) + ": ", bodies,
                 recording);
  } catch (const Json::exception& error) {
    refuse(name, 1, "no HAR: " + std::string(error.what()));
  }
  return recording;
}

HarBodies bodies_of(const std::filesystem::path& file) {
  HarBodies bodies;
  bodies.folder = file;
  bodies.folder += ".bodies";
  return bodies;
}

Recording read_har_file(const std::filesystem::path& file) {
  std::error_code failure;
  const std::uintmax_t size = std::filesystem::file_size(file, failure);
  if (failure) throw RecordingError(file.string() + ": " + failure.message());
  if (size > kMaxFile) throw RecordingError(file.string() + ": larger than 2 GiB");
  const Blob content = Blob::map_file(file);
  std::string scratch;
  return read_har(content.flat(scratch), file.string(), bodies_of(file));
}

void write_har_file(const Recording& recording, const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary);
  std::string head = head_of(recording);
  head.pop_back();
  out << "{\"log\":" << head << ",\"entries\":[";
  const char* separator = "\n";
  for (const Interaction& interaction : recording.interactions) {
    out << separator << entry_of(interaction, bodies_of(file));
    separator = ",\n";
  }
  out << "\n]}}\n";
  if (!out.flush()) throw RecordingError(file.string() + ": can't be written");
}

}  // namespace cloudchamber

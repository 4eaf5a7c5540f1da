#include "sdk/recording/tape.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "cloudchamber/errors.h"
#include "sdk/recording/comparable.h"

namespace cloudchamber {
namespace {

constexpr int kMaxDepth = 200;
// What an entry means stands at its end, and in no text: there the quotes would be escaped.
constexpr std::string_view kMeaning = ",\"_service\":\"";
constexpr std::string_view kUrl = "\"url\":\"";

Json parse(std::string_view text) {
  return Json::parse(text.begin(), text.end(), [](int depth, Json::parse_event_t, const Json&) {
    if (depth > kMaxDepth) throw RecordingError("nested more than 200 levels deep");
    return true;
  });
}

}  // namespace

Tape::Tape(Recording recording, Understand understand) : understand_(std::move(understand)) {
  keep(std::move(recording));
}

Tape::Tape(const std::filesystem::path& file, Understand understand, std::uintmax_t large)
    : name_(file.string()), bodies_(bodies_of(file)), understand_(std::move(understand)) {
  std::error_code failure;
  const std::uintmax_t size = std::filesystem::file_size(file, failure);
  if (failure) throw RecordingError(name_ + ": " + failure.message());
  if (size > large) {
    file_ = Blob::map_file(file);
    if (read_lines()) return;
    lines_.clear();
  }
  keep(read_har_file(file));
}

void Tape::keep(Recording recording) {
  for (Interaction& interaction : recording.interactions)
    read_.push_back(understood(std::move(interaction)));
}

std::shared_ptr<const Interaction> Tape::understood(Interaction interaction) const {
  if (!interaction.meaning && understand_) interaction.meaning = understand_(interaction.exchange);
  return std::make_shared<const Interaction>(std::move(interaction));
}

bool Tape::read_lines() {
  std::string_view text = file_.flat(scratch_);
  if (!text.starts_with("{\"log\":{\"version\":\"1.2\"")) return false;
  std::size_t end = text.find('\n');
  if (end == std::string_view::npos || !text.substr(0, end).ends_with(",\"entries\":[") ||
      text.substr(0, end).find("\"_format\":1,") == std::string_view::npos)
    return false;
  text.remove_prefix(end + 1);
  while (!text.empty() && text.front() == '{') {
    end = text.find('\n');
    if (end == std::string_view::npos) return false;
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line.ends_with(',')) line.remove_suffix(1);
    if (!line.ends_with('}')) return false;
    lines_.push_back(line);
  }
  read_.resize(lines_.size());
  return text == "]}}\n";
}

std::shared_ptr<const Interaction> Tape::read(std::size_t index) const {
  try {
    return understood(interaction_of(parse(lines_[index]), bodies_));
  } catch (const std::exception& error) {
    // The first entry stands on the second line.
    throw RecordingError(name_ + ":" + std::to_string(index + 2) + ": " + error.what());
  }
}

std::shared_ptr<const Interaction> Tape::at(std::size_t index) const {
  {
    const std::lock_guard lock(mutex_);
    if (read_[index] != nullptr) return read_[index];
  }
  auto made = read(index);
  const std::lock_guard lock(mutex_);
  if (read_[index] == nullptr) read_[index] = std::move(made);
  return read_[index];
}

std::optional<Meaning> Tape::meaning(std::size_t index) const {
  const std::size_t begin = lines_.empty() ? std::string_view::npos : lines_[index].find(kMeaning);
  if (begin == std::string_view::npos) return at(index)->meaning;
  std::string text(lines_[index].substr(begin));
  text.front() = '{';
  try {
    return meaning_in(parse(text));
  } catch (const std::exception& failure) {
    throw RecordingError(name_ + ":" + std::to_string(index + 2) + ": " + failure.what());
  }
}

std::string Tape::endpoint(std::size_t index) const {
  const std::size_t begin = lines_.empty() ? std::string_view::npos : lines_[index].find(kUrl);
  if (begin == std::string_view::npos) return endpoint_of(at(index)->exchange.request);
  const std::string_view url = lines_[index].substr(begin + kUrl.size());
  const std::size_t host = url.find("://");
  if (host == std::string_view::npos) return {};
  return std::string(url.substr(0, url.find_first_of("/?\"", host + 3)));
}

}  // namespace cloudchamber

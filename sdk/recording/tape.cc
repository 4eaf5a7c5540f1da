#include "sdk/recording/tape.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "cloudchamber/errors.h"
#include "sdk/recording/comparable.h"
#include "sdk/recording/json_values.h"

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

Tape::Tape(Recording recording, const Understand& understand) {
  for (Interaction& interaction : recording.interactions) {
    if (!interaction.meaning && understand) interaction.meaning = understand(interaction.exchange);
    read_.push_back(std::make_shared<const Interaction>(std::move(interaction)));
  }
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
  Recording recording = read_har_file(file);
  for (Interaction& interaction : recording.interactions) {
    if (!interaction.meaning && understand_)
      interaction.meaning = understand_(interaction.exchange);
    read_.push_back(std::make_shared<const Interaction>(std::move(interaction)));
  }
}

bool Tape::read_lines() {
  std::string_view text = file_.flat(scratch_);
  if (!text.starts_with("{\"log\":{\"version\":\"1.2\"")) return false;
  std::size_t end = text.find('\n');
  if (end == std::string_view::npos ||
      !text.substr(0, end).ends_with("\"_format\":1,\"entries\":[")) {
    // With a seed or a clock behind the format.
    if (end == std::string_view::npos || !text.substr(0, end).ends_with(",\"entries\":[") ||
        text.substr(0, end).find("\"_format\":1,") == std::string_view::npos)
      return false;
  }
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
    Interaction interaction = interaction_of(parse(lines_[index]), bodies_);
    if (!interaction.meaning && understand_)
      interaction.meaning = understand_(interaction.exchange);
    return std::make_shared<const Interaction>(std::move(interaction));
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
    Json entry = parse(text);
    const bool holds_bytes = text.find("\"_base64\"") != std::string::npos;
    const auto taken = [&](const char* name) {
      const auto found = entry.find(name);
      if (found == entry.end()) return Json::object();
      return holds_bytes ? with_bytes(*found) : std::move(*found);
    };
    Meaning meaning{.service = entry.at("_service").get<std::string>(),
                    .operation = entry.at("_operation").get<std::string>(),
                    .region = entry.value("_region", std::string()),
                    .parameters = taken("_parameters"),
                    .result = taken("_result")};
    if (const auto error = entry.find("_error"); error != entry.end())
      meaning.error_code = error->value("Code", std::string());
    return meaning;
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

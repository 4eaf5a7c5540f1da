#include "sdk/recording/recorder.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace cloudchamber {

Recorder::Recorder(std::filesystem::path file, const Recording& head, RedactionRules rules)
    : file_(std::move(file)),
      part_(file_.string() + ".part"),
      rules_(std::move(rules)),
      out_(part_, std::ios::binary) {
  // Otherwise it would be found out when the last is recorded, and all be lost.
  if (std::filesystem::is_directory(file_)) {
    out_.close();
    std::filesystem::remove(part_);
    throw RecordingError(file_.string() + ": is a folder");
  }
  out_ << "{\"_log\":" << head_of(head) << "}\n";
  if (!out_.flush()) throw RecordingError(part_.string() + ": can't be written");
  for (const Interaction& interaction : head.interactions)
    append(entry_of(interaction, bodies_of(file_)) + "\n");
}

Recorder::~Recorder() {
  try {
    close();
  } catch (const std::exception&) {
    // The part is there, and can be read as it is.
  }
}

void Recorder::add(Interaction interaction) {
  const auto model = interaction.meaning ? find_model(interaction.meaning->service) : nullptr;
  redact(interaction, model.get(), rules_);
  const std::string entry = entry_of(interaction, bodies_of(file_)) + "\n";
  const std::lock_guard lock(mutex_);
  append(entry);
}

void Recorder::append(const std::string& entry) {
  if (!out_.is_open()) throw RecordingError(file_.string() + ": the recording is closed");
  out_ << entry;
  if (!out_.flush()) throw RecordingError(part_.string() + ": can't be written");
}

// The entries are put together line by line as they are: what was written is not read again.
void Recorder::close() {
  const std::lock_guard lock(mutex_);
  if (!out_.is_open()) return;
  out_.close();
  std::ifstream in(part_, std::ios::binary);
  std::ofstream out(file_, std::ios::binary);
  std::string line;
  std::getline(in, line);
  // {"_log":{...}} becomes {"log":{...,"entries":[
  out << "{\"log\":" << line.substr(8, line.size() - 10) << ",\"entries\":[";
  const char* separator = "\n";
  while (std::getline(in, line)) {
    out << separator << line;
    separator = ",\n";
  }
  out << "\n]}}\n";
  if (!out.flush()) throw RecordingError(file_.string() + ": can't be written");
  std::filesystem::remove(part_);
}

}  // namespace cloudchamber

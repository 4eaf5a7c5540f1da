#include "recordings/verify/baseline.h"

#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"

namespace cloudchamber::recordings {
namespace {

std::size_t count_at(const Json& entry, const char* name, const std::string& file,
                     const std::string& operation) {
  const auto at = entry.find(name);
  if (at == entry.end() || !at->is_number_unsigned())
    throw RecordingError(file + ": operations." + operation + '.' + name + " is no count");
  return at->get<std::size_t>();
}

}  // namespace

Baseline Baseline::of(const Report& report) {
  Baseline baseline;
  for (const auto& [service, operations] : report.by_service())
    for (const auto& [operation, tally] : operations)
      if (tally.agreeing() != 0)
        baseline.operations_[service + '.' + operation] = {tally.of(Outcome::kSame),
                                                           tally.agreeing()};
  return baseline;
}

Baseline Baseline::read(std::string_view text, const std::string& name) {
  const Json document = Json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("operations") ||
      !document["operations"].is_object())
    throw RecordingError(name + ": not a baseline: no JSON object with \"operations\"");
  Baseline baseline;
  for (const auto& [operation, entry] : document["operations"].items())
    baseline.operations_[operation] = {count_at(entry, "same", name, operation),
                                       count_at(entry, "agreeing", name, operation)};
  return baseline;
}

std::string Baseline::write() const {
  std::string text = "{\"operations\": {";
  const char* separator = "\n";
  for (const auto& [operation, reached] : operations_) {
    text += separator + ("  " + Json(operation).dump()) +
            ": {\"same\": " + std::to_string(reached.same) +
            ", \"agreeing\": " + std::to_string(reached.agreeing) + '}';
    separator = ",\n";
  }
  return text + "\n}}\n";
}

std::vector<std::string> Baseline::fallen_in(const Report& report) const {
  const Baseline now = of(report);
  std::vector<std::string> fallen;
  for (const auto& [operation, before] : operations_) {
    const auto at = now.operations_.find(operation);
    const Reached reached = at == now.operations_.end() ? Reached{} : at->second;
    if (reached.agreeing < before.agreeing) {
      fallen.push_back(operation + ": " + std::to_string(reached.agreeing) +
                       " calls agree, the baseline has " + std::to_string(before.agreeing));
    } else if (reached.same < before.same) {
      fallen.push_back(operation + ": " + std::to_string(reached.same) +
                       " calls are the same, the baseline has " + std::to_string(before.same));
    }
  }
  return fallen;
}

}  // namespace cloudchamber::recordings

#include "sdk/recording/replayer.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "sdk/recording/json_values.h"
#include "sdk/recording/redaction.h"

namespace cloudchamber {
namespace {

// The parameters as a recording holds them: secrets replaced, tokens that each call makes anew
// left out.
Json comparable(const Operation& operation, const ServiceModel& service, const Json& parameters) {
  Interaction asked;
  asked.meaning = Meaning{.operation = operation.name, .parameters = parameters};
  redact(asked, &service);
  Json result = std::move(asked.meaning->parameters);
  if (operation.input != nullptr) {
    for (const Member& member : operation.input->members)
      if (member.idempotency_token) result.erase(member.name);
  }
  return without_bytes(result);
}

std::string key_of(const std::string& service, const std::string& operation,
                   const std::string& region, const Json& comparable_parameters) {
  return service + "\n" + operation + "\n" + region + "\n" +
         comparable_parameters.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Paths of RFC 6902's difference read as parameters: "/Tags/0/Value" as "Tags[0].Value".
std::string place(const std::string& pointer) {
  std::string text;
  std::size_t at = 1;
  while (at <= pointer.size() && pointer.size() > 1) {
    const std::size_t end = std::min(pointer.find('/', at), pointer.size());
    const std::string part = pointer.substr(at, end - at);
    const bool index = !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
    if (index) {
      text += "[" + part + "]";
    } else {
      text += (text.empty() ? "" : ".") + part;
    }
    at = end + 1;
  }
  return text.empty() ? "the parameters" : text;
}

std::string short_text(const Json& value) {
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > 80) text = text.substr(0, 77) + "...";
  return text;
}

}  // namespace

Replayer::Replayer(Recording recording) : recording_(std::move(recording)) {
  for (std::size_t i = 0; i < recording_.interactions.size(); ++i) {
    const std::optional<Meaning>& meaning = recording_.interactions[i].meaning;
    const auto model = meaning ? find_model(meaning->service) : nullptr;
    const Operation* const operation =
        model == nullptr ? nullptr : model->find_operation(meaning->operation);
    if (operation == nullptr) continue;
    by_call_[key_of(meaning->service, meaning->operation, meaning->region,
                    comparable(*operation, *model, meaning->parameters))]
        .interactions.push_back(i);
  }
}

const Interaction* Replayer::next(const ServiceModel& service, const Operation& operation,
                                  const std::string& region, const Json& parameters) {
  const std::string key =
      key_of(service.name, operation.name, region, comparable(operation, service, parameters));
  const std::lock_guard lock(mutex_);
  const auto found = by_call_.find(key);
  if (found == by_call_.end()) return nullptr;
  Sequence& sequence = found->second;
  const std::size_t at = std::min(sequence.next, sequence.interactions.size() - 1);
  sequence.next = at + 1;
  return &recording_.interactions[sequence.interactions[at]];
}

std::string Replayer::explain(const ServiceModel& service, const Operation& operation,
                              const std::string& region, const Json& parameters) const {
  const std::string call = service.name + " " + operation.name;
  const Json asked = comparable(operation, service, parameters);
  const Meaning* nearest = nullptr;
  Json difference;
  for (const Interaction& interaction : recording_.interactions) {
    if (!interaction.meaning || interaction.meaning->service != service.name ||
        interaction.meaning->operation != operation.name)
      continue;
    Json candidate =
        Json::diff(comparable(operation, service, interaction.meaning->parameters), asked);
    if (nearest != nullptr && candidate.size() >= difference.size()) continue;
    nearest = &*interaction.meaning;
    difference = std::move(candidate);
  }
  if (nearest == nullptr) return "The recording holds no call of " + call + ".";
  if (difference.empty())
    return "The recording holds this call of " + call + " for the region " + nearest->region +
           ", not for " + region + ".";
  const Json& first = difference.front();
  const Json::json_pointer at(first.at("path").get<std::string>());
  const Json recorded = without_bytes(nearest->parameters);
  return "The recording holds no such call of " + call + ". The nearest one has " +
         place(at.to_string()) + " " +
         (recorded.contains(at) ? short_text(recorded.at(at)) : "not given") + ", not " +
         (first.contains("value") ? short_text(first["value"]) : "left out") + ".";
}

std::vector<const Interaction*> Replayer::unused() const {
  std::vector<const Interaction*> left;
  const std::lock_guard lock(mutex_);
  for (const auto& [key, sequence] : by_call_) {
    for (std::size_t i = sequence.next; i < sequence.interactions.size(); ++i)
      left.push_back(&recording_.interactions[sequence.interactions[i]]);
  }
  return left;
}

}  // namespace cloudchamber

#include "sdk/recording/replayer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace cloudchamber {
namespace {

constexpr std::size_t kMaxEndpoints = 100;  // whoever called more named buckets in them
constexpr std::size_t kMaxCompared = 2000;  // recorded calls, to find the nearest

std::string prefix_of(std::string_view service, std::string_view region) {
  return std::string(service).append("\n").append(region).append("\n");
}

std::string key_of(const std::string& service, const std::string& operation,
                   const std::string& region, const Json& comparable_parameters) {
  return prefix_of(service, region) + operation + "\n" +
         comparable_parameters.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string key_of(const LookedUpCall& call, const Json& comparable_parameters) {
  return key_of(call.service.name, call.operation.name, call.region, comparable_parameters);
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

bool has_content(const Operation& operation) {
  const Member* const stream = operation.streaming_input();
  return stream != nullptr && stream->streaming;
}

}  // namespace

struct Replayer::Known {
  std::shared_ptr<const ServiceModel> model;
  const Operation* operation;
  Meaning meaning;
};

std::optional<Replayer::Known> Replayer::known(std::optional<Meaning> meaning) {
  if (!meaning) return std::nullopt;
  auto model = find_model(meaning->service);
  const Operation* const operation =
      model == nullptr ? nullptr : model->find_operation(meaning->operation);
  if (operation == nullptr) return std::nullopt;
  return Known{std::move(model), operation, *std::move(meaning)};
}

// The exchange itself is read where the content of an object counts.
Json Replayer::comparable_at(std::size_t at, const Known& call) const {
  const auto whole = has_content(*call.operation) ? tape_->at(at) : nullptr;
  const HttpRequest none;
  return comparable({*call.model, *call.operation, call.meaning.region, call.meaning.parameters,
                     whole == nullptr ? none : whole->exchange.request},
                    comparison_);
}

Replayer::Replayer(std::unique_ptr<const Tape> tape) : tape_(std::move(tape)) {
  std::vector<std::optional<Known>> calls(tape_->size());
  for (std::size_t i = 0; i < calls.size(); ++i) {
    calls[i] = known(tape_->meaning(i));
    if (calls[i]) find_placeholders(calls[i]->meaning.parameters, comparison_.rules.members);
    std::string endpoint = tape_->endpoint(i);
    std::vector<std::string>& endpoints = comparison_.endpoints;
    if (std::find(endpoints.begin(), endpoints.end(), endpoint) == endpoints.end() &&
        endpoints.size() < kMaxEndpoints)
      endpoints.push_back(std::move(endpoint));
  }
  used_.resize(calls.size(), true);
  for (std::size_t i = 0; i < calls.size(); ++i)
    if (calls[i]) add(i, *calls[i]);
  played_.clear();
}

// `played_` holds, while the recording is read, the changes up to here.
void Replayer::add(std::size_t at, const Known& call) {
  used_[at] = false;
  const Json parameters = comparable_at(at, call);
  const std::string& service = call.model->name;
  const std::string& region = call.meaning.region;
  Sequence& sequence = by_call_[key_of(service, call.operation->name, region, parameters)];
  std::ptrdiff_t after = -1;
  if (is_reading(*call.model, *call.operation)) {
    after = last_change(
        resources(prefix_of(service, region), resources_of(*call.operation, parameters)), played_);
  }
  if (sequence.empty() || sequence.back().after != after) sequence.push_back({.after = after});
  sequence.back().interactions.push_back(at);
  note_change(at, call, played_);
  std::vector<std::string> taken;
  const Json form = without_generated_values(parameters, taken);
  if (!taken.empty()) by_form_[key_of(service, call.operation->name, region, form)].push_back(at);
}

std::vector<std::string> Replayer::resources(const std::string& prefix,
                                             const std::vector<std::string>& names) const {
  std::vector<std::string> result;
  for (const std::string& name : names) result.push_back(prefix + name);
  if (result.empty()) result.push_back(prefix);
  return result;
}

void Replayer::note_change(std::size_t at, const Known& call, Changes& changes) const {
  const Meaning& meaning = call.meaning;
  if (is_reading(*call.model, *call.operation) || !meaning.error_code.empty()) return;
  const std::string prefix = prefix_of(meaning.service, meaning.region);
  std::vector<std::string> names = resources_of(*call.operation, meaning.parameters);
  for (std::string& name : resources_in(meaning.result)) names.push_back(std::move(name));
  std::vector<std::string> changed = resources(prefix, names);
  changed.push_back(prefix);
  for (const std::string& resource : changed) {
    std::ptrdiff_t& last = changes.try_emplace(resource, -1).first->second;
    last = std::max(last, static_cast<std::ptrdiff_t>(at));
  }
}

std::ptrdiff_t Replayer::last_change(const std::vector<std::string>& resources,
                                     const Changes& changes) {
  std::ptrdiff_t last = -1;
  for (const std::string& resource : resources) {
    const auto found = changes.find(resource);
    if (found != changes.end()) last = std::max(last, found->second);
  }
  return last;
}

std::optional<Replayer::Answer> Replayer::answer(const LookedUpCall& call) {
  Json parameters = comparable(call, comparison_);
  const std::lock_guard lock(mutex_);
  if (!client_values_.empty()) parameters = client_values_.as_recorded(parameters);
  std::optional<std::size_t> found = next_equal(call, parameters);
  if (!found) found = next_alike(call, parameters);
  if (!found) return std::nullopt;
  const auto interaction = tape_->at(*found);
  used_[*found] = true;
  if (const auto its_call = known(interaction->meaning)) note_change(*found, *its_call, played_);
  Answer answer{.response = interaction->exchange.response,
                .took = interaction->exchange.took,
                .recorded = interaction};
  if (!by_form_.empty()) {
    client_values_.put_into(answer.response);
    client_values_.learn(answer.response);
  }
  return answer;
}

std::optional<std::size_t> Replayer::next_equal(const LookedUpCall& call, const Json& parameters) {
  const auto found = by_call_.find(key_of(call, parameters));
  if (found == by_call_.end()) return std::nullopt;
  Sequence& sequence = found->second;
  auto group = sequence.begin();
  if (sequence.size() > 1) {
    const std::ptrdiff_t last = last_change(resources(prefix_of(call.service.name, call.region),
                                                      resources_of(call.operation, parameters)),
                                            played_);
    group = std::upper_bound(sequence.begin(), sequence.end(), last,
                             [](std::ptrdiff_t at, const Group& g) { return at < g.after; });
    if (group != sequence.begin()) --group;
  }
  const std::size_t at = std::min(group->next, group->interactions.size() - 1);
  group->next = at + 1;
  return group->interactions[at];
}

std::optional<std::size_t> Replayer::next_alike(const LookedUpCall& call, const Json& parameters) {
  if (by_form_.empty()) return std::nullopt;
  std::vector<std::string> now;
  const Json form = without_generated_values(parameters, now);
  if (now.empty()) return std::nullopt;
  const auto found = by_form_.find(key_of(call, form));
  if (found == by_form_.end()) return std::nullopt;
  for (const std::size_t at : found->second) {
    if (used_[at]) continue;
    std::vector<std::string> recorded;
    const Json its_parameters = comparable_at(at, *known(tape_->meaning(at)));
    (void)without_generated_values(its_parameters, recorded);
    if (!client_values_.fits(now, recorded)) continue;
    client_values_.bind(now, recorded);
    return next_equal(call, its_parameters);
  }
  return std::nullopt;
}

Json Replayer::asked(const LookedUpCall& call) const {
  const std::lock_guard lock(mutex_);
  return client_values_.as_recorded(comparable(call, comparison_));
}

std::string Replayer::explain(const LookedUpCall& call) const {
  const std::string name = call.service.name + " " + call.operation.name;
  const Json now = asked(call);
  std::optional<std::string> region;  // of the nearest
  Json recorded;
  Json difference;
  std::size_t compared = 0;
  for (std::size_t i = 0; i < tape_->size() && compared < kMaxCompared; ++i) {
    const auto candidate = known(tape_->meaning(i));
    if (!candidate || candidate->model->name != call.service.name ||
        candidate->operation->name != call.operation.name)
      continue;
    ++compared;
    Json parameters = comparable_at(i, *candidate);
    Json its_difference = Json::diff(parameters, now);
    if (region && its_difference.size() >= difference.size()) continue;
    region = candidate->meaning.region;
    recorded = std::move(parameters);
    difference = std::move(its_difference);
  }
  if (!region) return "The recording holds no call of " + name + ".";
  if (difference.empty())
    return "The recording holds this call of " + name + " for the region " + *region +
           ", not for " + call.region + ".";
  const Json& first = difference.front();
  const Json::json_pointer at(first.at("path").get<std::string>());
  return "The recording holds no such call of " + name + ". The nearest one has " +
         place(at.to_string()) + " " +
         (recorded.contains(at) ? short_text(recorded.at(at)) : "not given") + ", not " +
         (first.contains("value") ? short_text(first["value"]) : "left out") + ".";
}

std::vector<std::size_t> Replayer::unused() const {
  std::vector<std::size_t> left;
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < used_.size(); ++i)
    if (!used_[i]) left.push_back(i);
  return left;
}

}  // namespace cloudchamber

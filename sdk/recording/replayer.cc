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

// The call that an interaction was; nothing where no model knows it.
struct RecordedCall {
  std::shared_ptr<const ServiceModel> model;
  const Operation* operation;
  const Interaction& interaction;

  [[nodiscard]] LookedUpCall looked_up() const {
    return {*model, *operation, interaction.meaning->region, interaction.meaning->parameters,
            interaction.exchange.request};
  }
};

std::optional<RecordedCall> recorded_call(const Interaction& interaction) {
  if (!interaction.meaning) return std::nullopt;
  auto model = find_model(interaction.meaning->service);
  const Operation* const operation =
      model == nullptr ? nullptr : model->find_operation(interaction.meaning->operation);
  if (operation == nullptr) return std::nullopt;
  return RecordedCall{std::move(model), operation, interaction};
}

// What the answer to HEAD says of a body that it leaves out.
void restore_content_length(const HttpRequest& request, HttpResponse& response) {
  if (response.content_length || !response.body.empty() || request.method != "HEAD") return;
  const std::string_view length = response.headers.get("Content-Length");
  if (length.empty() || length.size() > 18 ||
      length.find_first_not_of("0123456789") != std::string_view::npos)
    return;
  response.content_length = std::stoull(std::string(length));
}

}  // namespace

Replayer::Replayer(Recording recording) : recording_(std::move(recording)) {
  for (const Interaction& interaction : recording_.interactions)
    if (interaction.meaning)
      find_placeholders(interaction.meaning->parameters, comparison_.rules.members);
  for (const Interaction& interaction : recording_.interactions) {
    std::string endpoint = endpoint_of(interaction.exchange.request);
    std::vector<std::string>& known = comparison_.endpoints;
    if (std::find(known.begin(), known.end(), endpoint) == known.end() &&
        known.size() < kMaxEndpoints)
      known.push_back(std::move(endpoint));
  }
  used_.resize(recording_.interactions.size(), true);
  for (std::size_t i = 0; i < recording_.interactions.size(); ++i) add(i);
  played_.clear();
}

// `played_` holds, while the recording is read, the changes up to here.
void Replayer::add(std::size_t at) {
  const auto call = recorded_call(recording_.interactions[at]);
  if (!call) return;
  used_[at] = false;
  const LookedUpCall looked_up = call->looked_up();
  const Json parameters = comparable(looked_up, comparison_);
  Sequence& sequence = by_call_[key_of(looked_up, parameters)];
  std::ptrdiff_t after = -1;
  if (is_reading(*call->model, *call->operation)) {
    after = last_change(resources(prefix_of(call->model->name, looked_up.region),
                                  resources_of(*call->operation, parameters)),
                        played_);
  }
  if (sequence.empty() || sequence.back().after != after) sequence.push_back({.after = after});
  sequence.back().interactions.push_back(at);
  note_change(at, played_);
  std::vector<std::string> taken;
  const Json form = without_generated_values(parameters, taken);
  if (!taken.empty()) by_form_[key_of(looked_up, form)].push_back(at);
}

std::vector<std::string> Replayer::resources(const std::string& prefix,
                                             const std::vector<std::string>& names) const {
  std::vector<std::string> result;
  for (const std::string& name : names) result.push_back(prefix + name);
  if (result.empty()) result.push_back(prefix);
  return result;
}

void Replayer::note_change(std::size_t at, Changes& changes) const {
  const auto call = recorded_call(recording_.interactions[at]);
  if (!call || is_reading(*call->model, *call->operation)) return;
  const Meaning& meaning = *call->interaction.meaning;
  if (!meaning.error_code.empty()) return;
  const std::string prefix = prefix_of(meaning.service, meaning.region);
  std::vector<std::string> names = resources_of(*call->operation, meaning.parameters);
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
  if (!bindings_.empty()) parameters = bindings_.as_recorded(parameters);
  std::optional<std::size_t> found = next_equal(call, parameters);
  if (!found) found = next_alike(call, parameters);
  if (!found) return std::nullopt;
  used_[*found] = true;
  note_change(*found, played_);
  const Interaction& interaction = recording_.interactions[*found];
  Answer answer{.response = interaction.exchange.response,
                .took = interaction.exchange.took,
                .recorded = &interaction};
  restore_content_length(interaction.exchange.request, answer.response);
  bindings_.put_into(answer.response);
  bindings_.learn(answer.response);
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
  std::vector<std::string> now;
  const Json form = without_generated_values(parameters, now);
  if (now.empty()) return std::nullopt;
  const auto found = by_form_.find(key_of(call, form));
  if (found == by_form_.end()) return std::nullopt;
  for (const std::size_t at : found->second) {
    if (used_[at]) continue;
    std::vector<std::string> recorded;
    const auto candidate = recorded_call(recording_.interactions[at]);
    const Json its_parameters = comparable(candidate->looked_up(), comparison_);
    (void)without_generated_values(its_parameters, recorded);
    if (!bindings_.fits(now, recorded)) continue;
    bindings_.bind(now, recorded);
    return next_equal(call, its_parameters);
  }
  return std::nullopt;
}

Json Replayer::asked(const LookedUpCall& call) const {
  const std::lock_guard lock(mutex_);
  return bindings_.as_recorded(comparable(call, comparison_));
}

std::string Replayer::explain(const LookedUpCall& call) const {
  const std::string name = call.service.name + " " + call.operation.name;
  const Json now = asked(call);
  const Meaning* nearest = nullptr;
  Json recorded;
  Json difference;
  std::size_t compared = 0;
  for (const Interaction& interaction : recording_.interactions) {
    if (!interaction.meaning || interaction.meaning->service != call.service.name ||
        interaction.meaning->operation != call.operation.name)
      continue;
    if (++compared > kMaxCompared) break;
    Json candidate = comparable(recorded_call(interaction)->looked_up(), comparison_);
    Json its_difference = Json::diff(candidate, now);
    if (nearest != nullptr && its_difference.size() >= difference.size()) continue;
    nearest = &*interaction.meaning;
    recorded = std::move(candidate);
    difference = std::move(its_difference);
  }
  if (nearest == nullptr) return "The recording holds no call of " + name + ".";
  if (difference.empty())
    return "The recording holds this call of " + name + " for the region " + nearest->region +
           ", not for " + call.region + ".";
  const Json& first = difference.front();
  const Json::json_pointer at(first.at("path").get<std::string>());
  return "The recording holds no such call of " + name + ". The nearest one has " +
         place(at.to_string()) + " " +
         (recorded.contains(at) ? short_text(recorded.at(at)) : "not given") + ", not " +
         (first.contains("value") ? short_text(first["value"]) : "left out") + ".";
}

std::vector<const Interaction*> Replayer::unused() const {
  std::vector<const Interaction*> left;
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < used_.size(); ++i)
    if (!used_[i]) left.push_back(&recording_.interactions[i]);
  return left;
}

}  // namespace cloudchamber

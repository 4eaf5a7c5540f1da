#include "recordings/export/story.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "recordings/bind/preconditions.h"
#include "recordings/bind/recorded_call.h"
#include "sdk/codec/uri.h"
#include "sdk/model/names.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kShortestWhole = 4;  // shorter texts are words, not ids
constexpr std::size_t kShortestWithin = 8;

struct Leaf {
  std::vector<std::string> steps;
  std::string text;
};

void find_leaves(const Json& value, std::vector<std::string>& steps, std::vector<Leaf>& leaves) {
  if (value.is_string()) {
    leaves.push_back({steps, value.get<std::string>()});
  } else if (value.is_structured()) {
    for (const auto& [name, part] : value.items()) {
      steps.push_back(name);
      find_leaves(part, steps, leaves);
      steps.pop_back();
    }
  }
}

std::vector<Leaf> leaves_of(const Json& value) {
  std::vector<Leaf> leaves;
  std::vector<std::string> steps;
  find_leaves(value, steps, leaves);
  return leaves;
}

bool is_used(const std::string& value, const std::vector<Leaf>& parameters) {
  return std::any_of(parameters.begin(), parameters.end(), [&](const Leaf& leaf) {
    if (leaf.text == value) return value.size() >= kShortestWhole;
    return value.size() >= kShortestWithin && leaf.text.find(value) != std::string::npos;
  });
}

// "QueueUrl" -> "queue_url", "queue_url_2" for the second.
std::string variable_for(const std::vector<std::string>& steps, std::set<std::string>& taken) {
  std::string member = "value";
  for (const std::string& step : steps)
    if (step.find_first_not_of("0123456789") != std::string::npos) member = step;
  std::string name;
  for (const char c : xform_name(member)) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool is_digit = c >= '0' && c <= '9';
    name += is_letter || is_digit ? c : '_';
  }
  // What C++ would take for another thing: the names of AWS's members that are its keywords.
  static const std::set<std::string> kKeywords = {"class",    "default",  "delete",   "export",
                                                  "new",      "operator", "private",  "public",
                                                  "register", "static",   "template", "union"};
  if (kKeywords.contains(name) || (name.front() >= '0' && name.front() <= '9'))
    name.insert(0, "its_");
  for (std::size_t number = 2;; ++number) {
    const std::string candidate = taken.contains(name) ? name + "_" + std::to_string(number) : name;
    if (taken.insert(candidate).second) return candidate;
  }
}

// The URL under which the recording knows a queue that is made beforehand; "" for all else.
std::string url_of_queue(const Meaning& made, const std::vector<RecordedCall>& calls) {
  if (made.operation != "CreateQueue") return "";
  const std::string end = "/" + made.parameters.value("QueueName", std::string());
  for (const RecordedCall& call : calls) {
    const auto url = call.request.parameters.find("QueueUrl");
    if (url != call.request.parameters.end() && url->is_string() &&
        url->get_ref<const std::string&>().ends_with(end))
      return url->get<std::string>();
  }
  return "";
}

// The parameters as a caller gives them, where the SDK changes them on the way: it encodes the
// source of a copy.
const Meaning* as_called(const Meaning& meaning, Story& story) {
  const auto source = meaning.parameters.find("CopySource");
  if (meaning.service != "s3" || source == meaning.parameters.end() || !source->is_string())
    return &meaning;
  Meaning& changed = story.made.emplace_back(meaning);
  changed.parameters["CopySource"] = uri_decode(source->get_ref<const std::string&>());
  return &changed;
}

}  // namespace

void Chosen::add(const Json& parameters) {
  if (parameters.is_structured()) {
    for (const auto& [name, part] : parameters.items()) {
      values_[Json(name).dump(-1, ' ', false, Json::error_handler_t::replace)] = true;
      add(part);
    }
  } else {
    values_[parameters.dump(-1, ' ', false, Json::error_handler_t::replace)] = true;
  }
}

bool Chosen::contains(const Json& value) const {
  return values_.contains(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Story story_of(const Recording& recording) {
  Story story;
  std::vector<std::vector<Leaf>> parameters;
  std::set<std::string> taken;
  std::set<std::string> values;
  const RecordedCalls calls = calls_of(recording, Understanding());
  for (Precondition& one : preconditions_of(calls.calls).calls) {
    Meaning& meaning = story.made.emplace_back();
    meaning.service = std::move(one.service);
    meaning.operation = std::move(one.operation);
    meaning.region = std::move(one.region);
    meaning.parameters = std::move(one.input);
    Told told{.meaning = &meaning, .status = 200};
    const std::string url = url_of_queue(meaning, calls.calls);
    if (!url.empty() && values.insert(url).second)
      told.saves.push_back({variable_for({"QueueUrl"}, taken), url, {"QueueUrl"}});
    parameters.push_back(leaves_of(meaning.parameters));
    story.calls.push_back(std::move(told));
  }
  TimePoint last;
  for (const Interaction& interaction : recording.interactions) {
    if (!interaction.meaning) {
      ++story.left_out;
      continue;
    }
    const Exchange& exchange = interaction.exchange;
    Told told{.meaning = as_called(*interaction.meaning, story),
              .status = exchange.response.status};
    if (last != TimePoint() && exchange.started > last)
      told.before = std::chrono::duration_cast<Seconds>(exchange.started - last);
    if (exchange.started != TimePoint()) last = exchange.started + exchange.took;
    parameters.push_back(leaves_of(told.meaning->parameters));
    story.calls.push_back(std::move(told));
  }
  Chosen chosen;
  for (std::size_t i = 0; i < story.calls.size(); ++i) {
    Told& told = story.calls[i];
    chosen.add(told.meaning->parameters);
    for (Leaf& leaf : leaves_of(told.meaning->result)) {
      if (chosen.contains(leaf.text) || values.contains(leaf.text)) continue;
      const bool used =
          std::any_of(parameters.begin() + static_cast<std::ptrdiff_t>(i) + 1, parameters.end(),
                      [&](const std::vector<Leaf>& later) { return is_used(leaf.text, later); });
      if (!used) continue;
      values.insert(leaf.text);
      std::string variable = variable_for(leaf.steps, taken);
      told.saves.push_back({std::move(variable), std::move(leaf.text), std::move(leaf.steps)});
    }
  }
  return story;
}

std::vector<Piece> pieces_of(const std::string& text, const std::vector<Saved>& saved) {
  std::vector<Piece> pieces;
  std::string plain;
  std::size_t at = 0;
  while (at < text.size()) {
    const Saved* longest = nullptr;
    for (const Saved& one : saved) {
      const bool whole = at == 0 && text == one.value;
      const bool within =
          one.value.size() >= kShortestWithin && text.compare(at, one.value.size(), one.value) == 0;
      if ((whole || within) && (longest == nullptr || one.value.size() > longest->value.size()))
        longest = &one;
    }
    if (longest == nullptr) {
      plain += text[at++];
      continue;
    }
    if (!plain.empty()) pieces.push_back({std::move(plain), false});
    plain.clear();
    pieces.push_back({longest->variable, true});
    at += longest->value.size();
  }
  if (!plain.empty() || pieces.empty()) pieces.push_back({std::move(plain), false});
  return pieces;
}

}  // namespace cloudchamber::recordings

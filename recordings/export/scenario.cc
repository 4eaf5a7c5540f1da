// docs/scenarios.md describes the format.
#include <nlohmann/json.hpp>

#include "recordings/export/export.h"
#include "recordings/export/story.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::recordings {
namespace {

using Ordered = nlohmann::ordered_json;

constexpr Seconds kLongestWait{12 * 60 * 60};  // what passes between two calls of one story

// Of whatever a stranger's recording holds.
std::string text_of(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string escaped(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{') result += '$';
    result += text[i];
  }
  return result;
}

std::string with_variables(const std::string& text, const std::vector<Saved>& saved) {
  std::string result;
  for (const Piece& piece : pieces_of(text, saved))
    result += piece.is_variable ? "${" + piece.text + "}" : escaped(piece.text);
  return result;
}

Ordered parameters_of(const Json& value, const std::vector<Saved>& saved) {
  if (value.is_string()) return with_variables(value.get<std::string>(), saved);
  if (value.is_binary()) return {{"$base64", base64_encode(bytes_of(value))}};
  if (value.is_array()) {
    Ordered list = Ordered::array();
    for (const Json& item : value) list.push_back(parameters_of(item, saved));
    return list;
  }
  if (value.is_object()) {
    Ordered map = Ordered::object();
    for (const auto& [name, item] : value.items()) map[name] = parameters_of(item, saved);
    return map;
  }
  return Ordered::parse(text_of(value));
}

// A member of a JMESPath.
std::string path_of(const std::vector<std::string>& steps) {
  std::string path;
  for (const std::string& step : steps) {
    if (step.find_first_not_of("0123456789") == std::string::npos) {
      path += "[" + step + "]";
      continue;
    }
    const bool digit_first = step.front() >= '0' && step.front() <= '9';
    const bool plain = !digit_first && step.find_first_not_of(
                                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                           "0123456789_") == std::string::npos;
    path += (path.empty() ? "" : ".") + (plain ? step : text_of(step));
  }
  return path;
}

// Who reads a recording knows of a result only what the callers chose; the rest has its type.
class Expectation {
 public:
  Expectation(const Chosen& chosen, const std::vector<Saved>& saved, bool ordered)
      : chosen_(chosen), saved_(saved), ordered_(ordered) {}

  [[nodiscard]] Ordered of(const Shape* shape, const Json& value) const {
    if (value.is_object()) return object(shape, value);
    if (value.is_array()) return list(shape, value);
    if (value.is_string()) return text(shape, value);
    if (value.is_binary()) return typed("blob");
    if (value.is_boolean()) return value.get<bool>();
    if (value.is_number()) {
      if (chosen_.contains(value)) return Ordered::parse(value.dump());
      return typed("number");
    }
    return {{"$any", true}};
  }

 private:
  static Ordered typed(const char* type) { return {{"$type", type}}; }

  [[nodiscard]] Ordered object(const Shape* shape, const Json& value) const {
    Ordered members = Ordered::object();
    for (const auto& [name, item] : value.items()) {
      const Shape* below = nullptr;
      if (shape != nullptr && shape->type == ShapeType::kMap) below = shape->value.shape;
      if (shape != nullptr && shape->type == ShapeType::kStructure) {
        const Member* const member = shape->find(name);
        below = member == nullptr ? nullptr : member->shape;
      }
      // Of a list without anything that the caller chose, nobody knows how long it will be.
      if (item.is_array() && !knows(item)) continue;
      members[name] = of(below, item);
    }
    return members;
  }

  [[nodiscard]] Ordered list(const Shape* shape, const Json& value) const {
    Ordered items = Ordered::array();
    for (const Json& item : value)
      items.push_back(of(shape == nullptr ? nullptr : shape->element.shape, item));
    if (ordered_ || items.size() < 2) return items;
    return {{"$unordered", std::move(items)}};
  }

  [[nodiscard]] Ordered text(const Shape* shape, const Json& value) const {
    const std::string written = value.get<std::string>();
    for (const Saved& one : saved_)
      if (one.value == written) return "${" + one.variable + "}";
    if (chosen_.contains(value) && !written.empty()) return escaped(written);
    const bool is_time = shape != nullptr && shape->type == ShapeType::kTimestamp;
    return typed(is_time ? "timestamp" : "string");
  }

  [[nodiscard]] bool knows(const Json& value) const {
    if (value.is_structured())
      return std::any_of(value.begin(), value.end(), [&](const Json& one) { return knows(one); });
    if (!value.is_string()) return false;
    return chosen_.contains(value) ||
           std::any_of(saved_.begin(), saved_.end(),
                       [&](const Saved& one) { return one.value == value.get<std::string>(); });
  }

  const Chosen& chosen_;
  const std::vector<Saved>& saved_;
  const bool ordered_;
};

// AWS documents no order for these.
bool is_ordered(const Meaning& meaning) {
  const std::string& operation = meaning.operation;
  return operation != "Scan" && operation != "BatchGetItem" && operation != "ReceiveMessage" &&
         !(meaning.service == "ec2" && operation.starts_with("Describe"));
}

Ordered step_of(const Told& told, const Chosen& chosen, const std::vector<Saved>& saved) {
  const Meaning& meaning = *told.meaning;
  Ordered step = {{"service", meaning.service}, {"operation", meaning.operation}};
  if (!meaning.parameters.empty()) step["parameters"] = parameters_of(meaning.parameters, saved);
  if (!meaning.error_code.empty()) {
    step["error"] = {{"Code", meaning.error_code}, {"Status", told.status}};
    return step;
  }
  const auto model = find_model(meaning.service);
  const Operation* const operation =
      model == nullptr ? nullptr : model->find_operation(meaning.operation);
  const Shape* const output = operation == nullptr ? nullptr : operation->output;
  Ordered expected = Expectation(chosen, saved, is_ordered(meaning)).of(output, meaning.result);
  if (!expected.empty()) step["expect"] = std::move(expected);
  for (const Saved& one : told.saves) step["save"][one.variable] = path_of(one.steps);
  return step;
}

}  // namespace

std::string as_scenario(const Recording& recording, const ExportOptions& options) {
  const Story story = story_of(recording);
  std::string text = "{\n  \"title\": " + text_of(options.title) + ",\n";
  if (!options.source.empty())
    text += "  \"about\": " + text_of("Made from the recording " + options.source + ".") + ",\n";
  if (!story.calls.empty())
    text += "  \"region\": " + text_of(story.calls.front().meaning->region) + ",\n";
  text += "  \"steps\": [";
  const char* separator = "\n    ";
  Chosen chosen;
  std::vector<Saved> saved;
  for (const Told& told : story.calls) {
    if (told.before.count() > 0) {
      text += separator +
              ("{\"advance\": " + std::to_string(std::min(told.before, kLongestWait).count())) +
              "}";
      separator = ",\n    ";
    }
    chosen.add(told.meaning->parameters);
    Ordered step = step_of(told, chosen, saved);
    if (told.meaning->region != story.calls.front().meaning->region)
      step["region"] = told.meaning->region;
    text += separator + step.dump(-1, ' ', false, Ordered::error_handler_t::replace);
    separator = ",\n    ";
    saved.insert(saved.end(), told.saves.begin(), told.saves.end());
  }
  return text + "\n  ]\n}\n";
}

}  // namespace cloudchamber::recordings

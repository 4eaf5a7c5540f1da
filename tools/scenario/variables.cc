#include "tools/scenario/variables.h"

#include <algorithm>
#include <optional>

#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "tools/scenario/scenario.h"

namespace cloudchamber::scenario {
namespace {

constexpr std::size_t kLongestText = std::size_t{64} << 20;

// A piece of a string: text as it is, or the name of a variable.
struct Piece {
  std::string text;
  bool variable = false;
};

std::vector<Piece> pieces_of(const std::string& text) {
  std::vector<Piece> pieces;
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    if (text.compare(i, 3, "$${") == 0) {
      plain += "${";
      i += 3;
      continue;
    }
    const std::size_t end = text.compare(i, 2, "${") == 0 ? text.find('}', i) : std::string::npos;
    if (end == std::string::npos) {
      plain += text[i++];
      continue;
    }
    if (!plain.empty()) pieces.push_back({std::move(plain), false});
    plain.clear();
    pieces.push_back({text.substr(i + 2, end - i - 2), true});
    i = end + 1;
  }
  if (!plain.empty()) pieces.push_back({std::move(plain), false});
  return pieces;
}

void collect(const Json& value, std::vector<std::string>& names) {
  if (value.is_string()) {
    for (const Piece& piece : pieces_of(value.get_ref<const std::string&>())) {
      if (piece.variable) names.push_back(piece.text);
    }
  }
  if (!value.is_structured()) return;
  for (const auto& [key, part] : value.items()) {
    if (value.is_object()) collect(key, names);
    collect(part, names);
  }
}

const Json& variable(const Variables& variables, const std::string& name) {
  const auto found = variables.find(name);
  if (found == variables.end()) throw ScenarioError("there is no variable ${" + name + "}");
  return found->second;
}

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_binary()) return std::string(bytes_of(value));
  return value.dump();
}

Json expand_text(const std::string& text, const Variables& variables) {
  if (text.find("${") == std::string::npos) return text;
  const std::vector<Piece> pieces = pieces_of(text);
  if (pieces.size() == 1 && pieces[0].variable) return variable(variables, pieces[0].text);
  std::string result;
  for (const Piece& piece : pieces) {
    result += piece.variable ? text_of(variable(variables, piece.text)) : piece.text;
  }
  return result;
}

Json bytes_from(const Json& base64) {
  const std::optional<std::string> bytes =
      base64.is_string() ? base64_decode(base64.get_ref<const std::string&>()) : std::nullopt;
  if (!bytes) throw ScenarioError("$base64 takes a string of base64, not " + base64.dump());
  return binary(*bytes);
}

Json repeated(const Json& what) {
  const bool right =
      what.is_array() && what.size() == 2 && what[0].is_string() && what[1].is_number_unsigned();
  if (!right) throw ScenarioError("$repeat takes [text, times], not " + what.dump());
  const std::string& text = what[0].get_ref<const std::string&>();
  const auto times = what[1].get<std::uint64_t>();
  if (!text.empty() && times > kLongestText / text.size()) {
    throw ScenarioError("$repeat makes more than 64 MiB");
  }
  std::string result;
  result.reserve(text.size() * times);
  for (std::uint64_t i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

bool is_variable_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::vector<std::string> variables_in(const Json& value) {
  std::vector<std::string> names;
  collect(value, names);
  return names;
}

Json expand(const Json& value, const Variables& variables) {
  if (value.is_string()) return expand_text(value.get_ref<const std::string&>(), variables);
  if (value.is_array()) {
    Json result = Json::array();
    for (const Json& item : value) result.push_back(expand(item, variables));
    return result;
  }
  if (!value.is_object()) return value;
  Json result = Json::object();
  for (const auto& [key, part] : value.items()) {
    result[text_of(expand_text(key, variables))] = expand(part, variables);
  }
  if (result.size() == 1) {
    if (const auto form = result.find("$base64"); form != result.end()) return bytes_from(*form);
    if (const auto form = result.find("$repeat"); form != result.end()) return repeated(*form);
  }
  return result;
}

}  // namespace cloudchamber::scenario

#include "recordings/seed/adoption.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "recordings/bind/generated.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kShortest = 6;  // of a drawn text, so that it stands somewhere by no chance

bool is_time(const std::string& text) {
  const auto kind = generated(text);
  return kind && kind->kind == Kind::kTime;
}

void walk(const std::string& where, const Json& recorded, const Json& here,
          std::vector<Pair>& found) {
  if (recorded.is_object() && here.is_object()) {
    for (const auto& [name, value] : recorded.items())
      if (const auto at = here.find(name); at != here.end())
        walk(where.empty() ? name : where + '.' + name, value, *at, found);
  } else if (recorded.is_array() && here.is_array()) {
    for (std::size_t i = 0; i < std::min(recorded.size(), here.size()); ++i)
      walk(where + '[' + std::to_string(i) + ']', recorded[i], here[i], found);
  } else if (recorded.is_string() && here.is_string()) {
    const auto& theirs = recorded.get_ref<const std::string&>();
    const auto& ours = here.get_ref<const std::string&>();
    // What a recorder took out is no value.
    const bool is_placeholder = theirs.size() > 2 && theirs.front() == '<' && theirs.back() == '>';
    if (theirs != ours && !is_placeholder && !(is_time(theirs) && is_time(ours)))
      found.push_back({where, theirs, ours});
  }
}

// "vpc-0a1b" of "vpc-0123" where "0123" was drawn: "0a1b".
std::optional<std::string> replacement(std::string_view recorded, std::string_view here,
                                       std::string_view drawn) {
  const std::size_t at = here.find(drawn);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view before = here.substr(0, at);
  const std::string_view behind = here.substr(at + drawn.size());
  if (recorded.size() <= before.size() + behind.size() || !recorded.starts_with(before) ||
      !recorded.ends_with(behind))
    return std::nullopt;
  return std::string(
      recorded.substr(before.size(), recorded.size() - before.size() - behind.size()));
}

std::optional<std::string> replacement_in(const Pair& pair, const std::string& drawn) {
  if (pair.here.find(drawn) == std::string::npos) return std::nullopt;
  // Piece by piece: in an ARN, more than one may differ.
  const std::vector<TextPiece> theirs = pieces_of(pair.recorded);
  const std::vector<TextPiece> ours = pieces_of(pair.here);
  if (theirs.size() == ours.size())
    for (std::size_t i = 0; i < ours.size(); ++i)
      if (auto text = replacement(theirs[i].text, ours[i].text, drawn)) return text;
  return replacement(pair.recorded, pair.here, drawn);
}

}  // namespace

std::vector<Pair> differing_texts(const Json& recorded, const Json& here) {
  std::vector<Pair> found;
  walk("", recorded, here, found);
  return found;
}

std::map<std::size_t, std::string> texts_to_draw(const std::vector<std::string>& drawn,
                                                 const std::vector<Pair>& pairs) {
  std::map<std::size_t, std::string> result;
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    if (drawn[i].size() < kShortest) continue;
    for (const Pair& pair : pairs) {
      if (auto text = replacement_in(pair, drawn[i])) {
        result.emplace(i, *std::move(text));
        break;
      }
    }
  }
  return result;
}

}  // namespace cloudchamber::recordings

#include "recordings/bind/bindings.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace cloudchamber::recordings {
namespace {

bool holds_separators(std::string_view text) { return pieces_of(text).size() > 1; }

// The other way to write an address: "10.0.0.1", "10-0-0-1".
std::string with_other_separator(std::string_view address) {
  std::string other(address);
  const char from = other.find('.') != std::string::npos ? '.' : '-';
  std::replace(other.begin(), other.end(), from, from == '.' ? '-' : '.');
  return other;
}

// A host name's label without the word before the address in it: "ec2-", "ip-".
std::string_view word_before_address(std::string_view label) {
  for (const std::string_view word : {"ec2-", "ip-"})
    if (label.starts_with(word)) return word;
  return {};
}

}  // namespace

void Bindings::remember_given(const Json& parameters) {
  if (parameters.is_structured()) {
    for (const Json& part : parameters) remember_given(part);
  } else if (parameters.is_string()) {
    const auto& text = parameters.get_ref<const std::string&>();
    if (generated(text) && !to_mock_.contains(text)) given_.insert(text);
  }
}

void Bindings::bind(std::string_view recorded, std::string_view mock) {
  const auto [at, fresh] = to_mock_.try_emplace(std::string(recorded), mock);
  if (!fresh) return;
  to_recorded_.try_emplace(std::string(mock), recorded);
  trail_.emplace_back(std::string(recorded));
  if (holds_separators(recorded)) compound_.emplace_back(recorded);
}

void Bindings::forget(const std::string& recorded) {
  const auto at = to_mock_.find(recorded);
  const auto back = to_recorded_.find(at->second);
  if (back != to_recorded_.end() && back->second == recorded) to_recorded_.erase(back);
  if (!compound_.empty() && compound_.back() == recorded) compound_.pop_back();
  to_mock_.erase(at);
}

void Bindings::bind_time(TimePoint recorded, TimePoint mock) {
  if (times_.try_emplace(recorded, mock).second) trail_.emplace_back(recorded);
}

std::optional<TimePoint> Bindings::time_of(TimePoint recorded) const {
  const auto at = times_.find(recorded);
  if (at == times_.end()) return std::nullopt;
  return at->second;
}

std::pair<std::optional<TimePoint>, std::optional<TimePoint>> Bindings::times_around(
    TimePoint recorded) const {
  std::pair<std::optional<TimePoint>, std::optional<TimePoint>> around;
  if (const auto later = times_.upper_bound(recorded); later != times_.end())
    around.second = later->second;
  if (auto at = times_.lower_bound(recorded); at != times_.begin()) around.first = (--at)->second;
  return around;
}

void Bindings::undo_to(std::size_t mark) {
  while (trail_.size() > mark) {
    if (const TimePoint* const time = std::get_if<TimePoint>(&trail_.back())) {
      times_.erase(*time);
    } else {
      forget(std::get<std::string>(trail_.back()));
    }
    trail_.pop_back();
  }
}

std::vector<std::pair<std::string, std::string>> Bindings::bound_since(std::size_t mark) const {
  std::vector<std::pair<std::string, std::string>> bound;
  for (std::size_t i = mark; i < trail_.size(); ++i)
    if (const auto* const recorded = std::get_if<std::string>(&trail_[i]))
      bound.emplace_back(*recorded, to_mock_.at(*recorded));
  return bound;
}

std::string Bindings::translate_pieces(std::string_view recorded) const {
  std::string translated;
  for (const TextPiece& piece : pieces_of(recorded)) {
    const std::string text(piece.text);
    if (piece.separator) {
      translated += text;
      continue;
    }
    if (const auto at = to_mock_.find(text); at != to_mock_.end()) {
      translated += at->second;
      continue;
    }
    // Labels of a host name.
    std::string_view left = text;
    for (;;) {
      const std::size_t end = left.find('.');
      const std::string_view label = left.substr(0, end);
      const std::string_view word = word_before_address(label);
      const auto bound = to_mock_.find(std::string(label.substr(word.size())));
      translated += word;
      translated +=
          bound == to_mock_.end() ? std::string(label.substr(word.size())) : bound->second;
      if (end == std::string_view::npos) break;
      translated += '.';
      left.remove_prefix(end + 1);
    }
  }
  return translated;
}

std::string Bindings::translate(std::string_view recorded) const {
  std::string text(recorded);
  if (empty()) return text;
  if (const auto at = to_mock_.find(text); at != to_mock_.end()) return at->second;
  for (const std::string& value : compound_) {
    if (value.size() > text.size()) continue;
    const std::string& mock = to_mock_.at(value);
    for (std::size_t at = text.find(value); at != std::string::npos;
         at = text.find(value, at + mock.size()))
      text.replace(at, value.size(), mock);
  }
  return translate_pieces(text);
}

bool Bindings::translate(Json& recorded) const {
  bool changed = false;
  if (recorded.is_structured()) {
    for (Json& part : recorded) changed = translate(part) || changed;
  } else if (recorded.is_string()) {
    auto& text = recorded.get_ref<std::string&>();
    std::string translated = translate(text);
    if (translated != text) {
      text = std::move(translated);
      changed = true;
    }
  }
  return changed;
}

bool Bindings::unify(std::string_view recorded, std::string_view mock) {
  if (recorded == mock) {
    // Equal by chance or by nature: what is bound to another may not be equal.
    const auto at = to_mock_.find(std::string(recorded));
    return at == to_mock_.end() || at->second == mock;
  }
  const std::size_t before = mark();
  if (unify_whole(recorded, mock) || unify_pieces(recorded, mock)) return true;
  undo_to(before);
  return false;
}

bool Bindings::unify_whole(std::string_view recorded, std::string_view mock) {
  const std::string text(recorded);
  if (const auto at = to_mock_.find(text); at != to_mock_.end()) return at->second == mock;
  if (recorded.size() == mock.size() && hidden_digests_.contains(std::string(mock))) {
    bind(recorded, mock);
    return true;
  }
  const std::optional<Generated> kind = generated(recorded);
  if (kind && kind->kind == Kind::kUniqueId && mock == caller_) {
    bind(recorded, mock);
    return true;
  }
  if (!kind || kind != generated(mock)) return false;
  if (kind->kind == Kind::kTime) return true;
  if (given_.contains(text) || to_recorded_.contains(std::string(mock))) return false;
  bind(recorded, mock);
  if (kind->kind == Kind::kAddress)
    bind(with_other_separator(recorded), with_other_separator(mock));
  return true;
}

bool Bindings::unify_pieces(std::string_view recorded, std::string_view mock) {
  if (translate(recorded) == mock) return true;
  const std::vector<TextPiece> theirs = pieces_of(recorded);
  const std::vector<TextPiece> ours = pieces_of(mock);
  if (theirs.size() != ours.size()) return false;
  for (std::size_t i = 0; i < theirs.size(); ++i) {
    if (theirs[i].separator != ours[i].separator) return false;
    if (theirs[i].text == ours[i].text && !to_mock_.contains(std::string(theirs[i].text))) continue;
    if (theirs[i].separator) return false;
    if (!unify_whole(theirs[i].text, ours[i].text) && !unify_labels(theirs[i].text, ours[i].text))
      return false;
  }
  return true;
}

bool Bindings::unify_labels(std::string_view recorded, std::string_view mock) {
  bool several = false;
  for (;;) {
    const std::size_t end = recorded.find('.');
    const std::size_t our_end = mock.find('.');
    const std::string_view label = recorded.substr(0, end);
    const std::string_view our_label = mock.substr(0, our_end);
    const std::string_view word = word_before_address(label);
    if (word != word_before_address(our_label)) return false;
    if (label != our_label &&
        !unify_whole(label.substr(word.size()), our_label.substr(word.size())))
      return false;
    several = several || end != std::string_view::npos || !word.empty();
    if ((end == std::string_view::npos) != (our_end == std::string_view::npos)) return false;
    if (end == std::string_view::npos) return several;
    recorded.remove_prefix(end + 1);
    mock.remove_prefix(our_end + 1);
  }
}

}  // namespace cloudchamber::recordings

#include "sdk/recording/generated_values.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "sdk/recording/checksum_headers.h"

namespace cloudchamber {
namespace {

constexpr std::size_t kMaxKnown = 1'000'000;
constexpr std::size_t kLookedAt = std::size_t{1} << 20;  // of an answer's body

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Does the text begin with this form? '0' is a digit, 'x' a hexadecimal one, the rest itself.
bool begins_like(std::string_view text, std::string_view form) {
  if (text.size() < form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool fits = form[i] == '0'   ? is_digit(text[i])
                      : form[i] == 'x' ? is_hex(text[i])
                                       : form[i] == text[i];
    if (!fits) return false;
  }
  return true;
}

// The length of the generated value that the text begins with; 0 when there is none.
std::size_t length_of_value(std::string_view text) {
  if (begins_like(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")) return 36;
  if (!is_digit(text.front())) return 0;
  if (begins_like(text, "00000000T000000Z")) return 16;
  if (begins_like(text, "0000-00-00T00:00:00")) {
    std::size_t end = 19;
    if (end < text.size() && text[end] == '.') {
      do {
        ++end;
      } while (end < text.size() && is_digit(text[end]));
    }
    if (end < text.size() && text[end] == 'Z') return end + 1;
    if (begins_like(text.substr(end), "+00:00")) return end + 6;
    return end;
  }
  // Seconds or milliseconds since 1970, from 2014 to 2033.
  const bool recent = text.front() == '1' && text.size() > 1 && text[1] >= '4';
  const bool later = text.front() == '2' && text.size() > 1 && text[1] == '0';
  if (!recent && !later) return 0;
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) ++digits;
  return digits == 10 || digits == 13 ? digits : 0;
}

template <class Visit>
void for_each_value(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_hex(text[at])) {
      ++at;
      continue;
    }
    const std::size_t length = length_of_value(text.substr(at));
    const bool whole = length > 0 && (at + length == text.size() || !is_hex(text[at + length]));
    if (whole) {
      visit(at, length);
      at += length;
    } else {
      while (at < text.size() && is_hex(text[at])) ++at;
    }
  }
}

std::string replaced(std::string_view text,
                     const std::map<std::string, std::string, std::less<>>& by) {
  std::string result;
  std::size_t done = 0;
  for_each_value(text, [&](std::size_t at, std::size_t length) {
    const auto found = by.find(text.substr(at, length));
    if (found == by.end()) return;
    result.append(text.substr(done, at - done)).append(found->second);
    done = at + length;
  });
  return result.append(text.substr(done));
}

}  // namespace

std::vector<std::string_view> generated_values_in(std::string_view text) {
  std::vector<std::string_view> found;
  for_each_value(
      text, [&](std::size_t at, std::size_t length) { found.push_back(text.substr(at, length)); });
  return found;
}

Json without_generated_values(const Json& value, std::vector<std::string>& taken) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    std::string result;
    std::size_t done = 0;
    for_each_value(text, [&](std::size_t at, std::size_t length) {
      taken.push_back(text.substr(at, length));
      result.append(text, done, at - done).push_back('\x01');
      done = at + length;
    });
    return done == 0 ? value : Json(result.append(text, done, std::string::npos));
  }
  if (!value.is_structured()) return value;
  Json result = value;
  for (auto& part : result) part = without_generated_values(part, taken);
  return result;
}

void ClientValues::learn(const HttpResponse& answer) {
  const auto add = [this](std::string_view text) {
    for_each_value(text, [&](std::size_t at, std::size_t length) {
      if (known_.size() < kMaxKnown) known_.emplace(text.substr(at, length));
    });
  };
  for (const auto& [name, value] : answer.headers) add(value);
  std::string scratch;
  if (answer.body.size() <= kLookedAt) add(answer.body.flat(scratch));
}

bool ClientValues::fits(const std::vector<std::string>& now,
                        const std::vector<std::string>& recorded) const {
  for (std::size_t i = 0; i < now.size(); ++i) {
    const auto bound = recorded_of_.find(now[i]);
    if (bound != recorded_of_.end()) {
      if (bound->second != recorded[i]) return false;
    } else if (now[i] != recorded[i] &&
               (known_.contains(now[i]) || now_of_.contains(recorded[i]))) {
      return false;
    }
  }
  return true;
}

void ClientValues::bind(const std::vector<std::string>& now,
                        const std::vector<std::string>& recorded) {
  for (std::size_t i = 0; i < now.size(); ++i) {
    if (now[i] == recorded[i] || recorded_of_.size() >= kMaxKnown) continue;
    recorded_of_.emplace(now[i], recorded[i]);
    now_of_.emplace(recorded[i], now[i]);
  }
}

Json ClientValues::as_recorded(const Json& value) const {
  if (value.is_string()) return replaced(value.get_ref<const std::string&>(), recorded_of_);
  if (!value.is_structured()) return value;
  Json result = value;
  for (auto& part : result) part = as_recorded(part);
  return result;
}

void ClientValues::put_into(HttpResponse& answer) const {
  if (now_of_.empty()) return;
  Headers headers;
  for (const auto& [name, value] : answer.headers) headers.add(name, replaced(value, now_of_));
  answer.headers = std::move(headers);
  if (answer.body.size() > kLookedAt) return;
  std::string scratch;
  const std::string_view sent = answer.body.flat(scratch);
  std::string text = replaced(sent, now_of_);
  if (text == sent) return;
  answer.body = Blob(std::move(text));
  Headers kept;
  for (const auto& [name, value] : answer.headers)
    if (!is_checksum_header(name) && !equal_ignoring_case(name, "Content-Length"))
      kept.add(name, value);
  answer.headers = std::move(kept);
}

}  // namespace cloudchamber

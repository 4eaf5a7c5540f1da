#include "recordings/bind/generated.h"

#include <algorithm>
#include <array>

namespace cloudchamber::recordings {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }
bool is_alphanumeric(char c) { return is_digit(c) || is_lower(c) || is_upper(c); }

template <class Test>
bool all(std::string_view text, Test test) {
  return std::all_of(text.begin(), text.end(), test);
}
template <class Test>
bool any(std::string_view text, Test test) {
  return std::any_of(text.begin(), text.end(), test);
}

// `pattern`: d is a decimal digit, x a hexadecimal one, all else itself.
bool looks_like(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool fits = pattern[i] == 'd'   ? is_digit(text[i])
                      : pattern[i] == 'x' ? is_hex(text[i])
                                          : text[i] == pattern[i];
    if (!fits) return false;
  }
  return true;
}

constexpr std::string_view kUuidLook = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
constexpr std::string_view kTimeLook = "dddd-dd-ddTdd:dd:dd";
constexpr std::string_view kHttpTimeLook = " dddd dd:dd:dd GMT";
constexpr std::string_view kHardwareLook = "xx:xx:xx:xx:xx:xx";
// Of a private key that AWS made; of an imported one it is an MD5.
constexpr std::string_view kFingerprintLook =
    "xx:xx:xx:xx:xx:xx:xx:xx:xx:xx:xx:xx:xx:xx:xx:xx:xx:xx:xx:xx";

// How long the time at the beginning of `text` is; 0 where there is none.
std::size_t time_length(std::string_view text) {
  if (!looks_like(text.substr(0, kTimeLook.size()), kTimeLook)) return 0;
  std::size_t end = kTimeLook.size();
  if (end + 1 < text.size() && (text[end] == '.' || text[end] == ',') && is_digit(text[end + 1])) {
    ++end;
    while (end < text.size() && is_digit(text[end])) ++end;
  }
  if (end < text.size() && text[end] == 'Z') return end + 1;
  if (looks_like(text.substr(end, 6), "+dd:dd") || looks_like(text.substr(end, 6), "-dd:dd"))
    return end + 6;
  if (looks_like(text.substr(end, 5), "+dddd") || looks_like(text.substr(end, 5), "-dddd"))
    return end + 5;
  return end;
}

// From September 2001 to May 2033.
bool is_epoch(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  return whole.starts_with('1') && all(whole, is_digit) && all(fraction, is_digit) &&
         (whole.size() == 10 || whole.size() == 13);
}

bool is_time(std::string_view text) {
  if (text.size() > kHttpTimeLook.size() &&
      looks_like(text.substr(text.size() - kHttpTimeLook.size()), kHttpTimeLook))
    return true;
  const std::size_t length = time_length(text);
  return (length != 0 && length == text.size()) || is_epoch(text);
}

bool is_address(std::string_view text) {
  const char separator = text.find('.') != std::string_view::npos ? '.' : '-';
  int parts = 0;
  for (;;) {
    const std::size_t end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    if (part.empty() || part.size() > 3 || !all(part, is_digit)) return false;
    ++parts;
    if (end == std::string_view::npos) return parts == 4;
    text.remove_prefix(end + 1);
  }
}

// "i-", "eipalloc-", "subnet-cidr-assoc-": lower-case words.
bool is_id_prefix(std::string_view text) {
  return text.size() >= 2 && text.back() == '-' && text.front() != '-' &&
         all(text, [](char c) { return is_lower(c) || c == '-'; });
}

bool is_unique_id(std::string_view text) {
  constexpr std::array<std::string_view, 9> kPrefixes = {"AIDA", "AROA", "AKIA", "ASIA", "AGPA",
                                                         "AIPA", "ANPA", "ASCA", "ACCA"};
  return text.size() >= 16 && text.size() <= 24 &&
         all(text, [](char c) { return is_upper(c) || is_digit(c); }) &&
         std::find(kPrefixes.begin(), kPrefixes.end(), text.substr(0, 4)) != kPrefixes.end();
}

bool is_random_suffix(std::string_view text) {
  return (text.size() == 12 || text.size() == 13) && all(text, is_alphanumeric) &&
         (any(text, is_digit) || any(text, is_lower)) && any(text, is_upper);
}

bool is_token(std::string_view text) {
  return text.size() >= 20 && any(text, is_digit) && any(text, is_lower) && any(text, is_upper) &&
         all(text, [](char c) {
           return is_alphanumeric(c) ||
                  std::string_view("+/=_.-").find(c) != std::string_view::npos;
         });
}

}  // namespace

std::optional<Generated> generated(std::string_view text) {
  if (text.size() < 7) return std::nullopt;
  if (text.size() >= kUuidLook.size()) {
    const std::size_t begin = text.size() - kUuidLook.size();
    if (looks_like(text.substr(begin), kUuidLook))
      return Generated{Kind::kUuid, text.substr(0, begin)};
  }
  if (is_time(text)) return Generated{Kind::kTime, {}};
  if (all(text, is_digit)) {
    if (text.size() == 12) return Generated{Kind::kAccount, {}};
    if (text.size() >= 15) return Generated{Kind::kNumber, {}};
    return std::nullopt;
  }
  if (is_address(text)) return Generated{Kind::kAddress, {}};
  if (looks_like(text, kHardwareLook)) return Generated{Kind::kHardware, {}};
  if (((text.size() == 40 || text.size() == 64) && all(text, is_hex)) ||
      looks_like(text, kFingerprintLook))
    return Generated{Kind::kDigest, {}};
  const std::size_t hyphen = text.rfind('-');
  if (hyphen != std::string_view::npos) {
    const std::string_view prefix = text.substr(0, hyphen + 1);
    const std::string_view rest = text.substr(hyphen + 1);
    if ((rest.size() == 8 || rest.size() == 17) && all(rest, is_hex) && any(rest, is_digit) &&
        is_id_prefix(prefix))
      return Generated{Kind::kId, prefix};
    if (is_random_suffix(rest)) return Generated{Kind::kSuffixed, prefix};
  }
  if (is_unique_id(text)) return Generated{Kind::kUniqueId, text.substr(0, 4)};
  if ((text.size() == 16 || text.size() == 52) && any(text, is_digit) && any(text, is_upper) &&
      all(text, [](char c) { return is_upper(c) || is_digit(c); }))
    return Generated{Kind::kRequestId, {}};
  if (is_token(text)) return Generated{Kind::kToken, {}};
  return std::nullopt;
}

bool is_id(std::string_view text) {
  const auto kind = generated(text);
  return kind &&
         (kind->kind == Kind::kId || kind->kind == Kind::kUuid || kind->kind == Kind::kUniqueId);
}

std::vector<TextPiece> pieces_of(std::string_view text) {
  constexpr std::string_view kSeparators = " /:,;'\"`()[]{}<>?&=@|!#%\n\r\t\\";
  std::vector<TextPiece> pieces;
  while (!text.empty()) {
    std::size_t length = time_length(text);
    bool separator = false;
    if (length == 0 && looks_like(text.substr(0, kHardwareLook.size()), kHardwareLook))
      length = kHardwareLook.size();
    if (length == 0) {
      length = text.find_first_of(kSeparators);
      if (length == 0) {
        separator = true;
        length = std::min(text.find_first_not_of(kSeparators), text.size());
      }
      length = std::min(length, text.size());
      // The full stop of a sentence.
      if (!separator && length > 1 && text[length - 1] == '.' &&
          (length == text.size() || text[length] == ' '))
        --length;
    }
    if (text[0] == '.' && length == 1) separator = true;
    pieces.push_back({text.substr(0, length), separator});
    text.remove_prefix(length);
  }
  return pieces;
}

}  // namespace cloudchamber::recordings

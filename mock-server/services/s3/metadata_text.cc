#include "mock-server/services/s3/metadata_text.h"

#include <algorithm>
#include <optional>

#include "sdk/codec/base64.h"

namespace cloudchamber::mock::s3 {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

bool is_plain(unsigned char c) {
  return (c >= 0x20 && c < 0x7F) || c == '\t' || c == '\r' || c == '\n';
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::string q_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') {
      result += ' ';
    } else if (text[i] == '=' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
               hex_value(text[i + 2]) >= 0) {
      result += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

// The content of "=?charset?Q?text?=" at the start of `text`, and its length.
struct Word {
  std::string content;
  std::size_t length = 0;
};
std::optional<Word> encoded_word(std::string_view text) {
  if (!text.starts_with("=?")) return std::nullopt;
  const std::size_t charset_end = text.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= text.size()) return std::nullopt;
  const char kind = text[charset_end + 1];
  if (text[charset_end + 2] != '?') return std::nullopt;
  const std::size_t begin = charset_end + 3;
  const std::size_t end = text.find("?=", begin);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view content = text.substr(begin, end - begin);
  if (kind == 'Q' || kind == 'q') return Word{q_decoded(content), end + 2};
  if (kind == 'B' || kind == 'b') {
    if (auto decoded = base64_decode(content)) return Word{std::move(*decoded), end + 2};
  }
  return std::nullopt;
}

}  // namespace

std::string encoded_metadata(std::string_view value) {
  std::size_t plain = 0;
  std::size_t other = 0;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;  // counted by its first byte
    ++(is_plain(byte) ? plain : other);
  }
  if (other == 0) return std::string(value);
  if (plain <= other) return "=?UTF-8?B?" + base64_encode(value) + "?=";
  std::string word = "=?UTF-8?Q?";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ') {
      word += '_';
    } else if (byte < 0x20 || byte >= 0x7F || c == '=' || c == '_' || c == '?') {
      word += '=';
      word += kHexDigits[byte >> 4];
      word += kHexDigits[byte & 0xF];
    } else {
      word += c;
    }
  }
  return word + "?=";
}

std::string decoded_metadata(std::string_view header) {
  std::string result;
  bool after_word = false;
  while (!header.empty()) {
    if (const auto word = encoded_word(header)) {
      result += word->content;
      header.remove_prefix(word->length);
      after_word = true;
      continue;
    }
    // White space between two encoded words is not part of the text.
    const std::size_t blanks = std::min(header.find_first_not_of(" \t"), header.size());
    if (after_word && blanks > 0 && encoded_word(header.substr(blanks))) {
      header.remove_prefix(blanks);
      continue;
    }
    result += header.front();
    header.remove_prefix(1);
    after_word = false;
  }
  return result;
}

}  // namespace cloudchamber::mock::s3

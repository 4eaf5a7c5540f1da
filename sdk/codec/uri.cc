#include "sdk/codec/uri.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace cloudchamber {
namespace {

constexpr std::array<bool, 256> make_unreserved() {
  std::array<bool, 256> table{};
  for (char c = 'a'; c <= 'z'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (char c = 'A'; c <= 'Z'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (char c = '0'; c <= '9'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (const char c : {'-', '.', '_', '~'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}
constexpr std::array<bool, 256> kUnreserved = make_unreserved();

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

std::string uri_encode(std::string_view text, bool keep_slash) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size() + text.size() / 4);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (kUnreserved[byte] || (keep_slash && c == '/')) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kHex[byte >> 4];
      encoded += kHex[byte & 15];
    }
  }
  return encoded;
}

std::string uri_decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%' && i + 2 < text.size()) {
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high >= 0 && low >= 0) {
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    decoded += c == '+' && plus_is_space ? ' ' : c;
  }
  return decoded;
}

std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query,
                                                             bool plus_is_space) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view piece = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    if (piece.empty()) continue;
    const std::size_t equals = piece.find('=');
    pairs.emplace_back(uri_decode(piece.substr(0, equals), plus_is_space),
                       equals == std::string_view::npos
                           ? std::string()
                           : uri_decode(piece.substr(equals + 1), plus_is_space));
  }
  return pairs;
}

bool is_utf8(std::string_view text) {
  const char* const data = text.data();
  const std::size_t size = text.size();
  const auto byte = [data](std::size_t i) { return static_cast<unsigned char>(data[i]); };
  const auto continues = [&](std::size_t i) { return i < size && (byte(i) & 0xc0) == 0x80; };
  std::size_t i = 0;
  while (i < size) {
    if (i + 8 <= size) {
      std::uint64_t eight;
      std::memcpy(&eight, data + i, 8);
      if ((eight & 0x8080808080808080U) == 0) {
        i += 8;
        continue;
      }
    }
    const unsigned char first = byte(i);
    if (first < 0x80) {
      i += 1;
    } else if (first >= 0xc2 && first <= 0xdf) {
      if (!continues(i + 1)) return false;
      i += 2;
    } else if (first >= 0xe0 && first <= 0xef) {
      if (!continues(i + 1) || !continues(i + 2)) return false;
      if (first == 0xe0 && byte(i + 1) < 0xa0) return false;  // longer than need be
      if (first == 0xed && byte(i + 1) > 0x9f) return false;  // surrogates
      i += 3;
    } else if (first >= 0xf0 && first <= 0xf4) {
      if (!continues(i + 1) || !continues(i + 2) || !continues(i + 3)) return false;
      if (first == 0xf0 && byte(i + 1) < 0x90) return false;  // longer than need be
      if (first == 0xf4 && byte(i + 1) > 0x8f) return false;  // beyond U+10FFFF
      i += 4;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace cloudchamber

#include "sdk/codec/base64.h"

#include <array>
#include <cstdint>

namespace cloudchamber {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kInvalid = 0xff;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  for (std::uint8_t& value : values) value = kInvalid;
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  return values;
}
constexpr std::array<std::uint8_t, 256> kValues = make_values();

std::uint32_t byte(char c) { return static_cast<unsigned char>(c); }
std::uint32_t value(char c) { return kValues[static_cast<unsigned char>(c)]; }

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4, '=');
  char* out = text.data();
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3) {
    const std::uint32_t group = byte(bytes[i]) << 16 | byte(bytes[i + 1]) << 8 | byte(bytes[i + 2]);
    *out++ = kAlphabet[group >> 18];
    *out++ = kAlphabet[group >> 12 & 63];
    *out++ = kAlphabet[group >> 6 & 63];
    *out++ = kAlphabet[group & 63];
  }
  const std::size_t left = bytes.size() - i;
  if (left == 0) return text;
  const std::uint32_t group = byte(bytes[i]) << 16 | (left == 2 ? byte(bytes[i + 1]) << 8 : 0U);
  *out++ = kAlphabet[group >> 18];
  *out++ = kAlphabet[group >> 12 & 63];
  if (left == 2) *out = kAlphabet[group >> 6 & 63];
  return text;
}

std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  if (text.empty()) return std::string();
  const std::size_t padding =
      text.back() != '=' ? 0 : static_cast<std::size_t>(text[text.size() - 2] != '=' ? 1 : 2);
  const std::size_t whole = padding == 0 ? text.size() : text.size() - 4;
  std::string bytes(text.size() / 4 * 3 - padding, '\0');
  char* out = bytes.data();
  const auto put = [&out](std::uint32_t v) { *out++ = static_cast<char>(v & 0xff); };
  for (std::size_t i = 0; i < whole; i += 4) {
    const std::uint32_t a = value(text[i]), b = value(text[i + 1]), c = value(text[i + 2]),
                        d = value(text[i + 3]);
    if ((a | b | c | d) > 63) return std::nullopt;
    const std::uint32_t group = a << 18 | b << 12 | c << 6 | d;
    put(group >> 16);
    put(group >> 8);
    put(group);
  }
  if (padding == 0) return bytes;
  const std::uint32_t a = value(text[whole]), b = value(text[whole + 1]),
                      c = padding == 1 ? value(text[whole + 2]) : 0;
  if ((a | b | c) > 63) return std::nullopt;
  if (padding == 1 ? (c & 3) != 0 : (b & 15) != 0) return std::nullopt;
  put(a << 2 | b >> 4);
  if (padding == 1) put(b << 4 | c >> 2);
  return bytes;
}

}  // namespace cloudchamber

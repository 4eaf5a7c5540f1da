#include "mock-server/decode/text_values.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>

#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock {
namespace {

template <class Number>
std::optional<Json> number(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Json> real(std::string_view text) {
  if (text == "NaN" || text == "Infinity" || text == "-Infinity") return std::string(text);
  // from_chars would also take "inf", "nan(...)" and the like.
  if (text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return std::nullopt;
  return number<double>(text);
}

std::optional<Json> boolean(std::string_view text) {
  if (equal_ignoring_case(text, "true")) return true;
  if (equal_ignoring_case(text, "false")) return false;
  return std::nullopt;
}

}  // namespace

std::optional<Json> value_of_text(const Shape& shape, std::string_view text) {
  switch (shape.type) {
    case ShapeType::kString:
      return std::string(text);
    case ShapeType::kBlob: {
      const std::optional<std::string> bytes = base64_decode(trimmed(text));
      if (!bytes) return std::nullopt;
      return binary(*bytes);
    }
    case ShapeType::kBoolean:
      return boolean(trimmed(text));
    case ShapeType::kInteger:
      return number<std::int32_t>(trimmed(text));
    case ShapeType::kLong:
      return number<std::int64_t>(trimmed(text));
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      return real(trimmed(text));
    case ShapeType::kTimestamp: {
      const std::optional<TimePoint> time = parse_timestamp(trimmed(text));
      if (!time) return std::nullopt;
      return iso8601(*time);
    }
    case ShapeType::kStructure:
    case ShapeType::kList:
    case ShapeType::kMap:
      break;
  }
  return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string utf8_or_latin1(std::string_view bytes) {
  if (is_utf8(bytes)) return std::string(bytes);
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xc0 | byte >> 6);
      text += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return text;
}

}  // namespace cloudchamber::mock

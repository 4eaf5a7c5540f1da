#include <charconv>

#include "cloudchamber/errors.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"
#include "sdk/parse/protocols.h"

namespace cloudchamber::parsing {
namespace {

[[noreturn]] void refuse(const Member& member, std::string_view text, const char* what) {
  throw ResponseParserError(member.name + ": '" + std::string(text.substr(0, 100)) + "' is not " +
                            what);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stopped == end;
}

Json read_integer(const Member& member, std::string_view text) {
  std::int64_t number = 0;
  if (!read_number(text, number)) refuse(member, text, "an integer");
  return number;
}

Json read_float(const Member& member, std::string_view text) {
  if (text == "NaN" || text == "Infinity" || text == "-Infinity") return text;
  double number = 0;
  if (!read_number(text, number) || number - number != 0) refuse(member, text, "a number");
  return number;
}

}  // namespace

Json read_text(const Member& member, std::string_view text) {
  const ShapeType type = member.shape->type;
  if (type == ShapeType::kString) return text;
  text = trimmed(text);
  if (type == ShapeType::kBlob) {
    const auto bytes = base64_decode(text);
    if (!bytes) refuse(member, text, "base64");
    return binary(*bytes);
  }
  if (text.empty()) return nullptr;
  switch (type) {
    case ShapeType::kBoolean:
      return text == "true" || text == "True" || text == "TRUE";
    case ShapeType::kInteger:
    case ShapeType::kLong:
      return read_integer(member, text);
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      return read_float(member, text);
    case ShapeType::kTimestamp:
      if (const auto time = parse_timestamp(text); time) return iso8601(*time);
      refuse(member, text, "a timestamp");
    default:
      return nullptr;
  }
}

}  // namespace cloudchamber::parsing

#include "sdk/codec/json_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"

namespace cloudchamber {
namespace {

template <class Number>
void append_chars(std::string& out, Number value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

constexpr std::array<bool, 256> kEscaped = [] {
  std::array<bool, 256> escaped{};
  for (std::size_t c = 0; c < 0x20; ++c) escaped[c] = true;
  escaped['"'] = escaped['\\'] = true;
  return escaped;
}();

bool needs_escape(char c) { return kEscaped[static_cast<unsigned char>(c)]; }

void append_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\u00";
  out += kDigits[static_cast<unsigned char>(c) >> 4];
  out += kDigits[static_cast<unsigned char>(c) & 15];
}

}  // namespace

void append_json_string(std::string& out, std::string_view utf8) {
  out += '"';
  std::size_t start = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (!needs_escape(utf8[i])) continue;
    out.append(utf8, start, i - start);
    append_escape(out, utf8[i]);
    start = i + 1;
  }
  out.append(utf8, start);
  out += '"';
}

void append_number(std::string& out, double value) {
  if (std::isnan(value))
    out += "NaN";
  else if (std::isinf(value))
    out += value > 0 ? "Infinity" : "-Infinity";
  else
    append_chars(out, value);
}

void append_scalar(std::string& out, const Json& value) {
  switch (value.type()) {
    case Json::value_t::boolean:
      out += value.get<bool>() ? "true" : "false";
      return;
    case Json::value_t::number_unsigned:
      return append_chars(out, value.get<std::uint64_t>());
    case Json::value_t::number_integer:
      return append_chars(out, value.get<std::int64_t>());
    case Json::value_t::number_float:
      return append_number(out, value.get<double>());
    default:
      out += bytes_of(value);
  }
}

void append_json(std::string& out, const Json& value) {
  switch (value.type()) {
    case Json::value_t::object: {
      char separator = '{';
      for (const auto& [name, member] : value.get_ref<const Json::object_t&>()) {
        out += separator;
        append_json_string(out, name);
        out += ':';
        append_json(out, member);
        separator = ',';
      }
      out += value.empty() ? "{}" : "}";
      return;
    }
    case Json::value_t::array: {
      char separator = '[';
      for (const Json& element : value) {
        out += separator;
        append_json(out, element);
        separator = ',';
      }
      out += value.empty() ? "[]" : "]";
      return;
    }
    case Json::value_t::string:
      return append_json_string(out, bytes_of(value));
    case Json::value_t::binary:
      out += '"';
      out += base64_encode(bytes_of(value));
      out += '"';
      return;
    case Json::value_t::number_float:
      if (!std::isfinite(value.get<double>())) {
        out += '"';
        append_scalar(out, value);
        out += '"';
        return;
      }
      return append_scalar(out, value);
    case Json::value_t::null:
    case Json::value_t::discarded:
      out += "null";
      return;
    default:
      return append_scalar(out, value);
  }
}

}  // namespace cloudchamber

#include "cloudchamber/dynamodb/decimal.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>

#include "cloudchamber/dynamodb/errors.h"
#include "sdk/dynamodb/extension.h"

namespace cloudchamber::dynamodb {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  constexpr std::size_t kShown = 100;
  std::string shown(text.substr(0, kShown));
  if (text.size() > kShown) shown += "...";
  throw DecimalError("\"" + shown + "\" " + std::string(why));
}

// The parts of a number's text, as they stand there.
struct Parts {
  bool negative = false;
  std::string digits;
  long long exponent = 0;  // of the last digit
};

std::optional<Parts> split(std::string_view text) {
  Parts parts;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    parts.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  bool in_fraction = false;
  for (; !text.empty() && (is_digit(text.front()) || text.front() == '.'); text.remove_prefix(1)) {
    if (text.front() == '.') {
      if (in_fraction) return std::nullopt;
      in_fraction = true;
      continue;
    }
    parts.digits += text.front();
    if (in_fraction) --parts.exponent;
  }
  if (parts.digits.empty()) return std::nullopt;
  if (text.empty()) return parts;
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  text.remove_prefix(1);
  if (!text.empty() && text.front() == '+') {
    text.remove_prefix(1);
    if (!text.empty() && text.front() == '-') return std::nullopt;
  }
  long long power = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), power);
  if (stop != text.data() + text.size() || error == std::errc::invalid_argument)
    return std::nullopt;
  // Far beyond any range, yet small enough to be added to.
  constexpr long long kHuge = std::numeric_limits<long long>::max() / 4;
  if (error == std::errc::result_out_of_range) power = text.front() == '-' ? -kHuge : kHuge;
  parts.exponent += std::clamp(power, -kHuge, kHuge);
  return parts;
}

}  // namespace

Decimal::Decimal(std::string_view text) {
  auto parts = split(text);
  if (!parts) refuse(text, "is not a decimal number");
  std::string& digits = parts->digits;
  const std::size_t last = digits.find_last_not_of('0');
  if (last == std::string::npos) return;
  parts->exponent += static_cast<long long>(digits.size() - last - 1);
  digits.resize(last + 1);
  digits.erase(0, digits.find_first_not_of('0'));
  if (digits.size() > kMaxDigits) refuse(text, "has more than 38 significant digits");
  const long long first = parts->exponent + static_cast<long long>(digits.size()) - 1;
  if (first > kMaxExponent) refuse(text, "is too large: 9.99...E+126 is the largest magnitude");
  if (first < kMinExponent) refuse(text, "is too small: 1E-165 is the smallest magnitude");
  negative_ = parts->negative;
  digits_ = std::move(digits);
  exponent_ = static_cast<int>(parts->exponent);
}

Decimal::Decimal(bool negative, std::uint64_t magnitude) {
  if (magnitude == 0) return;
  for (; magnitude % 10 == 0; magnitude /= 10) ++exponent_;
  digits_ = std::to_string(magnitude);
  negative_ = negative;
}

int Decimal::adjusted_exponent() const {
  return is_zero() ? 0 : exponent_ + static_cast<int>(digits_.size()) - 1;
}

std::string Decimal::to_string() const {
  if (is_zero()) return "0";
  std::string text = negative_ ? "-" : "";
  const int first = adjusted_exponent();
  if (exponent_ >= 0 && first < static_cast<int>(kMaxDigits)) {
    return text.append(digits_).append(static_cast<std::size_t>(exponent_), '0');
  }
  if (exponent_ < 0 && first >= 0) {
    const auto whole = static_cast<std::size_t>(first + 1);
    return text.append(digits_, 0, whole).append(1, '.').append(digits_, whole);
  }
  constexpr int kShortestPlain = -6;  // as Python writes its decimals
  if (exponent_ < 0 && first >= kShortestPlain) {
    return text.append("0.").append(static_cast<std::size_t>(-first - 1), '0').append(digits_);
  }
  text += digits_.front();
  if (digits_.size() > 1) text.append(1, '.').append(digits_, 1);
  return text.append(first < 0 ? "E" : "E+").append(std::to_string(first));
}

double Decimal::to_double() const { return std::strtod(to_string().c_str(), nullptr); }

std::optional<std::uint64_t> Decimal::whole_magnitude() const {
  if (exponent_ < 0 || adjusted_exponent() > std::numeric_limits<std::uint64_t>::digits10)
    return std::nullopt;
  std::uint64_t value = 0;
  const std::string text = digits_ + std::string(static_cast<std::size_t>(exponent_), '0');
  if (text.empty()) return 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> Decimal::to_int64() const {
  const auto magnitude = whole_magnitude();
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!magnitude || *magnitude > kMax + (negative_ ? 1 : 0)) return std::nullopt;
  return static_cast<std::int64_t>(negative_ ? 0 - *magnitude : *magnitude);
}

std::optional<std::uint64_t> Decimal::to_uint64() const {
  return negative_ ? std::nullopt : whole_magnitude();
}

Decimal Decimal::operator-() const {
  Decimal opposite = *this;
  opposite.negative_ = !negative_ && !is_zero();
  return opposite;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const auto sign = [](const Decimal& d) { return d.is_zero() ? 0 : d.negative_ ? -1 : 1; };
  if (sign(a) != sign(b) || a.is_zero()) return sign(a) <=> sign(b);
  const Decimal& low = a.negative_ ? b : a;
  const Decimal& high = a.negative_ ? a : b;
  if (const auto order = low.adjusted_exponent() <=> high.adjusted_exponent(); order != 0)
    return order;
  // Digits of the same power stand below each other, and none end in zero.
  return low.digits_.compare(high.digits_) <=> 0;
}

void to_json(Json& json, const Decimal& decimal) {
  if (const auto whole = decimal.to_int64()) {
    json = *whole;
  } else if (const auto large = decimal.to_uint64()) {
    json = *large;
  } else {
    json = extension_from_bytes(Extension::kDecimal, decimal.to_string());
  }
}

void from_json(const Json& json, Decimal& decimal) {
  if (json.is_number_unsigned()) {
    decimal = json.get<std::uint64_t>();
  } else if (json.is_number_integer()) {
    decimal = json.get<std::int64_t>();
  } else if (extension_of(json) == Extension::kDecimal) {
    const auto& bytes = json.get_binary();
    decimal = Decimal(std::string(bytes.begin(), bytes.end()));
  } else {
    throw TypeError("A number is needed, not " + kind_of(json));
  }
}

}  // namespace cloudchamber::dynamodb

// Decimal: a number as DynamoDB keeps it, exact.
//
//   Item item = {{"title", "Brazil"}, {"rating", Decimal("7.9")}};
//   item["rating"].get<Decimal>() > Decimal("7.85")
//
// A value type in normal form: equal numbers are equal in every way ("1.10", "1.1" and "110E-2" are
// one Decimal). Up to 38 significant digits; the range is that of boto3's decimal context, a little
// wider than DynamoDB's own (1E-130 to 9.99...E+125), which the service itself enforces.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/json.h"

namespace cloudchamber::dynamodb {

class Decimal {
 public:
  static constexpr std::size_t kMaxDigits = 38;
  // Powers of ten of the first digit.
  static constexpr int kMaxExponent = 126;
  static constexpr int kMinExponent = -165;

  Decimal() = default;  // 0

  // "-12.50", ".5", "5.", "1E+20", "+3e-7"; no spaces. Throws DecimalError when it is no such text
  // (also for NaN and Infinity), has more than 38 significant digits, or is out of range. Zeros
  // before and after the digits do not count.
  explicit Decimal(std::string_view text);

  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>)
      Decimal(Integer value)  // NOLINT(google-explicit-constructor): an integer is a decimal
      : Decimal(value < 0, magnitude(value)) {}

  // A double seldom is the number that was written: 0.1 is not. Give the text.
  template <std::floating_point Float>
  Decimal(Float) = delete;

  // Plain notation as far as it is short ("0.000001", "12345678901234567890"), else with an
  // exponent ("1E-7", "1.5E+125"). The same text for equal numbers; Decimal(text) gives it back.
  [[nodiscard]] std::string to_string() const;
  // The nearest double.
  [[nodiscard]] double to_double() const;
  // The number, when it is whole and fits.
  [[nodiscard]] std::optional<std::int64_t> to_int64() const;
  [[nodiscard]] std::optional<std::uint64_t> to_uint64() const;

  [[nodiscard]] bool is_zero() const { return digits_.empty(); }
  [[nodiscard]] Decimal operator-() const;

  friend bool operator==(const Decimal& a, const Decimal& b) = default;
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  Decimal(bool negative, std::uint64_t magnitude);
  template <std::integral Integer>
  static std::uint64_t magnitude(Integer value) {
    const auto bits = static_cast<std::uint64_t>(value);
    return value < 0 ? 0 - bits : bits;
  }
  // The power of ten of the first digit.
  [[nodiscard]] int adjusted_exponent() const;
  [[nodiscard]] std::optional<std::uint64_t> whole_magnitude() const;

  bool negative_ = false;
  std::string digits_;  // without zeros at either end; "" for zero
  int exponent_ = 0;    // of the last digit
};

// In Json a whole number that 64 bits hold is an integer, any other Decimal an extension of Json (a
// tagged Json::binary): see types.h. `get<Decimal>()` reads both, and throws TypeError for anything
// else.
void to_json(Json& json, const Decimal& decimal);
void from_json(const Json& json, Decimal& decimal);

}  // namespace cloudchamber::dynamodb

// Number: DynamoDB's decimal: up to 38 significant digits, magnitudes 1E-130 to 9.99...E+125,
// exact.
//
// The one idea: a sign, the digits without leading and trailing zeros, and the power of ten of the
// first digit; so equal numbers are equal member by member. A value type; thread-safe as such.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cloudchamber::mock::dynamodb {

class Number {
 public:
  static constexpr std::size_t kMaxDigits = 38;
  static constexpr int kMaxExponent = 125;
  static constexpr int kMinExponent = -130;

  Number() = default;  // 0
  explicit Number(std::uint64_t value);

  // Else ValidationException in AWS's words: not numeric, overflow, underflow, too many digits.
  [[nodiscard]] static Number parse(std::string_view text);

  // As AWS gives it back: plain notation, no exponent, no needless zeros.
  [[nodiscard]] std::string text() const;
  // Bytes that order as the numbers do, none of them a prefix of another.
  void append_sortable(std::string& out) const;
  // What it counts towards an item's size.
  [[nodiscard]] std::size_t stored_bytes() const;
  // The whole part, when it fits and is not negative; else -1. For times.
  [[nodiscard]] std::int64_t whole() const;

  [[nodiscard]] bool is_zero() const { return count_ == 0; }

  [[nodiscard]] Number operator-() const;
  // Exact, else ValidationException: a sum that needs more than 38 digits is an overflow on AWS.
  friend Number operator+(const Number& a, const Number& b);
  friend Number operator-(const Number& a, const Number& b) { return a + -b; }

  friend bool operator==(const Number& a, const Number& b) = default;
  friend std::strong_ordering operator<=>(const Number& a, const Number& b);

 private:
  void assign(bool negative, int exponent, const std::uint8_t* digits, std::size_t count);
  [[nodiscard]] std::strong_ordering compare_magnitude(const Number& other) const;

  bool negative_ = false;
  std::uint8_t count_ = 0;     // 0 for zero
  std::int16_t exponent_ = 0;  // of the first digit: 9.5E+3 has 3
  std::array<std::uint8_t, kMaxDigits> digits_{};
};

// Whether `text` is already what Number::parse(text).text() gives: quick, for the common case of
// plain integers and decimals. May say no for a canonical text, never yes for another.
[[nodiscard]] bool is_canonical_number(std::string_view text);

}  // namespace cloudchamber::mock::dynamodb

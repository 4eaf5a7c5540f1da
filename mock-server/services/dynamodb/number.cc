#include "mock-server/services/dynamodb/number.h"

#include <algorithm>
#include <vector>

#include "mock-server/services/dynamodb/errors.h"

namespace cloudchamber::mock::dynamodb {
namespace {

AwsError not_numeric(std::string_view text) {
  std::string message = "The parameter cannot be converted to a numeric value";
  if (!text.empty()) message += ": " + std::string(text.substr(0, 1024));
  return validation_error(message);
}

AwsError overflow() {
  return validation_error(
      "Number overflow. Attempting to store a number with magnitude larger than supported range");
}

AwsError underflow() {
  return validation_error(
      "Number underflow. Attempting to store a number with magnitude smaller than supported range");
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Number::Number(std::uint64_t value) {
  std::array<std::uint8_t, 20> digits{};
  std::size_t count = 0;
  for (; value != 0; value /= 10) digits[count++] = static_cast<std::uint8_t>(value % 10);
  std::reverse(digits.begin(), digits.begin() + static_cast<std::ptrdiff_t>(count));
  assign(false, static_cast<int>(count) - 1, digits.data(), count);
}

Number Number::parse(std::string_view text) {
  std::size_t at = 0;
  bool negative = false;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) negative = text[at++] == '-';

  // Significant digits beyond the 38th are only looked at for being zero: the text may be long.
  std::array<std::uint8_t, kMaxDigits> digits{};
  std::size_t significant = 0;  // digits since the first nonzero one
  bool more_than_fit = false;
  bool any_digit = false;
  bool point = false;
  std::int64_t exponent = -1;  // of the first significant digit
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (!is_digit(c)) break;
    any_digit = true;
    if (significant == 0 && c == '0') {
      if (point) --exponent;
      continue;
    }
    if (!point) ++exponent;
    if (significant < kMaxDigits) {
      digits[significant] = static_cast<std::uint8_t>(c - '0');
    } else if (c != '0') {
      more_than_fit = true;
    }
    ++significant;
  }
  if (!any_digit) throw not_numeric(text);
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    bool minus = false;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) minus = text[at++] == '-';
    if (at == text.size()) throw not_numeric(text);
    std::int64_t power = 0;
    for (; at < text.size() && is_digit(text[at]); ++at) {
      power = std::min<std::int64_t>(power * 10 + (text[at] - '0'), 1'000'000'000'000);
    }
    exponent += minus ? -power : power;
  }
  if (at != text.size()) throw not_numeric(text);

  Number number;
  if (significant == 0) return number;
  if (exponent > kMaxExponent) throw overflow();
  if (exponent < kMinExponent) throw underflow();
  if (more_than_fit) {
    throw validation_error("Attempting to store more than 38 significant digits in a Number");
  }
  number.assign(negative, static_cast<int>(exponent), digits.data(),
                std::min(significant, kMaxDigits));
  return number;
}

void Number::assign(bool negative, int exponent, const std::uint8_t* digits, std::size_t count) {
  while (count > 0 && digits[count - 1] == 0) --count;
  digits_ = {};
  std::copy_n(digits, count, digits_.begin());
  count_ = static_cast<std::uint8_t>(count);
  negative_ = count != 0 && negative;
  exponent_ = static_cast<std::int16_t>(count == 0 ? 0 : exponent);
}

std::string Number::text() const {
  if (count_ == 0) return "0";
  std::string out;
  if (negative_) out += '-';
  const int whole_digits = exponent_ + 1;  // left of the point; may be 0 or less
  if (whole_digits <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-whole_digits), '0');
  }
  for (int i = 0; i < count_; ++i) {
    if (i == whole_digits && i > 0) out += '.';
    out += static_cast<char>('0' + digits_[static_cast<std::size_t>(i)]);
  }
  if (whole_digits > count_) out.append(static_cast<std::size_t>(whole_digits - count_), '0');
  return out;
}

void Number::append_sortable(std::string& out) const {
  // 0x00 negative, 0x80 zero, 0xff positive; then exponent and digits + 1, ended by 0, all
  // complemented for a negative number.
  if (count_ == 0) {
    out += '\x80';
    return;
  }
  const unsigned char flip = negative_ ? 0xff : 0;
  const auto put = [&](unsigned value) {
    out += static_cast<char>(static_cast<unsigned char>(value) ^ flip);
  };
  out += static_cast<char>(negative_ ? 0x00 : 0xff);
  const unsigned biased = static_cast<unsigned>(exponent_ - kMinExponent);
  put(biased >> 8);
  put(biased & 0xff);
  for (std::size_t i = 0; i < count_; ++i) put(digits_[i] + 1U);
  put(0);
}

std::size_t Number::stored_bytes() const {
  if (count_ == 0) return 1;
  // Two digits a byte, aligned at the point, one byte for the exponent, one more when negative.
  const std::size_t odd = count_ % 2 != 0 || exponent_ % 2 != 0 ? 0U : 1U;
  return 1 + (count_ + 1U) / 2 + odd + (negative_ ? 1 : 0);
}

std::int64_t Number::whole() const {
  if (negative_) return -1;
  if (count_ == 0 || exponent_ < 0) return 0;
  if (exponent_ > 17) return -1;
  std::int64_t value = 0;
  for (int i = 0; i <= exponent_; ++i) {
    value = value * 10 + (i < count_ ? digits_[static_cast<std::size_t>(i)] : 0);
  }
  return value;
}

Number Number::operator-() const {
  Number result = *this;
  result.negative_ = count_ != 0 && !negative_;
  return result;
}

std::strong_ordering Number::compare_magnitude(const Number& other) const {
  if (count_ == 0 || other.count_ == 0) return count_ <=> other.count_;
  if (exponent_ != other.exponent_) return exponent_ <=> other.exponent_;
  // Beyond their count both arrays hold zeros.
  return std::lexicographical_compare_three_way(digits_.begin(), digits_.end(),
                                                other.digits_.begin(), other.digits_.end());
}

std::strong_ordering operator<=>(const Number& a, const Number& b) {
  if (a.negative_ != b.negative_) {
    return a.negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  return a.negative_ ? b.compare_magnitude(a) : a.compare_magnitude(b);
}

Number operator+(const Number& a, const Number& b) {
  if (a.is_zero()) return b;
  if (b.is_zero()) return a;
  const bool a_larger = a.compare_magnitude(b) >= 0;
  const Number& large = a_larger ? a : b;
  const Number& small = a_larger ? b : a;
  // One cell a power of ten, from one above the larger's first digit down to the last digit of
  // either: at most 126 + 130 + 38 + 1 of them.
  const int top = large.exponent_ + 1;
  const int last = std::min(large.exponent_ - large.count_, small.exponent_ - small.count_) + 1;
  std::vector<int> cells(static_cast<std::size_t>(top - last + 1), 0);
  const int sign = large.negative_ == small.negative_ ? 1 : -1;
  for (int i = 0; i < large.count_; ++i) {
    cells[static_cast<std::size_t>(top - large.exponent_ + i)] +=
        large.digits_[static_cast<std::size_t>(i)];
  }
  for (int i = 0; i < small.count_; ++i) {
    cells[static_cast<std::size_t>(top - small.exponent_ + i)] +=
        sign * small.digits_[static_cast<std::size_t>(i)];
  }
  for (std::size_t i = cells.size() - 1; i > 0; --i) {
    if (cells[i] > 9) {
      cells[i] -= 10;
      ++cells[i - 1];
    } else if (cells[i] < 0) {
      cells[i] += 10;
      --cells[i - 1];
    }
  }
  std::size_t first = 0;
  while (first < cells.size() && cells[first] == 0) ++first;
  if (first == cells.size()) return {};
  std::size_t end = cells.size();
  while (cells[end - 1] == 0) --end;
  const int exponent = top - static_cast<int>(first);
  if (exponent > Number::kMaxExponent || end - first > Number::kMaxDigits) throw overflow();
  if (exponent < Number::kMinExponent) throw underflow();
  std::array<std::uint8_t, Number::kMaxDigits> digits{};
  for (std::size_t i = first; i < end; ++i) digits[i - first] = static_cast<std::uint8_t>(cells[i]);
  Number result;
  result.assign(large.negative_, exponent, digits.data(), end - first);
  return result;
}

bool is_canonical_number(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  if (text.empty() || text.size() > Number::kMaxDigits) return false;
  if (text.front() == '0') return false;  // "0" and "0.5" take the slow way
  bool point = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
    } else if (!is_digit(c)) {
      return false;
    }
  }
  if (text.front() == '.') return false;
  return !point || (text.back() != '0' && text.back() != '.');
}

}  // namespace cloudchamber::mock::dynamodb

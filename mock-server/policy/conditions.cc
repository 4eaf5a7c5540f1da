#include "mock-server/policy/conditions.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "mock-server/policy/evaluate.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock {
namespace {

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> ipv4(std::string_view text) {
  std::uint32_t address = 0;
  for (int i = 0; i < 4; ++i) {
    unsigned byte = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), byte);
    if (error != std::errc() || byte > 255) return std::nullopt;
    address = address << 8 | byte;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (i == 3) return text.empty() ? std::optional(address) : std::nullopt;
    if (!text.starts_with('.')) return std::nullopt;
    text.remove_prefix(1);
  }
  return std::nullopt;
}

bool ip_in(std::string_view range, std::string_view text) {
  const std::size_t slash = range.find('/');
  const auto network = ipv4(range.substr(0, slash));
  const auto address = ipv4(text);
  if (!network || !address) return range == text;
  unsigned bits = 32;
  if (slash != std::string_view::npos) {
    const auto given = number(range.substr(slash + 1));
    if (!given || *given < 0 || *given > 32) return false;
    bits = static_cast<unsigned>(*given);
  }
  const std::uint32_t mask = bits == 0 ? 0 : ~std::uint32_t{0} << (32 - bits);
  return (*network & mask) == (*address & mask);
}

using Compare = bool (*)(std::string_view wanted, std::string_view actual);

template <class Relation>
bool compare_numbers(std::string_view wanted, std::string_view actual) {
  const auto w = number(wanted);
  const auto a = number(actual);
  return w && a && Relation()(*a, *w);
}
template <class Relation>
bool compare_dates(std::string_view wanted, std::string_view actual) {
  const auto w = parse_timestamp(wanted);
  const auto a = parse_timestamp(actual);
  return w && a && Relation()(*a, *w);
}
bool equal(std::string_view wanted, std::string_view actual) { return wanted == actual; }
bool equal_bytes(std::string_view wanted, std::string_view actual) {
  const auto decoded = base64_decode(wanted);
  return decoded && *decoded == actual;
}

struct Operator {
  std::string_view name;
  Compare compare;
  bool negated;  // holds when no value compares, and when the key is absent
};
constexpr std::array<Operator, 27> kOperators = {{
    {"StringEquals", equal, false},
    {"StringNotEquals", equal, true},
    {"StringEqualsIgnoreCase", equal_ignoring_case, false},
    {"StringNotEqualsIgnoreCase", equal_ignoring_case, true},
    {"StringLike", matches_wildcard, false},
    {"StringNotLike", matches_wildcard, true},
    {"NumericEquals", compare_numbers<std::equal_to<>>, false},
    {"NumericNotEquals", compare_numbers<std::equal_to<>>, true},
    {"NumericLessThan", compare_numbers<std::less<>>, false},
    {"NumericLessThanEquals", compare_numbers<std::less_equal<>>, false},
    {"NumericGreaterThan", compare_numbers<std::greater<>>, false},
    {"NumericGreaterThanEquals", compare_numbers<std::greater_equal<>>, false},
    {"DateEquals", compare_dates<std::equal_to<>>, false},
    {"DateNotEquals", compare_dates<std::equal_to<>>, true},
    {"DateLessThan", compare_dates<std::less<>>, false},
    {"DateLessThanEquals", compare_dates<std::less_equal<>>, false},
    {"DateGreaterThan", compare_dates<std::greater<>>, false},
    {"DateGreaterThanEquals", compare_dates<std::greater_equal<>>, false},
    {"Bool", equal_ignoring_case, false},
    {"BinaryEquals", equal_bytes, false},
    {"IpAddress", ip_in, false},
    {"NotIpAddress", ip_in, true},
    {"ArnEquals", matches_wildcard, false},
    {"ArnNotEquals", matches_wildcard, true},
    {"ArnLike", matches_wildcard, false},
    {"ArnNotLike", matches_wildcard, true},
    {"Null", nullptr, false},
}};

constexpr std::string_view kForAllValues = "ForAllValues:";
constexpr std::string_view kForAnyValue = "ForAnyValue:";
constexpr std::string_view kIfExists = "IfExists";

struct Parsed {
  const Operator* operation = nullptr;
  bool for_all = false;
  bool for_any = false;
  bool if_exists = false;
};

Parsed parse(std::string_view name) {
  Parsed parsed;
  if (name.starts_with(kForAllValues)) {
    parsed.for_all = true;
    name.remove_prefix(kForAllValues.size());
  } else if (name.starts_with(kForAnyValue)) {
    parsed.for_any = true;
    name.remove_prefix(kForAnyValue.size());
  }
  if (name.ends_with(kIfExists)) {
    parsed.if_exists = true;
    name.remove_suffix(kIfExists.size());
  }
  for (const Operator& operation : kOperators) {
    if (operation.name == name) parsed.operation = &operation;
  }
  return parsed;
}

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.dump();
}

}  // namespace

bool is_condition_operator(std::string_view name) { return parse(name).operation != nullptr; }

bool condition_holds(std::string_view name, const Json& wanted,
                     const std::optional<std::vector<std::string>>& actual) {
  const Parsed parsed = parse(name);
  if (parsed.operation == nullptr) return false;
  std::vector<std::string> values;
  if (wanted.is_array()) {
    for (const Json& value : wanted) values.push_back(text_of(value));
  } else {
    values.push_back(text_of(wanted));
  }
  if (parsed.operation->compare == nullptr) {  // Null: "true" wants the key absent
    return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
      return (lowered(value) == "true") == !actual.has_value();
    });
  }
  if (!actual.has_value() || actual->empty()) {
    return parsed.if_exists || parsed.for_all || (parsed.operation->negated && !parsed.for_any);
  }
  const auto one_holds = [&](const std::string& value) {
    const bool any = std::any_of(values.begin(), values.end(), [&](const std::string& pattern) {
      return parsed.operation->compare(pattern, value);
    });
    return any != parsed.operation->negated;
  };
  if (parsed.for_all || (parsed.operation->negated && !parsed.for_any)) {
    return std::all_of(actual->begin(), actual->end(), one_holds);
  }
  return std::any_of(actual->begin(), actual->end(), one_holds);
}

}  // namespace cloudchamber::mock

#include "mock-server/services/dynamodb/number.h"

#include <gtest/gtest.h>

#include <vector>

#include "mock-server/call/aws_error.h"

namespace cloudchamber::mock::dynamodb {
namespace {

const std::string kNines(38, '9');

std::string parsed(const std::string& text) {
  try {
    return Number::parse(text).text();
  } catch (const AwsError& error) {
    return error.message();
  }
}

TEST(Number, IsWrittenInPlainNotation) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"0", "0"},
      {"-0", "0"},
      {"0e500", "0"},
      {"+3", "3"},
      {"007", "7"},
      {"1.50", "1.5"},
      {".5", "0.5"},
      {"5.", "5"},
      {"1e3", "1000"},
      {"-1.5E+2", "-150"},
      {"123e-2", "1.23"},
      {"1e-3", "0.001"},
      {"1e125", "1" + std::string(125, '0')},
      {"1e-130", "0." + std::string(129, '0') + "1"},
      {kNines, kNines},
      {kNines + "000", kNines + "000"},
      {std::string(5000, '0') + "1", "1"},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(parsed(text), expected) << text;
}

TEST(Number, RefusesWhatAwsRefusesInItsWords) {
  const std::string overflow =
      "Number overflow. Attempting to store a number with magnitude larger than supported range";
  const std::string underflow =
      "Number underflow. Attempting to store a number with magnitude smaller than supported range";
  const std::string digits = "Attempting to store more than 38 significant digits in a Number";
  const std::string not_numeric = "The parameter cannot be converted to a numeric value";
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"", not_numeric},
      {"dog", not_numeric + ": dog"},
      {" 1", not_numeric + ":  1"},
      {"1 ", not_numeric + ": 1 "},
      {"NaN", not_numeric + ": NaN"},
      {"1e", not_numeric + ": 1e"},
      {"-", not_numeric + ": -"},
      {".", not_numeric + ": ."},
      {"1.2.3", not_numeric + ": 1.2.3"},
      {"1e126", overflow},
      {"11e125", overflow},
      {"-1e126", overflow},
      {"1e99999999999999999999", overflow},
      {"1e-131", underflow},
      {"0.9e-130", underflow},
      {kNines + "9", digits},
      {"1." + kNines, digits},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(parsed(text), expected) << text;
}

TEST(Number, AddsExactly) {
  const std::vector<std::array<std::string, 3>> rows = {
      {"1", "2", "3"},
      {"1", "-1", "0"},
      {"0.1", "0.2", "0.3"},
      {"10000000000000000000000", "1", "10000000000000000000001"},
      {"10000000000000000000000", "-1", "9999999999999999999999"},
      {"-5", "3", "-2"},
      {"9e125", "9e124", "99" + std::string(124, '0')},
      {kNines, "1", "1" + std::string(38, '0')},
  };
  for (const auto& [a, b, sum] : rows) {
    EXPECT_EQ((Number::parse(a) + Number::parse(b)).text(), sum) << a << " + " << b;
    EXPECT_EQ((Number::parse(b) + Number::parse(a)).text(), sum) << b << " + " << a;
  }
  EXPECT_THROW(static_cast<void>(Number::parse("9e125") + Number::parse("9e125")), AwsError);
  EXPECT_THROW(static_cast<void>(Number::parse("1e50") + Number::parse("1")), AwsError)
      << "39 digits and more are no sum";
}

TEST(Number, SortsItsBytesAsItsValues) {
  const std::vector<std::string> ascending = {
      "-1e125", "-100", "-99.5", "-99", "-2", "-1.1", "-1", "-0.5", "-1e-130", "0",    "1e-130",
      "0.5",    "1",    "1.1",   "2",   "9",  "10",   "99", "99.5", "100",     "1e125"};
  std::vector<std::string> bytes;
  for (const std::string& text : ascending) {
    std::string out;
    Number::parse(text).append_sortable(out);
    bytes.push_back(out);
  }
  for (std::size_t i = 1; i < ascending.size(); ++i) {
    EXPECT_LT(bytes[i - 1], bytes[i]) << ascending[i - 1] << " and " << ascending[i];
    EXPECT_LT(Number::parse(ascending[i - 1]), Number::parse(ascending[i]));
    EXPECT_NE(bytes[i].compare(0, bytes[i - 1].size(), bytes[i - 1]), 0) << "no prefix of the next";
  }
}

TEST(Number, KnowsPlainNumbersQuickly) {
  for (const char* text : {"1", "42", "-7", "10.5", "-273.15"}) {
    EXPECT_TRUE(is_canonical_number(text)) << text;
    EXPECT_EQ(Number::parse(text).text(), text);
  }
  for (const char* text : {"", "-", "1.0", "1.", "+1", "01", ".5", "1e3", "1.2.3", "x"}) {
    EXPECT_FALSE(is_canonical_number(text)) << text;
  }
}

}  // namespace
}  // namespace cloudchamber::mock::dynamodb

#include "cloudchamber/dynamodb/decimal.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <type_traits>

#include "cloudchamber/dynamodb/errors.h"
#include "cloudchamber/dynamodb/types.h"

namespace cloudchamber::dynamodb {
namespace {

static_assert(!std::is_constructible_v<Decimal, double>, "a double is no exact number");
static_assert(!std::is_constructible_v<Decimal, float>);
static_assert(!std::is_constructible_v<Decimal, bool>);

std::string text_of(const char* text) { return Decimal(text).to_string(); }

TEST(Decimal, IsWrittenInOneWay) {
  const struct {
    const char* given;
    const char* text;
  } rows[] = {
      {"0", "0"},
      {"-0", "0"},
      {"0.000", "0"},
      {"0E+999999999999999999999999", "0"},
      {"1", "1"},
      {"+1", "1"},
      {"-1", "-1"},
      {"007", "7"},
      {"1.10", "1.1"},
      {"110E-2", "1.1"},
      {".5", "0.5"},
      {"5.", "5"},
      {"-.5e1", "-5"},
      {"1E+2", "100"},
      {"1e2", "100"},
      {"12.345E+1", "123.45"},
      {"0.000001", "0.000001"},
      {"0.0000001", "1E-7"},
      {"0.00000123", "0.00000123"},
      {"123E-10", "1.23E-8"},
      {"1E+37", "10000000000000000000000000000000000000"},
      {"1E+38", "1E+38"},
      {"-12E+50", "-1.2E+51"},
  };
  for (const auto& row : rows) EXPECT_EQ(text_of(row.given), row.text) << row.given;
}

TEST(Decimal, HoldsUpTo38SignificantDigits) {
  const std::string digits38(38, '9');
  EXPECT_EQ(Decimal(digits38).to_string(), digits38);
  EXPECT_EQ(Decimal("0." + digits38).to_string(), "0." + digits38);
  EXPECT_EQ(Decimal(digits38.substr(1)).to_string(), digits38.substr(1));
  EXPECT_EQ(Decimal("000" + digits38 + "000").to_string(), "9." + digits38.substr(1) + "E+40");
  EXPECT_THROW(Decimal(digits38 + "9"), DecimalError);
  EXPECT_THROW(Decimal("1" + std::string(37, '0') + "1"), DecimalError);
  EXPECT_THROW(Decimal("0." + digits38 + "1"), DecimalError);
}

TEST(Decimal, HoldsMagnitudesUpToItsRange) {
  for (const char* inside : {"9.9E+126", "-1E+126", "1E-130", "1E-165", "9.99E-130"})
    EXPECT_EQ(text_of(inside), inside);
  for (const char* outside : {"1E+127", "-1E+127", "9E-166", "1E+99999999999999999999999",
                              "1E-99999999999999999999999", "10000E+123"})
    EXPECT_THROW(Decimal{outside}, DecimalError) << outside;
  // Every number of DynamoDB fits, the smallest with all its digits too.
  const std::string smallest = "1." + std::string(36, '3') + "7E-130";
  EXPECT_EQ(Decimal(smallest).to_string(), smallest);
}

TEST(Decimal, RefusesWhatIsNoNumber) {
  for (const char* text :
       {"",         "-",         "+",     ".",   "e5",    "1e",      "1e+",  "1e+-5",
        "1e--5",    "--1",       "1.2.3", "1 ",  " 1",    "1_000",   "0x10", "NaN",
        "Infinity", "-Infinity", "sNaN",  "1,5", "1e5.0", "\xD9\xA1"})
    EXPECT_THROW(Decimal{text}, DecimalError) << text;
}

TEST(Decimal, RefusalsQuoteTheTextButNotAllOfIt) {
  try {
    const Decimal decimal(std::string(1000, '9'));
    FAIL();
  } catch (const DecimalError& error) {
    EXPECT_EQ(std::string(error.what()),
              "\"" + std::string(100, '9') + "...\" has more than 38 significant digits");
  }
}

TEST(Decimal, TakesEveryInteger) {
  EXPECT_EQ(Decimal(32).to_string(), "32");
  EXPECT_EQ(Decimal(-100).to_string(), "-100");
  EXPECT_EQ(Decimal(std::numeric_limits<std::int64_t>::min()).to_string(), "-9223372036854775808");
  EXPECT_EQ(Decimal(std::numeric_limits<std::uint64_t>::max()).to_string(), "18446744073709551615");
}

TEST(Decimal, ComparesByValue) {
  const char* ascending[] = {"-1E+126", "-100", "-12.5", "-12",   "-1E-165", "0",
                             "1E-165",  "0.9",  "0.99",  "1",     "1.2",     "1.21",
                             "9",       "10",   "99",    "100.5", "1E+37",   "1E+38"};
  for (std::size_t i = 0; i < std::size(ascending); ++i) {
    for (std::size_t j = 0; j < std::size(ascending); ++j) {
      EXPECT_EQ(Decimal(ascending[i]) <=> Decimal(ascending[j]), i <=> j)
          << ascending[i] << " and " << ascending[j];
    }
  }
  EXPECT_EQ(Decimal("1.50"), Decimal("15E-1"));
  EXPECT_EQ(-Decimal("1.5"), Decimal("-1.5"));
  EXPECT_EQ(-Decimal(), Decimal());
}

TEST(Decimal, GivesIntegersWhereTheyFit) {
  EXPECT_EQ(Decimal("9223372036854775807").to_int64(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(Decimal("9223372036854775808").to_int64(), std::nullopt);
  EXPECT_EQ(Decimal("-9223372036854775808").to_int64(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(Decimal("-9223372036854775809").to_int64(), std::nullopt);
  EXPECT_EQ(Decimal("18446744073709551615").to_uint64(), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(Decimal("18446744073709551616").to_uint64(), std::nullopt);
  EXPECT_EQ(Decimal("-1").to_uint64(), std::nullopt);
  EXPECT_EQ(Decimal("1.5").to_int64(), std::nullopt);
  EXPECT_EQ(Decimal().to_int64(), 0);
}

TEST(Decimal, GivesTheNearestDouble) {
  EXPECT_EQ(Decimal("0.1").to_double(), 0.1);
  EXPECT_EQ(Decimal("-2.5E+100").to_double(), -2.5e100);
  EXPECT_EQ(Decimal().to_double(), 0.0);
}

TEST(Decimal, InJsonIsAnIntegerWhere64BitsHoldIt) {
  EXPECT_EQ(Json(Decimal("32.0")), Json(32));
  EXPECT_EQ(Json(Decimal("1E+3")), Json(1000));
  EXPECT_TRUE(Json(Decimal("18446744073709551615")).is_number_unsigned());
  EXPECT_TRUE(Json(Decimal("-9223372036854775808")).is_number_integer());
  EXPECT_TRUE(Json(Decimal("18446744073709551616")).is_binary());
  EXPECT_EQ(Json(Decimal("7.90")), Json(Decimal("7.9")));
  EXPECT_NE(Json(Decimal("7.9")), Json(Decimal("7.8")));
}

TEST(Decimal, IsReadFromJson) {
  EXPECT_EQ(Json(Decimal("7.9")).get<Decimal>(), Decimal("7.9"));
  EXPECT_EQ(Json(-5).get<Decimal>(), Decimal(-5));
  EXPECT_EQ(Json(5U).get<Decimal>(), Decimal(5));
  for (const Json& other : {Json(1.5), Json("1"), Json(true), Json(), Json::binary({0x31})})
    EXPECT_THROW((void)other.get<Decimal>(), TypeError) << other;
}

// Whatever digits and exponent: the text gives the same number back, and so does Json.
TEST(Decimal, RoundTripsWhateverItIs) {
  std::mt19937_64 random(20180307);  // NOLINT: the same numbers in every run
  for (int i = 0; i < 5000; ++i) {
    std::string text = random() % 2 == 0 ? "-" : "";
    text += static_cast<char>('1' + random() % 9);
    for (auto more = random() % 38; more > 0; --more)
      text += static_cast<char>('0' + random() % 10);
    text += "E" + std::to_string(static_cast<int>(random() % 250) - 165);
    const bool too_large = text.size() > 200;
    ASSERT_FALSE(too_large);
    Decimal decimal;
    try {
      decimal = Decimal(text);
    } catch (const DecimalError&) {
      continue;  // beyond the range: 38 digits and a large exponent
    }
    EXPECT_EQ(Decimal(decimal.to_string()), decimal) << text;
    EXPECT_EQ(Json(decimal).get<Decimal>(), decimal) << text;
    EXPECT_EQ(Decimal(decimal.to_string()).to_string(), decimal.to_string()) << text;
  }
}

}  // namespace
}  // namespace cloudchamber::dynamodb

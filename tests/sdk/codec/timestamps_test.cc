#include "sdk/codec/timestamps.h"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

namespace cloudchamber {
namespace {

TimePoint at(long long milliseconds) { return TimePoint(Milliseconds(milliseconds)); }

TEST(Timestamps, AreWrittenInEachFormat) {
  const TimePoint whole = at(1'422'172'800'000);
  const TimePoint part = at(1'422'172'800'123);
  EXPECT_EQ(iso8601(whole), "2015-01-25T08:00:00Z");
  EXPECT_EQ(iso8601(part), "2015-01-25T08:00:00.123Z");
  EXPECT_EQ(iso8601_milliseconds(whole), "2015-01-25T08:00:00.000Z");
  EXPECT_EQ(rfc822(part), "Sun, 25 Jan 2015 08:00:00 GMT");
  EXPECT_EQ(iso8601_basic(at(1'440'938'160'000)), "20150830T123600Z");
  EXPECT_EQ(iso8601(at(-1)), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(rfc822(at(0)), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(iso8601(at(1'709'164'800'000)), "2024-02-29T00:00:00Z");
}

TEST(Timestamps, BeyondFourDigitYearsAreWrittenAsTheNearestThatFits) {
  EXPECT_EQ(iso8601(TimePoint::max()), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(iso8601(TimePoint::min()), "0000-01-01T00:00:00Z");
}

TEST(Timestamps, AreReadFromEveryFormatOnTheWire) {
  const struct {
    const char* text;
    long long milliseconds;
  } rows[] = {
      {"2015-01-25T08:00:00Z", 1'422'172'800'000},
      {"2015-01-25T08:00:00", 1'422'172'800'000},
      {"2015-01-25T08:00:00.1Z", 1'422'172'800'100},
      {"2015-01-25T08:00:00.123Z", 1'422'172'800'123},
      {"2015-01-25T08:00:00.123999999Z", 1'422'172'800'123},
      {"2015-01-25T09:00:00+01:00", 1'422'172'800'000},
      {"2015-01-25T07:30:00-0030", 1'422'172'800'000},
      {"2015-01-25t08:00:00z", 1'422'172'800'000},
      {"2015-01-25 08:00:00", 1'422'172'800'000},
      {"2015-01-25", 1'422'144'000'000},
      {"2016-12-31T23:59:60Z", 1'483'228'800'000},
      {"20150830T123600Z", 1'440'938'160'000},
      {"Sun, 25 Jan 2015 08:00:00 GMT", 1'422'172'800'000},
      {"Sun, 25 Jan 2015 08:00:00.250 GMT", 1'422'172'800'250},
      {"Sun, 25 Jan 2015 08:00:00 +0000", 1'422'172'800'000},
      {"Sunday, 06-Nov-94 08:49:37 GMT", 784'111'777'000},
      {"Sun Nov  6 08:49:37 1994", 784'111'777'000},
      {"Sun Nov 16 08:49:37 1994", 784'975'777'000},
      {"1422172800", 1'422'172'800'000},
      {"1422172800.123", 1'422'172'800'123},
      {"1.4221728E9", 1'422'172'800'000},
      {"0", 0},
      {"2015", 2'015'000},
      {"-1.5", -1500},
      {"253402300799.999", 253'402'300'799'999},
      {"9999-12-31T23:59:59.999Z", 253'402'300'799'999},
  };
  for (const auto& row : rows) {
    const auto time = parse_timestamp(row.text);
    ASSERT_TRUE(time.has_value()) << row.text;
    EXPECT_EQ(*time, at(row.milliseconds)) << row.text;
  }
}

TEST(Timestamps, ThatAreNoneAreRefused) {
  for (const char* text : {"",
                           "Z",
                           "now",
                           "2015-1-25",
                           "2015-02-29T00:00:00Z",
                           "2015-13-01T00:00:00Z",
                           "2015-01-00T00:00:00Z",
                           "2015-01-25T24:00:00Z",
                           "2015-01-25T08:60:00Z",
                           "2015-01-25T08:00:61Z",
                           "2015-01-25T08:00Z",
                           "2015-01-25T08:00:00.Z",
                           "2015-01-25T08:00:00.1234567890Z",
                           "2015-01-25T08:00:00Zx",
                           "2015-01-25T08:00:00+24:00",
                           "2015-01-25T08:00:00+1",
                           "9999-12-31T23:59:59-01:00",
                           "20150830T1236Z",
                           "Sun, 25 Foo 2015 08:00:00 GMT",
                           "Sun, 25 Jan 2015 08:00:00",
                           "Sun, 25 Jan 15 08:00:00 GMT",
                           "Xxx, 25 Jan 2015 08:00:00 GMT",
                           "inf",
                           "nan",
                           "1e300",
                           "253402300800",
                           "1 ",
                           "0x10"}) {
    EXPECT_EQ(parse_timestamp(text), std::nullopt) << text;
  }
}

TEST(Timestamps, InJsonAreStringsOrSeconds) {
  EXPECT_EQ(timestamp_of("2015-01-25T08:00:00Z"), at(1'422'172'800'000));
  EXPECT_EQ(timestamp_of(1422172800), at(1'422'172'800'000));
  EXPECT_EQ(timestamp_of(1422172800.123), at(1'422'172'800'123));
  EXPECT_EQ(timestamp_of(nullptr), std::nullopt);
  EXPECT_EQ(timestamp_of(true), std::nullopt);
  EXPECT_EQ(timestamp_of(1e300), std::nullopt);
  EXPECT_EQ(timestamp_of(std::numeric_limits<double>::quiet_NaN()), std::nullopt);
  EXPECT_EQ(epoch_seconds(at(1'422'172'800'000)).dump(), "1422172800");
  EXPECT_EQ(epoch_seconds(at(1'422'172'800'123)).dump(), "1422172800.123");
  EXPECT_EQ(epoch_seconds(at(-500)).dump(), "-0.5");
}

TEST(Timestamps, RoundTripThroughTextForTheDaysOfFourHundredYears) {
  for (long long day = -146'097; day < 146'097; day += 13) {
    const TimePoint time = at(day * 86'400'000 + 45'296'789);
    ASSERT_EQ(parse_timestamp(iso8601(time)), time);
    ASSERT_EQ(parse_timestamp(rfc822(time)), time - Milliseconds(789));
    ASSERT_EQ(parse_timestamp(iso8601_basic(time)), time - Milliseconds(789));
  }
}

}  // namespace
}  // namespace cloudchamber

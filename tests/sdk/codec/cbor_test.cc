#include "sdk/codec/cbor.h"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "sdk/codec/bytes.h"

namespace cloudchamber {
namespace {

std::string raw(std::initializer_list<int> bytes) {
  std::string result;
  for (const int byte : bytes) result.push_back(static_cast<char>(byte));
  return result;
}

Json decoded(std::initializer_list<int> bytes) { return decode_cbor(raw(bytes)); }

TEST(Cbor, ReadsTheExamplesOfRfc8949) {
  const struct {
    std::string bytes;
    Json value;
  } rows[] = {
      {raw({0x00}), 0},
      {raw({0x17}), 23},
      {raw({0x18, 0x18}), 24},
      {raw({0x19, 0x03, 0xe8}), 1000},
      {raw({0x1a, 0x00, 0x0f, 0x42, 0x40}), 1000000},
      {raw({0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}),
       std::numeric_limits<std::uint64_t>::max()},
      {raw({0x20}), -1},
      {raw({0x39, 0x03, 0xe7}), -1000},
      {raw({0x3b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}),
       std::numeric_limits<std::int64_t>::min()},
      {raw({0x3b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}), -18446744073709551616.0},
      {raw({0xf9, 0x3c, 0x00}), 1.0},
      {raw({0xf9, 0x7b, 0xff}), 65504.0},
      {raw({0xf9, 0x00, 0x01}), 5.960464477539063e-8},
      {raw({0xf9, 0xc4, 0x00}), -4.0},
      {raw({0xf9, 0x7c, 0x00}), "Infinity"},
      {raw({0xf9, 0xfc, 0x00}), "-Infinity"},
      {raw({0xf9, 0x7e, 0x00}), "NaN"},
      {raw({0xfa, 0x47, 0xc3, 0x50, 0x00}), 100000.0},
      {raw({0xfb, 0x3f, 0xf1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a}), 1.1},
      {raw({0xf4}), false},
      {raw({0xf5}), true},
      {raw({0xf6}), nullptr},
      {raw({0xf7}), nullptr},
      {raw({0x44, 0x01, 0x02, 0x03, 0x04}), binary("\x01\x02\x03\x04")},
      {raw({0x62, 0xc3, 0xbc}), "\xc3\xbc"},
      {raw({0x80}), Json::array()},
      {raw({0x82, 0x01, 0x81, 0x02}), {1, {2}}},
      {raw({0x9f, 0x01, 0xff}), {1}},
      {raw({0xa1, 0x61, 0x61, 0x01}), {{"a", 1}}},
      {raw({0xbf, 0x61, 0x61, 0x01, 0xff}), {{"a", 1}}},
      {raw({0x7f, 0x61, 0x61, 0x61, 0x62, 0xff}), "ab"},
      {raw({0x5f, 0x41, 0x61, 0x41, 0x62, 0xff}), binary("ab")},
      {raw({0xd8, 0x20, 0x61, 0x61}), "a"},  // tag 32 passed over
  };
  for (const auto& row : rows) EXPECT_EQ(decode_cbor(row.bytes), row.value) << row.value;
}

TEST(Cbor, ReadsTimesAsIso8601) {
  EXPECT_EQ(decoded({0xc1, 0x1a, 0x51, 0x4b, 0x67, 0xb0}), "2013-03-21T20:04:00Z");
  EXPECT_EQ(decoded({0xc1, 0xfb, 0x41, 0xd4, 0x52, 0xd9, 0xec, 0x20, 0x00, 0x00}),
            "2013-03-21T20:04:00.500Z");
  EXPECT_EQ(decoded({0xc1, 0x20}), "1969-12-31T23:59:59Z");
}

TEST(Cbor, RefusesWhatIsNoItem) {
  const std::string rows[] = {
      "",
      raw({0x18}),                                                        // argument cut off
      raw({0x1c}),                                                        // reserved length
      raw({0x62, 0x61}),                                                  // text cut off
      raw({0x7b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}),        // 2^64 - 1 bytes
      raw({0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}),        // as many items
      raw({0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}),        // as many pairs
      raw({0x9f, 0x01}),                                                  // no break
      raw({0x7f, 0x61, 0x61}),                                            // no break
      raw({0x7f, 0x41, 0x61, 0xff}),                                      // bytes in a text
      raw({0x7f, 0x7f, 0xff, 0xff}),                                      // nested chunks
      raw({0xff}),                                                        // break alone
      raw({0xbf, 0x61, 0x61, 0xff}),                                      // key without value
      raw({0xa1, 0x01, 0x01}),                                            // key is a number
      raw({0x61, 0xff}),                                                  // not UTF-8
      raw({0x01, 0x01}),                                                  // two items
      raw({0xf8, 0xff}),                                                  // simple value
      raw({0xc1, 0x61, 0x61}),                                            // a time of text
      raw({0xc1, 0xf9, 0x7e, 0x00}),                                      // a time of NaN
      raw({0xc1, 0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}),  // far away
  };
  for (const std::string& row : rows)
    EXPECT_THROW(static_cast<void>(decode_cbor(row)), CborError) << Json(binary(row)).dump();
}

TEST(Cbor, BoundsTheNesting) {
  const auto nested = [](int depth, char opening) {
    return std::string(static_cast<std::size_t>(depth), opening) + '\x01';
  };
  EXPECT_NO_THROW(static_cast<void>(decode_cbor(nested(127, '\x81'))));
  EXPECT_NO_THROW(static_cast<void>(decode_cbor(nested(128, '\x81'))));
  EXPECT_THROW(static_cast<void>(decode_cbor(nested(129, '\x81'))), CborError);
  EXPECT_THROW(static_cast<void>(decode_cbor(nested(1000000, '\x81'))), CborError);
  EXPECT_THROW(static_cast<void>(decode_cbor(nested(1000000, '\x9f'))), CborError);
  EXPECT_THROW(static_cast<void>(decode_cbor(nested(1000000, '\xc2'))), CborError);  // tags
  EXPECT_THROW(static_cast<void>(decode_cbor(nested(3, '\x81'), 2)), CborError);
}

TEST(Cbor, WritesWhatItReads) {
  const Json value = {{"text", "\xc3\xbc"},
                      {"bytes", binary(std::string_view("\0\xff", 2))},
                      {"list", {1, -1, 255, 65536, -4294967297, 1.5, 0.1, true, nullptr}},
                      {"big", std::numeric_limits<std::uint64_t>::max()},
                      {"small", std::numeric_limits<std::int64_t>::min()},
                      {"empty", Json::object()}};
  std::string out;
  CborWriter(out).value(value);
  EXPECT_EQ(decode_cbor(out), value);
}

TEST(Cbor, WritesTimesAndSpecialFloats) {
  const auto written = [](auto write) {
    std::string out;
    CborWriter writer(out);
    write(writer);
    return out;
  };
  using Writer = CborWriter;
  EXPECT_EQ(written([](Writer& w) { w.timestamp(TimePoint(Milliseconds(1363896240'000))); }),
            raw({0xc1, 0x1a, 0x51, 0x4b, 0x67, 0xb0}));
  EXPECT_EQ(written([](Writer& w) { w.timestamp(TimePoint(Milliseconds(1363896240'500))); }),
            raw({0xc1, 0xfb, 0x41, 0xd4, 0x52, 0xd9, 0xec, 0x20, 0x00, 0x00}));
  EXPECT_EQ(written([](Writer& w) { w.timestamp(TimePoint(Milliseconds(-1000))); }),
            raw({0xc1, 0x20}));
  EXPECT_EQ(written([](Writer& w) { w.number(Json("NaN")); }), raw({0xfa, 0x7f, 0xc0, 0, 0}));
  EXPECT_EQ(written([](Writer& w) { w.number(Json("-Infinity")); }), raw({0xfa, 0xff, 0x80, 0, 0}));
  EXPECT_EQ(written([](Writer& w) { w.number(Json("Infinity")); }), raw({0xfa, 0x7f, 0x80, 0, 0}));
  EXPECT_EQ(written([](Writer& w) { w.number(7.625); }), raw({0xfa, 0x40, 0xf4, 0, 0}));
  EXPECT_EQ(written([](Writer& w) { w.number(1.1); }),
            raw({0xfb, 0x3f, 0xf1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a}));
  EXPECT_EQ(written([](Writer& w) { w.number(1e300); }).front(), '\xfb');
}

TEST(Cbor, WritesIndefiniteContainers) {
  std::string out;
  CborWriter writer(out);
  writer.begin_map();
  writer.text("a");
  writer.begin_array();
  writer.integer(-500);
  writer.end();
  writer.end();
  EXPECT_EQ(decode_cbor(out), Json({{"a", {-500}}}));
}

}  // namespace
}  // namespace cloudchamber

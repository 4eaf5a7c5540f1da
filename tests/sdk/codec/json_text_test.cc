#include "sdk/codec/json_text.h"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "sdk/codec/bytes.h"

namespace cloudchamber {
namespace {

std::string json_of(const Json& value) {
  std::string out;
  append_json(out, value);
  return out;
}

TEST(JsonText, EscapesWhatJsonMustEscape) {
  std::string out;
  append_json_string(out, std::string_view("a\"b\\c\n\r\t\0\x1f\x7f/\xc3\xbc", 14));
  EXPECT_EQ(out, "\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u001f\x7f/\xc3\xbc\"");
  EXPECT_EQ(Json::parse(out), Json(std::string("a\"b\\c\n\r\t\0\x1f\x7f/\xc3\xbc", 14)));
}

TEST(JsonText, WritesAnyValueAsJsonThatReadsBack) {
  for (const Json& value :
       {Json(), Json(true), Json(-5), Json(std::numeric_limits<std::uint64_t>::max()), Json(1.1),
        Json(1e300), Json(""), Json("x"), Json::array(), Json::object(), Json({1, {2, {}}}),
        Json({{"a", {{"b", nullptr}}}, {"c", {1, "2"}}})})
    EXPECT_EQ(Json::parse(json_of(value)), value);
}

TEST(JsonText, WritesBlobsAsBase64AndSpecialFloatsAsNames) {
  EXPECT_EQ(json_of(binary("foo")), "\"Zm9v\"");
  EXPECT_EQ(json_of(std::numeric_limits<double>::infinity()), "\"Infinity\"");
  EXPECT_EQ(json_of({-std::numeric_limits<double>::infinity()}), "[\"-Infinity\"]");
  EXPECT_EQ(json_of(std::numeric_limits<double>::quiet_NaN()), "\"NaN\"");
}

TEST(JsonText, WritesTheShortestNumber) {
  const struct {
    double value;
    const char* text;
  } rows[] = {{1.1, "1.1"}, {5, "5"}, {-0.5, "-0.5"}, {1e22, "1e+22"}, {5e-324, "5e-324"}};
  for (const auto& row : rows) {
    std::string out;
    append_number(out, row.value);
    EXPECT_EQ(out, row.text);
  }
}

}  // namespace
}  // namespace cloudchamber

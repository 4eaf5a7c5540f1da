#include "mock-server/services/dynamodb/attribute_value.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "mock-server/call/aws_error.h"

namespace cloudchamber::mock::dynamodb {
namespace {

Json bytes(const std::string& text) {
  return Json::binary(std::vector<std::uint8_t>(text.begin(), text.end()));
}

std::string refusal(const Json& value) {
  try {
    check_value(value);
  } catch (const AwsError& error) {
    return error.message();
  }
  return "fine";
}

Json nested(int levels) {
  Json value = {{"S", "x"}};
  for (int i = 0; i < levels; ++i) value = Json{{"L", Json::array({value})}};
  return value;
}

TEST(AttributeValue, IsRefusedInAwsWords) {
  const std::string prefix = "One or more parameter values were invalid: ";
  const std::vector<std::pair<Json, std::string>> rows = {
      {Json::object(),
       "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"},
      {{{"S", "a"}, {"N", "1"}},
       "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
       "supported datatypes"},
      {{{"NULL", false}}, prefix + "Null attribute value types must have the value of true"},
      {{{"SS", Json::array()}}, prefix + "An string set  may not be empty"},
      {{{"NS", Json::array()}}, prefix + "An number set  may not be empty"},
      {{{"BS", Json::array()}}, prefix + "Binary sets should not be empty"},
      {{{"SS", {"a", "b", "a"}}}, prefix + "Input collection [a, b, a] contains duplicates."},
      {{{"BS", Json::array({bytes("b"), bytes("b")})}},
       prefix + "Input collection [Yg==, Yg==]of type BS contains duplicates."},
      {{{"NS", {"1", "1.0"}}}, "Input collection contains duplicates"},
      {{{"N", "b"}}, "The parameter cannot be converted to a numeric value: b"},
      {{{"S", ""}}, "fine"},
      {{{"SS", {""}}}, "fine"},
      {{{"L", Json::array()}}, "fine"},
      {{{"M", Json::object()}}, "fine"},
      {{{"M", {{"", {{"S", "x"}}}}}}, prefix + "Empty attribute name"},
      {nested(32), "fine"},
  };
  for (const auto& [value, expected] : rows) EXPECT_EQ(refusal(value), expected) << value;
  EXPECT_NE(refusal(nested(33)), "fine") << "32 levels are AWS's limit";
}

TEST(AttributeValue, IsStoredWithItsNumbersNormalised) {
  const Json given = {{"M",
                       {{"a", {{"N", "1.50"}}},
                        {"b", {{"NS", {"1e2", "7"}}}},
                        {"c", {{"L", Json::array({{{"N", "007"}}, {{"BOOL", true}}})}}}}}};
  const Json stored = {{"M",
                        {{"a", {{"N", "1.5"}}},
                         {"b", {{"NS", {"100", "7"}}}},
                         {"c", {{"L", Json::array({{{"N", "7"}}, {{"BOOL", true}}})}}}}}};
  EXPECT_EQ(stored_value(given), stored);
}

TEST(AttributeValue, EqualsByMeaning) {
  const struct {
    Json a;
    Json b;
    bool expected;
  } rows[] = {
      {{{"N", "1"}}, {{"N", "1.00"}}, true},
      {{{"N", "1"}}, {{"S", "1"}}, false},
      {{{"SS", {"a", "b"}}}, {{"SS", {"b", "a"}}}, true},
      {{{"SS", {"a", "b"}}}, {{"SS", {"a"}}}, false},
      {{{"NS", {"1", "2"}}}, {{"NS", {"2.0", "1"}}}, true},
      {{{"L", Json::array({{{"N", "1"}}})}}, {{"L", Json::array({{{"N", "1.0"}}})}}, true},
      {{{"M", {{"x", {{"SS", {"a", "b"}}}}}}}, {{"M", {{"x", {{"SS", {"b", "a"}}}}}}}, true},
      {{{"M", {{"x", {{"S", "a"}}}}}}, {{"M", {{"y", {{"S", "a"}}}}}}, false},
      {{{"B", bytes("a")}}, {{"B", bytes("a")}}, true},
  };
  for (const auto& row : rows) EXPECT_EQ(equal(row.a, row.b), row.expected) << row.a << row.b;
}

TEST(AttributeValue, ComparesStringsAndBinariesAsUnsignedBytes) {
  EXPECT_EQ(compare({{"S", "z"}}, {{"S", "\u00e9"}}), std::strong_ordering::less);
  EXPECT_EQ(compare({{"B", bytes("\x7f")}}, {{"B", bytes("\x80")}}), std::strong_ordering::less);
  EXPECT_EQ(compare({{"N", "10"}}, {{"N", "9"}}), std::strong_ordering::greater);
  EXPECT_EQ(compare({{"S", "1"}}, {{"N", "1"}}), std::nullopt);
  EXPECT_EQ(compare({{"BOOL", true}}, {{"BOOL", false}}), std::nullopt);
}

TEST(AttributeValue, IsCountedAsAwsDocumentsIt) {
  const std::vector<std::pair<Json, std::size_t>> rows = {
      {{{"S", "h\u00e9"}}, 3},
      {{{"N", "0"}}, 1},
      {{{"BOOL", true}}, 1},
      {{{"NULL", true}}, 1},
      {{{"SS", {"ab", "c"}}}, 3},
      {{{"L", Json::array()}}, 3},
      {{{"L", Json::array({{{"S", "ab"}}})}}, 6},
      {{{"M", {{"k", {{"S", "ab"}}}}}}, 7},
  };
  for (const auto& [value, bytes_counted] : rows) EXPECT_EQ(size_of(value), bytes_counted) << value;
}

TEST(AttributeValue, SetsOfAHundredThousandElementsAreDealtWithQuickly) {
  Json elements = Json::array();
  for (int i = 0; i < 100'000; ++i) elements.push_back(std::to_string(i));
  const Json set = {{"NS", elements}};
  EXPECT_EQ(refusal(set), "fine");
  EXPECT_TRUE(set_difference(set, set).is_null());
  EXPECT_TRUE(equal(set, set_union(set, set)));
}

}  // namespace
}  // namespace cloudchamber::mock::dynamodb

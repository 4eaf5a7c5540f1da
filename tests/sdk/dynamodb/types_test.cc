#include "cloudchamber/dynamodb/types.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

namespace cloudchamber::dynamodb {
namespace {

struct Pair {
  Json plain;
  Json attribute_value;
};

std::vector<Pair> pairs() {
  const std::string bytes("\x00\xFF z", 4);
  return {
      {nullptr, {{"NULL", true}}},
      {true, {{"BOOL", true}}},
      {false, {{"BOOL", false}}},
      {32, {{"N", "32"}}},
      {-1, {{"N", "-1"}}},
      {Decimal("7.9"), {{"N", "7.9"}}},
      {Decimal("9223372036854775808"), {{"N", "9223372036854775808"}}},
      {Decimal("18446744073709551616"), {{"N", "18446744073709551616"}}},
      {Decimal("99999999999999999999999999999999999999"),
       {{"N", "99999999999999999999999999999999999999"}}},
      {Decimal("1E-130"), {{"N", "1E-130"}}},
      {"", {{"S", ""}}},
      {"Brazil", {{"S", "Brazil"}}},
      {Binary(bytes), {{"B", Binary(bytes)}}},
      {Binary(), {{"B", Binary()}}},
      {StringSet{"b", "a", "b"}, {{"SS", {"a", "b"}}}},
      {NumberSet{10, 9, Decimal("9.5")}, {{"NS", {"9", "9.5", "10"}}}},
      {BinarySet{Binary("b"), Binary("a")}, {{"BS", {Binary("a"), Binary("b")}}}},
      {StringSet{}, {{"SS", Json::array()}}},
      {Json::array(), {{"L", Json::array()}}},
      {Json::object(), {{"M", Json::object()}}},
      {Json::array({1, "a", nullptr, Json::array({false})}),
       {{"L",
         {{{"N", "1"}},
          {{"S", "a"}},
          {{"NULL", true}},
          {{"L", Json::array({{{"BOOL", false}}})}}}}}},
      {{{"S", "no type here"}, {"n", {{"rating", Decimal("0.1")}}}},
       {{"M", {{"S", {{"S", "no type here"}}}, {"n", {{"M", {{"rating", {{"N", "0.1"}}}}}}}}}}},
  };
}

std::string refusal(const Json& plain) {
  try {
    (void)serialize(plain);
  } catch (const TypeError& error) {
    return error.what();
  }
  return "";
}

TEST(Serialize, GivesEachPlainValueItsType) {
  for (const auto& [plain, attribute_value] : pairs())
    EXPECT_EQ(serialize(plain), attribute_value) << to_json_text(plain);
}

TEST(Serialize, RefusesFloatsWithTheirPlace) {
  const std::string reason = "Float types are not supported. Use Decimal types instead.";
  EXPECT_EQ(refusal(1.5), reason);
  EXPECT_EQ(refusal(2.0), reason);
  EXPECT_EQ(refusal({{"info", {{"ratings", {1, 7.9}}}}}), "info.ratings[1]: " + reason);
}

TEST(Serialize, RefusesNestingBeyondItsBound) {
  Json deep = 1;
  for (int i = 0; i < 500; ++i) deep = Json::array({std::move(deep)});
  EXPECT_EQ(refusal(deep), "");
  deep = Json::array({std::move(deep)});
  EXPECT_NE(refusal(deep).find("nested too deeply"), std::string::npos);
}

TEST(Serialize, TakesABinaryWithASubtypeOfAnotherFormatAsItsBytes) {
  EXPECT_EQ(serialize(Json::binary({0x61}, 128)), Json({{"B", Binary("a")}}));
}

TEST(Deserialize, GivesPlainValuesBack) {
  for (const auto& [plain, attribute_value] : pairs())
    EXPECT_EQ(deserialize(attribute_value), plain) << attribute_value;
}

TEST(Deserialize, ReadsNumbersByTheirValue) {
  EXPECT_EQ(deserialize({{"N", "32.0"}}), 32);
  EXPECT_EQ(deserialize({{"N", "3.2E+1"}}), 32);
  EXPECT_EQ(deserialize({{"N", "-0"}}), 0);
  EXPECT_EQ(deserialize({{"NS", {"1.0", "1"}}}), Json(NumberSet{1}));
  // AWS writes large numbers out: 126 digits are one number of few.
  EXPECT_EQ(deserialize({{"N", "1" + std::string(125, '0')}}), Json(Decimal("1E+125")));
}

TEST(Deserialize, RefusesWhatIsNoAttributeValue) {
  for (const Json& wrong :
       {Json(), Json::object(), Json("S"), Json::array({"S"}), Json({{"S", "a"}, {"N", "1"}}),
        Json({{"X", "a"}}), Json({{"s", "a"}}), Json({{"S", 1}}), Json({{"N", 1}}),
        Json({{"BOOL", "true"}}), Json({{"L", "a"}}), Json({{"M", "a"}}), Json({{"SS", "a"}}),
        Json({{"SS", {1}}}), Json({{"BS", {1}}}), Json({{"L", {"a"}}})})
    EXPECT_THROW((void)deserialize(wrong), TypeError) << wrong;
  EXPECT_THROW((void)deserialize({{"N", "many"}}), DecimalError);
  EXPECT_THROW((void)deserialize({{"N", std::string(39, '1')}}), DecimalError);
}

TEST(Items, AreSerializedAttributeByAttribute) {
  const Json item = {{"user", "yeonghoey"}, {"age", 32}};
  const Json typed = {{"user", {{"S", "yeonghoey"}}}, {"age", {{"N", "32"}}}};
  EXPECT_EQ(serialize_item(item), typed);
  EXPECT_EQ(deserialize_item(typed), item);
  EXPECT_THROW((void)serialize_item({1, 2}), TypeError);
  EXPECT_THROW((void)deserialize_item("item"), TypeError);
}

TEST(Sets, AreReadFromJson) {
  const Json item = {{"tags", StringSet{"b", "a"}}, {"scores", NumberSet{2, Decimal("1.5")}}};
  std::string tags;
  for (const std::string& tag : item["tags"].get<StringSet>()) tags += tag;
  EXPECT_EQ(tags, "ab");
  EXPECT_TRUE(item["scores"].get<NumberSet>().contains(Decimal("1.50")));
  EXPECT_EQ(Json(BinarySet{Binary("x")}).get<BinarySet>(), BinarySet{Binary("x")});
  EXPECT_THROW((void)item["tags"].get<NumberSet>(), TypeError);
  EXPECT_THROW((void)Json({"a", "b"}).get<StringSet>(), TypeError);
  EXPECT_THROW((void)item["tags"].get<Binary>(), TypeError);
}

TEST(Sets, AreEqualWhateverTheOrder) {
  EXPECT_EQ(Json(StringSet{"a", "b"}), Json(StringSet{"b", "a"}));
  EXPECT_NE(Json(StringSet{"1"}), Json(NumberSet{1}));
  EXPECT_NE(Json(StringSet{"a"}), Json(Json::array({"a"})));
}

TEST(ParseJson, KeepsNumbersExact) {
  const Json plain = parse_json(
      R"({"rating": 7.9, "votes": 12, "big": 123456789012345678901234567890, "exp": 1e3,
          "list": [null, true, "x", {"deep": -0.5}], "empty": {}})");
  EXPECT_EQ(plain, Json({{"rating", Decimal("7.9")},
                         {"votes", 12},
                         {"big", Decimal("123456789012345678901234567890")},
                         {"exp", 1000},
                         {"list", {nullptr, true, "x", {{"deep", Decimal("-0.5")}}}},
                         {"empty", Json::object()}}));
  EXPECT_EQ(parse_json("0.1"), Json(Decimal("0.1")));
}

TEST(ParseJson, RefusesWhatIsNotJson) {
  for (const char* text : {"", "{", "[1,]", "nope", "1 2"})
    EXPECT_THROW((void)parse_json(text), TypeError) << text;
  EXPECT_THROW((void)parse_json(std::string(100000, '[')), TypeError);
  EXPECT_THROW((void)parse_json("[" + std::string(39, '1') + "]"), DecimalError);
}

TEST(ToJsonText, WritesWhatJsonHasAndTheRestAsNear) {
  const Json plain = {{"a", Decimal("7.90")},    {"b", Binary("\x01\x02")},  {"c", NumberSet{2, 1}},
                      {"d", StringSet{"\"x\""}}, {"e", {nullptr, false, 3}}, {"f", Json::object()}};
  EXPECT_EQ(to_json_text(plain),
            R"({"a":7.9,"b":"AQI=","c":[1,2],"d":["\"x\""],"e":[null,false,3],"f":{}})");
  EXPECT_EQ(to_json_text({{"a", {1}}, {"b", 2}}, 2), "{\n  \"a\": [\n    1\n  ],\n  \"b\": 2\n}");
}

// A random plain value, no deeper than `depth`.
Json random_value(std::mt19937_64& random, int depth) {
  const auto text = [&] {
    std::string bytes;
    for (auto n = random() % 6; n > 0; --n) bytes += static_cast<char>(random() % 128);
    return bytes;
  };
  const auto number = [&] {
    std::string digits = random() % 2 == 0 ? "-" : "";
    for (auto n = 1 + random() % 38; n > 0; --n) digits += static_cast<char>('0' + random() % 10);
    return Decimal(digits + "E" + std::to_string(static_cast<int>(random() % 180) - 130));
  };
  switch (random() % (depth > 0 ? 11 : 9)) {
    case 0:
      return nullptr;
    case 1:
      return random() % 2 == 0;
    case 2:
      return static_cast<std::int64_t>(random());
    case 3:
      return random();
    case 4:
      return number();
    case 5:
      return text();
    case 6:
      return Binary(text());
    case 7: {
      NumberSet set;
      for (auto n = random() % 4; n > 0; --n) set.insert(number());
      return set;
    }
    case 8: {
      StringSet strings;
      BinarySet binaries;
      for (auto n = random() % 4; n > 0; --n) {
        strings.insert(text());
        binaries.insert(Binary(text()));
      }
      return random() % 2 == 0 ? Json(strings) : Json(binaries);
    }
    case 9: {
      Json list = Json::array();
      for (auto n = random() % 4; n > 0; --n) list.push_back(random_value(random, depth - 1));
      return list;
    }
    default: {
      Json map = Json::object();
      for (auto n = random() % 4; n > 0; --n) map[text()] = random_value(random, depth - 1);
      return map;
    }
  }
}

TEST(Deserialize, UndoesSerializeForWhateverValue) {
  std::mt19937_64 random(1985);  // NOLINT: the same values in every run
  for (int i = 0; i < 3000; ++i) {
    const Json plain = random_value(random, 4);
    EXPECT_EQ(deserialize(serialize(plain)), plain) << to_json_text(plain);
  }
}

}  // namespace
}  // namespace cloudchamber::dynamodb

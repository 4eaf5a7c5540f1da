#include "cloudchamber/dynamodb/conditions.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cloudchamber/dynamodb/condition_expression_builder.h"
#include "cloudchamber/dynamodb/types.h"

namespace cloudchamber::dynamodb {
namespace {

BuiltConditionExpression build(const Condition& condition) {
  return ConditionExpressionBuilder().build_expression(condition);
}

struct Row {
  Condition condition;
  std::string expression;
  Json names;
  Json values;
};

void expect_built(const std::vector<Row>& rows) {
  for (const auto& [condition, expression, names, values] : rows) {
    const auto built = build(condition);
    EXPECT_EQ(built.condition_expression, expression);
    EXPECT_EQ(built.attribute_name_placeholders, names) << expression;
    EXPECT_EQ(built.attribute_value_placeholders, values) << expression;
    // The same by way of Json, as a parameter.
    EXPECT_EQ(ConditionExpressionBuilder().build_expression(Json(condition)).condition_expression,
              expression);
    EXPECT_EQ(Condition::from(Json(condition)), condition) << expression;
  }
}

TEST(Conditions, OfKeysAreBuiltAsBoto3Does) {
  const Key a("a");
  const Json names = {{"#n0", "a"}};
  const Json values = {{":v0", 1}};
  expect_built({
      {a.eq(1), "#n0 = :v0", names, values},
      {a.lt(1), "#n0 < :v0", names, values},
      {a.lte(1), "#n0 <= :v0", names, values},
      {a.gt(1), "#n0 > :v0", names, values},
      {a.gte(1), "#n0 >= :v0", names, values},
      {a.begins_with("x"), "begins_with(#n0, :v0)", names, {{":v0", "x"}}},
      {a.between(1, 2), "#n0 BETWEEN :v0 AND :v1", names, {{":v0", 1}, {":v1", 2}}},
  });
}

TEST(Conditions, OfAttributesAreBuiltAsBoto3Does) {
  const Attr a("a");
  const Json names = {{"#n0", "a"}};
  const Json values = {{":v0", 1}};
  expect_built({
      {a.eq(1), "#n0 = :v0", names, values},
      {a.ne(1), "#n0 <> :v0", names, values},
      {a.exists(), "attribute_exists(#n0)", names, Json::object()},
      {a.not_exists(), "attribute_not_exists(#n0)", names, Json::object()},
      {a.contains("x"), "contains(#n0, :v0)", names, {{":v0", "x"}}},
      {a.attribute_type("SS"), "attribute_type(#n0, :v0)", names, {{":v0", "SS"}}},
      {a.size().gt(3), "size(#n0) > :v0", names, {{":v0", 3}}},
      {a.size().between(3, 5), "size(#n0) BETWEEN :v0 AND :v1", names, {{":v0", 3}, {":v1", 5}}},
      {a.is_in({1}), "#n0 IN (:v0)", names, values},
      {a.is_in({1, "x"}), "#n0 IN (:v0, :v1)", names, {{":v0", 1}, {":v1", "x"}}},
      {a.is_in({"x", "y"}), "#n0 IN (:v0, :v1)", names, {{":v0", "x"}, {":v1", "y"}}},
      {a.is_in(Json({3, 4})), "#n0 IN (:v0, :v1)", names, {{":v0", 3}, {":v1", 4}}},
      {a.is_in(StringSet{"y", "x"}), "#n0 IN (:v0, :v1)", names, {{":v0", "x"}, {":v1", "y"}}},
      {a.is_in(NumberSet{Decimal("1.5")}), "#n0 IN (:v0)", names, {{":v0", Decimal("1.5")}}},
      {a.eq(Json::array({1, 2})), "#n0 = :v0", names, {{":v0", {1, 2}}}},
      {a.eq(Decimal("7.9")), "#n0 = :v0", names, {{":v0", Decimal("7.9")}}},
      {a.eq(nullptr), "#n0 = :v0", names, {{":v0", nullptr}}},
      {a.eq(Attr("b")), "#n0 = #n1", {{"#n0", "a"}, {"#n1", "b"}}, Json::object()},
      {a.size().gt(Attr("b").size()),
       "size(#n0) > size(#n1)",
       {{"#n0", "a"}, {"#n1", "b"}},
       Json::object()},
      {Attr("a").eq(Key("a")), "#n0 = #n1", {{"#n0", "a"}, {"#n1", "a"}}, Json::object()},
  });
}

TEST(Conditions, AreJoinedWithParentheses) {
  const Condition a = Attr("a").eq(1), b = Attr("b").eq(2), c = Attr("c").eq(3);
  EXPECT_EQ(build(a & b).condition_expression, "(#n0 = :v0 AND #n1 = :v1)");
  EXPECT_EQ(build(a | b).condition_expression, "(#n0 = :v0 OR #n1 = :v1)");
  EXPECT_EQ(build(~a).condition_expression, "(NOT #n0 = :v0)");
  EXPECT_EQ(build((a & b) | ~c).condition_expression,
            "((#n0 = :v0 AND #n1 = :v1) OR (NOT #n2 = :v2))");
  EXPECT_EQ(build(a & (b | c)).condition_expression, "(#n0 = :v0 AND (#n1 = :v1 OR #n2 = :v2))");
}

TEST(Conditions, NamePathsPartByPart) {
  const struct {
    const char* name;
    const char* expression;
    Json names;
  } rows[] = {
      {"a.b", "attribute_exists(#n0.#n1)", {{"#n0", "a"}, {"#n1", "b"}}},
      {"a[0]", "attribute_exists(#n0[0])", {{"#n0", "a"}}},
      {"a.b[0]", "attribute_exists(#n0.#n1[0])", {{"#n0", "a"}, {"#n1", "b"}}},
      {"a[0][12].b-c.a",
       "attribute_exists(#n0[0][12].#n1.#n2)",
       {{"#n0", "a"}, {"#n1", "b-c"}, {"#n2", "a"}}},
      {"with space", "attribute_exists(#n0)", {{"#n0", "with space"}}},
      {"a..b", "attribute_exists(#n0..#n1)", {{"#n0", "a"}, {"#n1", "b"}}},
      {"a[b", "attribute_exists(#n0[#n1)", {{"#n0", "a"}, {"#n1", "b"}}},
      {"a.b]c", "attribute_exists(a.b]#n0)", {{"#n0", "c"}}},
      {"{0}", "attribute_exists(#n0)", {{"#n0", "{0}"}}},
      {"", "attribute_exists()", Json::object()},
  };
  for (const auto& row : rows) {
    const auto built = build(Attr(row.name).exists());
    EXPECT_EQ(built.condition_expression, row.expression) << row.name;
    EXPECT_EQ(built.attribute_name_placeholders, row.names) << row.name;
  }
}

TEST(Conditions, AreEqualWhenTheySayTheSame) {
  EXPECT_EQ(Attr("a").eq(1), Attr("a").eq(1));
  EXPECT_EQ(Attr("a").eq(1) & Attr("b").exists(), Attr("a").eq(1) & Attr("b").exists());
  EXPECT_NE(Attr("a").eq(1), Attr("a").eq(2));
  EXPECT_NE(Attr("a").eq(1), Attr("b").eq(1));
  EXPECT_NE(Attr("a").eq(1), Attr("a").ne(1));
  EXPECT_NE(Attr("a").eq(1), Key("a").eq(1));
  EXPECT_NE(Attr("a").eq("b"), Attr("a").eq(Attr("b")));
  EXPECT_NE(Attr("a").eq(1) & Attr("b").eq(1), Attr("b").eq(1) & Attr("a").eq(1));
  EXPECT_NE(~Attr("a").eq(1), Attr("a").eq(1));
  EXPECT_EQ(Attr("a"), Attr("a"));
  EXPECT_NE(Attr("a"), Attr("b"));
  EXPECT_NE(Attr("a"), Key("a"));
  EXPECT_EQ(Attr("a").size(), Attr("a").size());
  EXPECT_NE(Attr("a").size(), Attr("a"));
}

TEST(Conditions, TellTheirExpression) {
  EXPECT_EQ(
      Key("year").eq(1985).get_expression(),
      Json({{"format", "{0} {operator} {1}"}, {"operator", "="}, {"values", {Key("year"), 1985}}}));
  const Condition joined = Attr("a").exists() & ~Attr("b").eq(1);
  const Json expression = joined.get_expression();
  EXPECT_EQ(expression["format"], "({0} {operator} {1})");
  EXPECT_EQ(expression["operator"], "AND");
  EXPECT_EQ(Condition::from(expression["values"][0]), Attr("a").exists());
  EXPECT_EQ(Condition::from(expression["values"][1]), ~Attr("b").eq(1));
  EXPECT_EQ(Attr("a.b").size().name(), "a.b");
  EXPECT_EQ(Key("year").name(), "year");
}

TEST(Conditions, AreNeededWhereAConditionStands) {
  ConditionExpressionBuilder builder;
  for (const Json& other : {Json(Key("year")), Json(Attr("a").size()), Json("a = 1"), Json(),
                            Json(Decimal("1.5")), Json::binary({1, 2})}) {
    EXPECT_THROW((void)builder.build_expression(other), DynamoDBNeedsConditionError) << other;
  }
  try {
    (void)Condition::from(Key("year"));
    FAIL();
  } catch (const DynamoDBNeedsConditionError& error) {
    EXPECT_STREQ(error.what(),
                 "A condition is needed, not an attribute; the methods of Key and Attr make one, "
                 "such as Key(\"year\").eq(1985)");
  }
  EXPECT_THROW((void)Attr("a").is_in("x"), TypeError);
  EXPECT_THROW((void)Attr("a").is_in(1), TypeError);
}

TEST(ConditionExpressionBuilder, TakesOnlyKeysInAKeyCondition) {
  ConditionExpressionBuilder builder;
  EXPECT_EQ(builder.build_expression(Key("a").eq(1), true).condition_expression, "#n0 = :v0");
  const Condition wrong[] = {Attr("a").eq(1), Key("a").eq(1) & Attr("b").eq(2),
                             Key("a").eq(Attr("b")), ~Attr("a").exists()};
  for (const Condition& condition : wrong)
    EXPECT_THROW((void)builder.build_expression(condition, true), DynamoDBNeedsKeyConditionError);
}

TEST(ConditionExpressionBuilder, CountsOnUntilItIsReset) {
  ConditionExpressionBuilder builder;
  EXPECT_EQ(builder.build_expression(Attr("a").eq(1)).condition_expression, "#n0 = :v0");
  EXPECT_EQ(builder.build_expression(Attr("a").eq(1)).condition_expression, "#n1 = :v1");
  builder.reset();
  EXPECT_EQ(builder.build_expression(Attr("a").eq(1)).condition_expression, "#n0 = :v0");
}

TEST(ConditionExpressionBuilder, PassesOverReservedPlaceholders) {
  ConditionExpressionBuilder builder;
  builder.reserve({{"#n0", "x"}, {"#n2", "y"}}, {{":v1", 1}});
  EXPECT_EQ(builder.build_expression(Attr("a").eq(1) & Attr("b").eq(2)).condition_expression,
            "(#n1 = :v0 AND #n3 = :v2)");
}

TEST(Conditions, OfAnyLengthCanBeAParameter) {
  Condition condition = Attr("a").eq(0);
  std::string expression = "#n0 = :v0";
  for (int i = 1; i < 300; ++i) {
    condition = condition & Attr("a").eq(i);
    const std::string n = std::to_string(i);
    expression = "(" + expression + " AND #n" + n + " = :v" + n + ")";
  }
  EXPECT_EQ(ConditionExpressionBuilder().build_expression(Json(condition)).condition_expression,
            expression);
}

}  // namespace
}  // namespace cloudchamber::dynamodb

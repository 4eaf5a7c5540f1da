#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "mock-server/call/aws_error.h"
#include "mock-server/services/dynamodb/expressions/evaluate.h"
#include "mock-server/services/dynamodb/expressions/parser.h"

namespace cloudchamber::mock::dynamodb {
namespace {

const Json kNames = {{"#a", "a"}, {"#status", "status"}};
const Json kValues = {{":s", {{"S", "text"}}},    {":one", {{"N", "1"}}},
                      {":two", {{"N", "2"}}},     {":list", {{"L", Json::array({{{"N", "1"}}})}}},
                      {":set", {{"SS", {"x"}}}},  {":type", {{"S", "DOG"}}},
                      {":true", {{"BOOL", true}}}};
const Json kItem = {
    {"a", {{"N", "1"}}},
    {"b", {{"N", "2"}}},
    {"phrase", {{"S", "some text"}}},
    {"things", {{"L", Json::array({{{"S", "zero"}}, {{"M", {{"x", {{"N", "7"}}}}}}})}}},
    {"tags", {{"SS", {"x", "y"}}}},
    {"status", {{"S", "new"}}}};

std::string condition_error(const std::string& text) {
  try {
    Placeholders placeholders(&kNames, &kValues);
    static_cast<void>(parse_condition(text, "FilterExpression", placeholders));
  } catch (const AwsError& error) {
    return error.message();
  }
  return "fine";
}

bool condition_holds(const std::string& text) {
  Placeholders placeholders(&kNames, &kValues);
  return holds(parse_condition(text, "FilterExpression", placeholders), kItem);
}

TEST(ConditionExpression, HoldsOrNot) {
  const std::vector<std::pair<std::string, bool>> rows = {
      {"a = :one", true},
      {"#a = :one", true},
      {"a <> :one", false},
      {"a < b", true},
      {"a >= b", false},
      {"gone = gone2", false},
      {"gone <> gone2", true},
      {"a < :s", false},
      {"a BETWEEN :one AND :two", true},
      {"a between b and :two", false},
      {"a IN (:two, :one)", true},
      {"gone IN (:one)", false},
      {"NOT a = :one", false},
      {"not NOT a = :one", true},
      {"a = :two OR b = :two AND a = :one", true},
      {"(a = :two OR b = :two) AND a = :two", false},
      {"(a) = (:one)", true},
      {"attribute_exists(things[1].x)", true},
      {"attribute_exists(things[2])", false},
      {"attribute_not_exists (things [ 1 ] . y)", true},
      {"begins_with(phrase, :s)", false},
      {"contains(phrase, :s)", true},
      {"contains(tags, :s)", false},
      {"size(things) = :two", true},
      {"size(tags) > a", true},
      {"size(a) = :one", false},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(condition_holds(text), expected) << text;
}

TEST(ConditionExpression, IsRefusedInAwsWords) {
  const std::string prefix = "Invalid FilterExpression: ";
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"", "The expression can not be empty;"},
      {"a", "Syntax error; token: \"<EOF>\", near: \"a\""},
      {"a = ", "Syntax error; token: \"<EOF>\", near: \"= \""},
      {"a = b = a", "Syntax error; token: \"=\", near: \"b = a\""},
      {"a IN ()", "Syntax error; token: \")\", near: \"()\""},
      {"a = _b", "Syntax error; token: \"_\", near: \"= _b\""},
      {"a[:one] = :one", "Syntax error; token: \":one\", near: \"[:one]\""},
      {"((a = :one))", "The expression has redundant parentheses;"},
      {"status = :s", "Attribute name is a reserved keyword; reserved keyword: status"},
      {"#b = :one",
       "An expression attribute name used in the document path is not defined; attribute name: "
       "#b"},
      {"a = :three",
       "An expression attribute value used in expression is not defined; attribute value: "
       ":three"},
      {"dog(a)", "Invalid function name; function: dog"},
      {"size(a)",
       "The function is not allowed to be used this way in an expression; function: size"},
      {"attribute_exists(a) = :true",
       "The function is not allowed to be used this way in an expression; function: "
       "attribute_exists"},
      {"begins_with(a)",
       "Incorrect number of operands for operator or function; operator or function: begins_with, "
       "number of operands: 1"},
      {"begins_with(a, :one)",
       "Incorrect operand type for operator or function; operator or function: begins_with, "
       "operand type: N"},
      {"attribute_exists(:s)",
       "Operator or function requires a document path; operator or function: attribute_exists"},
      {"attribute_type(a, :type)",
       "Invalid attribute type name found; type: DOG, valid types: "
       "{B,NULL,SS,BOOL,L,BS,N,NS,S,M}"},
      {"a = a",
       "The first operand must be distinct from the remaining operands for this operator or "
       "function; operator: =, first operand: [a]"},
      {"a BETWEEN :two AND :one",
       "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
       "lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}"},
      {"a BETWEEN :one AND :s",
       "The BETWEEN operator requires same data type for lower and upper bounds; lower bound "
       "operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:text}"},
      // The order of rules, not of places, decides which fault is told.
      {"a = :three AND dog(a)", "Invalid function name; function: dog"},
      {"a = :three AND status = :s",
       "Attribute name is a reserved keyword; reserved keyword: status"},
  };
  for (const auto& [text, expected] : rows) {
    EXPECT_EQ(condition_error(text), prefix + expected) << text;
  }
}

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST(ConditionExpression, IsLimitedInSizeOperatorsAndDepth) {
  EXPECT_EQ(condition_error("a" + std::string(4096 - 8, ' ') + " = :one"), "fine");
  EXPECT_EQ(condition_error("a" + std::string(4096 - 7, ' ') + " = :one"),
            "Invalid FilterExpression: Expression size has exceeded the maximum allowed size; "
            "expression size: 4097");
  const auto chain = [](int more) { return "a<b" + repeated(" or a<b", more); };
  EXPECT_EQ(condition_error(chain(149)), "fine") << "150 comparisons and 149 or";
  EXPECT_EQ(condition_error(chain(151)),
            "Invalid FilterExpression: The expression contains too many operators; operator "
            "count: 301");
  EXPECT_EQ(condition_error("a<b " + repeated("or (a<b ", 149) + repeated(")", 149)), "fine");
  for (const std::string& deep :
       {repeated("(", 4096), repeated("(", 2000) + "a<b" + repeated(")", 2000),
        repeated("not ", 1000) + "a<b", "a < " + repeated("f(", 680) + "b" + repeated(")", 680),
        "a < " + repeated("size(", 680) + "b" + repeated(")", 680)}) {
    EXPECT_EQ(condition_error(deep).rfind("Invalid FilterExpression: ", 0), 0U) << deep;
  }
  std::string operands = ":one";
  for (int i = 1; i < 100; ++i) operands += ",:one";
  EXPECT_EQ(condition_error("a IN (" + operands + ")"), "fine");
  EXPECT_EQ(condition_error("a IN (" + operands + ",:one)"),
            "Invalid FilterExpression: The IN operator is provided with too many operands; number "
            "of operands: 101");
}

std::string updated(const std::string& text, Json item = kItem, bool exists = true) {
  try {
    Placeholders placeholders(&kNames, &kValues);
    apply(parse_update(text, placeholders), item, exists);
  } catch (const AwsError& error) {
    return error.message();
  }
  Json changes = Json::object();
  for (const auto& [name, value] : item.items()) {
    if (!kItem.contains(name) || kItem[name] != value) changes[name] = value;
  }
  for (const auto& [name, value] : kItem.items()) {
    if (!item.contains(name)) changes[name] = nullptr;
  }
  return changes.dump();
}

TEST(UpdateExpression, ChangesTheItem) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"SET a = :two", R"({"a":{"N":"2"}})"},
      {"set a = a + b", R"({"a":{"N":"3"}})"},
      {"SET a = a - :two", R"({"a":{"N":"-1"}})"},
      {"SET a = b, b = a", R"({"a":{"N":"2"},"b":{"N":"1"}})"},
      {"SET c = if_not_exists(c, :one)", R"({"c":{"N":"1"}})"},
      {"SET c = if_not_exists(a, :two)", R"({"c":{"N":"1"}})"},
      {"SET c = list_append(:list, if_not_exists(c, :list))",
       R"({"c":{"L":[{"N":"1"},{"N":"1"}]}})"},
      {"SET c = (if_not_exists(c, :one) + :two)", R"({"c":{"N":"3"}})"},
      {"SET things[1].x = :one", R"({"things":{"L":[{"S":"zero"},{"M":{"x":{"N":"1"}}}]}})"},
      {"SET things[9] = :two, things[7] = :one",
       R"({"things":{"L":[{"S":"zero"},{"M":{"x":{"N":"7"}}},{"N":"1"},{"N":"2"}]}})"},
      {"REMOVE things[0] SET things[1] = :one", R"({"things":{"L":[{"N":"1"}]}})"},
      {"REMOVE a, things[1].x", R"({"a":null,"things":{"L":[{"S":"zero"},{"M":{}}]}})"},
      {"ADD a :two, tags :set", R"({"a":{"N":"3"}})"},
      {"ADD fresh :one", R"({"fresh":{"N":"1"}})"},
      {"DELETE tags :set", R"({"tags":{"SS":["y"]}})"},
      {"DELETE gone :set", R"({})"},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(updated(text), expected) << text;
}

TEST(UpdateExpression, IsRefusedInAwsWords) {
  const std::string prefix = "Invalid UpdateExpression: ";
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"", prefix + "The expression can not be empty;"},
      {"HELLO a = :one", prefix + "Syntax error; token: \"HELLO\", near: \"HELLO a\""},
      {"SET a = :one + :two + :one", prefix + "Syntax error; token: \"+\", near: \":two + :one\""},
      {"SET a = :one SET b = :two",
       prefix + "The \"SET\" section can only be used once in an update expression;"},
      {"SET a = :one REMOVE a",
       prefix + "Two document paths overlap with each other; must remove or rewrite one of these "
                "paths; path one: [a], path two: [a]"},
      {"SET things[1].x = :one, things[1] = :two",
       prefix + "Two document paths overlap with each other; must remove or rewrite one of these "
                "paths; path one: [things, [1], x], path two: [things, [1]]"},
      {"SET a.b = :one, a[1] = :two",
       prefix + "Two document paths conflict with each other; must remove or rewrite one of these "
                "paths; path one: [a, b], path two: [a, [1]]"},
      {"SET a = size(b)",
       prefix + "The function is not allowed in an update expression; function: size"},
      {"SET a = list_append(list_append(:list, :list), :list)",
       prefix + "The function is not allowed to be used this way in an expression; function: "
                "list_append"},
      {"SET a = :s + :one",
       prefix + "Incorrect operand type for operator or function; operator or function: +, operand "
                "type: S"},
      {"ADD a :s",
       prefix + "Incorrect operand type for operator or function; operator: ADD, operand type: "
                "STRING"},
      {"DELETE tags :one",
       prefix + "Incorrect operand type for operator or function; operator: DELETE, operand type: "
                "NUMBER"},
      {"SET a = gone",
       "The provided expression refers to an attribute that does not exist in the item"},
      {"SET a = phrase + :one", "An operand in the update expression has an incorrect data type"},
      {"ADD phrase :one", "An operand in the update expression has an incorrect data type"},
      {"SET a.b = :one",
       "The document path provided in the update expression is invalid for update"},
      {"REMOVE gone.b",
       "The document path provided in the update expression is invalid for update"},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(updated(text), expected) << text;
  EXPECT_EQ(updated("REMOVE gone.b", kItem, false), "{}")
      << "AWS lets it pass where there is no item";
}

Json projected(const std::string& text) {
  Placeholders placeholders(&kNames, nullptr);
  return project(kItem, parse_projection(text, placeholders));
}

TEST(ProjectionExpression, PicksPartsInTheirPlaces) {
  EXPECT_EQ(projected("a, #status, gone"), (Json{{"a", {{"N", "1"}}}, {"status", {{"S", "new"}}}}));
  EXPECT_EQ(projected("things[1].x"),
            (Json{{"things", {{"L", Json::array({{{"M", {{"x", {{"N", "7"}}}}}}})}}}}));
  EXPECT_EQ(projected("things[5], a.b, things[0].y"), Json::object());
}

TEST(ProjectionExpression, RefusesMoreThan32Levels) {
  std::string path = "a";
  for (int i = 1; i < 32; ++i) path += ".b";
  EXPECT_NO_THROW(projected(path));
  EXPECT_THROW(projected(path + ".b"), AwsError);
}

TEST(Placeholders, NamesThoseThatAreNotUsed) {
  Placeholders placeholders(&kNames, &kValues);
  static_cast<void>(parse_condition("#a = :s", "ConditionExpression", placeholders));
  try {
    placeholders.check_all_used();
    FAIL();
  } catch (const AwsError& error) {
    EXPECT_EQ(error.message(),
              "Value provided in ExpressionAttributeNames unused in expressions: keys: {#status}");
  }
}

}  // namespace
}  // namespace cloudchamber::mock::dynamodb

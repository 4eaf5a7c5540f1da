#include "sdk/dynamodb/transform.h"

#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "cloudchamber/dynamodb/conditions.h"
#include "cloudchamber/dynamodb/types.h"
#include "sdk/model/service_model.h"
#include "sdk/validate/validator.h"

namespace cloudchamber::dynamodb {
namespace {

const Operation& operation(const char* name) {
  return *find_model("dynamodb")->find_operation(name);
}

// What is sent for these parameters, once the validator agrees.
Json sent(const char* name, Json parameters) {
  const Shape& input = *operation(name).input;
  inject_condition_expressions(input, parameters);
  inject_attribute_value_input(input, parameters);
  validate(operation(name), parameters);
  return parameters;
}

Json received(const char* name, Json result) {
  inject_attribute_value_output(*operation(name).output, result);
  return result;
}

TEST(InjectAttributeValueInput, SerializesWhereverTheModelHasAnAttributeValue) {
  EXPECT_EQ(sent("PutItem", {{"TableName", "t"},
                             {"Item", {{"user", "yeonghoey"}, {"age", 32}}},
                             {"ExpressionAttributeValues", {{":a", nullptr}}}}),
            Json({{"TableName", "t"},
                  {"Item", {{"user", {{"S", "yeonghoey"}}}, {"age", {{"N", "32"}}}}},
                  {"ExpressionAttributeValues", {{":a", {{"NULL", true}}}}}}));
  EXPECT_EQ(
      sent("BatchGetItem",
           {{"RequestItems", {{"t", {{"Keys", Json::array({{{"id", 1}}, {{"id", 2}}})}}}}}}),
      Json({{"RequestItems",
             {{"t", {{"Keys", Json::array({{{"id", {{"N", "1"}}}}, {{"id", {{"N", "2"}}}}})}}}}}}));
  EXPECT_EQ(
      sent("BatchWriteItem",
           {{"RequestItems",
             {{"t", Json::array({{{"PutRequest", {{"Item", {{"id", Decimal("1.5")}}}}}},
                                 {{"DeleteRequest", {{"Key", {{"id", 2}}}}}}})}}}}),
      Json({{"RequestItems",
             {{"t", Json::array({{{"PutRequest", {{"Item", {{"id", {{"N", "1.5"}}}}}}}},
                                 {{"DeleteRequest", {{"Key", {{"id", {{"N", "2"}}}}}}}}})}}}}));
  EXPECT_EQ(
      sent("ExecuteStatement", {{"Statement", "SELECT"}, {"Parameters", {1, "a"}}}),
      Json({{"Statement", "SELECT"}, {"Parameters", Json::array({{{"N", "1"}}, {{"S", "a"}}})}}));
  // The old parameters too.
  EXPECT_EQ(sent("UpdateItem", {{"TableName", "t"},
                                {"Key", {{"id", 1}}},
                                {"AttributeUpdates", {{"n", {{"Value", 1}, {"Action", "ADD"}}}}},
                                {"Expected", {{"n", {{"AttributeValueList", {1, 2}}}}}}}),
            Json({{"TableName", "t"},
                  {"Key", {{"id", {{"N", "1"}}}}},
                  {"AttributeUpdates", {{"n", {{"Value", {{"N", "1"}}}, {"Action", "ADD"}}}}},
                  {"Expected",
                   {{"n", {{"AttributeValueList", Json::array({{{"N", "1"}}, {{"N", "2"}}})}}}}}}));
}

TEST(InjectAttributeValueInput, RefusesFloatsWithTheirPlace) {
  Json parameters = {{"TableName", "t"}, {"Item", {{"info", {{"rating", 7.9}}}}}};
  try {
    inject_attribute_value_input(*operation("PutItem").input, parameters);
    FAIL();
  } catch (const TypeError& error) {
    EXPECT_STREQ(error.what(),
                 "Item.info.rating: Float types are not supported. Use Decimal types instead.");
  }
}

TEST(InjectAttributeValueInput, LeavesWhatDoesNotFitForTheValidator) {
  for (const Json& wrong :
       {Json({{"TableName", "t"}, {"Item", "x"}}), Json({{"TableName", "t"}, {"Item", {1}}}),
        Json({{"TableName", "t"}, {"Itme", {{"a", 1}}}}), Json("x"), Json({1})})
    EXPECT_THROW((void)sent("PutItem", wrong), ParamValidationError) << wrong;
}

TEST(InjectAttributeValueOutput, DeserializesWhereverTheModelHasAnAttributeValue) {
  EXPECT_EQ(received("GetItem", {{"Item", {{"user", {{"S", "yeonghoey"}}}, {"age", {{"N", "32"}}}}},
                                 {"ResponseMetadata", {{"RequestId", "r"}}}}),
            Json({{"Item", {{"user", "yeonghoey"}, {"age", 32}}},
                  {"ResponseMetadata", {{"RequestId", "r"}}}}));
  EXPECT_EQ(received("Query", {{"Items", Json::array({{{"r", {{"N", "7.9"}}}}})},
                               {"Count", 1},
                               {"LastEvaluatedKey", {{"id", {{"NS", {"1"}}}}}}}),
            Json({{"Items", Json::array({{{"r", Decimal("7.9")}}})},
                  {"Count", 1},
                  {"LastEvaluatedKey", {{"id", NumberSet{1}}}}}));
  EXPECT_EQ(
      received("TransactGetItems",
               {{"Responses", Json::array({{{"Item", {{"a", {{"S", "x"}}}}}}, Json::object()})}}),
      Json({{"Responses", Json::array({{{"Item", {{"a", "x"}}}}, Json::object()})}}));
  EXPECT_EQ(received("UpdateItem",
                     {{"ItemCollectionMetrics", {{"ItemCollectionKey", {{"id", {{"N", "1"}}}}}}}}),
            Json({{"ItemCollectionMetrics", {{"ItemCollectionKey", {{"id", 1}}}}}}));
}

// Every operation, with a value in every place that its model has.
TEST(Inject, OutputUndoesInputForEveryOperation) {
  for (const Operation* each : find_model("dynamodb")->operations()) {
    if (each->output == nullptr) continue;

    // A result with every member filled is parameters of its own shape.
    std::function<Json(const Shape&, int)> fill = [&](const Shape& shape, int depth) -> Json {
      if (shape.name == "AttributeValue") return "x";
      if (depth > 8) return nullptr;
      if (shape.type == ShapeType::kStructure) {
        Json structure = Json::object();
        for (const Member& member : shape.members)
          structure[member.name] = fill(*member.shape, depth + 1);
        return structure;
      }
      if (shape.type == ShapeType::kMap) return {{"k", fill(*shape.value.shape, depth + 1)}};
      if (shape.type == ShapeType::kList)
        return Json::array({fill(*shape.element.shape, depth + 1)});
      return "text";
    };
    const Json plain = fill(*each->output, 0);
    Json wire = plain;
    inject_attribute_value_input(*each->output, wire);
    Json back = wire;
    inject_attribute_value_output(*each->output, back);
    EXPECT_EQ(back, plain) << each->name;
  }
}

TEST(InjectConditionExpressions, ReplacesConditionsAndAddsTheirPlaceholders) {
  EXPECT_EQ(sent("Query", {{"TableName", "t"},
                           {"KeyConditionExpression",
                            Key("year").eq(1992) & Key("title").between("A", "L")}}),
            Json({{"TableName", "t"},
                  {"KeyConditionExpression", "(#n0 = :v0 AND #n1 BETWEEN :v1 AND :v2)"},
                  {"ExpressionAttributeNames", {{"#n0", "year"}, {"#n1", "title"}}},
                  {"ExpressionAttributeValues",
                   {{":v0", {{"N", "1992"}}}, {":v1", {{"S", "A"}}}, {":v2", {{"S", "L"}}}}}}));
  EXPECT_EQ(sent("PutItem", {{"TableName", "t"},
                             {"Item", Json::object()},
                             {"ConditionExpression", Attr("a").not_exists()}}),
            Json({{"TableName", "t"},
                  {"Item", Json::object()},
                  {"ConditionExpression", "attribute_not_exists(#n0)"},
                  {"ExpressionAttributeNames", {{"#n0", "a"}}}}));
}

TEST(InjectConditionExpressions, NumbersFiltersBeforeKeysAsBoto3Does) {
  const Json parameters = sent("Query", {{"TableName", "t"},
                                         {"KeyConditionExpression", Key("year").eq(1992)},
                                         {"FilterExpression", Attr("rating").gt(Decimal("7.5"))}});
  EXPECT_EQ(parameters["FilterExpression"], "#n0 > :v0");
  EXPECT_EQ(parameters["KeyConditionExpression"], "#n1 = :v1");
  EXPECT_EQ(parameters["ExpressionAttributeNames"], Json({{"#n0", "rating"}, {"#n1", "year"}}));
  EXPECT_EQ(parameters["ExpressionAttributeValues"],
            Json({{":v0", {{"N", "7.5"}}}, {":v1", {{"N", "1992"}}}}));
}

TEST(InjectConditionExpressions, KeepsTheCallersOwnPlaceholders) {
  const Json parameters =
      sent("Query", {{"TableName", "t"},
                     {"ProjectionExpression", "#n0, #yr"},
                     {"ExpressionAttributeNames", {{"#n0", "x"}, {"#yr", "year"}}},
                     {"ExpressionAttributeValues", {{":v0", 1}}},
                     {"FilterExpression", "x = :v0"},
                     {"KeyConditionExpression", Key("year").eq(1992)}});
  EXPECT_EQ(parameters["FilterExpression"], "x = :v0");
  EXPECT_EQ(parameters["KeyConditionExpression"], "#n1 = :v1");
  EXPECT_EQ(parameters["ExpressionAttributeNames"],
            Json({{"#n0", "x"}, {"#yr", "year"}, {"#n1", "year"}}));
  EXPECT_EQ(parameters["ExpressionAttributeValues"],
            Json({{":v0", {{"N", "1"}}}, {":v1", {{"N", "1992"}}}}));
}

TEST(InjectConditionExpressions, ReachesIntoTransactions) {
  const Json parameters =
      sent("TransactWriteItems",
           {{"TransactItems", Json::array({{{"Put",
                                             {{"TableName", "t"},
                                              {"Item", {{"id", 1}}},
                                              {"ConditionExpression", Attr("id").not_exists()}}}},
                                           {{"ConditionCheck",
                                             {{"TableName", "t"},
                                              {"Key", {{"id", 2}}},
                                              {"ConditionExpression", Attr("n").gte(5)}}}},
                                           {{"Update",
                                             {{"TableName", "t"},
                                              {"Key", {{"id", 3}}},
                                              {"UpdateExpression", "SET n = :v0"},
                                              {"ExpressionAttributeValues", {{":v0", 7}}},
                                              {"ConditionExpression", Attr("n").lt(7)}}}}})}});
  const Json& items = parameters["TransactItems"];
  EXPECT_EQ(items[0]["Put"]["ConditionExpression"], "attribute_not_exists(#n0)");
  EXPECT_EQ(items[0]["Put"]["ExpressionAttributeNames"], Json({{"#n0", "id"}}));
  EXPECT_FALSE(items[0]["Put"].contains("ExpressionAttributeValues"));
  EXPECT_EQ(items[1]["ConditionCheck"]["ConditionExpression"], "#n0 >= :v0");
  EXPECT_EQ(items[1]["ConditionCheck"]["ExpressionAttributeValues"], Json({{":v0", {{"N", "5"}}}}));
  EXPECT_EQ(items[2]["Update"]["ConditionExpression"], "#n0 < :v1");
  EXPECT_EQ(items[2]["Update"]["ExpressionAttributeValues"],
            Json({{":v0", {{"N", "7"}}}, {":v1", {{"N", "7"}}}}));
}

TEST(InjectConditionExpressions, RefusesWhatIsNoCondition) {
  const auto query = [](const Json& condition) {
    return sent("Query", {{"TableName", "t"}, {"KeyConditionExpression", condition}});
  };
  EXPECT_THROW((void)query(Key("year")), DynamoDBNeedsConditionError);
  EXPECT_THROW((void)query(Attr("year").size()), DynamoDBNeedsConditionError);
  EXPECT_THROW((void)query(Attr("year").eq(1)), DynamoDBNeedsKeyConditionError);
  EXPECT_THROW((void)query(5), ParamValidationError);
  EXPECT_THROW((void)query(Decimal("1.5")), ParamValidationError);
  EXPECT_EQ(query("a = b")["KeyConditionExpression"], "a = b");
  // Where the caller's own placeholders are none, the validator says so.
  EXPECT_THROW((void)sent("Query", {{"TableName", "t"},
                                    {"ExpressionAttributeNames", "x"},
                                    {"KeyConditionExpression", Key("year").eq(1)}}),
               ParamValidationError);
  // A condition is no value.
  EXPECT_THROW((void)sent("PutItem", {{"TableName", "t"}, {"Item", {{"a", Attr("b").exists()}}}}),
               TypeError);
}

TEST(InjectConditionExpressions, LeavesItemsAlone) {
  // An attribute may have any name.
  const Json item = {{"ConditionExpression", "x"}, {"Item", {{"KeyConditionExpression", "y"}}}};
  EXPECT_EQ(sent("PutItem", {{"TableName", "t"}, {"Item", item}})["Item"], serialize_item(item));
}

}  // namespace
}  // namespace cloudchamber::dynamodb

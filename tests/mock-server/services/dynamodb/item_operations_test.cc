#include "tests/mock-server/services/dynamodb/dynamodb_fixture.h"

namespace cloudchamber::mock::dynamodb {
namespace {

using PutItem = DynamodbFixture;
using GetItem = DynamodbFixture;
using UpdateItem = DynamodbFixture;
using DeleteItem = DynamodbFixture;

TEST_F(PutItem, ReplacesTheWholeItem) {
  create();
  put({{"p", s("k")}, {"a", n("1")}});
  const Json reply = call("PutItem", {{"TableName", "things"},
                                      {"Item", {{"p", s("k")}, {"b", n("2.0")}}},
                                      {"ReturnValues", "ALL_OLD"}});
  EXPECT_EQ(reply["Attributes"], (Json{{"p", s("k")}, {"a", n("1")}}));
  EXPECT_EQ(get({{"p", s("k")}}), (Json{{"p", s("k")}, {"b", n("2")}}));
}

TEST_F(PutItem, ChecksTheItem) {
  create("N");
  const std::string prefix = "ValidationException: One or more parameter values were invalid: ";
  const struct {
    Json item;
    std::string expected;
  } rows[] = {
      {{{"p", s("k")}}, prefix + "Missing the key r in the item"},
      {{{"p", n("1")}, {"r", n("1")}}, prefix + "Type mismatch for key p expected: S actual: N"},
      {{{"p", s("")}, {"r", n("1")}},
       "ValidationException: One or more parameter values are not valid. The AttributeValue for a "
       "key attribute cannot contain an empty string value. Key: p"},
      {{{"p", s(std::string(2048, 'x'))}, {"r", n("1")}}, "succeeded"},
      {{{"p", s(std::string(2049, 'x'))}, {"r", n("1")}},
       prefix + "Size of hashkey has exceeded the maximum size limit of2048 bytes"},
      {{{"p", s("k")}, {"r", n("1")}, {"x", s(std::string(409'600 - 6, 'x'))}}, "succeeded"},
      {{{"p", s("k")}, {"r", n("1")}, {"x", s(std::string(409'600 - 5, 'x'))}},
       "ValidationException: Item size has exceeded the maximum allowed size"},
      {{{"p", s("k")}, {"r", n("1")}, {"", s("x")}}, prefix + "Empty attribute name"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(error_of("PutItem", {{"TableName", "things"}, {"Item", row.item}}), row.expected);
  }
}

TEST_F(PutItem, IsRefusedWhenTheConditionFailsAndShowsTheItemOnRequest) {
  create();
  put({{"p", s("k")}, {"a", n("1")}});
  Json input = {{"TableName", "things"},
                {"Item", {{"p", s("k")}}},
                {"ConditionExpression", "attribute_not_exists(p)"}};
  EXPECT_EQ(error_of("PutItem", input),
            "ConditionalCheckFailedException: The conditional request failed");
  input["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD";
  try {
    static_cast<void>(dispatcher_.run("dynamodb", "PutItem", input));
    FAIL();
  } catch (const AwsError& error) {
    EXPECT_EQ(error.members()["Item"], (Json{{"p", s("k")}, {"a", n("1")}}));
  }
  EXPECT_EQ(get({{"p", s("k")}})["a"], n("1")) << "a refused write leaves no trace";
}

TEST_F(PutItem, UnderstandsExpected) {
  create();
  put({{"p", s("k")}, {"a", n("1")}});
  const auto with = [&](const Json& expected) {
    return error_of("PutItem", {{"TableName", "things"},
                                {"Item", {{"p", s("k")}, {"a", n("1")}}},
                                {"Expected", expected}});
  };
  const std::string failed = "ConditionalCheckFailedException: The conditional request failed";
  EXPECT_EQ(with({{"a", {{"Value", n("1")}}}}), "succeeded");
  EXPECT_EQ(with({{"a", {{"Value", n("2")}}}}), failed);
  EXPECT_EQ(with({{"a", {{"Exists", false}}}}), failed);
  EXPECT_EQ(with({{"b", {{"Exists", false}}}}), "succeeded");
  EXPECT_EQ(
      with({{"a", {{"ComparisonOperator", "BETWEEN"}, {"AttributeValueList", {n("0"), n("5")}}}}}),
      "succeeded");
  EXPECT_EQ(with({{"a", {{"ComparisonOperator", "LT"}, {"AttributeValueList", {n("0"), n("5")}}}}}),
            "ValidationException: One or more parameter values were invalid: Invalid number of "
            "argument(s) for the LT ComparisonOperator");
}

TEST_F(GetItem, GivesTheItemOrNothing) {
  create("N");
  put({{"p", s("k")}, {"r", n("10")}, {"a", s("x")}, {"b", s("y")}});
  EXPECT_EQ(get({{"p", s("k")}, {"r", n("1e1")}})["a"], s("x")) << "numbers are keys by value";
  EXPECT_TRUE(get({{"p", s("k")}, {"r", n("11")}}).is_null());
  const Json reply = call("GetItem", {{"TableName", "things"},
                                      {"Key", {{"p", s("k")}, {"r", n("10")}}},
                                      {"ProjectionExpression", "b"},
                                      {"ReturnConsumedCapacity", "TOTAL"}});
  EXPECT_EQ(reply["Item"], (Json{{"b", s("y")}}));
  EXPECT_EQ(reply["ConsumedCapacity"], (Json{{"TableName", "things"}, {"CapacityUnits", 0.5}}));
}

TEST_F(GetItem, RefusesKeysOfAnotherSchema) {
  create("N");
  const std::string mismatch =
      "ValidationException: The provided key element does not match the schema";
  for (const Json& key : {Json{{"p", s("k")}}, Json{{"p", s("k")}, {"r", s("1")}},
                          Json{{"p", s("k")}, {"x", n("1")}}}) {
    EXPECT_EQ(error_of("GetItem", {{"TableName", "things"}, {"Key", key}}), mismatch) << key;
  }
  EXPECT_EQ(error_of("GetItem", {{"TableName", "nothing"}, {"Key", {{"p", s("k")}}}}),
            "ResourceNotFoundException: Requested resource not found");
  EXPECT_EQ(error_of("GetItem", {{"Key", {{"p", s("k")}}}}),
            "ValidationException: 1 validation error detected: Value null at 'tableName' failed to "
            "satisfy constraint: Member must not be null");
}

TEST_F(GetItem, DoesNotSeeAnItemWhoseTimeIsOver) {
  create();
  call("UpdateTimeToLive",
       {{"TableName", "things"},
        {"TimeToLiveSpecification", {{"Enabled", true}, {"AttributeName", "expires"}}}});
  const auto now = std::chrono::duration_cast<Seconds>(clock_->now().time_since_epoch()).count();
  put({{"p", s("k")}, {"expires", n(std::to_string(now + 60))}});
  EXPECT_FALSE(get({{"p", s("k")}}).is_null());
  clock_->advance(Seconds(61));
  EXPECT_TRUE(get({{"p", s("k")}}).is_null());
  EXPECT_EQ(call("Scan", {{"TableName", "things"}})["Count"], 0);
  EXPECT_EQ(error_of("PutItem", {{"TableName", "things"},
                                 {"Item", {{"p", s("k")}}},
                                 {"ConditionExpression", "attribute_not_exists(p)"}}),
            "succeeded");
}

TEST_F(UpdateItem, RefusesEmptyKeysOfIndexesInWordsOfItsOwn) {
  Json input = table_input();
  input["AttributeDefinitions"].push_back({{"AttributeName", "x"}, {"AttributeType", "S"}});
  input["GlobalSecondaryIndexes"] = Json::array({index("by-x", "x", "")});
  call("CreateTable", input);
  const auto refusal = [&](const Json& value) {
    return error_of("UpdateItem", {{"TableName", "things"},
                                   {"Key", {{"p", s("a")}}},
                                   {"UpdateExpression", "SET x = :x"},
                                   {"ExpressionAttributeValues", {{":x", value}}}});
  };
  EXPECT_EQ(
      refusal(s("")),
      "ValidationException: One or more parameter values are not valid. The update expression "
      "attempted to update a secondary index key to a value that is not supported. The "
      "AttributeValue for a key attribute cannot contain an empty string value.");
}

TEST_F(UpdateItem, ReturnsWhatIsAskedFor) {
  create();
  const auto update = [&](const std::string& returned) {
    put({{"p", s("k")}, {"a", n("1")}, {"b", n("2")}});
    return call("UpdateItem", {{"TableName", "things"},
                               {"Key", {{"p", s("k")}}},
                               {"UpdateExpression", "SET a = a + :one REMOVE c"},
                               {"ExpressionAttributeValues", {{":one", n("1")}}},
                               {"ReturnValues", returned}})
        .value("Attributes", Json());
  };
  EXPECT_EQ(update("NONE"), Json());
  EXPECT_EQ(update("ALL_OLD"), (Json{{"p", s("k")}, {"a", n("1")}, {"b", n("2")}}));
  EXPECT_EQ(update("UPDATED_OLD"), (Json{{"a", n("1")}}));
  EXPECT_EQ(update("ALL_NEW"), (Json{{"p", s("k")}, {"a", n("2")}, {"b", n("2")}}));
  EXPECT_EQ(update("UPDATED_NEW"), (Json{{"a", n("2")}}));
}

TEST_F(UpdateItem, MakesAnItemUnlessItOnlyTakesAway) {
  create();
  const auto update = [&](const std::string& key, const std::string& expression,
                          const Json& values = Json::object()) {
    Json input = {
        {"TableName", "things"}, {"Key", {{"p", s(key)}}}, {"UpdateExpression", expression}};
    if (!values.empty()) input["ExpressionAttributeValues"] = values;
    call("UpdateItem", input);
    return get({{"p", s(key)}});
  };
  EXPECT_EQ(update("set", "SET a = :v", {{":v", n("1")}}), (Json{{"p", s("set")}, {"a", n("1")}}));
  EXPECT_EQ(update("add", "ADD a :v", {{":v", n("1")}}), (Json{{"p", s("add")}, {"a", n("1")}}));
  EXPECT_TRUE(update("remove", "REMOVE a").is_null());
  call("UpdateItem", {{"TableName", "things"}, {"Key", {{"p", s("nothing")}}}});
  EXPECT_EQ(get({{"p", s("nothing")}}), (Json{{"p", s("nothing")}}));
}

TEST_F(UpdateItem, RefusesToChangeAKey) {
  create();
  EXPECT_EQ(error_of("UpdateItem", {{"TableName", "things"},
                                    {"Key", {{"p", s("k")}}},
                                    {"UpdateExpression", "SET p = :v"},
                                    {"ExpressionAttributeValues", {{":v", s("x")}}}}),
            "ValidationException: One or more parameter values were invalid: Cannot update "
            "attribute p. This attribute is part of the key");
}

TEST_F(UpdateItem, UnderstandsAttributeUpdates) {
  create();
  put({{"p", s("k")}, {"a", n("1")}, {"set", {{"SS", {"x", "y"}}}}});
  call("UpdateItem", {{"TableName", "things"},
                      {"Key", {{"p", s("k")}}},
                      {"AttributeUpdates",
                       {{"a", {{"Action", "ADD"}, {"Value", n("5")}}},
                        {"b", {{"Value", s("new")}}},
                        {"set", {{"Action", "DELETE"}, {"Value", {{"SS", {"x"}}}}}}}}});
  EXPECT_EQ(
      get({{"p", s("k")}}),
      (Json{{"p", s("k")}, {"a", n("6")}, {"b", s("new")}, {"set", {{"SS", Json::array({"y"})}}}}));
  EXPECT_EQ(error_of("UpdateItem", {{"TableName", "things"},
                                    {"Key", {{"p", s("k")}}},
                                    {"UpdateExpression", "REMOVE a"},
                                    {"AttributeUpdates", {{"b", {{"Action", "DELETE"}}}}}}),
            "ValidationException: Can not use both expression and non-expression parameters in the "
            "same request: Non-expression parameters: {AttributeUpdates} Expression parameters: "
            "{UpdateExpression}");
}

TEST_F(DeleteItem, TakesTheItemAndTellsWhatItWas) {
  create();
  put({{"p", s("k")}, {"a", n("1")}});
  const Json input = {
      {"TableName", "things"}, {"Key", {{"p", s("k")}}}, {"ReturnValues", "ALL_OLD"}};
  EXPECT_EQ(call("DeleteItem", input)["Attributes"]["a"], n("1"));
  EXPECT_TRUE(get({{"p", s("k")}}).is_null());
  EXPECT_FALSE(call("DeleteItem", input).contains("Attributes")) << "deleting nothing is fine";
  EXPECT_EQ(
      error_of("DeleteItem",
               {{"TableName", "things"}, {"Key", {{"p", s("k")}}}, {"ReturnValues", "ALL_NEW"}}),
      "ValidationException: ReturnValues can only be ALL_OLD or NONE");
}

}  // namespace
}  // namespace cloudchamber::mock::dynamodb

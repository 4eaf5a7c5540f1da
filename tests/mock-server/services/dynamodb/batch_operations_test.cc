#include "tests/mock-server/services/dynamodb/dynamodb_fixture.h"

namespace cloudchamber::mock::dynamodb {
namespace {

using BatchWriteItem = DynamodbFixture;
using BatchGetItem = DynamodbFixture;
using TransactWriteItems = DynamodbFixture;
using TransactGetItems = DynamodbFixture;

Json put_request(const Json& item) { return {{"PutRequest", {{"Item", item}}}}; }
Json delete_request(const Json& key) { return {{"DeleteRequest", {{"Key", key}}}}; }

TEST_F(BatchWriteItem, PutsAndDeletesOrDoesNothing) {
  create();
  put({{"p", s("old")}});
  const auto write = [&](const Json& requests) {
    return error_of("BatchWriteItem", {{"RequestItems", {{"things", requests}}}});
  };
  EXPECT_EQ(write({put_request({{"p", s("new")}}), delete_request({{"p", s("old")}})}),
            "succeeded");
  EXPECT_TRUE(get({{"p", s("old")}}).is_null());
  EXPECT_EQ(write({put_request({{"p", s("a")}}), delete_request({{"p", s("a")}})}),
            "ValidationException: Provided list of item keys contains duplicates");
  EXPECT_EQ(write({put_request({{"p", s("b")}}), put_request({{"p", n("1")}})}),
            "ValidationException: The provided key element does not match the schema");
  EXPECT_TRUE(get({{"p", s("b")}}).is_null()) << "all or nothing is written of a refused batch";
  Json many = Json::array();
  for (int i = 0; i < 25; ++i) many.push_back(put_request({{"p", s(std::to_string(i))}}));
  EXPECT_EQ(write(many), "succeeded");
  many.push_back(put_request({{"p", s("25")}}));
  EXPECT_NE(write(many).find("Member must have length less than or equal to 25"),
            std::string::npos);
}

TEST_F(BatchGetItem, GivesWhatItFinds) {
  create();
  put({{"p", s("a")}, {"x", n("1")}, {"y", n("2")}});
  const Json reply =
      call("BatchGetItem", {{"RequestItems",
                             {{"things",
                               {{"Keys", Json::array({{{"p", s("a")}}, {{"p", s("nothing")}}})},
                                {"ProjectionExpression", "y"}}}}}});
  EXPECT_EQ(reply["Responses"]["things"], Json::array({{{"y", n("2")}}}));
  EXPECT_EQ(reply["UnprocessedKeys"], Json::object());
  EXPECT_EQ(error_of("BatchGetItem",
                     {{"RequestItems",
                       {{"things", {{"Keys", Json::array({{{"p", s("a")}}, {{"p", s("a")}}})}}}}}}),
            "ValidationException: Provided list of item keys contains duplicates");
}

TEST_F(BatchGetItem, LeavesKeysUnprocessedBeyond16Megabytes) {
  create();
  Json keys = Json::array();
  for (int i = 0; i < 50; ++i) {
    const Json key = {{"p", s(std::to_string(i))}};
    keys.push_back(key);
    Json item = key;
    item["x"] = s(std::string(400'000, 'x'));
    put(item);
  }
  const Json reply = call(
      "BatchGetItem", {{"RequestItems", {{"things", {{"Keys", keys}, {"ConsistentRead", true}}}}}});
  EXPECT_EQ(reply["Responses"]["things"].size(), 42U);
  EXPECT_EQ(reply["UnprocessedKeys"]["things"]["Keys"].size(), 8U);
  EXPECT_EQ(reply["UnprocessedKeys"]["things"]["ConsistentRead"], true);
}

Json action(const std::string& kind, Json action_input) {
  action_input["TableName"] = "things";
  return {{kind, action_input}};
}

TEST_F(TransactWriteItems, DoesAllOrNothingAndTellsWhy) {
  create();
  put({{"p", s("a")}, {"x", n("1")}});
  const Json items =
      Json::array({action("Put", {{"Item", {{"p", s("b")}}}}),
                   action("ConditionCheck", {{"Key", {{"p", s("a")}}},
                                             {"ConditionExpression", "x = :v"},
                                             {"ExpressionAttributeValues", {{":v", n("2")}}},
                                             {"ReturnValuesOnConditionCheckFailure", "ALL_OLD"}})});
  try {
    static_cast<void>(
        dispatcher_.run("dynamodb", "TransactWriteItems", {{"TransactItems", items}}));
    FAIL();
  } catch (const AwsError& error) {
    EXPECT_EQ(error.message(),
              "Transaction cancelled, please refer cancellation reasons for specific reasons "
              "[None, ConditionalCheckFailed]");
    const Json& reasons = error.members()["CancellationReasons"];
    EXPECT_EQ(reasons[0], (Json{{"Code", "None"}}));
    EXPECT_EQ(reasons[1]["Message"], "The conditional request failed");
    EXPECT_EQ(reasons[1]["Item"], (Json{{"p", s("a")}, {"x", n("1")}}));
  }
  EXPECT_TRUE(get({{"p", s("b")}}).is_null());
}

TEST_F(TransactWriteItems, HappensOnceForOneToken) {
  create();
  const auto add = [&](const std::string& amount, const std::string& token) {
    return error_of(
        "TransactWriteItems",
        {{"ClientRequestToken", token},
         {"TransactItems",
          Json::array({action("Update", {{"Key", {{"p", s("a")}}},
                                         {"UpdateExpression", "ADD x :v"},
                                         {"ExpressionAttributeValues", {{":v", n(amount)}}}})})}});
  };
  EXPECT_EQ(add("1", "token"), "succeeded");
  EXPECT_EQ(add("1", "token"), "succeeded");
  EXPECT_EQ(get({{"p", s("a")}})["x"], n("1"));
  EXPECT_EQ(add("2", "token"),
            "IdempotentParameterMismatchException: The request uses the same client token as a "
            "previous, but non-identical request.");
  clock_->advance(Seconds(601));
  EXPECT_EQ(add("2", "token"), "succeeded") << "a token is good for ten minutes";
  EXPECT_EQ(get({{"p", s("a")}})["x"], n("3"));
}

// LocalStack's recording of TransactWriteItems by a table's ARN.
TEST_F(TransactWriteItems, NamesTablesByTheirArns) {
  create();
  const std::string arn =
      call("DescribeTable", {{"TableName", "things"}})["Table"]["TableArn"].get<std::string>();
  const auto put_item = [](const std::string& table, const Json& key) {
    return Json{{"Put", {{"TableName", table}, {"Item", {{"p", key}}}}}};
  };
  call("TransactWriteItems", {{"TransactItems", Json::array({put_item(arn, s("a"))})}});
  EXPECT_EQ(get({{"p", s("a")}}), Json({{"p", s("a")}}));
  EXPECT_EQ(error_of("TransactWriteItems",
                     {{"TransactItems", Json::array({put_item("no such/name", s("a"))})}})
                .find("ValidationException: 1 validation error detected: Value 'no such/name'"),
            0U);
  call("BatchWriteItem",
       {{"RequestItems", {{arn, Json::array({{{"PutRequest", {{"Item", {{"p", s("b")}}}}}}})}}}});
  EXPECT_EQ(call("BatchGetItem",
                 {{"RequestItems",
                   {{arn, {{"Keys", Json::array({{{"p", s("b")}}})}}}}}})["Responses"][arn],
            Json::array({{{"p", s("b")}}}));
}

TEST_F(TransactWriteItems, RefusesTwoActionsOnOneItem) {
  create();
  EXPECT_EQ(
      error_of("TransactWriteItems",
               {{"TransactItems", Json::array({action("Put", {{"Item", {{"p", s("a")}}}}),
                                               action("Delete", {{"Key", {{"p", s("a")}}}})})}}),
      "ValidationException: Transaction request cannot include multiple operations on one "
      "item");
}

TEST_F(TransactGetItems, ReadsManyAtOnce) {
  create();
  put({{"p", s("a")}, {"x", n("1")}});
  const Json reply =
      call("TransactGetItems",
           {{"TransactItems", Json::array({action("Get", {{"Key", {{"p", s("a")}}}}),
                                           action("Get", {{"Key", {{"p", s("b")}}}})})},
            {"ReturnConsumedCapacity", "TOTAL"}});
  EXPECT_EQ(reply["Responses"],
            Json::array({{{"Item", {{"p", s("a")}, {"x", n("1")}}}}, Json::object()}));
  EXPECT_EQ(reply["ConsumedCapacity"][0]["ReadCapacityUnits"], 4.0);
}

}  // namespace
}  // namespace cloudchamber::mock::dynamodb

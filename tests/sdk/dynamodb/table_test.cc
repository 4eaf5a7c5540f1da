// The dynamodb resource against the mock: plain values in and out of everything.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cloudchamber/dynamodb/batch_writer.h"
#include "cloudchamber/dynamodb/conditions.h"
#include "cloudchamber/dynamodb/types.h"
#include "cloudchamber/paginator.h"
#include "cloudchamber/resources/dynamodb.h"
#include "cloudchamber/session.h"
#include "mock-server/mock_aws.h"

namespace cloudchamber::dynamodb {
namespace {

using ::testing::ElementsAre;

// year - the partition key, a number; title - the sort key, a string: or as told.
struct Films {
  mock::MockAws aws;
  ServiceResource dynamodb = aws.session().resource<DynamoDb>();
  Table table;

  explicit Films(const char* sort_type = "S") : table(make_table(sort_type)) {}

  Table make_table(const char* sort_type) {
    return dynamodb.create_table(
        {{"TableName", "Movies"},
         {"KeySchema", Json::array({{{"AttributeName", "year"}, {"KeyType", "HASH"}},
                                    {{"AttributeName", "title"}, {"KeyType", "RANGE"}}})},
         {"AttributeDefinitions",
          Json::array({{{"AttributeName", "year"}, {"AttributeType", "N"}},
                       {{"AttributeName", "title"}, {"AttributeType", sort_type}}})},
         {"BillingMode", "PAY_PER_REQUEST"}});
  }

  void put(int year, const Json& title, const Json& info = Json::object()) {
    table.put_item({{"Item", {{"year", year}, {"title", title}, {"info", info}}}});
  }
};

std::vector<Json> titles(const Json& result) {
  std::vector<Json> found;
  for (const Json& item : result["Items"]) found.push_back(item["title"]);
  return found;
}

TEST(Table, GivesBackThePlainItem) {
  mock::MockAws aws;
  const auto dynamodb = aws.session().resource<DynamoDb>();
  const Table table = dynamodb.create_table(
      {{"TableName", "name"},
       {"KeySchema", Json::array({{{"AttributeName", "user"}, {"KeyType", "HASH"}}})},
       {"AttributeDefinitions", Json::array({{{"AttributeName", "user"}, {"AttributeType", "S"}}})},
       {"BillingMode", "PAY_PER_REQUEST"}});
  table.put_item({{"Item", {{"user", "yeonghoey"}, {"age", 32}}}});
  Json response = dynamodb.table("name").get_item({{"Key", {{"user", "yeonghoey"}}}});
  response.erase("ResponseMetadata");
  EXPECT_EQ(response, Json({{"Item", {{"user", "yeonghoey"}, {"age", 32}}}}));
}

TEST(Table, KeepsEveryTypeExact) {
  Films films;
  const Json info = {{"rating", Decimal("7.9")},
                     {"precise", Decimal("3.1415926535897932384626433832795028841")},
                     {"largest", Decimal("9.9999999999999999999999999999999999999E+125")},
                     {"smallest", Decimal("-1E-130")},
                     {"int64", std::numeric_limits<std::int64_t>::min()},
                     {"uint64", std::numeric_limits<std::uint64_t>::max()},
                     {"bytes", Binary(std::string("\0\xFF", 2))},
                     {"genres", StringSet{"Drama", "Sci-Fi"}},
                     {"scores", NumberSet{10, Decimal("9.5"), -1}},
                     {"hashes", BinarySet{Binary("\xFE")}},
                     {"nothing", nullptr},
                     {"seen", false},
                     {"empty", {{"list", Json::array()}, {"map", Json::object()}, {"text", ""}}},
                     {"actors", {"Jonathan Pryce", 1, {{"nested", {true}}}}}};
  films.put(1985, "Brazil", info);
  const Json item = films.table.get_item({{"Key", {{"year", 1985}, {"title", "Brazil"}}}})["Item"];
  EXPECT_EQ(item["info"], info);
}

TEST(Table, LeavesLimitsToTheServiceWhereItHasItsOwn) {
  Films films;
  const auto refusal = [&](const Json& value) -> std::string {
    try {
      films.put(1985, "Brazil", value);
    } catch (const ClientError& error) {
      return error.message();
    }
    return "";
  };
  EXPECT_EQ(refusal(Decimal("1E+126")),
            "Number overflow. Attempting to store a number with magnitude larger than supported "
            "range");
  EXPECT_EQ(refusal(Decimal("9E-131")),
            "Number underflow. Attempting to store a number with magnitude smaller than supported "
            "range");
  EXPECT_EQ(refusal(StringSet{}),
            "One or more parameter values were invalid: An string set  may not be empty");
}

TEST(Table, FindsAllFilmsOfAYear) {
  Films films;
  films.put(1985, "Brazil");
  films.put(1985, "After Hours");
  films.put(1992, "Unforgiven");
  const Json response = films.table.query({{"KeyConditionExpression", Key("year").eq(1985)}});
  EXPECT_THAT(titles(response), ElementsAre("After Hours", "Brazil"));
  EXPECT_EQ(response["Count"], 2);
}

TEST(Table, FindsTitlesBetweenWithAProjectionByAlias) {
  Films films;
  const auto info = [](const char* first) {
    return Json{{"genres", {"Drama"}}, {"actors", {first, "Second"}}, {"rating", Decimal("8.1")}};
  };
  films.put(1992, "A Few Good Men", info("Tom Cruise"));
  films.put(1992, "Howards End", info("Anthony Hopkins"));
  films.put(1992, "Malcolm X", info("Denzel Washington"));
  films.put(1993, "Jurassic Park", info("Sam Neill"));
  const Json response = films.table.query(
      {{"ProjectionExpression", "#yr, title, info.genres, info.actors[0]"},
       {"ExpressionAttributeNames", {{"#yr", "year"}}},
       {"KeyConditionExpression", Key("year").eq(1992) & Key("title").between("A", "L")}});
  const auto expected = [](const char* title, const char* actor) {
    return Json{{"year", 1992},
                {"title", title},
                {"info", {{"genres", {"Drama"}}, {"actors", Json::array({actor})}}}};
  };
  EXPECT_EQ(response["Items"], Json::array({expected("A Few Good Men", "Tom Cruise"),
                                            expected("Howards End", "Anthony Hopkins")}));
}

TEST(Table, SortsStringsByTheirBytesInBothDirections) {
  Films films;
  for (const char* title :
       {"b", "\xC3\xA4", "Z", "a", "10", "9", "\xF0\x9F\x8E\xAC", "\xEF\xBF\xBD"})
    films.put(1985, title);
  const std::vector<Json> ascending = {
      "10", "9", "Z", "a", "b", "\xC3\xA4", "\xEF\xBF\xBD", "\xF0\x9F\x8E\xAC"};
  const Json condition = Key("year").eq(1985);
  EXPECT_EQ(titles(films.table.query({{"KeyConditionExpression", condition}})), ascending);
  EXPECT_EQ(titles(films.table.query(
                {{"KeyConditionExpression", condition}, {"ScanIndexForward", false}})),
            std::vector<Json>(ascending.rbegin(), ascending.rend()));
}

TEST(Table, SortsNumbersByTheirValueInBothDirections) {
  Films films("N");
  const std::vector<Json> ascending = {-100, Decimal("-1.5"), 0,  Decimal("0.25"),
                                       9,    Decimal("9.5"),  10, Decimal("1E+30")};
  for (const std::size_t index : {3, 7, 0, 5, 1, 6, 2, 4}) films.put(1985, ascending[index]);
  const Condition condition = Key("year").eq(1985);
  EXPECT_EQ(titles(films.table.query({{"KeyConditionExpression", condition}})), ascending);
  EXPECT_EQ(titles(films.table.query(
                {{"KeyConditionExpression", condition}, {"ScanIndexForward", false}})),
            std::vector<Json>(ascending.rbegin(), ascending.rend()));
  EXPECT_THAT(titles(films.table.query(
                  {{"KeyConditionExpression", condition & Key("title").between(9, 10)}})),
              ElementsAre(9, Decimal("9.5"), 10));
}

struct FilterRow {
  Condition condition;
  std::vector<std::string> found;
};

TEST(Table, FiltersByEveryCondition) {
  Films films;
  films.put(1985, "a", {{"n", 1}, {"s", "apple"}, {"l", {"x", "y"}}, {"set", StringSet{"p"}}});
  films.put(1985, "b", {{"n", 2}, {"s", "banana"}, {"l", {"z"}}});
  films.put(1985, "c", {{"n", Decimal("2.5")}, {"m", 3}});
  const std::vector<FilterRow> rows = {
      {Attr("info.n").eq(1), {"a"}},
      {Attr("info.n").ne(1), {"b", "c"}},
      {Attr("info.n").lt(2), {"a"}},
      {Attr("info.n").lte(2), {"a", "b"}},
      {Attr("info.n").gt(2), {"c"}},
      {Attr("info.n").gte(Decimal("2.5")), {"c"}},
      {Attr("info.n").between(2, 3), {"b", "c"}},
      {Attr("info.n").is_in({1, Decimal("2.5")}), {"a", "c"}},
      {Attr("info.n").lt(Attr("info.m")), {"c"}},
      {Attr("info.s").begins_with("app"), {"a"}},
      {Attr("info.s").contains("nan"), {"b"}},
      {Attr("info.set").contains("p"), {"a"}},
      {Attr("info.s").exists(), {"a", "b"}},
      {Attr("info.s").not_exists(), {"c"}},
      {Attr("info.s").size().gt(5), {"b"}},
      {Attr("info.l").size().eq(2), {"a"}},
      {Attr("info.l[0]").eq("z"), {"b"}},
      {Attr("info.s").attribute_type("S"), {"a", "b"}},
      {Attr("info.n").eq(1) | Attr("info.m").exists(), {"a", "c"}},
      {Attr("info.n").gt(1) & ~Attr("info.m").exists(), {"b"}},
      {~(Attr("info.n").eq(1) | Attr("info.n").eq(2)), {"c"}},
  };
  for (const auto& [condition, found] : rows) {
    std::vector<std::string> names;
    for (const Json& title : titles(films.table.scan({{"FilterExpression", condition}})))
      names.push_back(title);
    EXPECT_EQ(names, found) << to_json_text(condition.get_expression()["operator"]);
    const Json queried = films.table.query(
        {{"KeyConditionExpression", Key("year").eq(1985)}, {"FilterExpression", condition}});
    EXPECT_EQ(queried["Count"], found.size());
  }
}

TEST(Table, WritesUnderAConditionAndGivesPlainAttributesBack) {
  Films films;
  films.put(1985, "Brazil", {{"rating", Decimal("7.9")}});
  const Json key = {{"year", 1985}, {"title", "Brazil"}};
  EXPECT_THROW(
      films.table.put_item({{"Item", key}, {"ConditionExpression", Attr("year").not_exists()}}),
      ConditionalCheckFailedException);
  const Json updated = films.table.update_item({{"Key", key},
                                                {"UpdateExpression", "SET info.rating = :r"},
                                                {"ExpressionAttributeValues", {{":r", 8}}},
                                                {"ConditionExpression", Attr("info.rating").lt(8)},
                                                {"ReturnValues", "UPDATED_NEW"}});
  EXPECT_EQ(updated["Attributes"], Json({{"info", {{"rating", 8}}}}));
  const Json deleted = films.table.delete_item({{"Key", key},
                                                {"ConditionExpression", Attr("info.rating").eq(8)},
                                                {"ReturnValues", "ALL_OLD"}});
  EXPECT_EQ(deleted["Attributes"]["title"], "Brazil");
}

TEST(ServiceResource, HasAClientThatSpeaksPlainValues) {
  Films films;
  const Client& client = films.dynamodb.meta().client();
  Json items = Json::array();
  for (int year = 1980; year < 1983; ++year) {
    items.push_back({{"Put",
                      {{"TableName", "Movies"},
                       {"Item", {{"year", year}, {"title", "x"}}},
                       {"ConditionExpression", Attr("year").not_exists()}}}});
  }
  client.call("TransactWriteItems", {{"TransactItems", items}});
  EXPECT_THROW(client.call("TransactWriteItems", {{"TransactItems", items}}),
               TransactionCanceledException);
  const Json found = films.dynamodb.batch_get_item(
      {{"RequestItems",
        {{"Movies",
          {{"Keys", Json::array({{{"year", 1980}, {"title", "x"}},
                                 {{"year", 1982}, {"title", "x"}}})}}}}}});
  EXPECT_EQ(found["Responses"]["Movies"].size(), 2U);
  EXPECT_EQ(found["Responses"]["Movies"][0]["title"], "x");
}

TEST(ServiceResource, PagesByPlainKeysAndResumesExactly) {
  Films films("N");
  for (int i = 0; i < 7; ++i) films.put(1985, Decimal(std::to_string(i) + ".5"));
  const Client& client = films.dynamodb.meta().client();
  const Json query = {{"TableName", "Movies"}, {"KeyConditionExpression", Key("year").eq(1985)}};
  std::vector<Json> found;
  for (const Json& item : client.paginate("query", query, {.page_size = 3}).search("Items[]"))
    found.push_back(item["title"]);
  EXPECT_THAT(found, ElementsAre(Decimal("0.5"), Decimal("1.5"), Decimal("2.5"), Decimal("3.5"),
                                 Decimal("4.5"), Decimal("5.5"), Decimal("6.5")));

  const Json first =
      client.paginate("query", query, {.max_items = 4, .page_size = 3}).build_full_result();
  ASSERT_EQ(first["Items"].size(), 4U);
  found.clear();
  const PagingOptions rest = {.starting_token = first["NextToken"].get<std::string>()};
  for (const Json& item : client.paginate("query", query, rest).search("Items[]"))
    found.push_back(item["title"]);
  EXPECT_THAT(found, ElementsAre(Decimal("4.5"), Decimal("5.5"), Decimal("6.5")));
}

TEST(Client, OfTheLowLevelStaysAsItIs) {
  Films films;
  films.put(1985, "Brazil");
  const auto low = films.aws.session().client<DynamoDb>();
  EXPECT_EQ(
      low.get_item(
          {{"TableName", "Movies"},
           {"Key", {{"year", {{"N", "1985"}}}, {"title", {{"S", "Brazil"}}}}}})["Item"]["title"],
      Json({{"S", "Brazil"}}));
  EXPECT_THROW(
      low.query({{"TableName", "Movies"}, {"KeyConditionExpression", Key("year").eq(1985)}}),
      ParamValidationError);
}

TEST(Table, WritesManyItemsInBatches) {
  Films films;
  {
    auto batch = films.table.batch_writer({.overwrite_by_pkeys = {"year", "title"}});
    for (int i = 0; i < 60; ++i) {
      const std::string title = std::to_string(i % 55);
      batch.put_item({{"Item", {{"year", 1985}, {"title", title}, {"i", i}}}});
    }
    batch.delete_item({{"Key", {{"year", 1985}, {"title", "54"}}}});
  }
  EXPECT_EQ(films.table.scan()["Count"], 54);
  EXPECT_EQ(films.table.get_item({{"Key", {{"year", 1985}, {"title", "3"}}}})["Item"]["i"], 58);
}

}  // namespace
}  // namespace cloudchamber::dynamodb

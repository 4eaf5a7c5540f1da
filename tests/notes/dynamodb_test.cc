// "DynamoDB": plain values in and out, conditions.
#include "cloudchamber/resources/dynamodb.h"

#include <iostream>

#include "cloudchamber/dynamodb/conditions.h"
#include "tests/notes/notes.h"

namespace cloudchamber {
namespace {

using dynamodb::Attr;
using dynamodb::Key;
using ::testing::ElementsAre;

class DynamoDbNotes : public Notes {
 protected:
  static dynamodb::Table make_table(const std::string& name, const Json& key,
                                    const Json& attributes) {
    const auto table = resource<DynamoDb>().create_table({{"TableName", name},
                                                          {"KeySchema", key},
                                                          {"AttributeDefinitions", attributes},
                                                          {"BillingMode", "PAY_PER_REQUEST"}});
    table.wait_until_exists();
    return table;
  }

  static dynamodb::Table make_users() {
    const auto table = make_table("name", {{{"AttributeName", "user"}, {"KeyType", "HASH"}}},
                                  {{{"AttributeName", "user"}, {"AttributeType", "S"}}});
    table.put_item({{"Item", {{"user", "yeonghoey"}, {"age", 32}}}});
    return table;
  }

  static dynamodb::Table make_movies() {
    const auto table = make_table("Movies",
                                  {{{"AttributeName", "year"}, {"KeyType", "HASH"}},
                                   {{"AttributeName", "title"}, {"KeyType", "RANGE"}}},
                                  {{{"AttributeName", "year"}, {"AttributeType", "N"}},
                                   {{"AttributeName", "title"}, {"AttributeType", "S"}}});
    const std::vector<std::pair<int, const char*>> movies = {
        {1985, "Brazil"}, {1992, "Malcolm X"}, {1992, "A Few Good Men"}, {1992, "Aladdin"}};
    for (const auto& [year, title] : movies) {
      table.put_item({{"Item",
                       {{"year", year},
                        {"title", title},
                        {"info", {{"genres", {"Drama"}}, {"actors", {"first", "second"}}}}}}});
    }
    return table;
  }
};

// get_item.py
//   import boto3
//
//   dynamodb = boto3.resource('dynamodb')
//   table = dynamodb.Table('name')
//
//   response = table.get_item(Key={'user': user})
TEST_F(DynamoDbNotes, ATableGivesItemsAsPlainValues) {
  make_users();
  const std::string user = "yeonghoey";
  // snippet: get_item
  const auto dynamodb = resource<DynamoDb>();
  const auto table = dynamodb.table("name");

  const Json response = table.get_item({{"Key", {{"user", user}}}});
  // end
  EXPECT_EQ(response["Item"]["age"], 32);
}

// get_item_response.py
//   {
//       'Item': {
//           'user': 'yeonghoey',
//           'age': 32,
//       },
//   }
TEST_F(DynamoDbNotes, TheResponseHoldsTheItem) {
  Json response = make_users().get_item({{"Key", {{"user", "yeonghoey"}}}});
  response.erase("ResponseMetadata");
  const Json expected =
      // snippet: get_item_response
      Json{{
          "Item",
          {
              {"user", "yeonghoey"},
              {"age", 32},
          },
      }};
  // end
  EXPECT_EQ(response, expected);
}

// clang-format off
// query.py
//   # year - The partition key. The attribute type is number.
//   # title - The sort key. The attribute type is string.
//   from boto3.dynamodb.conditions import Key, Attr
//
//   # All Movies Released in a Year
//   response = table.query(
//       KeyConditionExpression=Key('year').eq(1985)
//   )
//
//   # All Movies Released in a Year with Certain Titles
//   # Because 'year' is a reserved keyword, give an alias of '#yr'
//   response = table.query(
//       ProjectionExpression="#yr, title, info.genres, info.actors[0]",
//       ExpressionAttributeNames={ "#yr": "year" }, # Expression Attribute Names for Projection Expression only.
//       KeyConditionExpression=Key('year').eq(1992) & Key('title').between('A', 'L')
//   )
//
//   print(response['Items'])
// clang-format on
TEST_F(DynamoDbNotes, AQueryTakesConditions) {
  const auto table = make_movies();
  Json first;
  const std::string text = printed([&] {
    // snippet: query
    // year - The partition key. The attribute type is number.
    // title - The sort key. The attribute type is string.

    // All Movies Released in a Year
    Json response = table.query({{"KeyConditionExpression", Key("year").eq(1985)}});
    first = response;

    // All Movies Released in a Year with Certain Titles
    // Because "year" is a reserved keyword, give an alias of "#yr"
    response = table.query({
        {"ProjectionExpression", "#yr, title, info.genres, info.actors[0]"},
        {"ExpressionAttributeNames", {{"#yr", "year"}}},  // for the projection expression only
        {"KeyConditionExpression", Key("year").eq(1992) & Key("title").between("A", "L")},
    });

    std::cout << response["Items"];
    // end
  });
  EXPECT_EQ(first["Items"][0]["title"], "Brazil");
  EXPECT_EQ(Json::parse(text), Json::parse(R"([
    {"year": 1992, "title": "A Few Good Men", "info": {"genres": ["Drama"], "actors": ["first"]}},
    {"year": 1992, "title": "Aladdin", "info": {"genres": ["Drama"], "actors": ["first"]}}])"));
}

// "Query results are always sorted by the sort key value. If the data type of the sort key is
// Number, the results are returned in numeric order; otherwise, the results are returned in order
// of UTF-8 bytes. By default, the sort order is ascending."
TEST_F(DynamoDbNotes, QueryResultsAreSortedByTheSortKey) {
  const auto titles = [](const Json& response) {
    std::vector<std::string> found;
    for (const Json& item : response["Items"]) found.push_back(item["title"].get<std::string>());
    return found;
  };
  const auto movies = make_movies();
  Json query = {{"KeyConditionExpression", Key("year").eq(1992)}};
  EXPECT_THAT(titles(movies.query(query)), ElementsAre("A Few Good Men", "Aladdin", "Malcolm X"));
  query["ScanIndexForward"] = false;
  EXPECT_THAT(titles(movies.query(query)), ElementsAre("Malcolm X", "Aladdin", "A Few Good Men"));

  const auto numbers = make_table("numbers",
                                  {{{"AttributeName", "set"}, {"KeyType", "HASH"}},
                                   {{"AttributeName", "number"}, {"KeyType", "RANGE"}}},
                                  {{{"AttributeName", "set"}, {"AttributeType", "S"}},
                                   {{"AttributeName", "number"}, {"AttributeType", "N"}}});
  for (const int number : {10, 9, -1, 100})
    numbers.put_item({{"Item", {{"set", "a"}, {"number", number}}}});
  std::vector<int> order;
  const Json sorted = numbers.query({{"KeyConditionExpression", Key("set").eq("a")}});
  for (const Json& item : sorted["Items"]) order.push_back(item["number"].get<int>());
  EXPECT_THAT(order, ElementsAre(-1, 9, 10, 100));
}

class ExpressionAttributes : public DynamoDbNotes {
 protected:
  ExpressionAttributes() {
    const auto table = make_table("products", {{{"AttributeName", "id"}, {"KeyType", "HASH"}}},
                                  {{{"AttributeName", "id"}, {"AttributeType", "S"}}});
    table.put_item({{"Item", {{"id", "a"}, {"Status", "Available"}, {"Percentile", 90}}}});
    table.put_item({{"Item", {{"id", "b"}, {"Status", "Sold"}, {"Percentile", 10}}}});
  }
};

// expression_attribute_names.py
//   {"#P": "Percentile"}
TEST_F(ExpressionAttributes, NamesBeginWithANumberSign) {
  const Json names =
      // snippet: expression_attribute_names
      Json{{"#P", "Percentile"}};
  // end
  const Json response = client("dynamodb")
                            .call("scan", {{"TableName", "products"},
                                           {"ProjectionExpression", "#P"},
                                           {"ExpressionAttributeNames", names}});
  EXPECT_EQ(response["Count"], 2);
  EXPECT_TRUE(response["Items"][0].contains("Percentile"));
}

// expression_attribute_values.py
//   { ":avail":{"S":"Available"}, ":back":{"S":"Backordered"}, ":disc":{"S":"Discontinued"} }
TEST_F(ExpressionAttributes, ValuesBeginWithAColon) {
  const Json values =
      // snippet: expression_attribute_values
      Json{
          {":avail", {{"S", "Available"}}},
          {":back", {{"S", "Backordered"}}},
          {":disc", {{"S", "Discontinued"}}},
      };
  // end
  const Json response = client("dynamodb")
                            .call("scan", {{"TableName", "products"},
                                           {"FilterExpression", "#s IN (:avail, :back, :disc)"},
                                           {"ExpressionAttributeNames", {{"#s", "Status"}}},
                                           {"ExpressionAttributeValues", values}});
  EXPECT_EQ(response["Count"], 1);
  EXPECT_EQ(response["Items"][0]["id"]["S"], "a");
}

}  // namespace
}  // namespace cloudchamber

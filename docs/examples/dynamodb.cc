#include <cloudchamber/dynamodb/conditions.h>
#include <cloudchamber/dynamodb/types.h>
#include <cloudchamber/resources/dynamodb.h>
#include <cloudchamber/session.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "mock-server/mock_aws.h"

using cloudchamber::Json;
using cloudchamber::dynamodb::Attr;
using cloudchamber::dynamodb::Decimal;
using cloudchamber::dynamodb::Key;
using cloudchamber::dynamodb::StringSet;

int main() {
  const cloudchamber::mock::MockAws aws;
  const auto dynamodb = aws.session().resource<cloudchamber::DynamoDb>();
  const auto table = dynamodb.create_table(
      {{"TableName", "movies"},
       {"BillingMode", "PAY_PER_REQUEST"},
       {"AttributeDefinitions",
        Json::array({{{"AttributeName", "year"}, {"AttributeType", "N"}},
                     {{"AttributeName", "title"}, {"AttributeType", "S"}}})},
       {"KeySchema", Json::array({{{"AttributeName", "year"}, {"KeyType", "HASH"}},
                                  {{"AttributeName", "title"}, {"KeyType", "RANGE"}}})}});

  // Plain values in ...
  {
    auto batch = table.batch_writer();
    batch.put_item({{"Item",
                     {{"year", 1992},
                      {"title", "Howards End"},
                      {"rating", Decimal("7.4")},
                      {"genres", StringSet{"Drama", "Romance"}}}}});
    batch.put_item({{"Item", {{"year", 1992}, {"title", "Unforgiven"}, {"rating", 8}}}});
    batch.put_item({{"Item", {{"year", 1985}, {"title", "Brazil"}, {"rating", Decimal("7.9")}}}});
  }

  // ... conditions without placeholders ...
  const Json found = table.query(
      {{"KeyConditionExpression", Key("year").eq(1992) & Key("title").between("A", "L")},
       {"FilterExpression", Attr("rating").gt(7) | ~Attr("genres").contains("Horror")}});

  // ... and plain values out.
  for (const Json& movie : found["Items"]) {
    std::cout << movie["title"] << ' ' << movie["rating"].get<Decimal>().to_string();
    for (const std::string& genre : movie["genres"].get<StringSet>()) std::cout << ' ' << genre;
    std::cout << '\n' << cloudchamber::dynamodb::to_json_text(movie) << '\n';
  }
}

#include <algorithm>
#include <set>

#include "tests/mock-server/services/dynamodb/dynamodb_fixture.h"

namespace cloudchamber::mock::dynamodb {
namespace {

class Query : public DynamodbFixture {
 protected:
  // Partition k with range keys 1 to `count`, and another partition.
  void fill(int count) {
    create("N");
    for (int i = 1; i <= count; ++i) {
      put({{"p", s("k")}, {"r", n(std::to_string(i))}, {"even", n(std::to_string(i % 2))}});
    }
    put({{"p", s("other")}, {"r", n("5")}});
  }
  static Json input(const std::string& condition, const Json& values, const Json& more = {}) {
    Json input = {{"TableName", "things"},
                  {"KeyConditionExpression", condition},
                  {"ExpressionAttributeValues", values}};
    if (more.is_object()) input.update(more);
    return input;
  }
};
class Scan : public Query {};

using Strings = std::vector<std::string>;

TEST_F(Query, GivesARangeOfSortKeysInOrder) {
  fill(12);
  const Json k = s("k");
  const struct {
    std::string condition;
    Json values;
    Strings expected;
  } rows[] = {
      {"p = :p AND r < :a", {{":p", k}, {":a", n("3")}}, {"1", "2"}},
      {"p = :p AND r <= :a", {{":p", k}, {":a", n("3")}}, {"1", "2", "3"}},
      {"p = :p AND r > :a", {{":p", k}, {":a", n("10")}}, {"11", "12"}},
      {"p = :p AND r >= :a", {{":p", k}, {":a", n("1e1")}}, {"10", "11", "12"}},
      {"r = :a and p = :p", {{":p", k}, {":a", n("7")}}, {"7"}},
      {":p = p AND :a < r", {{":p", k}, {":a", n("11")}}, {"12"}},
      {"p = :p AND r BETWEEN :a AND :b", {{":p", k}, {":a", n("9")}, {":b", n("10")}}, {"9", "10"}},
      {"p = :p AND (r BETWEEN :a AND :b)", {{":p", k}, {":a", n("90")}, {":b", n("100")}}, {}},
      {"p = :p", {{":p", s("other")}}, {"5"}},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(values(call("Query", input(row.condition, row.values)), "r"), row.expected)
        << row.condition;
  }
  EXPECT_EQ(values(call("Query",
                        input("p = :p", {{":p", k}}, {{"ScanIndexForward", false}, {"Limit", 2}})),
                   "r"),
            (Strings{"12", "11"}));
}

TEST_F(Query, FindsStringsByPrefixAsBytes) {
  create("S");
  for (const char* key : {"a", "ab", "ab\xc3\xa9", "abc", "b",
                          "\xff"
                          "x"}) {
    put({{"p", s("k")}, {"r", s(key)}});
  }
  const auto found = [&](const std::string& prefix) {
    return values(
        call("Query", input("p = :p AND begins_with(r, :r)", {{":p", s("k")}, {":r", s(prefix)}})),
        "r");
  };
  EXPECT_EQ(found("ab"), (Strings{"ab", "abc", "ab\xc3\xa9"}));
  EXPECT_EQ(found("z"), Strings{});
}

TEST_F(Query, GoesByPagesInBothDirections) {
  fill(7);
  for (const bool forward : {true, false}) {
    Strings all;
    Json more = {{"Limit", 3}, {"ScanIndexForward", forward}};
    int pages = 0;
    for (;; ++pages) {
      const Json reply = call("Query", input("p = :p", {{":p", s("k")}}, more));
      const Strings page = values(reply, "r");
      all.insert(all.end(), page.begin(), page.end());
      if (!reply.contains("LastEvaluatedKey")) break;
      more["ExclusiveStartKey"] = reply["LastEvaluatedKey"];
    }
    EXPECT_EQ(pages, 2);
    Strings expected = {"1", "2", "3", "4", "5", "6", "7"};
    if (!forward) std::reverse(expected.begin(), expected.end());
    EXPECT_EQ(all, expected);
  }
}

TEST_F(Query, EndsAPageAtAMegabyteBeforeItFilters) {
  create("N");
  for (int i = 0; i < 5; ++i) {
    put({{"p", s("k")}, {"r", n(std::to_string(i))}, {"x", s(std::string(300'000, 'x'))}});
  }
  const Json reply = call("Query", input("p = :p", {{":p", s("k")}, {":five", n("5")}},
                                         {{"FilterExpression", "y = :five"}}));
  EXPECT_EQ(reply["Count"], 0);
  EXPECT_EQ(reply["ScannedCount"], 4);
  EXPECT_EQ(reply["LastEvaluatedKey"], (Json{{"p", s("k")}, {"r", n("3")}}));
}

TEST_F(Query, FiltersAndProjects) {
  fill(4);
  const Json reply =
      call("Query", input("p = :p", {{":p", s("k")}, {":zero", n("0")}},
                          {{"FilterExpression", "even = :zero"}, {"ProjectionExpression", "r"}}));
  EXPECT_EQ(reply["Items"], Json::array({{{"r", n("2")}}, {{"r", n("4")}}}));
  EXPECT_EQ(reply["Count"], 2);
  EXPECT_EQ(reply["ScannedCount"], 4);
  const Json count = call("Query", input("p = :p", {{":p", s("k")}}, {{"Select", "COUNT"}}));
  EXPECT_EQ(count["Count"], 4);
  EXPECT_FALSE(count.contains("Items"));
}

TEST_F(Query, IsRefusedInAwsWords) {
  fill(1);
  const Json p = {{":p", s("k")}};
  const Json pa = {{":p", s("k")}, {":a", n("1")}};
  const struct {
    Json input;
    std::string expected;
  } rows[] = {
      {{{"TableName", "things"}},
       "Either the KeyConditions or KeyConditionExpression parameter must be specified in the "
       "request."},
      {input("r = :a", {{":a", n("1")}}), "Query condition missed key schema element: p"},
      {input("p > :p", p), "Query key condition not supported"},
      {input("p = :p AND x = :a", pa), "Query condition missed key schema element: r"},
      {input("p = :p OR r = :a", pa), "Invalid operator used in KeyConditionExpression: OR"},
      {input("p = :p AND r <> :a", pa), "Invalid operator used in KeyConditionExpression: <>"},
      {input("p = :p AND r = :p", p),
       "One or more parameter values were invalid: Condition parameter type does not match schema "
       "type"},
      {input("p = :p AND r > :a AND r < :a", pa),
       "KeyConditionExpressions must only contain one condition per key"},
      {input("p = :p", p, {{"FilterExpression", "attribute_exists(r)"}}),
       "Filter Expression can only contain non-primary key attributes: Primary key attribute: r"},
      {input("p = :p", p, {{"IndexName", "nothing"}}),
       "The table does not have the specified index: nothing"},
      {input("p = :p", p, {{"ExclusiveStartKey", {{"p", s("k")}}}}),
       "The provided starting key is invalid"},
      {input("p = :p", p, {{"ExclusiveStartKey", {{"p", s("x")}, {"r", n("1")}}}}),
       "The provided starting key is outside query boundaries based on provided conditions"},
      {input("p = :p AND r > :a", pa, {{"ExclusiveStartKey", {{"p", s("k")}, {"r", n("0")}}}}),
       "The provided starting key does not match the range key predicate"},
      {input("p = :p", p, {{"Select", "SPECIFIC_ATTRIBUTES"}}),
       "One or more parameter values were invalid: Must specify the AttributesToGet or "
       "ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(error_of("Query", row.input), "ValidationException: " + row.expected);
  }
}

TEST_F(Query, UnderstandsKeyConditionsAndQueryFilter) {
  fill(6);
  const Json reply = call(
      "Query", {{"TableName", "things"},
                {"KeyConditions",
                 {{"p", {{"ComparisonOperator", "EQ"}, {"AttributeValueList", {s("k")}}}},
                  {"r", {{"ComparisonOperator", "GT"}, {"AttributeValueList", {n("2")}}}}}},
                {"QueryFilter",
                 {{"even", {{"ComparisonOperator", "EQ"}, {"AttributeValueList", {n("0")}}}}}}});
  EXPECT_EQ(values(reply, "r"), (Strings{"4", "6"}));
}

TEST_F(Query, ReadsIndexesAsTheyProject) {
  Json table = table_input("S");
  table["AttributeDefinitions"].push_back({{"AttributeName", "x"}, {"AttributeType", "N"}});
  table["LocalSecondaryIndexes"] =
      Json::array({index("lsi", "p", "x", {{"ProjectionType", "KEYS_ONLY"}})});
  table["GlobalSecondaryIndexes"] = Json::array({index(
      "gsi", "x", "", {{"ProjectionType", "INCLUDE"}, {"NonKeyAttributes", Json::array({"y"})}})});
  call("CreateTable", table);
  put({{"p", s("k")}, {"r", s("a")}, {"x", n("10")}, {"y", s("why")}, {"z", s("zed")}});
  put({{"p", s("k")}, {"r", s("b")}, {"x", n("9")}, {"y", s("why")}, {"z", s("zed")}});
  put({{"p", s("k")}, {"r", s("c")}});
  const Json lsi = input("p = :p", {{":p", s("k")}}, {{"IndexName", "lsi"}});
  EXPECT_EQ(values(call("Query", lsi), "r"), (Strings{"b", "a"})) << "by x, without what has none";
  EXPECT_FALSE(call("Query", lsi)["Items"][0].contains("z"));
  Json whole = lsi;
  whole["Select"] = "ALL_ATTRIBUTES";
  EXPECT_TRUE(call("Query", whole)["Items"][0].contains("z")) << "a local index fetches";
  const Json gsi = input("x = :x", {{":x", n("9")}}, {{"IndexName", "gsi"}});
  EXPECT_EQ(call("Query", gsi)["Items"],
            Json::array({{{"p", s("k")}, {"r", s("b")}, {"x", n("9")}, {"y", s("why")}}}));
  Json refused = gsi;
  refused["ProjectionExpression"] = "z";
  EXPECT_EQ(error_of("Query", refused),
            "ValidationException: One or more parameter values were invalid: Global secondary "
            "index gsi does not project [z]");
  refused = gsi;
  refused["ConsistentRead"] = true;
  EXPECT_EQ(error_of("Query", refused),
            "ValidationException: Consistent reads are not supported on global secondary indexes");
}

TEST_F(Query, FollowsAnItemThroughAnIndex) {
  Json table = table_input();
  table["AttributeDefinitions"].push_back({{"AttributeName", "x"}, {"AttributeType", "S"}});
  table["GlobalSecondaryIndexes"] = Json::array({index("gsi", "x", "")});
  call("CreateTable", table);
  const auto under = [&](const std::string& x) {
    return call("Query", input("x = :x", {{":x", s(x)}}, {{"IndexName", "gsi"}}))["Count"];
  };
  put({{"p", s("k")}, {"x", s("one")}});
  put({{"p", s("l")}, {"x", s("one")}});
  EXPECT_EQ(under("one"), 2);
  put({{"p", s("k")}, {"x", s("two")}});
  EXPECT_EQ(under("one"), 1);
  EXPECT_EQ(under("two"), 1);
  call("DeleteItem", {{"TableName", "things"}, {"Key", {{"p", s("k")}}}});
  EXPECT_EQ(under("two"), 0);
}

TEST_F(Query, UsesSeveralAttributesAsOneKeyOfAGlobalIndex) {
  Json table = table_input();
  for (const char* name : {"h1", "h2", "r1", "r2"}) {
    table["AttributeDefinitions"].push_back({{"AttributeName", name}, {"AttributeType", "S"}});
  }
  table["GlobalSecondaryIndexes"] = Json::array({index("gsi", "h1", "")});
  Json& keys = table["GlobalSecondaryIndexes"][0]["KeySchema"];
  keys.push_back({{"AttributeName", "h2"}, {"KeyType", "HASH"}});
  keys.push_back({{"AttributeName", "r1"}, {"KeyType", "RANGE"}});
  keys.push_back({{"AttributeName", "r2"}, {"KeyType", "RANGE"}});
  call("CreateTable", table);
  for (const char* r : {"ax", "ay", "bx"}) {
    const std::string text = r;
    put({{"p", s(text)},
         {"h1", s("h")},
         {"h2", s("i")},
         {"r1", s(text.substr(0, 1))},
         {"r2", s(text.substr(1))}});
  }
  const auto found = [&](const std::string& condition, const Json& values_given) {
    return values(call("Query", input(condition, values_given, {{"IndexName", "gsi"}})), "p");
  };
  const Json h = {{":h", s("h")}, {":i", s("i")}};
  const auto and_a = [&](Json more) {
    more.update(h);
    return more;
  };
  EXPECT_EQ(found("h1 = :h AND h2 = :i", h), (Strings{"ax", "ay", "bx"}));
  EXPECT_EQ(
      found("h2 = :i AND r2 > :x AND h1 = :h AND r1 = :a", and_a({{":a", s("a")}, {":x", s("x")}})),
      (Strings{"ay"}));
  EXPECT_NE(error_of("Query", input("h1 = :h", {{":h", s("h")}}, {{"IndexName", "gsi"}})),
            "succeeded");
  EXPECT_NE(error_of("Query", input("h1 = :h AND h2 = :i AND r2 = :x", and_a({{":x", s("x")}}),
                                    {{"IndexName", "gsi"}})),
            "succeeded")
      << "range attributes go from the left";
}

TEST_F(Scan, ReadsEverythingOnceByPagesAndSegments) {
  create();
  std::set<std::string> all;
  for (int i = 0; i < 100; ++i) {
    all.insert("key" + std::to_string(i));
    put({{"p", s("key" + std::to_string(i))}});
  }
  std::multiset<std::string> seen;
  Strings order;
  for (int segment = 0; segment < 3; ++segment) {
    Json request = {
        {"TableName", "things"}, {"Segment", segment}, {"TotalSegments", 3}, {"Limit", 7}};
    for (;;) {
      const Json reply = call("Scan", request);
      for (const std::string& key : values(reply, "p")) {
        seen.insert(key);
        order.push_back(key);
      }
      if (!reply.contains("LastEvaluatedKey")) break;
      request["ExclusiveStartKey"] = reply["LastEvaluatedKey"];
    }
  }
  EXPECT_EQ(seen, std::multiset<std::string>(all.begin(), all.end()));
  EXPECT_FALSE(std::is_sorted(order.begin(), order.end())) << "partitions lie scattered";
}

TEST_F(Scan, ChecksItsSegments) {
  create();
  EXPECT_EQ(error_of("Scan", {{"TableName", "things"}, {"Segment", 0}}),
            "ValidationException: The TotalSegments parameter is required but was not present in "
            "the request when Segment parameter is present");
  EXPECT_EQ(error_of("Scan", {{"TableName", "things"}, {"Segment", 2}, {"TotalSegments", 2}}),
            "ValidationException: The Segment parameter is zero-based and must be less than "
            "parameter TotalSegments: Segment: 2 is not less than TotalSegments: 2");
}

}  // namespace
}  // namespace cloudchamber::mock::dynamodb

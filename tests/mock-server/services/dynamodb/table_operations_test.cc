#include "tests/mock-server/services/dynamodb/dynamodb_fixture.h"

namespace cloudchamber::mock::dynamodb {
namespace {

using CreateTable = DynamodbFixture;
using DescribeTable = DynamodbFixture;
using ListTables = DynamodbFixture;
using DeleteTable = DynamodbFixture;
using UpdateTable = DynamodbFixture;
using TagResource = DynamodbFixture;
using UpdateTimeToLive = DynamodbFixture;
using DescribeContinuousBackups = DynamodbFixture;
using DescribeLimits = DynamodbFixture;
using DescribeEndpoints = DynamodbFixture;

const std::string kInvalid = "ValidationException: One or more parameter values were invalid: ";

Json with(Json input, const std::string& name, const Json& value) {
  input[name] = value;
  return input;
}

TEST_F(CreateTable, TellsTheTableAsAwsDoes) {
  const Json created = call("CreateTable", table_input("N"))["TableDescription"];
  EXPECT_EQ(created["TableStatus"], "CREATING");
  EXPECT_EQ(created["TableArn"], "arn:aws:dynamodb:us-east-1:123456789012:table/things");
  EXPECT_EQ(created["BillingModeSummary"], (Json{{"BillingMode", "PAY_PER_REQUEST"}}));
  EXPECT_EQ(created["DeletionProtectionEnabled"], false);
  EXPECT_FALSE(created.contains("WarmThroughput")) << "LocalStack's recording test_table_crud";
  EXPECT_EQ(error_of("CreateTable", table_input()),
            "ResourceInUseException: Table already exists: things");
}

TEST_F(CreateTable, ChecksItsParametersInAwsOrder) {
  const Json fine = table_input();
  Json two_hash = table_input("S");
  two_hash["KeySchema"][1]["KeyType"] = "HASH";
  Json range_first = table_input("S");
  range_first["KeySchema"][0]["KeyType"] = "RANGE";
  Json undefined = table_input();
  undefined["KeySchema"][0]["AttributeName"] = "x";
  Json unused = table_input("S");
  unused["KeySchema"].erase(1);
  Json twice = table_input("S");
  twice["AttributeDefinitions"][1]["AttributeName"] = "p";
  const Json throughput = {{"ReadCapacityUnits", 1}, {"WriteCapacityUnits", 1}};
  const struct {
    Json input;
    std::string expected;
  } rows[] = {
      {Json::object(),
       "ValidationException: The parameter 'TableName' is required but was not present in the "
       "request"},
      {with(fine, "TableName", "ab"),
       "ValidationException: TableName must be at least 3 characters long and at most 255 "
       "characters long"},
      {with(fine, "TableName", "a;c"),
       "ValidationException: 1 validation error detected: Value 'a;c' at 'tableName' failed to "
       "satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"},
      {with(fine, "BillingMode", "unknown"),
       "ValidationException: 1 validation error detected: Value 'unknown' at 'billingMode' failed "
       "to satisfy constraint: Member must satisfy enum value set: [PROVISIONED, "
       "PAY_PER_REQUEST]"},
      {with(fine, "ProvisionedThroughput", throughput),
       kInvalid + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                  "BillingMode is PAY_PER_REQUEST"},
      {with(fine, "BillingMode", "PROVISIONED"),
       kInvalid + "ReadCapacityUnits and WriteCapacityUnits must both be specified when "
                  "BillingMode is PROVISIONED"},
      {undefined, kInvalid + "Some index key attributes are not defined in AttributeDefinitions. "
                             "Keys: [x], AttributeDefinitions: [p]"},
      {two_hash,
       "ValidationException: Invalid KeySchema: The second KeySchemaElement is not a RANGE key "
       "type"},
      {range_first,
       "ValidationException: Invalid KeySchema: The first KeySchemaElement is not a HASH key type"},
      {unused, kInvalid + "Number of attributes in KeySchema does not exactly match number of "
                          "attributes defined in AttributeDefinitions"},
      {twice, kInvalid + "Duplicate AttributeName in AttributeDefinitions: p"},
      {with(fine, "LocalSecondaryIndexes", Json::array({index("lsi", "p", "p")})),
       kInvalid + "Table KeySchema does not have a range key, which is required when specifying a "
                  "LocalSecondaryIndex"},
      {with(fine, "GlobalSecondaryIndexes",
            Json::array({index("gsi", "p", "", {{"ProjectionType", "INCLUDE"}})})),
       kInvalid + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified"},
      {with(fine, "GlobalSecondaryIndexes",
            Json::array({index("gsi", "p", ""), index("gsi", "p", "")})),
       kInvalid + "Duplicate index name: gsi"},
  };
  for (const auto& row : rows) EXPECT_EQ(error_of("CreateTable", row.input), row.expected);
}

TEST_F(DescribeTable, CountsItemsAndTellsIndexes) {
  Json input = table_input("S");
  input["AttributeDefinitions"].push_back({{"AttributeName", "x"}, {"AttributeType", "S"}});
  input["LocalSecondaryIndexes"] = Json::array({index("lsi", "p", "x")});
  input["GlobalSecondaryIndexes"] = Json::array({index("gsi", "x", "p")});
  call("CreateTable", input);
  put({{"p", s("1")}, {"r", s("a")}, {"x", s("i")}});
  put({{"p", s("1")}, {"r", s("b")}});
  const Json table = call("DescribeTable", {{"TableName", "things"}})["Table"];
  EXPECT_EQ(table["TableStatus"], "ACTIVE");
  EXPECT_EQ(table["ItemCount"], 2);
  EXPECT_EQ(table["GlobalSecondaryIndexes"][0]["ItemCount"], 1);
  EXPECT_EQ(table["GlobalSecondaryIndexes"][0]["IndexStatus"], "ACTIVE");
  EXPECT_EQ(table["LocalSecondaryIndexes"][0]["IndexArn"],
            "arn:aws:dynamodb:us-east-1:123456789012:table/things/index/lsi");
  EXPECT_EQ(error_of("DescribeTable", {{"TableName", "nothing"}}),
            "ResourceNotFoundException: Requested resource not found: Table: nothing not found");
  EXPECT_EQ(call("DescribeTable", {{"TableName", table["TableArn"]}})["Table"]["TableName"],
            "things")
      << "a table may be named by its ARN";
}

TEST_F(ListTables, GoesByPages) {
  for (const char* name : {"ccc", "aaa", "bbb"}) {
    call("CreateTable", with(table_input(), "TableName", name));
  }
  const Json first = call("ListTables", {{"Limit", 2}});
  EXPECT_EQ(first["TableNames"], Json::array({"aaa", "bbb"}));
  EXPECT_EQ(first["LastEvaluatedTableName"], "bbb");
  const Json rest = call("ListTables", {{"Limit", 2}, {"ExclusiveStartTableName", "bbb"}});
  EXPECT_EQ(rest["TableNames"], Json::array({"ccc"}));
  EXPECT_FALSE(rest.contains("LastEvaluatedTableName"));
  EXPECT_EQ(error_of("ListTables", {{"Limit", 0}}),
            "ValidationException: 1 validation error detected: Value '0' at 'limit' failed to "
            "satisfy constraint: Member must have value greater than or equal to 1");
}

TEST_F(ListTables, KnowsOneRegionOfOneAccount) {
  create();
  EXPECT_EQ(ServiceFixture::call("dynamodb", "ListTables", Json::object(), "123456789012",
                                 "eu-west-1")["TableNames"],
            Json::array());
  EXPECT_EQ(
      ServiceFixture::call("dynamodb", "ListTables", Json::object(), "999999999999")["TableNames"],
      Json::array());
}

TEST_F(DeleteTable, IsRefusedWhileProtected) {
  call("CreateTable", with(table_input(), "DeletionProtectionEnabled", true));
  EXPECT_EQ(error_of("DeleteTable", {{"TableName", "things"}}),
            "ValidationException: Resource cannot be deleted as it is currently protected against "
            "deletion. Disable deletion protection first.");
  call("UpdateTable", {{"TableName", "things"}, {"DeletionProtectionEnabled", false}});
  EXPECT_EQ(call("DeleteTable", {{"TableName", "things"}})["TableDescription"]["TableStatus"],
            "DELETING");
  EXPECT_EQ(error_of("DeleteTable", {{"TableName", "things"}}),
            "ResourceNotFoundException: Requested resource not found: Table: things not found");
}

TEST_F(UpdateTable, MakesAGlobalIndexOfTheItemsThereAreAndDropsItAgain) {
  create();
  put({{"p", s("1")}, {"x", s("a")}});
  put({{"p", s("2")}, {"x", n("7")}});
  put({{"p", s("3")}});
  const Json create_index = {
      {"TableName", "things"},
      {"AttributeDefinitions", Json::array({{{"AttributeName", "x"}, {"AttributeType", "S"}}})},
      {"GlobalSecondaryIndexUpdates", Json::array({{{"Create", index("gsi", "x", "")}}})}};
  call("UpdateTable", create_index);
  EXPECT_EQ(call("Scan", {{"TableName", "things"}, {"IndexName", "gsi"}})["Count"], 1)
      << "items of another type or without the attribute stay out";
  EXPECT_EQ(
      error_of("PutItem", {{"TableName", "things"}, {"Item", {{"p", s("4")}, {"x", n("1")}}}}),
      kInvalid + "Type mismatch for Index Key x Expected: S Actual: N IndexName: gsi");
  EXPECT_EQ(error_of("UpdateTable", create_index),
            "ValidationException: Attempting to create an index which already exists: index "
            "already exists: gsi");
  const Json drop = {
      {"TableName", "things"},
      {"GlobalSecondaryIndexUpdates", Json::array({{{"Delete", {{"IndexName", "gsi"}}}}})}};
  call("UpdateTable", drop);
  EXPECT_EQ(error_of("Scan", {{"TableName", "things"}, {"IndexName", "gsi"}}),
            "ValidationException: The table does not have the specified index: gsi");
  EXPECT_EQ(error_of("UpdateTable", drop),
            "ResourceNotFoundException: Requested resource not found");
  put({{"p", s("4")}, {"x", n("1")}});
}

TEST_F(UpdateTable, ChangesThroughputAndBilling) {
  create();
  EXPECT_EQ(error_of("UpdateTable", {{"TableName", "things"}, {"BillingMode", "PROVISIONED"}}),
            kInvalid + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
  const Json throughput = {{"ReadCapacityUnits", 3}, {"WriteCapacityUnits", 4}};
  call("UpdateTable", {{"TableName", "things"},
                       {"BillingMode", "PROVISIONED"},
                       {"ProvisionedThroughput", throughput}});
  const Json table = call("DescribeTable", {{"TableName", "things"}})["Table"];
  EXPECT_EQ(table["ProvisionedThroughput"]["ReadCapacityUnits"], 3);
  EXPECT_EQ(table["BillingModeSummary"]["BillingMode"], "PROVISIONED");
  EXPECT_EQ(
      error_of("UpdateTable", {{"TableName", "things"}, {"ProvisionedThroughput", throughput}})
          .rfind("ValidationException: The provisioned throughput for the table will not "
                 "change.",
                 0),
      0U);
}

TEST_F(TagResource, KeepsTagsByKey) {
  create();
  const std::string arn = "arn:aws:dynamodb:us-east-1:123456789012:table/things";
  const auto tag = [](const std::string& key, const std::string& value) {
    return Json{{"Key", key}, {"Value", value}};
  };
  call("TagResource", {{"ResourceArn", arn}, {"Tags", {tag("a", "1"), tag("b", "2")}}});
  call("TagResource", {{"ResourceArn", arn}, {"Tags", Json::array({tag("a", "3")})}});
  call("UntagResource", {{"ResourceArn", arn}, {"TagKeys", {"b", "nothing"}}});
  EXPECT_EQ(call("ListTagsOfResource", {{"ResourceArn", arn}})["Tags"],
            Json::array({tag("a", "3")}));
  EXPECT_EQ(error_of("ListTagsOfResource", {{"ResourceArn", arn + "x"}}),
            "ResourceNotFoundException: Requested resource not found: ResourcArn: " + arn +
                "x not found");
  Json many = Json::array();
  for (int i = 0; i < 50; ++i) many.push_back(tag("k" + std::to_string(i), "v"));
  EXPECT_NE(error_of("TagResource", {{"ResourceArn", arn}, {"Tags", many}}), "succeeded")
      << "50 and the one there is";
}

TEST_F(UpdateTimeToLive, MayBeChangedOnceAnHour) {
  create();
  const auto set = [&](const std::string& attribute, bool enabled) {
    return error_of("UpdateTimeToLive", {{"TableName", "things"},
                                         {"TimeToLiveSpecification",
                                          {{"AttributeName", attribute}, {"Enabled", enabled}}}});
  };
  EXPECT_EQ(set("t", false), "ValidationException: TimeToLive is already disabled");
  EXPECT_EQ(set("t", true), "succeeded");
  EXPECT_EQ(set("t", true), "ValidationException: TimeToLive is already enabled");
  EXPECT_EQ(set("t", false),
            "ValidationException: Time to live has been modified multiple times within a fixed "
            "interval");
  clock_->advance(Seconds(3601));
  EXPECT_EQ(set("t", false), "succeeded");
  EXPECT_EQ(call("DescribeTimeToLive", {{"TableName", "things"}})["TimeToLiveDescription"],
            (Json{{"TimeToLiveStatus", "DISABLED"}}));
}

TEST_F(DescribeContinuousBackups, TellsThatTheyAreOffUntilTheyAreTurnedOn) {
  create();
  const auto status = [&] {
    return call(
        "DescribeContinuousBackups",
        {{"TableName", "things"}})["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
                                  ["PointInTimeRecoveryStatus"];
  };
  EXPECT_EQ(status(), "DISABLED");
  call("UpdateContinuousBackups",
       {{"TableName", "things"},
        {"PointInTimeRecoverySpecification", {{"PointInTimeRecoveryEnabled", true}}}});
  EXPECT_EQ(status(), "ENABLED");
  EXPECT_EQ(error_of("DescribeContinuousBackups", {{"TableName", "nothing"}}),
            "TableNotFoundException: Table not found: nothing");
}

// Under what the caller reached the server, so that a client that discovers endpoints stays here.
TEST_F(DescribeEndpoints, TellsTheOneInUseWithoutItsScheme) {
  const Json endpoint = call("DescribeEndpoints", Json::object())["Endpoints"][0];
  EXPECT_EQ(endpoint["Address"], "127.0.0.1:4566");
  EXPECT_EQ(endpoint["CachePeriodInMinutes"], 1440);
}

TEST_F(DescribeLimits, TellsTheDefaults) {
  EXPECT_EQ(call("DescribeLimits", Json::object())["TableMaxReadCapacityUnits"], 40000);
}

}  // namespace
}  // namespace cloudchamber::mock::dynamodb

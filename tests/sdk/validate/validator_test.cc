#include "sdk/validate/validator.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cloudchamber/errors.h"
#include "sdk/validate/bucket_name.h"

namespace cloudchamber {
namespace {

// One operation with every kind of member.
const Operation& operation() {
  static const auto model = ServiceModel::from_text("things", R"({
    "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "things", "protocol": "json",
                 "jsonVersion": "1.1", "serviceId": "Things", "signatureVersion": "v4",
                 "targetPrefix": "Things"},
    "operations": {"MakeThing": {"name": "MakeThing", "http": {"method": "POST", "requestUri": "/"},
                                 "input": {"shape": "Input"}},
                   "ListThings": {"name": "ListThings", "http": {"method": "POST", "requestUri": "/"}}},
    "shapes": {
      "Input": {"type": "structure", "required": ["Name"], "members": {
        "Name": {"shape": "ShortName"}, "Count": {"shape": "Count"}, "Ratio": {"shape": "Ratio"},
        "On": {"shape": "Flag"}, "Data": {"shape": "Data"}, "When": {"shape": "When"},
        "Filters": {"shape": "Filters"}, "Tags": {"shape": "Tags"}, "Either": {"shape": "Either"},
        "Password": {"shape": "Secret"}, "Anything": {"shape": "Document"},
        "Tree": {"shape": "Tree"}, "Placement": {"shape": "Placement"}}},
      "ShortName": {"type": "string", "min": 2, "max": 4},
      "Count": {"type": "integer", "min": 1}, "Ratio": {"type": "double", "min": 0},
      "Flag": {"type": "boolean"}, "Data": {"type": "blob"}, "When": {"type": "timestamp"},
      "Text": {"type": "string"}, "Secret": {"type": "string", "sensitive": true, "min": 8},
      "Filters": {"type": "list", "member": {"shape": "Filter"}, "min": 1},
      "Filter": {"type": "structure", "required": ["Name", "Values"], "members": {
        "Name": {"shape": "Text"}, "Values": {"shape": "Texts"}}},
      "Texts": {"type": "list", "member": {"shape": "Text"}},
      "Tags": {"type": "map", "key": {"shape": "ShortName"}, "value": {"shape": "Text"}},
      "Either": {"type": "structure", "union": true, "members": {
        "Left": {"shape": "Text"}, "Right": {"shape": "Text"}}},
      "Document": {"type": "structure", "document": true, "members": {}},
      "Placement": {"type": "structure", "members": {"Tenancy": {"shape": "Text"}}},
      "Tree": {"type": "structure", "members": {"Branch": {"shape": "Tree"}, "Leaf": {"shape": "Text"}}}
    }})");
  return *model->find_operation("MakeThing");
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

struct Row {
  std::string what;
  Json input;  // beside {"Name": "ab"}
  std::string fault;
};

class Faults : public testing::TestWithParam<Row> {};

TEST_P(Faults, AreNamedWithTheirPlace) {
  Json input = {{"Name", "ab"}};
  input.update(GetParam().input);
  EXPECT_EQ(joined(find_faults(operation(), input)), GetParam().fault);
}

const std::vector<Row> kRows = {
    {"nothing wrong", Json::object(), ""},
    {"a name too short",
     {{"Name", "a"}},
     "Invalid length for parameter Name, value: 1, valid min length: 2"},
    {"a name of two umlauts", {{"Name", "\u00e4\u00f6"}}, ""},
    {"a name of one umlaut",
     {{"Name", "\u00e4"}},
     "Invalid length for parameter Name, value: 1, valid min length: 2"},
    {"a name too long, which is the service's to judge", {{"Name", "abcde"}}, ""},
    {"a name that is a number",
     {{"Name", 5}},
     "Invalid type for parameter Name, value: 5, type: integer, valid types: string"},
    {"a null",
     {{"Name", nullptr}},
     "Invalid type for parameter Name, value: null, type: null, valid types: string"},
    {"a string that is no UTF-8",
     {{"Name", "a\xff"}},
     "Invalid value for parameter Name: a string must be UTF-8; bytes are given as a binary value"},
    {"an integer at its minimum", {{"Count", 1}}, ""},
    {"an integer below its minimum",
     {{"Count", 0}},
     "Invalid value for parameter Count, value: 0, valid min value: 1"},
    {"a float for an integer",
     {{"Count", 1.5}},
     "Invalid type for parameter Count, value: 1.5, type: float, valid types: integer"},
    {"an integer for a float", {{"Ratio", 3}}, ""},
    {"a float that JSON lacks", {{"Ratio", "NaN"}}, ""},
    {"a word for a float",
     {{"Ratio", "three"}},
     "Invalid type for parameter Ratio, value: three, type: string, valid types: float, integer"},
    {"a float below its minimum",
     {{"Ratio", -0.5}},
     "Invalid value for parameter Ratio, value: -0.5, valid min value: 0"},
    {"a string for a boolean",
     {{"On", "true"}},
     "Invalid type for parameter On, value: true, type: string, valid types: boolean"},
    {"a string for a blob", {{"Data", "bytes"}}, ""},
    {"bytes for a blob", {{"Data", Json::binary({1, 2})}}, ""},
    {"a list for a blob",
     {{"Data", {1, 2}}},
     "Invalid type for parameter Data, value: [1,2], type: list, valid types: binary, string"},
    {"bytes for a string",
     {{"Name", Json::binary({1, 2})}},
     "Invalid type for parameter Name, value: 2 bytes, type: binary, valid types: string"},
    {"a timestamp", {{"When", "2015-01-25T08:00:00Z"}}, ""},
    {"a timestamp in seconds", {{"When", 1422172800}}, ""},
    {"a word for a timestamp",
     {{"When", "tomorrow"}},
     "Invalid type for parameter When, value: tomorrow, type: string, valid types: "
     "timestamp-string, number of seconds since 1970"},
    {"a list below its minimum",
     {{"Filters", Json::array()}},
     "Invalid length for parameter Filters, value: 0, valid min length: 1"},
    {"an object for a list",
     {{"Filters", {{"Name", "x"}}}},
     "Invalid type for parameter Filters, value: {\"Name\":\"x\"}, type: object, valid types: "
     "list"},
    {"lower-case names in a list",
     {{"Filters", {{{"name", "tenancy"}, {"Values", {"dedicated"}}}}}},
     "Missing required parameter in Filters[0]: \"Name\"\n"
     "Unknown parameter in Filters[0]: \"name\", must be one of: Name, Values; "
     "did you mean \"Name\"?"},
    {"a fault deep in a list",
     {{"Filters", {{{"Name", "a"}, {"Values", {"x", 7}}}}}},
     "Invalid type for parameter Filters[0].Values[1], value: 7, type: integer, valid types: "
     "string"},
    {"a map's value",
     {{"Tags", {{"key", 1}}}},
     "Invalid type for parameter Tags.key, value: 1, type: integer, valid types: string"},
    {"a map's key",
     {{"Tags", {{"k", "v"}}}},
     "Invalid length for parameter Tags (key: k), value: 1, valid min length: 2"},
    {"a union with one member", {{"Either", {{"Left", "x"}}}}, ""},
    {"a union with none",
     {{"Either", Json::object()}},
     "Must set one of the following keys for tagged union structure Either: Left, Right."},
    {"a union with both",
     {{"Either", {{"Left", "x"}, {"Right", "y"}}}},
     "Invalid number of parameters set for tagged union structure Either. Can only set one of the "
     "following keys: Left, Right."},
    {"a secret, which the message does not tell",
     {{"Password", 12345678}},
     "Invalid type for parameter Password, value: ***, type: integer, valid types: string"},
    {"a document of any shape", {{"Anything", {{"a", {1, nullptr, "x", true}}}}}, ""},
    {"bytes in a document",
     {{"Anything", {{"a", Json::array({Json::binary({1})})}}}},
     "Invalid type for document parameter Anything.a[0], value: 1 bytes, type: binary, valid "
     "types: "
     "string, integer, boolean, float, list, object"},
    {"a name far from all others",
     {{"Zzz", 1}},
     "Unknown parameter in input: \"Zzz\", must be one of: Name, Count, Ratio, On, Data, When, "
     "Filters, Tags, Either, Password, Anything, Tree, Placement"},
    {"a name that belongs further in",
     {{"Tenancy", "dedicated"}},
     "Unknown parameter in input: \"Tenancy\", must be one of: Name, Count, Ratio, On, Data, When, "
     "Filters, Tags, Either, Password, Anything, Tree, Placement; did you mean "
     "\"Placement.Tenancy\"?"},
};

INSTANTIATE_TEST_SUITE_P(Table, Faults, testing::ValuesIn(kRows));

TEST(Validate, ReportsAllFaultsAtOnce) {
  try {
    validate(operation(), {{"Count", "x"}, {"Ratoi", 1}});
    FAIL() << "nothing was thrown";
  } catch (const ParamValidationError& error) {
    EXPECT_EQ(
        std::string(error.what()),
        "Parameter validation failed:\n"
        "Missing required parameter in input: \"Name\"\n"
        "Invalid type for parameter Count, value: x, type: string, valid types: integer\n"
        "Unknown parameter in input: \"Ratoi\", must be one of: Name, Count, Ratio, On, Data, "
        "When, Filters, Tags, Either, Password, Anything, Tree, Placement; did you mean "
        "\"Ratio\"?");
  }
}

TEST(Validate, TakesTheStreamedMemberAsGiven) {
  const Member* name = operation().input->find("Name");
  EXPECT_TRUE(find_faults(operation(), Json::object(), name).empty());
  EXPECT_EQ(find_faults(operation(), Json::object()).size(), 1U);
}

TEST(Validate, RefusesParametersWhereTheOperationTakesNone) {
  Operation none;
  none.name = "ListThings";
  EXPECT_TRUE(find_faults(none, Json::object()).empty());
  EXPECT_EQ(find_faults(none, {{"A", 1}}).size(), 1U);
  EXPECT_EQ(find_faults(none, Json::array()).size(), 1U);
}

TEST(Validate, EndsOnEndlessNesting) {
  Json tree = {{"Leaf", "x"}};
  for (int i = 0; i < 100'000; ++i) {
    Json outer = Json::object();
    outer["Branch"] = std::move(tree);
    tree = std::move(outer);
  }
  Json input = {{"Name", "ab"}};
  input["Tree"] = std::move(tree);
  const auto faults = find_faults(operation(), input);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_NE(faults[0].find("nested too deeply"), std::string::npos);
}

struct BucketRow {
  const char* name;
  bool valid;
};

TEST(ValidateBucket, TakesNamesAndAccessPointArns) {
  const std::string longest(255, 'a');
  const std::vector<BucketRow> rows = {
      {"my-bucket", true},
      {"My_Bucket.1", true},
      {longest.c_str(), true},
      {"", false},
      {"a/b", false},
      {"with space", false},
      {"arn:aws:s3:us-west-2:123456789012:accesspoint/name", true},
      {"arn:aws:s3:us-west-2:123456789012:accesspoint:name", true},
      {"arn:aws-cn:s3-object-lambda:cn-north-1:123456789012:accesspoint/name", true},
      {"arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/accesspoint/name", true},
      {"arn:aws:s3-outposts:us-west-2:123456789012:outpost/accesspoint/name", false},
      {"arn:aws:s3:us-west-2:12345678901:accesspoint/name", false},
      {"arn:aws:sqs:us-west-2:123456789012:accesspoint/name", false},
      {"arn:aws:s3:us-west-2:123456789012:bucket/name", false},
      {"arn:aws:s3:us-west-2:123456789012:accesspoint/", false},
  };
  for (const auto& [name, valid] : rows) {
    if (valid) {
      EXPECT_NO_THROW(validate_bucket(name)) << name;
    } else {
      EXPECT_THROW(validate_bucket(name), ParamValidationError) << name;
    }
  }
  EXPECT_THROW(validate_bucket(std::string(256, 'a')), ParamValidationError);
}

// The two mistakes of the notes on boto3 that this SDK was asked to name.
TEST(Validate, FindsTheMistakesOfTheNotes) {
  const auto cloudformation = find_model("cloudformation");
  const auto faults = find_faults(*cloudformation->find_operation("CreateStack"),
                                  {{"StackName", "test"}, {"TmeplateBody", "{}"}});
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].rfind("Unknown parameter in input: \"TmeplateBody\", must be one of: ", 0),
            0U);
  EXPECT_NE(faults[0].find("did you mean \"TemplateBody\"?"), std::string::npos) << faults[0];

  const auto ec2 = find_model("ec2");
  const auto filter_faults =
      find_faults(*ec2->find_operation("DescribeInstances"),
                  {{"Filters", {{{"name", "tenancy"}, {"value", "dedicated"}}}}});
  EXPECT_EQ(
      joined(filter_faults),
      "Unknown parameter in Filters[0]: \"name\", must be one of: Name, Values; did you mean "
      "\"Name\"?\n"
      "Unknown parameter in Filters[0]: \"value\", must be one of: Name, Values; did you mean "
      "\"Values\"?");
}

}  // namespace
}  // namespace cloudchamber

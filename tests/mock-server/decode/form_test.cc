// Query and EC2 requests: lists and maps in their forms, and how wrong ones are refused.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mock-server/call/aws_error.h"
#include "mock-server/decode/decoder.h"

namespace cloudchamber::mock {
namespace {

std::shared_ptr<const ServiceModel> model(const std::string& protocol) {
  return ServiceModel::from_text("test", R"({
  "metadata": {"protocol": ")" + protocol + R"(", "endpointPrefix": "test", "serviceId": "Test",
               "signatureVersion": "v4", "apiVersion": "2012-08-10"},
  "operations": {"Op": {"name": "Op", "http": {"method": "POST", "requestUri": "/"},
                        "input": {"shape": "Input"}}},
  "shapes": {
    "Input": {"type": "structure", "members": {
      "Text": {"shape": "String"}, "Count": {"shape": "Integer"}, "Flag": {"shape": "Boolean"},
      "When": {"shape": "Timestamp"}, "Data": {"shape": "Blob"}, "Ratio": {"shape": "Double"},
      "Names": {"shape": "Strings"}, "FlatNames": {"shape": "FlatStrings"},
      "Tags": {"shape": "Tags"}, "Map": {"shape": "Map"}, "FlatMap": {"shape": "FlatMap"},
      "Nested": {"shape": "Input"}}},
    "Strings": {"type": "list", "member": {"shape": "String"}},
    "FlatStrings": {"type": "list", "member": {"shape": "String", "locationName": "FlatName"},
                    "flattened": true},
    "Tags": {"type": "list", "member": {"shape": "Input", "locationName": "item"}},
    "Map": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "String"}},
    "FlatMap": {"type": "map", "key": {"shape": "String", "locationName": "Name"},
                "value": {"shape": "String", "locationName": "Value"}, "flattened": true},
    "String": {"type": "string"}, "Integer": {"type": "integer"}, "Boolean": {"type": "boolean"},
    "Timestamp": {"type": "timestamp"}, "Blob": {"type": "blob"}, "Double": {"type": "double"}}})");
}

Json decoded(const std::string& protocol, const std::string& body,
             const std::string& target = "/") {
  const auto service = model(protocol);
  HttpRequest request;
  request.target = target;
  request.body = Blob(body);
  return decode(*service, *service->operations().front(), request);
}

std::string refusal(const std::string& protocol, const std::string& body) {
  try {
    return "accepted as " + decoded(protocol, body).dump();
  } catch (const AwsError& error) {
    return std::to_string(error.status()) + " " + error.code() + ": " + error.message();
  }
}

struct Row {
  const char* body;
  Json value;
};

TEST(QueryDecode, ReadsEveryFormOfListsAndMaps) {
  const Row rows[] = {
      {"Action=Op&Version=1&Text=a+b%26c", {{"Text", "a b&c"}}},
      {"Text=", {{"Text", ""}}},
      {"Unknown.Thing.1=x&Text=y", {{"Text", "y"}}},
      {"Names.member.1=a&Names.member.2=b", {{"Names", {"a", "b"}}}},
      {"Names.1=a&Names.2=b", {{"Names", {"a", "b"}}}},
      {"Names.member.10=c&Names.member.2=b&Names.member.1=a", {{"Names", {"a", "b", "c"}}}},
      {"Names.member.7=b&Names.member.3=a", {{"Names", {"a", "b"}}}},
      {"Names.member.18446744073709551615=b&Names.member.0=a", {{"Names", {"a", "b"}}}},
      {"Names=", {{"Names", Json::array()}}},
      {"FlatNames.1=a", {{"FlatNames", {"a"}}}},
      {"FlatName.2=b&FlatName.1=a", {{"FlatNames", {"a", "b"}}}},
      {"Tags.item.1.Text=a&Tags.item.2.Count=5", {{"Tags", {{{"Text", "a"}}, {{"Count", 5}}}}}},
      {"Tags.member.1.Text=a", {{"Tags", {{{"Text", "a"}}}}}},
      {"Map.entry.1.key=k&Map.entry.1.value=v", {{"Map", {{"k", "v"}}}}},
      {"FlatMap.1.Name=k&FlatMap.1.Value=v", {{"FlatMap", {{"k", "v"}}}}},
      {"FlatMap.1.Name=k", {{"FlatMap", {{"k", ""}}}}},
      {"Nested.Nested.Names.member.1=a", {{"Nested", {{"Nested", {{"Names", {"a"}}}}}}}},
      {"Count=-7&Flag=TRUE&Ratio=1.5e3", {{"Count", -7}, {"Flag", true}, {"Ratio", 1500.0}}},
      {"When=2015-01-25T08%3A00%3A00Z", {{"When", "2015-01-25T08:00:00Z"}}},
      // "Text-x" sorts between "Text" and "Text.y" and belongs to neither.
      {"Text-x=1&Text=2&Names-x=3&Names.member.1=a", {{"Text", "2"}, {"Names", {"a"}}}},
      {"Text=first&Text=second", {{"Text", "first"}}},
  };
  for (const Row& row : rows) EXPECT_EQ(decoded("query", row.body), row.value) << row.body;
}

TEST(QueryDecode, ReadsTheQueryStringOfAGet) {
  EXPECT_EQ(decoded("query", "", "/?Action=Op&Names.member.1=a+b"), Json({{"Names", {"a b"}}}));
}

TEST(QueryDecode, RefusesInCoralsWords) {
  const struct {
    const char* body;
    const char* refusal;
  } rows[] = {
      // As SQS answered to MessageAttributeNames.member.1.
      {"FlatNames.member.1=a", "400 MalformedInput: Start of list found where not expected"},
      {"Names.member.x=a",
       "400 MalformedInput: Start of structure or map found where not expected"},
      {"Names.member.-1=a",
       "400 MalformedInput: Start of structure or map found where not expected"},
      {"Names.member.18446744073709551616=a",
       "400 MalformedInput: Start of structure or map found where not expected"},
      {"Names=a", "400 MalformedInput: Unexpected list element termination"},
      {"Names.member=a", "400 MalformedInput: Unexpected list element termination"},
      {"Nested=a", "400 MalformedInput: Unexpected complex element termination"},
      {"Tags.member.1=a", "400 MalformedInput: Unexpected complex element termination"},
      {"Map.entry.1.value=v", "400 MalformedInput: Unexpected complex element termination"},
      {"Text.member.1=a", "400 MalformedInput: Start of list found where not expected"},
      {"Text.Key=a", "400 MalformedInput: Start of structure or map found where not expected"},
      {"When=yesterday", "400 MalformedInput: timestamp must follow ISO8601"},
      {"Count=abc", "400 MalformedInput: Invalid value 'abc' for parameter Count"},
      {"Count=2147483648", "400 MalformedInput: Invalid value '2147483648' for parameter Count"},
      {"Count=", "400 MalformedInput: Invalid value '' for parameter Count"},
      {"Nested.Flag=yes", "400 MalformedInput: Invalid value 'yes' for parameter Nested.Flag"},
      {"Ratio=inf", "400 MalformedInput: Invalid value 'inf' for parameter Ratio"},
      {"Ratio=1e999", "400 MalformedInput: Invalid value '1e999' for parameter Ratio"},
      {"Data=%3D%3D", "400 MalformedInput: Invalid value '==' for parameter Data"},
      {"Text=%ff", "404 MalformedQueryString: The query string contains a syntax error."},
      {"%c0%af=1", "404 MalformedQueryString: The query string contains a syntax error."},
      {"=1", "404 MalformedQueryString: The query string contains a syntax error."},
  };
  for (const auto& row : rows) EXPECT_EQ(refusal("query", row.body), row.refusal) << row.body;
}

TEST(QueryDecode, BoundsNesting) {
  const auto nested = [](std::size_t parts) {
    std::string name;
    for (std::size_t i = 1; i < parts; ++i) name += "Nested.";
    return name + "Text=x";
  };
  EXPECT_EQ(refusal("query", nested(64)).substr(0, 8), "accepted");
  EXPECT_EQ(refusal("query", nested(65)),
            "400 MalformedInput: The parameters are nested too deeply");
  EXPECT_EQ(refusal("query", nested(100'000)),
            "400 MalformedInput: The parameters are nested too deeply");
}

TEST(Ec2Decode, ReadsFlatLists) {
  const Row rows[] = {
      {"Names.1=a&Names.2=b", {{"Names", {"a", "b"}}}},
      {"Tags.2.Text=b&Tags.1.Text=a", {{"Tags", {{{"Text", "a"}}, {{"Text", "b"}}}}}},
      {"Names.5=b&Names.3=a", {{"Names", {"a", "b"}}}},
      {"Names=", {{"Names", Json::array()}}},
  };
  for (const Row& row : rows) EXPECT_EQ(decoded("ec2", row.body), row.value) << row.body;
}

TEST(Ec2Decode, RefusesInEc2sWords) {
  const struct {
    const char* body;
    const char* refusal;
  } rows[] = {
      {"Names=a", "400 UnknownParameter: The parameter Names is not recognized"},
      {"Names.member.1=a", "400 UnknownParameter: The parameter Names.member is not recognized"},
      {"Text.1=a", "400 UnknownParameter: The parameter Text is not recognized"},
      {"Count=abc", "400 InvalidParameterValue: Value (abc) for parameter Count is invalid."},
      {"Tags.1.Flag=2",
       "400 InvalidParameterValue: Value (2) for parameter Tags.1.Flag is invalid."},
  };
  for (const auto& row : rows) EXPECT_EQ(refusal("ec2", row.body), row.refusal) << row.body;
}

}  // namespace
}  // namespace cloudchamber::mock

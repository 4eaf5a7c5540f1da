#include "sdk/endpoint/endpoint_rules.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "sdk/endpoint/partitions.h"
#include "sdk/endpoint/rule_functions.h"

namespace cloudchamber {
namespace {

RuleValue call(const char* name, const std::vector<RuleValue>& arguments) {
  return rule_function(name).run(arguments);
}
RuleValue text(const char* value) { return std::string(value); }

TEST(Partition, IsReadFromTheRegion) {
  const std::vector<std::pair<const char*, const char*>> rows = {
      {"us-east-1", "aws"},          {"il-central-1", "aws"},
      {"eu-south-99", "aws"},        {"cn-north-1", "aws-cn"},
      {"cn-future-7", "aws-cn"},     {"us-gov-west-1", "aws-us-gov"},
      {"us-iso-east-1", "aws-iso"},  {"us-isob-east-1", "aws-iso-b"},
      {"aws-global", "aws"},         {"aws-cn-global", "aws-cn"},
      {"anything", "aws"},           {"", "aws"},
      {"eusc-de-east-1", "aws-eusc"}};
  for (const auto& [region, partition] : rows) EXPECT_EQ(partition_of(region).id, partition);
}

TEST(RuleFunctions, Substring) {
  const auto substring = [](const char* value, const char* start, const char* stop, bool reverse) {
    return call("substring", {text(value), text(start), text(stop), reverse});
  };
  EXPECT_EQ(text_of(substring("abcdef", "0", "6", false)), "abcdef");
  EXPECT_EQ(text_of(substring("abcdef", "1", "3", false)), "bc");
  EXPECT_EQ(text_of(substring("abcdef", "0", "2", true)), "ef");
  EXPECT_EQ(text_of(substring("abcdef", "1", "3", true)), "de");
  EXPECT_FALSE(is_set(substring("abcdef", "0", "7", false)));
  EXPECT_FALSE(is_set(substring("abcdef", "3", "3", false)));
  EXPECT_FALSE(
      is_set(substring("ab\xc3\xa9"
                       "def",
                       "0", "2", false)));
}

TEST(RuleFunctions, ParseUrl) {
  const auto part = [](const char* url, const char* name) {
    const RuleValue parsed = call("parseURL", {text(url)});
    return get_attribute(parsed, parse_rule_path(name));
  };
  EXPECT_EQ(text_of(part("https://example.com:8443/a/b", "authority")), "example.com:8443");
  EXPECT_EQ(text_of(part("https://example.com:8443/a/b", "path")), "/a/b");
  EXPECT_EQ(text_of(part("https://example.com:8443/a/b", "normalizedPath")), "/a/b/");
  EXPECT_EQ(text_of(part("http://example.com", "normalizedPath")), "/");
  EXPECT_TRUE(holds(part("http://127.0.0.1:4566", "isIp")));
  EXPECT_TRUE(holds(part("http://[::1]:4566", "isIp")));
  EXPECT_FALSE(holds(part("http://999.0.0.1", "isIp")));
  for (const char* bad : {"", "example.com", "ftp://example.com", "https://example.com?a=b",
                          "https://", "https://example.com:port"})
    EXPECT_FALSE(is_set(call("parseURL", {text(bad)}))) << bad;
}

TEST(RuleFunctions, ParseArn) {
  const RuleValue arn =
      call("aws.parseArn", {text("arn:aws:s3:us-west-2:123456789012:accesspoint/a:b")});
  const auto part = [&](const char* path) { return get_attribute(arn, parse_rule_path(path)); };
  EXPECT_EQ(text_of(part("service")), "s3");
  EXPECT_EQ(text_of(part("accountId")), "123456789012");
  EXPECT_EQ(text_of(part("resourceId[0]")), "accesspoint");
  EXPECT_EQ(text_of(part("resourceId[2]")), "b");
  EXPECT_FALSE(is_set(part("resourceId[3]")));
  EXPECT_FALSE(is_set(part("none")));
  for (const char* bad :
       {"", "arn", "arn:aws:s3:::", "arn::s3:::b", "arn:aws::::b", "urn:aws:s3:::b"})
    EXPECT_FALSE(is_set(call("aws.parseArn", {text(bad)}))) << bad;
}

TEST(RuleFunctions, IsVirtualHostableS3Bucket) {
  const std::string longest(63, 'a');
  const auto hostable = [](const std::string& bucket, bool dots) {
    return holds(call("aws.isVirtualHostableS3Bucket", {RuleValue(bucket), dots}));
  };
  EXPECT_TRUE(hostable(longest, false));
  EXPECT_FALSE(hostable(longest + "a", false));
  EXPECT_TRUE(hostable("a.b", true));
  EXPECT_FALSE(hostable("a.b", false));
  for (const char* bad : {"ab", "-ab", "ab-", "a_b", "192.168.1.1", "a..b", "a.-b", "Abc"})
    EXPECT_FALSE(hostable(bad, true)) << bad;
}

TEST(EndpointRules, FillInTextsPropertiesAndHeaders) {
  const auto rules = EndpointRules::from_text(R"({
    "parameters": {"Region": {"type": "string", "required": true, "default": "us-east-1"}},
    "rules": [{
      "conditions": [{"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "P"}],
      "type": "endpoint",
      "endpoint": {"url": "https://{{x}}.{Region}.{P#dnsSuffix}",
                   "properties": {"authSchemes": [{"name": "sigv4", "signingRegion": "{Region}", "n": 1}]},
                   "headers": {"x-region": ["{Region}", "fixed"], "x-second": ["{P#name}"]}}}]})");
  const EndpointRules::Result result = rules->resolve({{"Region", text("cn-north-1")}});
  EXPECT_EQ(result.url, "https://{x}.cn-north-1.amazonaws.com.cn");
  EXPECT_EQ(result.properties,
            Json::parse(
                R"({"authSchemes": [{"name": "sigv4", "signingRegion": "cn-north-1", "n": 1}]})"));
  EXPECT_EQ(result.headers.at("x-region"), (std::vector<std::string>{"cn-north-1", "fixed"}));
  EXPECT_EQ(result.headers.at("x-second"), (std::vector<std::string>{"aws-cn"}));
  EXPECT_EQ(rules->resolve({}).url, "https://{x}.us-east-1.amazonaws.com");
}

TEST(EndpointRules, RefuseInTheWordsOfTheRules) {
  const auto rules = find_endpoint_rules("sqs");
  try {
    static_cast<void>(rules->resolve(
        {{"Region", text("us-east-1")}, {"UseFIPS", true}, {"Endpoint", text("https://a.b")}}));
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(), "Invalid Configuration: FIPS and custom endpoint are not supported");
  }
  EXPECT_EQ(find_endpoint_rules("none"), nullptr);
}

TEST(EndpointRules, AreRefusedWhereTheySayWhatNobodyKnows) {
  const auto rules = [](const std::string& function) {
    return R"({"parameters": {}, "rules": [{"type": "error", "error": "e", "conditions": [)" +
           function + "]}]}";
  };
  EXPECT_NO_THROW(static_cast<void>(
      EndpointRules::from_text(rules(R"({"fn": "isSet", "argv": [{"ref": "Region"}]})"))));
  for (const char* bad : {R"({"fn": "guess", "argv": []})", R"({"fn": "not", "argv": []})",
                          R"({"fn": "not", "argv": [1.5]})", R"({"fn": "not", "argv": ["{open"]})"})
    EXPECT_THROW(static_cast<void>(EndpointRules::from_text(rules(bad))), ModelError) << bad;
  EXPECT_THROW(static_cast<void>(EndpointRules::from_text("{")), ModelError);
}

}  // namespace
}  // namespace cloudchamber

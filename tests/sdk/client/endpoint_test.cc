#include "sdk/client/endpoint.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "sdk/client/partition.h"

namespace cloudchamber {
namespace {

TEST(Partition, IsReadFromTheRegion) {
  const std::vector<std::pair<const char*, const char*>> rows = {
      {"us-east-1", "aws"},         {"il-central-1", "aws"},
      {"cn-north-1", "aws-cn"},     {"us-gov-west-1", "aws-us-gov"},
      {"us-iso-east-1", "aws-iso"}, {"us-isob-east-1", "aws-iso-b"},
      {"aws-global", "aws"},        {"aws-cn-global", "aws-cn"},
      {"anything", "aws"},          {"eusc-de-east-1", "aws-eusc"}};
  for (const auto& [region, partition] : rows) EXPECT_EQ(partition_of(region).id, partition);
}

TEST(EndpointUrl, IsTakenApart) {
  struct Row {
    const char* url;
    const char* scheme;
    const char* host;
    const char* path;
  };
  const std::vector<Row> rows = {
      {"http://localhost:4566", "http", "localhost:4566", ""},
      {"HTTPS://Example.COM/", "https", "example.com", ""},
      {"https://example.com:443/a/b/", "https", "example.com", "/a/b"},
      {"http://example.com:80", "http", "example.com", ""},
      {"http://example.com:443", "http", "example.com:443", ""},
      {"http://[::1]:4566/x", "http", "[::1]:4566", "/x"},
      {"http://[::1]", "http", "[::1]", ""},
  };
  for (const Row& row : rows) {
    const Endpoint endpoint = parse_endpoint_url(row.url);
    EXPECT_EQ(endpoint.scheme, row.scheme) << row.url;
    EXPECT_EQ(endpoint.host, row.host) << row.url;
    EXPECT_EQ(endpoint.base_path, row.path) << row.url;
  }
  for (const char* bad : {"", "localhost", "//host", "http://", "http:///path", "http://:80",
                          "http://host:", "http://host:x", "http://host:70000", "http://a b",
                          "http://host\n", "http://host/?q", "http://host#f", "ws://host"})
    EXPECT_THROW(static_cast<void>(parse_endpoint_url(bad)), ConfigError) << bad;
}

// AWS's own cases for its endpoint rules. What can't be expressed by these settings (access points,
// account ids in DynamoDB's hosts) is passed over; the count of the others may only rise.
TEST(EndpointVectors, LeadToTheSameHosts) {
  const char* stated = std::getenv("CHAMBER_ENDPOINT_VECTORS");
  const std::string folder = stated != nullptr ? stated : "../shared/endpoint-vectors";
  int passed = 0, failed = 0, beyond = 0;
  std::map<std::string, std::string> misses;
  for (const char* service :
       {"cloudformation", "dynamodb", "dynamodbstreams", "ec2", "iam", "sqs", "sts"}) {
    std::ifstream file(folder + "/" + service + ".json");
    if (!file) GTEST_SKIP() << "there are no endpoint vectors in " << folder;
    const auto model = find_model(service);
    const Json vectors = Json::parse(file);
    for (const Json& test : vectors.at("testCases")) {
      const Json params = test.value("params", Json::object());
      bool plain = params.contains("Region");
      for (const auto& [name, value] : params.items()) {
        plain = plain && (name == "Region" || name == "UseFIPS" || name == "UseDualStack" ||
                          name == "Endpoint" || (name == "UseGlobalEndpoint" && value == false) ||
                          (name == "AccountIdEndpointMode" && value == "disabled"));
      }
      if (!plain) {
        ++beyond;
        continue;
      }
      EndpointSettings settings;
      settings.region = params["Region"];
      settings.fips = params.value("UseFIPS", false);
      settings.dual_stack = params.value("UseDualStack", false);
      if (params.contains("Endpoint")) settings.endpoint_url = params["Endpoint"];
      std::string actual, expected = "error";
      if (test["expect"].contains("endpoint")) expected = test["expect"]["endpoint"]["url"];
      try {
        actual = resolve_endpoint(*model, settings).url();
      } catch (const ConfigError&) {
        actual = "error";
      }
      if (actual == expected) {
        ++passed;
      } else {
        ++failed;
        misses.emplace(std::string(service) + " " + params.dump(), expected + ", not " + actual);
      }
    }
  }
  std::cout << "endpoint vectors: " << passed << " passed, " << failed << " failed, " << beyond
            << " beyond these settings\n";
  for (const auto& [what, difference] : misses)
    std::cout << "  " << what << ": " << difference << "\n";
  EXPECT_GE(passed, 197);
}

}  // namespace
}  // namespace cloudchamber

// AWS's own cases for its endpoint rules: parameters, and the URL, properties and headers that they
// lead to or the words in which they are refused.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "sdk/endpoint/endpoint_rules.h"

namespace cloudchamber {
namespace {

EndpointRules::Parameters parameters_of(const Json& source) {
  EndpointRules::Parameters parameters;
  for (const auto& [name, value] : source.items()) {
    if (value.is_boolean())
      parameters[name] = value.get<bool>();
    else if (value.is_array())
      parameters[name] = value.get<std::vector<std::string>>();
    else
      parameters[name] = value.get<std::string>();
  }
  return parameters;
}

// As the vectors describe it: {"endpoint": {...}} or {"error": "..."}.
Json outcome_of(const EndpointRules& rules, const Json& parameters) {
  try {
    const EndpointRules::Result result = rules.resolve(parameters_of(parameters));
    Json endpoint = {{"url", result.url}};
    if (!result.properties.empty()) endpoint["properties"] = result.properties;
    if (!result.headers.empty()) endpoint["headers"] = result.headers;
    return {{"endpoint", endpoint}};
  } catch (const ConfigError& error) {
    return {{"error", error.what()}};
  }
}

TEST(EndpointRules, MeetAllVectors) {
  const char* stated = std::getenv("CHAMBER_ENDPOINT_VECTORS");
  const std::string folder = stated != nullptr ? stated : "../shared/endpoint-vectors";
  int passed = 0, cases = 0;
  for (const char* service :
       {"cloudformation", "dynamodb", "dynamodbstreams", "ec2", "iam", "s3", "sqs", "sts"}) {
    std::ifstream file(folder + "/" + service + ".json");
    if (!file) continue;
    const auto rules = find_endpoint_rules(service);
    ASSERT_NE(rules, nullptr) << service;
    const Json vectors = Json::parse(file);
    int number = 0;
    for (const Json& test : vectors.at("testCases")) {
      ++cases;
      Json expected = test.at("expect");
      if (expected.contains("endpoint") && expected["endpoint"].contains("properties") &&
          expected["endpoint"]["properties"].empty())
        expected["endpoint"].erase("properties");
      const Json outcome = outcome_of(*rules, test.value("params", Json::object()));
      if (outcome == expected) ++passed;
      EXPECT_EQ(outcome, expected) << folder << "/" << service << ".json, case " << number << ": "
                                   << test.value("documentation", "");
      ++number;
    }
  }
  if (cases == 0) GTEST_SKIP() << "there are no endpoint vectors in " << folder;
  std::cout << "endpoint vectors: " << passed << " of " << cases << " passed\n";
}

}  // namespace
}  // namespace cloudchamber

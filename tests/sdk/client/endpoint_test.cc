#include "sdk/client/endpoint.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "tests/sdk/client/stage.h"

namespace cloudchamber {
namespace {

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

// The client settings that a vector states, by their names in the rule sets. False when one can't
// be expressed here.
bool apply_settings(const Json& built_in, ClientOptions& options, std::string& account_id) {
  for (const auto& [name, value] : built_in.items()) {
    if (name == "AWS::Region")
      options.region_name = value;
    else if (name == "AWS::UseFIPS")
      options.config.use_fips_endpoint = value.get<bool>();
    else if (name == "AWS::UseDualStack")
      options.config.use_dualstack_endpoint = value.get<bool>();
    else if (name == "SDK::Endpoint")
      options.endpoint_url = value;
    else if (name == "AWS::S3::ForcePathStyle")
      options.config.s3.addressing_style = value.get<bool>() ? "path" : "virtual";
    else if (name == "AWS::S3::Accelerate")
      options.config.s3.use_accelerate_endpoint = value.get<bool>();
    else if (name == "AWS::S3::UseArnRegion")
      options.config.s3.use_arn_region = value.get<bool>();
    else if (name == "AWS::S3::UseGlobalEndpoint")
      options.config.s3.us_east_1_regional_endpoint = value.get<bool>() ? "legacy" : "regional";
    else if (name == "AWS::Auth::AccountIdEndpointMode")
      options.config.account_id_endpoint_mode = value;
    else if (name == "AWS::Auth::AccountId" && value != "")  // credentials without one have none
      account_id = value;
    else
      return false;
  }
  return true;
}

// Where the request goes, without the operation's own path and query.
std::string base_of(const HttpRequest& request, const std::string& expected) {
  const std::string url = request.scheme + "://" + request.host + request.target;
  return url.starts_with(expected) ? expected : url.substr(0, url.find('?'));
}

// AWS's own cases again, now through the client: its settings and the parameters of an operation
// lead to the same endpoint and signature, or to a refusal.
TEST(EndpointVectors, AreMetByCallsOfAClient) {
  const char* stated = std::getenv("CHAMBER_ENDPOINT_VECTORS");
  const std::string folder = stated != nullptr ? stated : "../shared/endpoint-vectors";
  int passed = 0, cases = 0, beyond = 0;
  for (const char* service : {"dynamodb", "s3"}) {
    std::ifstream file(folder + "/" + service + ".json");
    if (!file) GTEST_SKIP() << "there are no endpoint vectors in " << folder;
    const Json vectors = Json::parse(file);
    const auto model = find_model(service);
    for (const Json& test : vectors.at("testCases")) {
      for (const Json& input : test.value("operationInputs", Json::array())) {
        Stage stage;
        ClientOptions options;
        // The cases state nothing where botocore defaults to path style, or to its old home.
        options.config.s3.addressing_style = "virtual";
        options.config.s3.us_east_1_regional_endpoint = "regional";
        options.config.inject_host_prefix = false;
        std::string account_id;
        const std::string operation = input.at("operationName");
        if (!apply_settings(input.value("builtInParams", Json::object()), options, account_id) ||
            model->find_operation(operation) == nullptr) {
          ++beyond;
          continue;
        }
        ++cases;
        SessionOptions session = stage.options();
        session.environment = environment_of({{"AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"},
                                              {"AWS_SECRET_ACCESS_KEY", "secret"},
                                              {"AWS_ACCOUNT_ID", account_id}});
        session.aws_access_key_id.reset();
        session.aws_secret_access_key.reset();
        stage.script->answer(200);
        std::string expected = "refused", actual = "refused";
        if (test.at("expect").contains("endpoint"))
          expected = test["expect"]["endpoint"].at("url").get<std::string>();
        try {
          static_cast<void>(Session(session)
                                .client(service, options)
                                .call(operation, input.value("operationParams", Json::object())));
        } catch (const Error& error) {
          actual = error.what();
        }
        // These never get as far as the rules, or behind them, as in boto3.
        const bool accelerated_path = options.config.s3.use_accelerate_endpoint.value_or(false) &&
                                      options.config.s3.addressing_style == "path";
        if (actual.find("wants signatures of") != std::string::npos ||
            actual.find("Invalid bucket name") != std::string::npos || accelerated_path) {
          --cases;
          ++beyond;
          continue;
        }
        if (!stage.script->requests().empty())
          actual = base_of(stage.request(), expected);
        else
          actual = expected == "refused" ? "refused" : "refused: " + actual;
        if (actual == expected) ++passed;
        EXPECT_EQ(actual, expected) << service << " " << test.value("documentation", "") << "\n"
                                    << input.dump();
      }
    }
  }
  std::cout << "endpoint vectors, by calls: " << passed << " of " << cases << " passed, " << beyond
            << " are beyond the client\n";
}

}  // namespace
}  // namespace cloudchamber

// A world with DynamoDB and its streams, and short ways to make tables and items.
#pragma once

#include <string>
#include <vector>

#include "mock-server/services/dynamodb/service.h"
#include "tests/support/service/service_fixture.h"

namespace cloudchamber::mock::dynamodb {

inline Json s(const std::string& text) { return {{"S", text}}; }
inline Json n(const std::string& text) { return {{"N", text}}; }

class DynamodbFixture : public ServiceFixture {
 protected:
  DynamodbFixture() : ServiceFixture(services()) {}

  Json call(const std::string& operation, const Json& input) {
    return ServiceFixture::call("dynamodb", operation, input);
  }
  std::string error_of(const std::string& operation, const Json& input) {
    return ServiceFixture::error_of("dynamodb", operation, input);
  }
  Json stream_call(const std::string& operation, const Json& input) {
    return ServiceFixture::call("dynamodbstreams", operation, input);
  }

  // "things": hash key p and, with `range`, range key r of that type.
  static Json table_input(const std::string& range = "") {
    Json input = {
        {"TableName", "things"},
        {"BillingMode", "PAY_PER_REQUEST"},
        {"AttributeDefinitions", Json::array({{{"AttributeName", "p"}, {"AttributeType", "S"}}})},
        {"KeySchema", Json::array({{{"AttributeName", "p"}, {"KeyType", "HASH"}}})}};
    if (!range.empty()) {
      input["AttributeDefinitions"].push_back({{"AttributeName", "r"}, {"AttributeType", range}});
      input["KeySchema"].push_back({{"AttributeName", "r"}, {"KeyType", "RANGE"}});
    }
    return input;
  }
  void create(const std::string& range = "") { call("CreateTable", table_input(range)); }

  static Json index(const std::string& name, const std::string& hash, const std::string& range,
                    const Json& projection = {{"ProjectionType", "ALL"}}) {
    Json keys = Json::array({{{"AttributeName", hash}, {"KeyType", "HASH"}}});
    if (!range.empty()) keys.push_back({{"AttributeName", range}, {"KeyType", "RANGE"}});
    return {{"IndexName", name}, {"KeySchema", keys}, {"Projection", projection}};
  }

  void put(const Json& item) { call("PutItem", {{"TableName", "things"}, {"Item", item}}); }
  Json get(const Json& key) {
    const Json reply = call("GetItem", {{"TableName", "things"}, {"Key", key}});
    return reply.value("Item", Json());
  }
  // One attribute of each item that a Query or Scan gives.
  static std::vector<std::string> values(const Json& reply, const std::string& attribute) {
    std::vector<std::string> all;
    for (const Json& item : reply["Items"]) {
      all.push_back(item[attribute].begin().value().get<std::string>());
    }
    return all;
  }

 private:
  static std::vector<Service> services() {
    std::vector<Service> all;
    all.push_back(make_service());
    all.push_back(make_streams_service());
    return all;
  }
};

}  // namespace cloudchamber::mock::dynamodb

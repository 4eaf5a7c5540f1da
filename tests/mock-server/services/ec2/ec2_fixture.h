#pragma once

#include <chrono>
#include <string>

#include "mock-server/services/ec2/service.h"
#include "tests/support/service/service_fixture.h"

namespace cloudchamber::mock::ec2 {

class Ec2Fixture : public ServiceFixture {
 protected:
  Ec2Fixture() : ServiceFixture({make_service()}) {}

  Json ec2(const std::string& operation, const Json& input = Json::object()) {
    return call("ec2", operation, input);
  }
  std::string ec2_error(const std::string& operation, const Json& input = Json::object()) {
    return error_of("ec2", operation, input);
  }
  // What is refused, row by row.
  struct Refusal {
    const char* operation;
    Json input;
    const char* expected;  // "Code: message"
  };
  void expect_refusals(const std::vector<Refusal>& rows) {
    for (const Refusal& row : rows)
      EXPECT_EQ(ec2_error(row.operation, row.input), row.expected)
          << row.operation << ' ' << row.input.dump();
  }

  // After what AWS does in the background.
  void settle() { clock_->advance(std::chrono::seconds(1)); }

  std::string make_vpc(const std::string& cidr = "10.0.0.0/16") {
    return ec2("CreateVpc", {{"CidrBlock", cidr}})["Vpc"].value("VpcId", "");
  }
  std::string make_subnet(const std::string& vpc_id, const std::string& cidr) {
    return ec2("CreateSubnet", {{"VpcId", vpc_id}, {"CidrBlock", cidr}})["Subnet"].value("SubnetId",
                                                                                         "");
  }
  // The values of one member over the rows of a list.
  static std::vector<std::string> column(const Json& rows, const char* member) {
    std::vector<std::string> out;
    for (const Json& row : rows) out.push_back(row.value(member, ""));
    return out;
  }
  static Json filter(const std::string& name, const Json& values) {
    return {{"Filters", Json::array({Json{{"Name", name}, {"Values", values}}})}};
  }

  static inline const std::string kAbsentVpc = "vpc-0123456789abcdef0";
};

}  // namespace cloudchamber::mock::ec2

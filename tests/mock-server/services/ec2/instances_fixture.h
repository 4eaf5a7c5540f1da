#pragma once

#include <string>

#include "tests/mock-server/services/ec2/ec2_fixture.h"

namespace cloudchamber::mock::ec2 {

class InstancesFixture : public Ec2Fixture {
 protected:
  static inline const std::string kImageId = "ami-0123456789abcdef0";
  static inline const std::string kAbsentInstance = "i-0123456789abcdef0";

  static Json launch(const Json& more = Json::object()) {
    Json input{
        {"ImageId", kImageId}, {"InstanceType", "t2.micro"}, {"MinCount", 1}, {"MaxCount", 1}};
    input.update(more);
    return input;
  }
  Json run(const Json& more = Json::object()) { return ec2("RunInstances", launch(more)); }
  // Its id, when it runs.
  std::string run_one(const Json& more = Json::object()) {
    const std::string id = run(more)["Instances"][0]["InstanceId"];
    settle();
    return id;
  }
  Json instance(const std::string& id) {
    return ec2("DescribeInstances", {{"InstanceIds", {id}}})["Reservations"][0]["Instances"][0];
  }
  std::string state(const std::string& id) { return instance(id)["State"]["Name"]; }
  // The ids of the instances that a filter lets through.
  std::vector<std::string> found(const std::string& name, const Json& values) {
    std::vector<std::string> ids;
    const Json output = ec2("DescribeInstances", filter(name, values));
    for (const Json& reservation : output["Reservations"]) {
      for (const Json& one : reservation["Instances"]) ids.push_back(one["InstanceId"]);
    }
    return ids;
  }
  static Json tagged(const std::string& type, const std::string& key, const std::string& value) {
    return {{"ResourceType", type}, {"Tags", Json::array({Json{{"Key", key}, {"Value", value}}})}};
  }
};

}  // namespace cloudchamber::mock::ec2

// DescribeVpcAttribute and ModifyVpcAttribute: one attribute a call, all of them on or off.
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/vpcs.h"

namespace cloudchamber::mock::ec2 {
namespace {

// By name in Modify's input and Describe's output; Describe asks for it in lower case first.
constexpr const char* kAttributes[] = {"EnableDnsSupport", "EnableDnsHostnames",
                                       "EnableNetworkAddressUsageMetrics"};

Json describe_vpc_attribute(Call& call, const Ec2& state) {
  const std::string& id = call.text("VpcId");
  const Resource& vpc = get(state, kVpc, id);
  std::string name = call.text("Attribute");
  name[0] = 'E';
  return {{"VpcId", id}, {name, {{"Value", vpc.kept.at(name)}}}};
}

Json modify_vpc_attribute(Call& call, Ec2& state) {
  Resource& vpc = change(state, kVpc, call.text("VpcId"));
  std::string chosen;
  for (const char* name : kAttributes) {
    if (!call.has(name)) continue;
    if (!chosen.empty()) throw invalid_combination("Fields for multiple attribute types specified");
    chosen = name;
  }
  if (chosen.empty()) throw invalid_combination("No attributes specified.");
  const Json& given = call.at(chosen);
  vpc.kept[chosen] = given.value("Value", false);
  return Json::object();
}

}  // namespace

Family vpc_attributes() {
  return {.kinds = {},
          .operations = {{"DescribeVpcAttribute", reads<describe_vpc_attribute>},
                         {"ModifyVpcAttribute", writes<modify_vpc_attribute>}}};
}

}  // namespace cloudchamber::mock::ec2

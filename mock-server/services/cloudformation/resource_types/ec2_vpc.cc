// AWS::EC2::VPC
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-vpc.html
#include "mock-server/services/cloudformation/resource_types/ec2_resource.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

void set_attributes(const ResourceCall& call, const std::string& id) {
  const std::pair<const char*, bool> kDefaults[] = {{"EnableDnsSupport", true},
                                                    {"EnableDnsHostnames", false}};
  for (const auto& [name, fallback] : kDefaults) {
    if (!call.changed(name)) continue;
    call.invoke("ec2", "ModifyVpcAttribute",
                {{"VpcId", id}, {name, {{"Value", call.flag_or(name, fallback)}}}});
  }
}

Json what_get_att_gives(const ResourceCall& call, const std::string& id, const Json& cidr) {
  Json attributes{{"VpcId", id}, {"CidrBlock", cidr}};
  const Json of_vpc = Json::array({{{"Name", "vpc-id"}, {"Values", Json::array({id})}}});
  try {
    const Json found = call.invoke("ec2", "DescribeSecurityGroups", {{"Filters", of_vpc}});
    for (const Json& group : found.value("SecurityGroups", Json::array()))
      attributes["DefaultSecurityGroup"] = group["GroupId"];
  } catch (const AwsError& error) {
    if (error.code() != "NotImplemented") throw;
  }
  return attributes;
}

Made create(const ResourceCall& call) {
  Json input = call.pick({"CidrBlock", "InstanceTenancy"});
  add_tags(call, "vpc", input);
  const Json vpc = call.invoke("ec2", "CreateVpc", input)["Vpc"];
  const std::string id = vpc["VpcId"].get<std::string>();
  set_attributes(call, id);
  return {id, what_get_att_gives(call, id, vpc["CidrBlock"])};
}

Made update(const ResourceCall& call) {
  set_attributes(call, call.physical_id());
  update_tags(call, call.physical_id());
  return {call.physical_id(), call.context().attributes};
}

void remove(const ResourceCall& call) {
  delete_if_there(call, "DeleteVpc", {{"VpcId", call.physical_id()}});
}

}  // namespace

ResourceType ec2_vpc() {
  return {.name = "AWS::EC2::VPC",
          .properties = {{"CidrBlock", OnChange::kReplace},
                         {"InstanceTenancy", OnChange::kReplace},
                         {"EnableDnsHostnames"},
                         {"EnableDnsSupport"},
                         {"Tags"}},
          .attributes = {"CidrBlock", "DefaultSecurityGroup", "VpcId"},
          .identifiers = {"VpcId"},
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation

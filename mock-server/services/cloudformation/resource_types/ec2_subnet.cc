// AWS::EC2::Subnet
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-subnet.html
#include "mock-server/services/cloudformation/resource_types/ec2_resource.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

void set_attributes(const ResourceCall& call, const std::string& id) {
  for (const char* name : {"MapPublicIpOnLaunch", "AssignIpv6AddressOnCreation"}) {
    if (!call.changed(name)) continue;
    call.invoke("ec2", "ModifySubnetAttribute",
                {{"SubnetId", id}, {name, {{"Value", call.flag_or(name, false)}}}});
  }
}

Made create(const ResourceCall& call) {
  Json input = call.pick({"AvailabilityZone", "CidrBlock", "Ipv6CidrBlock", "VpcId"});
  add_tags(call, "subnet", input);
  const Json subnet = call.invoke("ec2", "CreateSubnet", input)["Subnet"];
  const std::string id = subnet["SubnetId"].get<std::string>();
  set_attributes(call, id);
  Json attributes = Json::object();
  for (const char* name : {"AvailabilityZone", "CidrBlock", "SubnetId", "VpcId"}) {
    if (subnet.contains(name)) attributes[name] = subnet[name];
  }
  return {id, attributes};
}

Made update(const ResourceCall& call) {
  set_attributes(call, call.physical_id());
  update_tags(call, call.physical_id());
  return {call.physical_id(), call.context().attributes};
}

void remove(const ResourceCall& call) {
  delete_if_there(call, "DeleteSubnet", {{"SubnetId", call.physical_id()}});
}

}  // namespace

ResourceType ec2_subnet() {
  return {.name = "AWS::EC2::Subnet",
          .properties = {{"VpcId", OnChange::kReplace, true},
                         {"AvailabilityZone", OnChange::kReplace},
                         {"CidrBlock", OnChange::kReplace},
                         {"Ipv6CidrBlock", OnChange::kReplace},
                         {"AssignIpv6AddressOnCreation"},
                         {"MapPublicIpOnLaunch"},
                         {"Tags"}},
          .attributes = {"AvailabilityZone", "CidrBlock", "SubnetId", "VpcId"},
          .identifiers = {"SubnetId"},
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation

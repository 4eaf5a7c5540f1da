// AWS::EC2::EIP
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-eip.html
#include "mock-server/services/cloudformation/resource_types/ec2_resource.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

std::string allocation_of(const ResourceCall& call) {
  return call.context().attributes.value("AllocationId", std::string());
}

void associate(const ResourceCall& call, const std::string& allocation) {
  call.invoke("ec2", "AssociateAddress",
              {{"AllocationId", allocation},
               {"InstanceId", call.text("InstanceId")},
               {"AllowReassociation", true}});
}

Json address(const ResourceCall& call) {
  const Json found = call.invoke("ec2", "DescribeAddresses",
                                 {{"AllocationIds", Json::array({allocation_of(call)})}});
  return found.value("Addresses", Json::array({Json::object()}))[0];
}

void disassociate(const ResourceCall& call) {
  const Json found = address(call);
  if (found.contains("AssociationId"))
    delete_if_there(call, "DisassociateAddress", {{"AssociationId", found["AssociationId"]}});
}

Made create(const ResourceCall& call) {
  Json input{{"Domain", "vpc"}};
  input.update(call.pick({"NetworkBorderGroup", "PublicIpv4Pool"}));
  add_tags(call, "elastic-ip", input);
  const Json made = call.invoke("ec2", "AllocateAddress", input);
  if (call.has("InstanceId")) associate(call, made["AllocationId"].get<std::string>());
  return {made["PublicIp"].get<std::string>(),
          {{"AllocationId", made["AllocationId"]}, {"PublicIp", made["PublicIp"]}}};
}

Made update(const ResourceCall& call) {
  if (call.changed("InstanceId")) {
    if (call.has("InstanceId")) {
      associate(call, allocation_of(call));
    } else {
      disassociate(call);
    }
  }
  update_tags(call, allocation_of(call));
  return {call.physical_id(), call.context().attributes};
}

void remove(const ResourceCall& call) {
  try {
    disassociate(call);
  } catch (const AwsError& error) {
    if (error.code().find("NotFound") == std::string::npos) throw;
    return;
  }
  delete_if_there(call, "ReleaseAddress", {{"AllocationId", allocation_of(call)}});
}

}  // namespace

ResourceType ec2_eip() {
  return {.name = "AWS::EC2::EIP",
          .properties = {{"Domain", OnChange::kReplace},
                         {"NetworkBorderGroup", OnChange::kReplace},
                         {"PublicIpv4Pool", OnChange::kReplace},
                         {"InstanceId"},
                         {"Tags"}},
          .attributes = {"AllocationId", "PublicIp"},
          .identifiers = {"PublicIp", "AllocationId"},
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation

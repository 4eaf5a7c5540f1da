// AWS::EC2::Instance
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-instance.html
#include "mock-server/services/cloudformation/resource_types/ec2_resource.h"
#include "mock-server/services/cloudformation/resource_types/rename.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

Json launch_request(const ResourceCall& call) {
  Json input =
      call.pick({"BlockDeviceMappings", "CpuOptions", "DisableApiTermination", "EbsOptimized",
                 "ImageId", "InstanceInitiatedShutdownBehavior", "InstanceType", "Ipv6AddressCount",
                 "KeyName", "LaunchTemplate", "PrivateIpAddress", "SecurityGroupIds",
                 "SecurityGroups", "SubnetId", "UserData"});
  input["MinCount"] = 1;
  input["MaxCount"] = 1;
  if (call.has("IamInstanceProfile"))
    input["IamInstanceProfile"] = {{"Name", call.text("IamInstanceProfile")}};
  if (call.has("Monitoring")) input["Monitoring"] = {{"Enabled", *call.find("Monitoring")}};
  Json placement = Json::object();
  for (const char* name : {"AvailabilityZone", "Tenancy", "HostId", "Affinity"}) {
    if (call.has(name)) placement[name] = *call.find(name);
  }
  if (call.has("PlacementGroupName")) placement["GroupName"] = *call.find("PlacementGroupName");
  if (!placement.empty()) input["Placement"] = std::move(placement);
  if (call.has("NetworkInterfaces")) {
    input["NetworkInterfaces"] = renamed_each(*call.find("NetworkInterfaces"),
                                              {{"GroupSet", "Groups"}}, "NetworkInterfaces");
  }
  add_tags(call, "instance", input);
  return input;
}

Json attributes(const ResourceCall& call, const std::string& id) {
  const Json found = call.invoke("ec2", "DescribeInstances", {{"InstanceIds", Json::array({id})}});
  const Json& instance = found.at("Reservations").at(0).at("Instances").at(0);
  Json result{{"InstanceId", id}, {"PublicIp", ""}, {"PublicDnsName", ""}};
  const std::pair<const char*, const char*> kNames[] = {{"PrivateDnsName", "PrivateDnsName"},
                                                        {"PrivateIp", "PrivateIpAddress"},
                                                        {"PublicDnsName", "PublicDnsName"},
                                                        {"PublicIp", "PublicIpAddress"},
                                                        {"VpcId", "VpcId"}};
  for (const auto& [name, member] : kNames) {
    if (instance.contains(member)) result[name] = instance[member];
  }
  if (instance.contains("Placement"))
    result["AvailabilityZone"] = instance["Placement"].value("AvailabilityZone", std::string());
  return result;
}

void set_source_check(const ResourceCall& call, const std::string& id) {
  if (!call.changed("SourceDestCheck")) return;
  call.invoke("ec2", "ModifyInstanceAttribute",
              {{"InstanceId", id},
               {"SourceDestCheck", {{"Value", call.flag_or("SourceDestCheck", true)}}}});
}

Made create(const ResourceCall& call) {
  const Json made = call.invoke("ec2", "RunInstances", launch_request(call));
  const std::string id = made.at("Instances").at(0).at("InstanceId").get<std::string>();
  set_source_check(call, id);
  return {id, attributes(call, id)};
}

void stopped_meanwhile(const ResourceCall& call, const std::string& id, const Json& modification) {
  const Json ids{{"InstanceIds", Json::array({id})}};
  call.invoke("ec2", "StopInstances", ids);
  Json input = modification;
  input["InstanceId"] = id;
  call.invoke("ec2", "ModifyInstanceAttribute", input);
  call.invoke("ec2", "StartInstances", ids);
}

Made update(const ResourceCall& call) {
  const std::string& id = call.physical_id();
  if (call.changed("InstanceType") && call.has("InstanceType"))
    stopped_meanwhile(call, id, {{"InstanceType", {{"Value", call.text("InstanceType")}}}});
  if (call.changed("UserData"))
    stopped_meanwhile(call, id, {{"UserData", {{"Value", call.text("UserData")}}}});
  if (call.changed("SecurityGroupIds") && call.has("SecurityGroupIds")) {
    call.invoke("ec2", "ModifyInstanceAttribute",
                {{"InstanceId", id}, {"Groups", call.list("SecurityGroupIds")}});
  }
  if (call.changed("DisableApiTermination")) {
    call.invoke(
        "ec2", "ModifyInstanceAttribute",
        {{"InstanceId", id},
         {"DisableApiTermination", {{"Value", call.flag_or("DisableApiTermination", false)}}}});
  }
  set_source_check(call, id);
  update_tags(call, id);
  return {id, attributes(call, id)};
}

void remove(const ResourceCall& call) {
  delete_if_there(call, "TerminateInstances", {{"InstanceIds", Json::array({call.physical_id()})}});
}

}  // namespace

ResourceType ec2_instance() {
  return {.name = "AWS::EC2::Instance",
          .properties = {{"AvailabilityZone", OnChange::kReplace},
                         {"BlockDeviceMappings", OnChange::kReplace},
                         {"CpuOptions", OnChange::kReplace},
                         {"EbsOptimized", OnChange::kReplace},
                         {"IamInstanceProfile", OnChange::kReplace},
                         {"ImageId", OnChange::kReplace},
                         {"InstanceInitiatedShutdownBehavior", OnChange::kReplace},
                         {"Ipv6AddressCount", OnChange::kReplace},
                         {"KeyName", OnChange::kReplace},
                         {"LaunchTemplate", OnChange::kReplace},
                         {"Monitoring", OnChange::kReplace},
                         {"NetworkInterfaces", OnChange::kReplace},
                         {"PlacementGroupName", OnChange::kReplace},
                         {"PrivateIpAddress", OnChange::kReplace},
                         {"SecurityGroups", OnChange::kReplace},
                         {"SubnetId", OnChange::kReplace},
                         {"Tenancy", OnChange::kReplace},
                         {"DisableApiTermination"},
                         {"InstanceType"},
                         {"SecurityGroupIds"},
                         {"SourceDestCheck"},
                         {"Tags"},
                         {"UserData"}},
          .attributes = {"AvailabilityZone", "InstanceId", "PrivateDnsName", "PrivateIp",
                         "PublicDnsName", "PublicIp", "VpcId"},
          .identifiers = {"InstanceId"},
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation

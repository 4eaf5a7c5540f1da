#include "mock-server/services/ec2/launch_interfaces.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/security_group_names.h"
#include "mock-server/services/ec2/subnets.h"
#include "mock-server/services/ec2/vpcs.h"
#include "mock-server/services/ec2/zones.h"

namespace cloudchamber::mock::ec2 {
namespace {

const std::string* text_of(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

// The zone that the placement asks for, "" for any.
std::string zone_asked_for(const Call& call, const Json& input) {
  const Json placement = input.value("Placement", Json::object());
  const std::string name = placement.value("AvailabilityZone", "");
  const std::string id = placement.value("AvailabilityZoneId", "");
  if (name.empty() && id.empty()) return "";
  for (const Zone& zone : zones_of(call.region())) {
    if (zone.name == name || (name.empty() && zone.id == id)) return zone.name;
  }
  throw invalid_parameter("Invalid availability zone: [" + (name.empty() ? id : name) + "]");
}

std::string subnet_for(const Ec2& state, const std::string& asked_for, const std::string& zone) {
  if (!asked_for.empty()) {
    const Json& subnet = get(state, kSubnet, asked_for).shown;
    if (!subnet.contains("CidrBlock")) throw not_implemented("RunInstances in an IPv6-only subnet");
    if (!zone.empty() && subnet.at("AvailabilityZone") != zone)
      throw invalid_parameter("The availability zone '" + zone + "' is not that of the subnet '" +
                              asked_for + "'.");
    return asked_for;
  }
  const std::string vpc_id = default_vpc_of(state);
  if (vpc_id.empty())
    throw AwsError("VPCIdNotSpecified",
                   "No default VPC for this user. GroupName is only supported for EC2-Classic and "
                   "default VPC.");
  std::string subnet_id = default_subnet_of(state, zone);
  if (subnet_id.empty())
    throw AwsError("MissingInput", "No subnets found for the default VPC '" + vpc_id +
                                       "'. Please specify a subnet.");
  return subnet_id;
}

std::string vpc_of(const Ec2& state, const std::string& subnet_id) {
  return get(state, kSubnet, subnet_id).shown.at("VpcId");
}

// What instance-level parameters ask for: one interface.
LaunchInterface plain_interface(const Call& call, const Ec2& state, const Json& input) {
  LaunchInterface one;
  one.subnet_id = subnet_for(state, input.value("SubnetId", ""), zone_asked_for(call, input));
  const std::string vpc_id = vpc_of(state, one.subnet_id);
  const Json ids = input.value("SecurityGroupIds", Json::array());
  const Json names = input.value("SecurityGroups", Json::array());
  if (!names.empty() && input.contains("SubnetId"))
    throw invalid_combination("The parameter groupName cannot be used with the parameter subnet");
  one.groups = security_groups_of_ids(state, one.subnet_id, ids);
  for (Json& group : security_groups_of_names(state, names)) {
    if (std::find(one.groups.begin(), one.groups.end(), group) == one.groups.end())
      one.groups.push_back(std::move(group));
  }
  if (one.groups.empty()) one.groups = default_security_group(state, vpc_id);
  if (const std::string* address = text_of(input, "PrivateIpAddress"))
    one.asked_for["PrivateIpAddress"] = *address;
  one.public_address = get(state, kSubnet, one.subnet_id).shown.value("MapPublicIpOnLaunch", false);
  return one;
}

void refuse_instance_level(const Json& input) {
  const auto refuse = [&](const char* member, const std::string& name) {
    if (input.contains(member) && !input.at(member).empty())
      throw invalid_combination("Network interfaces and an instance-level " + name +
                                " may not be specified on the same request");
  };
  refuse("SubnetId", "subnet ID");
  refuse("SecurityGroupIds", "security groups");
  refuse("SecurityGroups", "security groups");
  refuse("PrivateIpAddress", "private address");
}

LaunchInterface existing_interface(const Ec2& state, const Json& specification) {
  LaunchInterface one;
  one.existing_id = specification.at("NetworkInterfaceId").get<std::string>();
  for (const char* member :
       {"SubnetId", "Groups", "PrivateIpAddress", "PrivateIpAddresses", "Description"}) {
    if (specification.contains(member))
      throw invalid_combination(
          "A network interface may not specify a network interface ID and "
          "other parameters of a new one");
  }
  const Json& shown = get(state, kNetworkInterface, one.existing_id).shown;
  if (shown.contains("Attachment"))
    throw AwsError("InvalidNetworkInterface.InUse", "Interface: [" + one.existing_id + "] in use.");
  one.subnet_id = shown.at("SubnetId");
  one.groups = shown.at("Groups");
  one.delete_on_termination = specification.value("DeleteOnTermination", false);
  return one;
}

LaunchInterface specified_interface(const Call& call, const Ec2& state, const Json& input,
                                    const Json& specification) {
  for (const char* member : {"Ipv6Addresses", "Ipv6AddressCount", "Ipv4Prefixes", "Ipv4PrefixCount",
                             "Ipv6Prefixes", "Ipv6PrefixCount", "AssociateCarrierIpAddress"}) {
    if (specification.contains(member) && specification.at(member) != false)
      throw not_implemented(std::string(member) + " of RunInstances");
  }
  if (!specification.contains("DeviceIndex"))
    throw invalid_parameter("Each network interface requires a device index.");
  LaunchInterface one;
  if (specification.contains("NetworkInterfaceId")) {
    one = existing_interface(state, specification);
  } else {
    one.subnet_id =
        subnet_for(state, specification.value("SubnetId", ""), zone_asked_for(call, input));
    const std::string vpc_id = vpc_of(state, one.subnet_id);
    const Json groups = specification.value("Groups", Json::array());
    one.groups = groups.empty() ? default_security_group(state, vpc_id)
                                : security_groups_of_ids(state, one.subnet_id, groups);
    for (const char* member :
         {"PrivateIpAddress", "PrivateIpAddresses", "SecondaryPrivateIpAddressCount"}) {
      if (specification.contains(member)) one.asked_for[member] = specification.at(member);
    }
    one.description = specification.value("Description", "");
    one.delete_on_termination = specification.value("DeleteOnTermination", true);
  }
  one.device_index = specification.at("DeviceIndex");
  const Json& subnet = get(state, kSubnet, one.subnet_id).shown;
  one.public_address =
      one.device_index == 0 && one.existing_id.empty() &&
      specification.value("AssociatePublicIpAddress", subnet.value("MapPublicIpOnLaunch", false));
  return one;
}

}  // namespace

std::vector<LaunchInterface> launch_interfaces(const Call& call, const Ec2& state,
                                               const Json& input) {
  const Json specifications = input.value("NetworkInterfaces", Json::array());
  if (specifications.empty()) return {plain_interface(call, state, input)};
  refuse_instance_level(input);
  std::vector<LaunchInterface> all;
  for (const Json& specification : specifications)
    all.push_back(specified_interface(call, state, input, specification));
  std::sort(all.begin(), all.end(), [](const LaunchInterface& a, const LaunchInterface& b) {
    return a.device_index < b.device_index;
  });
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    if (all[i].device_index == all[i + 1].device_index)
      throw invalid_parameter("Each network interface requires a unique device index.");
  }
  if (all.front().device_index != 0)
    throw invalid_parameter(
        "When specifying network interfaces, you must include a device at index 0.");
  const auto zone_of = [&](const LaunchInterface& one) {
    return get(state, kSubnet, one.subnet_id).shown.at("AvailabilityZone").get<std::string>();
  };
  for (const LaunchInterface& one : all) {
    if (zone_of(one) != zone_of(all.front()))
      throw invalid_combination(
          "You may not attach a network interface to an instance if they are "
          "not in the same availability zone");
    if (all.size() > 1 && one.public_address &&
        specifications[0].value("AssociatePublicIpAddress", false))
      throw invalid_combination(
          "The associatePublicIPAddress parameter cannot be specified when "
          "launching with multiple network interfaces.");
  }
  return all;
}

}  // namespace cloudchamber::mock::ec2

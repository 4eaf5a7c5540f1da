// AssociateAddress, DisassociateAddress; DescribeAddressesAttribute, ModifyAddressAttribute,
// ResetAddressAttribute.
#include <algorithm>

#include "mock-server/services/ec2/addresses.h"
#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/instances.h"
#include "mock-server/services/ec2/internet_gateways.h"
#include "mock-server/services/ec2/network_interfaces.h"

namespace cloudchamber::mock::ec2 {
namespace {

// In the classic network addresses were told by themselves; those of VPCs are by ids alone.
[[noreturn]] void refuse_public_ip(const Call& call, const Ec2& state, const AwsError& refusal) {
  for (const auto& [id, address] : state.of(kAddress)) {
    if (address.shown.at("PublicIp") == call.text("PublicIp")) throw refusal;
  }
  throw AwsError("AuthFailure",
                 "The address '" + call.text("PublicIp") + "' does not belong to you.");
}

// The interface that the call means: by itself, or as the only one of an instance.
std::string interface_given(const Call& call, const Ec2& state) {
  const View view{call, state};
  const bool by_instance = call.has("InstanceId");
  if (by_instance == call.has("NetworkInterfaceId")) {
    if (by_instance)
      throw invalid_combination(
          "You may specify instance id or network interface id, but not both in the same call");
    throw AwsError("MissingParameter",
                   "Either instance ID or network interface id must be specified");
  }
  if (!by_instance) {
    const std::string& id = call.text("NetworkInterfaceId");
    const Json attachment =
        get(state, kNetworkInterface, id).shown.value("Attachment", Json::object());
    if (attachment.contains("InstanceId") &&
        state_of(view, get(state, kInstance, attachment.at("InstanceId"))) == "pending")
      throw AwsError("IncorrectInstanceState", "The pending instance to which '" + id +
                                                   "' is attached is not in a valid state for "
                                                   "this operation");
    return id;
  }
  const std::string& id = call.text("InstanceId");
  const Resource& instance = instance_at(call, state, id);
  const std::string now = state_of(view, instance);
  if (now != "running" && now != "stopped" && now != "stopping")
    throw AwsError("InvalidInstanceID", "The " + now + " instance '" + id +
                                            "' is not in a valid state for this operation.");
  const std::vector<std::string> interfaces = interfaces_of(instance);
  if (interfaces.size() != 1)
    throw AwsError("InvalidInstanceID",
                   "There are multiple interfaces attached to instance '" + id +
                       "'. Please specify an interface ID for the operation instead.");
  return interfaces.front();
}

std::string private_ip_given(const Call& call, const Json& interface) {
  std::string ip = call.text_or("PrivateIpAddress", interface.at("PrivateIpAddress"));
  const Json& all = interface.at("PrivateIpAddresses");
  if (std::none_of(all.begin(), all.end(),
                   [&](const Json& one) { return one.at("PrivateIpAddress") == ip; }))
    throw invalid_parameter("The private IP address '" + ip +
                            "' is not assigned to the network interface '" +
                            interface.at("NetworkInterfaceId").get<std::string>() + "'.");
  return ip;
}

// The association that the interface shows for one of its private addresses.
Json association_of(const Json& interface, const std::string& private_ip) {
  for (const Json& one : interface.at("PrivateIpAddresses")) {
    if (one.at("PrivateIpAddress") == private_ip) return one.value("Association", Json::object());
  }
  return Json::object();
}

void check_not_associated(const std::string& id, const Json& association) {
  if (association.contains("AssociationId"))
    throw AwsError("Resource.AlreadyAssociated",
                   "resource " + id + " is already associated with associate-id " +
                       association.at("AssociationId").get<std::string>());
}

Json associate(Call& call, Ec2& state) {
  const bool by_id = call.has("AllocationId");
  if (by_id && call.has("PublicIp"))
    throw invalid_combination(
        "You may specify public IP or allocation id, but not both in the same call");
  if (!by_id && !call.has("PublicIp"))
    throw AwsError("MissingParameter", "Either public IP or allocation id must be specified");
  if (!by_id)
    refuse_public_ip(call, state,
                     invalid_combination("You must specify an allocation id when mapping an "
                                         "address to a VPC instance"));
  const std::string& id = call.text("AllocationId");
  const Json address = get(state, kAddress, id).shown;
  const std::string interface_id = interface_given(call, state);
  const Json interface = get(state, kNetworkInterface, interface_id).shown;
  const std::string private_ip = private_ip_given(call, interface);
  const std::string vpc_id = interface.at("VpcId");
  if (internet_gateway_of(state, vpc_id).empty())
    throw AwsError("Gateway.NotAttached",
                   "Network " + vpc_id + " is not attached to any internet gateway");
  if (address.value("NetworkInterfaceId", "") == interface_id &&
      address.value("PrivateIpAddress", "") == private_ip)
    return {{"AssociationId", address.at("AssociationId")}};
  if (!call.flag_or("AllowReassociation", true)) {
    check_not_associated(id, address);
    check_not_associated(interface_id, association_of(interface, private_ip));
  }
  return {{"AssociationId", associate_address(Origin(call), state, id, interface_id, private_ip)}};
}

Json disassociate(Call& call, Ec2& state) {
  const bool by_id = call.has("AssociationId");
  if (by_id && call.has("PublicIp"))
    throw invalid_combination(
        "You may specify public IP or association id, but not both in the same call");
  if (!by_id && !call.has("PublicIp"))
    throw AwsError("MissingParameter", "Either public IP or association id must be specified");
  if (!by_id)
    refuse_public_ip(call, state,
                     invalid_parameter("You must specify an association id when unmapping an "
                                       "address from a VPC instance"));
  const std::string& association = call.text("AssociationId");
  for (const auto& [id, address] : state.of(kAddress)) {
    if (address.shown.value("AssociationId", "") != association) continue;
    const Json& interface =
        get(state, kNetworkInterface, address.shown.at("NetworkInterfaceId")).shown;
    if (interface.at("RequesterManaged") == true)
      throw AwsError("AuthFailure", "You do not have permission to access the specified resource.");
    disassociate_address(Origin(call), state, std::string(id));
    return Json::object();
  }
  throw AwsError("InvalidAssociationID.NotFound",
                 "The association ID '" + association + "' does not exist");
}

// What is known of reverse DNS.
Json attributes_of(const Resource& address) {
  Json out{{"PublicIp", address.shown.at("PublicIp")},
           {"AllocationId", address.shown.at("AllocationId")}};
  if (const auto record = address.kept.find("PtrRecord"); record != address.kept.end())
    out["PtrRecord"] = *record;
  return out;
}

Json describe_attributes(Call& call, const Ec2& state) {
  const View view{call, state};
  const Selection selection = select(view, kAddress);
  Json rows = Json::array();
  for (const auto* row : selection.rows) rows.push_back(attributes_of(row->second));
  Json out{{"Addresses", std::move(rows)}};
  if (selection.next_token.has_value()) out["NextToken"] = *selection.next_token;
  return out;
}

// Whether a name leads to the address is nothing that the emulation can ask.
Json modify_attribute(Call& call, Ec2& state) {
  Resource& address = change(state, kAddress, call.text("AllocationId"));
  std::string name = call.text_or("DomainName", "");
  if (name.empty()) throw missing_parameter("domainName");
  if (name.back() != '.') name += '.';
  address.kept["PtrRecord"] = name;
  Json out = attributes_of(address);
  out["PtrRecordUpdate"] = {{"Value", name}, {"Status", "PENDING"}};
  return {{"Address", std::move(out)}};
}

Json reset_attribute(Call& call, Ec2& state) {
  Resource& address = change(state, kAddress, call.text("AllocationId"));
  Json out = attributes_of(address);
  address.kept.erase("PtrRecord");
  return {{"Address", std::move(out)}};
}

}  // namespace

Family address_associations() {
  return {.kinds = {},
          .operations = {{"AssociateAddress", writes<associate>},
                         {"DescribeAddressesAttribute", reads<describe_attributes>},
                         {"DisassociateAddress", writes<disassociate>},
                         {"ModifyAddressAttribute", writes<modify_attribute>},
                         {"ResetAddressAttribute", writes<reset_attribute>}}};
}

}  // namespace cloudchamber::mock::ec2

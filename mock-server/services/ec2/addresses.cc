// AllocateAddress, ReleaseAddress, DescribeAddresses, AssociateAddress, DisassociateAddress.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html
#include "mock-server/services/ec2/addresses.h"

#include <algorithm>
#include <utility>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/instances.h"
#include "mock-server/services/ec2/network_interfaces.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {{"allocation-id", "AllocationId"},
                                    {"association-id", "AssociationId"},
                                    {"domain", "Domain"},
                                    {"instance-id", "InstanceId"},
                                    {"network-border-group", "NetworkBorderGroup"},
                                    {"network-interface-id", "NetworkInterfaceId"},
                                    {"network-interface-owner-id", "NetworkInterfaceOwnerId"},
                                    {"private-ip-address", "PrivateIpAddress"},
                                    {"public-ip", "PublicIp"}};

constexpr const char* kAssociationMembers[] = {"AssociationId", "InstanceId", "NetworkInterfaceId",
                                               "NetworkInterfaceOwnerId", "PrivateIpAddress"};

// The address whose `member` is `value`, "" for none.
std::string address_with(const Ec2& state, const char* member, const std::string& value) {
  for (const auto& [id, address] : state.of(kAddress)) {
    const auto found = address.shown.find(member);
    if (found != address.shown.end() && *found == value) return id;
  }
  return "";
}

AwsError no_such_address(const std::string& public_ip) {
  return {"InvalidAddress.NotFound", "Address '" + public_ip + "' not found."};
}

// The one that AllocationId or PublicIp names.
std::string address_named(const Call& call, const Ec2& state) {
  if (call.has("AllocationId")) {
    (void)get(state, kAddress, call.text("AllocationId"));
    return call.text("AllocationId");
  }
  if (!call.has("PublicIp")) throw missing_parameter("AllocationId");
  const std::string id = address_with(state, "PublicIp", call.text("PublicIp"));
  if (id.empty()) throw no_such_address(call.text("PublicIp"));
  return id;
}

// Takes the address off its interface, on both sides.
void disassociate(Ec2& state, const std::string& id) {
  Resource& address = change(state, kAddress, id);
  const auto interface_id = address.shown.find("NetworkInterfaceId");
  if (interface_id == address.shown.end()) return;
  Json& shown = change(state, kNetworkInterface, *interface_id).shown;
  for (Json& one : shown.at("PrivateIpAddresses"))
    if (one.at("PrivateIpAddress") == address.shown.at("PrivateIpAddress"))
      one.erase("Association");
  if (shown.at("PrivateIpAddress") == address.shown.at("PrivateIpAddress"))
    shown.erase("Association");
  for (const char* member : kAssociationMembers) address.shown.erase(member);
}

// What an address is to be put on.
struct Target {
  std::string interface_id;
  std::string private_ip;
  std::string instance_id;  // "" for an interface that is attached to none
};

Target target_of(const Call& call, const Ec2& state) {
  Target target;
  if (call.has("NetworkInterfaceId")) {
    target.interface_id = call.text("NetworkInterfaceId");
  } else if (call.has("InstanceId")) {
    const Resource& instance = instance_at(call, state, call.text("InstanceId"));
    const std::vector<std::string> interfaces = interfaces_of(instance);
    if (interfaces.empty())
      throw AwsError("InvalidInstanceID",
                     "The instance '" + call.text("InstanceId") +
                         "' is not in a state from which it can be associated");
    if (interfaces.size() > 1)
      throw AwsError("InvalidInstanceID",
                     "There are multiple interfaces attached to instance '" +
                         call.text("InstanceId") +
                         "'. Please specify an interface ID for the operation instead.");
    target.interface_id = interfaces.front();
  } else {
    throw missing_parameter("InstanceId");
  }
  const Json& shown = get(state, kNetworkInterface, target.interface_id).shown;
  if (const auto attachment = shown.find("Attachment"); attachment != shown.end())
    target.instance_id = attachment->value("InstanceId", "");
  target.private_ip = call.text_or("PrivateIpAddress", shown.at("PrivateIpAddress"));
  const Json& own = shown.at("PrivateIpAddresses");
  if (std::none_of(own.begin(), own.end(), [&](const Json& one) {
        return one.at("PrivateIpAddress") == target.private_ip;
      }))
    throw invalid_parameter("Invalid value for parameter privateIpAddress: " + target.private_ip +
                            ". Address is not assigned to interface " + target.interface_id);
  return target;
}

void put_on_interface(const Origin& origin, Ec2& state, const std::string& address_id,
                      const Target& target) {
  const Json address = get(state, kAddress, address_id).shown;
  const std::string vpc_id = get(state, kNetworkInterface, target.interface_id).shown.at("VpcId");
  Json association =
      public_address(origin, state, vpc_id, address.at("PublicIp"), origin.account());
  association["AllocationId"] = address_id;
  association["AssociationId"] = address.at("AssociationId");
  Json& shown = change(state, kNetworkInterface, target.interface_id).shown;
  for (Json& one : shown.at("PrivateIpAddresses"))
    if (one.at("PrivateIpAddress") == target.private_ip) one["Association"] = association;
  if (shown.at("PrivateIpAddress") == target.private_ip)
    shown["Association"] = std::move(association);
}

Json allocate_address(Call& call, Ec2& state) {
  Resource made;
  made.tags = tags_given(call, kAddress);
  for (const char* member : {"Address", "PublicIpv4Pool", "CustomerOwnedIpv4Pool", "IpamPoolId"})
    if (call.has(member)) throw not_implemented(std::string(member) + " of AllocateAddress");
  if (call.text_or("Domain", "vpc") != "vpc")
    throw invalid_value(call.text("Domain"), "domain", "Invalid domain.");
  if (const std::string group = call.text_or("NetworkBorderGroup", call.region());
      group != call.region())
    throw invalid_value(group, "networkBorderGroup", "Invalid network border group.");
  made.shown = {{"Domain", "vpc"},
                {"NetworkBorderGroup", call.region()},
                {"PublicIp", random_public_ip(Origin(call))},
                {"PublicIpv4Pool", "amazon"}};
  const Json shown = made.shown;
  Json output = shown;
  output["AllocationId"] = create(Origin(call), state, kAddress, std::move(made));
  return output;
}

Json release_address(Call& call, Ec2& state) {
  const std::string id = address_named(call, state);
  const Json& shown = get(state, kAddress, id).shown;
  if (shown.contains("AssociationId"))
    throw AwsError("InvalidIPAddress.InUse",
                   "Address " + shown.at("PublicIp").get<std::string>() + " is in use.");
  remove(Origin(call), state, kAddress, id);
  return Json::object();
}

// PublicIps name addresses as AllocationIds do.
Json describe_addresses(Call& call, const Ec2& state) {
  Json output = describe(call, state, kAddress);
  if (!call.has("PublicIps")) return output;
  Json rows = Json::array();
  for (const Json& public_ip : call.at("PublicIps")) {
    const std::string id = address_with(state, "PublicIp", public_ip);
    if (id.empty()) throw no_such_address(public_ip);
  }
  const Json& asked = call.at("PublicIps");
  for (Json& row : output.at("Addresses"))
    if (std::find(asked.begin(), asked.end(), row.at("PublicIp")) != asked.end())
      rows.push_back(std::move(row));
  output["Addresses"] = std::move(rows);
  return output;
}

// A VPC's addresses move from target to target by themselves, unless the call forbids it.
Json associate_address(Call& call, Ec2& state) {
  const std::string id = address_named(call, state);
  const Target target = target_of(call, state);
  const Json before = get(state, kAddress, id).shown;
  if (before.contains("AssociationId")) {
    const bool same = before.at("NetworkInterfaceId") == target.interface_id &&
                      before.at("PrivateIpAddress") == target.private_ip;
    if (same) return {{"AssociationId", before.at("AssociationId")}};
    if (!call.flag_or("AllowReassociation", true))
      throw AwsError("Resource.AlreadyAssociated",
                     "resource " + id + " is already associated with associate-id " +
                         before.at("AssociationId").get<std::string>());
    disassociate(state, id);
  }
  // What was on the target's address goes.
  for (const auto& [other, address] : Resources(state.of(kAddress))) {
    if (address.shown.value("NetworkInterfaceId", "") == target.interface_id &&
        address.shown.value("PrivateIpAddress", "") == target.private_ip) {
      if (!call.flag_or("AllowReassociation", true))
        throw AwsError("Resource.AlreadyAssociated",
                       "resource " + target.interface_id +
                           " is already associated with associate-id " +
                           address.shown.at("AssociationId").get<std::string>());
      disassociate(state, other);
    }
  }
  const Origin origin(call);
  Json& shown = change(state, kAddress, id).shown;
  shown["AssociationId"] = origin.id("eipassoc-");
  shown["NetworkInterfaceId"] = target.interface_id;
  shown["NetworkInterfaceOwnerId"] = call.account();
  shown["PrivateIpAddress"] = target.private_ip;
  if (!target.instance_id.empty()) shown["InstanceId"] = target.instance_id;
  Json output = {{"AssociationId", shown["AssociationId"]}};
  put_on_interface(origin, state, id, target);
  return output;
}

Json disassociate_address(Call& call, Ec2& state) {
  std::string id;
  if (call.has("AssociationId")) {
    const std::string& association_id = call.text("AssociationId");
    id = address_with(state, "AssociationId", association_id);
    if (id.empty())
      throw AwsError("InvalidAssociationID.NotFound",
                     "The association ID '" + association_id + "' does not exist");
  } else if (call.has("PublicIp")) {
    id = address_named(call, state);
  } else {
    throw missing_parameter("AssociationId");
  }
  disassociate(state, id);
  return Json::object();
}

// An interface that goes lets its addresses go.
void let_go(const Origin&, Ec2& state, const Kind& kind, const std::string& id) {
  if (&kind != &kNetworkInterface) return;
  for (const auto& [address_id, address] : Resources(state.of(kAddress)))
    if (address.shown.value("NetworkInterfaceId", "") == id) disassociate(state, address_id);
}

}  // namespace

const Kind kAddress{.type = "elastic-ip",
                    .prefix = "eipalloc-",
                    .id_member = "AllocationId",
                    .list = "Addresses",
                    .ids = "AllocationIds",
                    .not_found_code = "InvalidAllocationID.NotFound",
                    .not_found = "The allocation ID '{}' does not exist",
                    .several_not_found = "The allocation IDs '{}' do not exist",
                    .malformed_code = "InvalidAllocationID.Malformed",
                    .filters = kFilters,
                    .has_owner = false,
                    .tag_specification_code = "InvalidParameter"};

Family addresses() {
  return {.kinds = {&kAddress},
          .operations = {{"AllocateAddress", writes<allocate_address>},
                         {"AssociateAddress", writes<associate_address>},
                         {"DescribeAddresses", reads<describe_addresses>},
                         {"DisassociateAddress", writes<disassociate_address>},
                         {"ReleaseAddress", writes<release_address>}},
          .deleting = let_go};
}

}  // namespace cloudchamber::mock::ec2

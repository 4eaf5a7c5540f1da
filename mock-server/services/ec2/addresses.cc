// AllocateAddress, ReleaseAddress, DescribeAddresses.
#include "mock-server/services/ec2/addresses.h"

#include <algorithm>
#include <utility>

#include "mock-server/services/ec2/engine/cidr.h"
#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/instances.h"
#include "mock-server/services/ec2/network_interfaces.h"
#include "mock-server/services/ec2/vpcs.h"

namespace cloudchamber::mock::ec2 {
namespace {

// The instance that has the interface which the address is associated with; null for none.
Json instance_of(const View& view, const std::string&, const Resource& address) {
  const auto interface = address.shown.find("NetworkInterfaceId");
  if (interface == address.shown.end()) return nullptr;
  const Resource* found = view.state.of(kNetworkInterface).find(interface->get<std::string>());
  if (found == nullptr) return nullptr;
  return found->shown.value("Attachment", Json::object()).value("InstanceId", Json());
}

void complete(const View& view, const std::string& id, const Resource& address, Json& shown) {
  const Json instance = instance_of(view, id, address);
  if (!instance.is_null()) shown["InstanceId"] = instance;
}

constexpr FilterField kFilters[] = {{"allocation-id", "AllocationId"},
                                    {"association-id", "AssociationId"},
                                    {"domain", "Domain"},
                                    {"instance-id", "", instance_of},
                                    {"network-border-group", "NetworkBorderGroup"},
                                    {"network-interface-id", "NetworkInterfaceId"},
                                    {"network-interface-owner-id", "NetworkInterfaceOwnerId"},
                                    {"private-ip-address", "PrivateIpAddress"},
                                    {"public-ip", "PublicIp"}};

std::string allocation_of(const Ec2& state, const char* member, const std::string& value) {
  for (const auto& [id, address] : state.of(kAddress)) {
    if (address.shown.value(member, Json()) == value) return id;
  }
  return "";
}

// The public address that the call asks for, else a free one. What addresses the account once had
// is not known: any is given back that is free, unless the server is strict.
std::string address_asked_for(const Call& call, const Ec2& state) {
  const std::string wanted = call.text_or("Address", "");
  if (!wanted.empty()) {
    if (!parse_ipv4(wanted).has_value())
      throw AwsError("InvalidAddress.Malformed", "Invalid address: '" + wanted + "'");
    if (call.strict() || !allocation_of(state, "PublicIp", wanted).empty())
      throw AwsError("InvalidAddress.NotFound", "Address '" + wanted + "' not found.");
    return wanted;
  }
  const Origin origin(call);
  std::string ip = random_public_ip(origin);
  while (!allocation_of(state, "PublicIp", ip).empty()) ip = random_public_ip(origin);
  return ip;
}

void refuse_pools(const Call& call) {
  for (const char* member : {"CustomerOwnedIpv4Pool", "IpamPoolId"}) {
    if (call.has(member)) throw not_implemented(std::string(member) + " of AllocateAddress");
  }
  if (call.text_or("PublicIpv4Pool", "amazon") != "amazon")
    throw not_implemented("PublicIpv4Pool of AllocateAddress");
}

Json allocate(Call& call, Ec2& state) {
  Tags tags = tags_given(call, kAddress);
  refuse_pools(call);
  if (call.text_or("Domain", "vpc") != "vpc") throw invalid_value(call.text("Domain"), "domain");
  const std::string group = call.text_or("NetworkBorderGroup", call.region());
  if (group != call.region()) throw invalid_value(group, "networkBorderGroup");
  const std::string id =
      allocate_address(Origin(call), state, address_asked_for(call, state), std::move(tags));
  Json out = get(state, kAddress, id).shown;
  return out;
}

Json release(Call& call, Ec2& state) {
  const bool by_id = call.has("AllocationId");
  if (by_id && call.has("PublicIp"))
    throw invalid_combination(
        "You may specify public IP or allocation id, but not both in the same call");
  if (!by_id && !call.has("PublicIp"))
    throw AwsError("MissingParameter", "Either public IP or allocation id must be specified");
  if (!by_id) {
    if (allocation_of(state, "PublicIp", call.text("PublicIp")).empty())
      throw AwsError("AuthFailure",
                     "The address '" + call.text("PublicIp") + "' does not belong to you.");
    throw invalid_parameter(
        "You must specify an allocation id when releasing a VPC elastic IP address");
  }
  const std::string& id = call.text("AllocationId");
  const Json address = get(state, kAddress, id).shown;
  if (call.text_or("NetworkBorderGroup", call.region()) != call.region())
    throw AwsError("InvalidAddress.NotFound",
                   "Address '" + address.at("PublicIp").get<std::string>() + "' not found.");
  if (const auto interface = address.find("NetworkInterfaceId"); interface != address.end()) {
    const Json in = get(state, kNetworkInterface, interface->get<std::string>()).shown;
    if (in.at("VpcId") != default_vpc_of(state) || in.at("RequesterManaged") == true)
      check_address_free(state, id);
    disassociate_address(Origin(call), state, id);
  }
  remove(Origin(call), state, kAddress, id);
  return Json::object();
}

Json describe_addresses(Call& call, const Ec2& state) {
  std::vector<std::string> wanted;
  if (const Json* ips = call.find("PublicIps"); ips != nullptr) {
    for (const Json& ip : *ips) {
      wanted.push_back(ip.get<std::string>());
      if (allocation_of(state, "PublicIp", wanted.back()).empty())
        throw AwsError("InvalidAddress.NotFound", "Address '" + wanted.back() + "' not found.");
    }
  }
  return describe(call, state, kAddress, [&](const Resource& address) {
    return wanted.empty() ||
           std::find(wanted.begin(), wanted.end(), address.shown.at("PublicIp")) != wanted.end();
  });
}

// The private address's place in an interface.
Json& private_address_of(Resource& interface, const std::string& private_ip) {
  for (Json& one : interface.shown.at("PrivateIpAddresses")) {
    if (one.at("PrivateIpAddress") == private_ip) return one;
  }
  throw std::logic_error("an address is associated with a private one that is not there");
}

void show_association(Resource& interface, const std::string& private_ip, const Json& association) {
  Json& one = private_address_of(interface, private_ip);
  const bool primary = one.at("Primary") == true;
  for (Json* place : {&one, primary ? &interface.shown : nullptr}) {
    if (place == nullptr) continue;
    place->erase("Association");
    if (!association.is_null()) (*place)["Association"] = association;
  }
}

// A running instance that was started with a public address is given one again.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html
void give_back_public_address(const Origin& origin, Ec2& state, const std::string& interface_id) {
  const Json instance_id = get(state, kNetworkInterface, interface_id)
                               .shown.value("Attachment", Json::object())
                               .value("InstanceId", Json());
  if (instance_id.is_null()) return;
  const Resource* instance = state.of(kInstance).find(instance_id.get<std::string>());
  if (instance == nullptr || !instance->kept.value("PublicAddress", false) ||
      instance->shown.at("State").at("Name") != "running")
    return;
  const std::vector<std::string> interfaces = interfaces_of(*instance);
  if (interfaces.size() == 1 && interfaces.front() == interface_id)
    give_public_address(origin, state, interface_id);
}

// An interface that goes lets its addresses go.
void deleting(const Origin& origin, Ec2& state, const Kind& kind, const std::string& id) {
  if (&kind != &kNetworkInterface) return;
  for (;;) {
    const std::string address = allocation_of(state, "NetworkInterfaceId", id);
    if (address.empty()) return;
    disassociate_address(origin, state, address);
  }
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
                    .malformed_code = "InvalidAllocationID.NotFound",
                    .malformed = "The allocation ID '{}' does not exist",
                    .in_use = "The address '{}' has dependencies and cannot be released.",
                    .filters = kFilters,
                    .has_owner = false,
                    .tag_specification_code = "InvalidParameter",
                    .complete = complete};

std::string allocate_address(const Origin& origin, Ec2& state, const std::string& public_ip,
                             Tags tags) {
  Resource made;
  made.tags = std::move(tags);
  made.shown = {{"PublicIp", public_ip},
                {"Domain", "vpc"},
                {"PublicIpv4Pool", "amazon"},
                {"NetworkBorderGroup", origin.region()}};
  return create(origin, state, kAddress, std::move(made));
}

std::string associate_address(const Origin& origin, Ec2& state, const std::string& allocation_id,
                              const std::string& interface_id, const std::string& private_ip) {
  disassociate_address(origin, state, allocation_id);
  for (const auto& [id, other] : state.of(kAddress)) {
    if (other.shown.value("NetworkInterfaceId", "") != interface_id ||
        other.shown.value("PrivateIpAddress", "") != private_ip)
      continue;
    disassociate_address(origin, state, std::string(id));
    break;
  }
  std::string association_id = origin.id("eipassoc-");
  Resource& address = change(state, kAddress, allocation_id);
  const std::string public_ip = address.shown.at("PublicIp");
  address.shown["AssociationId"] = association_id;
  address.shown["NetworkInterfaceId"] = interface_id;
  address.shown["NetworkInterfaceOwnerId"] = origin.account();
  address.shown["PrivateIpAddress"] = private_ip;
  const std::string vpc_id = get(state, kNetworkInterface, interface_id).shown.at("VpcId");
  Json association = public_address(origin, state, vpc_id, public_ip, origin.account());
  association["AllocationId"] = allocation_id;
  association["AssociationId"] = association_id;
  show_association(change(state, kNetworkInterface, interface_id), private_ip, association);
  return association_id;
}

void disassociate_address(const Origin& origin, Ec2& state, const std::string& allocation_id) {
  Resource& address = change(state, kAddress, allocation_id);
  const auto interface = address.shown.find("NetworkInterfaceId");
  if (interface == address.shown.end()) return;
  const std::string interface_id = *interface;
  const std::string private_ip = address.shown.at("PrivateIpAddress");
  for (const char* member :
       {"AssociationId", "NetworkInterfaceId", "NetworkInterfaceOwnerId", "PrivateIpAddress"})
    address.shown.erase(member);
  show_association(change(state, kNetworkInterface, interface_id), private_ip, nullptr);
  give_back_public_address(origin, state, interface_id);
}

void check_address_free(const Ec2& state, const std::string& allocation_id) {
  const Json& address = get(state, kAddress, allocation_id).shown;
  if (address.contains("AssociationId"))
    throw AwsError("InvalidIPAddress.InUse",
                   "Address " + address.at("PublicIp").get<std::string>() + " is in use.");
}

bool has_public_addresses(const Ec2& state, const std::string& vpc_id) {
  const Resources& interfaces = state.of(kNetworkInterface);
  return std::any_of(interfaces.begin(), interfaces.end(), [&](const auto& one) {
    const Json& shown = one.second.shown;
    if (shown.at("VpcId") != vpc_id) return false;
    const Json& addresses = shown.at("PrivateIpAddresses");
    return std::any_of(addresses.begin(), addresses.end(),
                       [](const Json& address) { return address.contains("Association"); });
  });
}

Family addresses() {
  return {.kinds = {&kAddress},
          .operations = {{"AllocateAddress", writes<allocate>},
                         {"DescribeAddresses", reads<describe_addresses>},
                         {"ReleaseAddress", writes<release>}},
          .created = nullptr,
          .deleting = deleting};
}

}  // namespace cloudchamber::mock::ec2

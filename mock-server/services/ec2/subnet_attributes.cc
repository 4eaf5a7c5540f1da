// ModifySubnetAttribute, AssociateSubnetCidrBlock, DisassociateSubnetCidrBlock.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/subnets.h"
#include "mock-server/services/ec2/vpcs.h"

namespace cloudchamber::mock::ec2 {
namespace {

// What can be modified, by its name in the input, and where it is shown.
struct Attribute {
  const char* name;
  const char* shown;
  const char* within = nullptr;  // the structure that it is shown in
};
constexpr const char* kDnsOptions = "PrivateDnsNameOptionsOnLaunch";
constexpr Attribute kAttributes[] = {
    {"MapPublicIpOnLaunch", "MapPublicIpOnLaunch"},
    {"AssignIpv6AddressOnCreation", "AssignIpv6AddressOnCreation"},
    {"EnableDns64", "EnableDns64"},
    {"PrivateDnsHostnameTypeOnLaunch", "HostnameType", kDnsOptions},
    {"EnableResourceNameDnsARecordOnLaunch", "EnableResourceNameDnsARecord", kDnsOptions},
    {"EnableResourceNameDnsAAAARecordOnLaunch", "EnableResourceNameDnsAAAARecord", kDnsOptions}};

Json modify_subnet_attribute(Call& call, Ec2& state) {
  Resource& subnet = change(state, kSubnet, call.text("SubnetId"));
  for (const char* member : {"MapCustomerOwnedIpOnLaunch", "CustomerOwnedIpv4Pool",
                             "EnableLniAtDeviceIndex", "DisableLniAtDeviceIndex"}) {
    if (call.has(member)) throw not_implemented(std::string(member) + " of ModifySubnetAttribute");
  }
  const Attribute* chosen = nullptr;
  for (const Attribute& attribute : kAttributes) {
    if (!call.has(attribute.name)) continue;
    if (chosen != nullptr)
      throw invalid_combination("Fields for multiple attribute types specified");
    chosen = &attribute;
  }
  if (chosen == nullptr) throw invalid_combination("No attributes specified.");
  const Json& given = call.at(chosen->name);
  const Json value = given.is_object() ? Json(given.value("Value", false)) : given;
  if (std::string_view(chosen->name) == "AssignIpv6AddressOnCreation" && value == true &&
      subnet.shown.at("Ipv6CidrBlockAssociationSet").empty())
    throw invalid_parameter("Invalid value 'true' for assignIpv6AddressOnCreation. Subnet " +
                            call.text("SubnetId") + " does not have an IPv6 CIDR block.");
  (chosen->within == nullptr ? subnet.shown : subnet.shown[chosen->within])[chosen->shown] = value;
  return Json::object();
}

AwsError invalid_range(const std::string& cidr) {
  return {"InvalidSubnet.Range", "The CIDR '" + cidr + "' is invalid."};
}

Json associate_subnet_cidr_block(Call& call, Ec2& state) {
  const std::string& id = call.text("SubnetId");
  for (const char* member : {"Ipv6IpamPoolId", "Ipv6NetmaskLength"}) {
    if (call.has(member))
      throw not_implemented(std::string(member) + " of AssociateSubnetCidrBlock");
  }
  const std::string vpc_id = get(state, kSubnet, id).shown.at("VpcId").get<std::string>();
  if (!call.has("Ipv6CidrBlock")) throw missing_parameter("ipv6CidrBlock");
  const std::string& text = call.text("Ipv6CidrBlock");
  const Cidr6 cidr = subnet_ipv6_cidr(text, state, vpc_id);
  Resource& subnet = change(state, kSubnet, id);
  Json& list = subnet.shown["Ipv6CidrBlockAssociationSet"];
  if (!list.empty())
    throw AwsError("InvalidSubnet.Conflict",
                   "The subnet '" + id + "' already has an IPv6 CIDR block.");
  list.push_back(associated_subnet_ipv6_cidr(Origin(call), cidr));
  Json association = list.back();
  association["Ipv6CidrBlockState"]["State"] = "associating";
  return {{"SubnetId", id}, {"Ipv6CidrBlockAssociation", std::move(association)}};
}

Json disassociate_subnet_cidr_block(Call& call, Ec2& state) {
  const std::string& association_id = call.text("AssociationId");
  std::string owner;
  for (const auto& [id, subnet] : state.of(kSubnet)) {
    const Json& list = subnet.shown.at("Ipv6CidrBlockAssociationSet");
    if (!list.empty() && list[0].at("AssociationId") == association_id) owner = id;
  }
  if (owner.empty())
    throw AwsError("InvalidSubnetCidrBlockAssociationID.NotFound",
                   "The subnet CIDR block association ID '" + association_id + "' does not exist");
  Json& list = change(state, kSubnet, owner).shown["Ipv6CidrBlockAssociationSet"];
  Json gone = list[0];
  list.clear();
  gone["Ipv6CidrBlockState"]["State"] = "disassociating";
  return {{"SubnetId", owner}, {"Ipv6CidrBlockAssociation", std::move(gone)}};
}

}  // namespace

Cidr6 subnet_ipv6_cidr(const std::string& text, const Ec2& state, const std::string& vpc_id) {
  const std::optional<Cidr6> cidr = Cidr6::parse(text);
  if (!cidr.has_value())
    throw invalid_value(text, "ipv6CidrBlock", "This is not a valid IPv6 CIDR block.");
  const Json blocks =
      get(state, kVpc, vpc_id).shown.value("Ipv6CidrBlockAssociationSet", Json::array());
  const bool inside = std::any_of(blocks.begin(), blocks.end(), [&](const Json& block) {
    return Cidr6::parse(block.at("Ipv6CidrBlock").get<std::string>())->contains(*cidr);
  });
  // https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html: /44 to /64 in steps of 4.
  if (!inside || cidr->length > 64 || cidr->length % 4 != 0) throw invalid_range(text);
  for (const auto& [id, subnet] : state.of(kSubnet)) {
    if (subnet.shown.at("VpcId") != vpc_id) continue;
    for (const Json& block : subnet.shown.at("Ipv6CidrBlockAssociationSet")) {
      const Cidr6 other = *Cidr6::parse(block.at("Ipv6CidrBlock").get<std::string>());
      if (other.contains(*cidr) || cidr->contains(other))
        throw AwsError("InvalidSubnet.Conflict",
                       "The CIDR '" + text + "' conflicts with another subnet");
    }
  }
  return *cidr;
}

Json associated_subnet_ipv6_cidr(const Origin& origin, const Cidr6& cidr) {
  return {{"AssociationId", origin.id("subnet-cidr-assoc-")},
          {"Ipv6CidrBlock", cidr.text()},
          {"Ipv6CidrBlockState", {{"State", "associated"}}},
          {"Ipv6AddressAttribute", "public"},
          {"IpSource", "amazon"}};
}

Family subnet_attributes() {
  return {.kinds = {},
          .operations = {{"AssociateSubnetCidrBlock", writes<associate_subnet_cidr_block>},
                         {"DisassociateSubnetCidrBlock", writes<disassociate_subnet_cidr_block>},
                         {"ModifySubnetAttribute", writes<modify_subnet_attribute>}}};
}

}  // namespace cloudchamber::mock::ec2

// CreateSubnet, DeleteSubnet, DescribeSubnets.
#include "mock-server/services/ec2/subnets.h"

#include <algorithm>

#include "mock-server/services/ec2/engine/checks.h"
#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/vpcs.h"

namespace cloudchamber::mock::ec2 {
namespace {

// The first four addresses and the last one of every subnet are AWS's.
// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
constexpr std::int64_t kReservedAddresses = 5;

// Less those that network interfaces have.
std::int64_t available_addresses(const Ec2& state, const std::string& id, const Resource& subnet) {
  const auto block = subnet.shown.find("CidrBlock");
  if (block == subnet.shown.end()) return 0;
  auto available = static_cast<std::int64_t>(Cidr::parse(block->get<std::string>())->size()) -
                   kReservedAddresses;
  const Resources* interfaces = state.by_kind.find("network-interface");
  if (interfaces == nullptr) return available;
  for (const auto& [interface_id, one] : *interfaces) {
    const auto place = one.shown.find("SubnetId");
    if (place == one.shown.end() || *place != id) continue;
    const auto addresses = one.shown.find("PrivateIpAddresses");
    available -= addresses == one.shown.end() ? 1 : static_cast<std::int64_t>(addresses->size());
  }
  return available;
}

Json available_ip_address_count(const View& view, const std::string& id, const Resource& subnet) {
  return available_addresses(view.state, id, subnet);
}

void complete(const View& view, const std::string& id, const Resource& subnet, Json& shown) {
  shown["AvailableIpAddressCount"] = available_addresses(view.state, id, subnet);
}

constexpr FilterField kFilters[] = {
    {"availability-zone", "AvailabilityZone"},
    {"availabilityZone", "AvailabilityZone"},
    {"availability-zone-id", "AvailabilityZoneId"},
    {"availabilityZoneId", "AvailabilityZoneId"},
    {"available-ip-address-count", "", available_ip_address_count},
    {"cidr-block", "CidrBlock"},
    {"cidr", "CidrBlock"},
    {"cidrBlock", "CidrBlock"},
    {"customer-owned-ipv4-pool", "CustomerOwnedIpv4Pool"},
    {"default-for-az", "DefaultForAz"},
    {"defaultForAz", "DefaultForAz"},
    {"enable-dns64", "EnableDns64"},
    {"enable-lni-at-device-index", "EnableLniAtDeviceIndex"},
    {"ipv6-cidr-block-association.association-id", "Ipv6CidrBlockAssociationSet.AssociationId"},
    {"ipv6-cidr-block-association.ipv6-cidr-block", "Ipv6CidrBlockAssociationSet.Ipv6CidrBlock"},
    {"ipv6-cidr-block-association.state", "Ipv6CidrBlockAssociationSet.Ipv6CidrBlockState.State"},
    {"ipv6-native", "Ipv6Native"},
    {"map-customer-owned-ip-on-launch", "MapCustomerOwnedIpOnLaunch"},
    {"map-public-ip-on-launch", "MapPublicIpOnLaunch"},
    {"outpost-arn", "OutpostArn"},
    {"owner-id", "OwnerId"},
    {"private-dns-name-options-on-launch.hostname-type",
     "PrivateDnsNameOptionsOnLaunch.HostnameType"},
    {"private-dns-name-options-on-launch.enable-resource-name-dns-a-record",
     "PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsARecord"},
    {"private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record",
     "PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsAAAARecord"},
    {"state", "State"},
    {"subnet-arn", "SubnetArn"},
    {"subnet-id", "SubnetId"},
    {"vpc-id", "VpcId"}};

constexpr Reference kReferences[] = {{"vpc", "VpcId"}};

AwsError invalid_range(const std::string& cidr) {
  return {"InvalidSubnet.Range", "The CIDR '" + cidr + "' is invalid."};
}

Cidr checked_cidr(const std::string& text, const Ec2& state, const std::string& vpc_id) {
  const std::optional<Cidr> cidr = Cidr::parse(text);
  if (!cidr.has_value()) throw invalid_value(text, "cidrBlock", "This is not a valid CIDR block.");
  const std::vector<Cidr> blocks = cidrs_of(get(state, kVpc, vpc_id));
  if (cidr->length < 16 || cidr->length > 28 ||
      std::none_of(blocks.begin(), blocks.end(),
                   [&](const Cidr& block) { return block.contains(*cidr); }))
    throw invalid_range(text);
  if (has_subnet_in(state, vpc_id, *cidr))
    throw AwsError("InvalidSubnet.Conflict",
                   "The CIDR '" + text + "' conflicts with another subnet");
  return *cidr;
}

// By name or id; else the first of the region.
Zone checked_zone(const Call& call) {
  const std::vector<Zone> zones = zones_of(call.region());
  const std::string name = call.text_or("AvailabilityZone", "");
  const std::string id = call.text_or("AvailabilityZoneId", "");
  if (!name.empty() && !id.empty())
    throw invalid_combination(
        "Only one of availabilityZone and availabilityZoneId can be specified.");
  if (name.empty() && id.empty()) return zones.front();
  std::string all;
  for (const Zone& zone : zones) {
    if (zone.name == name || zone.id == id) return zone;
    all += (all.empty() ? "" : ", ") + (name.empty() ? zone.id : zone.name);
  }
  throw invalid_value(
      name.empty() ? id : name, name.empty() ? "availabilityZoneId" : "availabilityZone",
      "Subnets can currently only be created in the following availability zones: " + all + ".");
}

Json create_subnet(Call& call, Ec2& state) {
  NewSubnet subnet;
  subnet.tags = tags_given(call, kSubnet);
  subnet.vpc_id = call.text("VpcId");
  (void)get(state, kVpc, subnet.vpc_id);
  for (const char* member : {"Ipv4IpamPoolId", "Ipv6IpamPoolId", "Ipv6Native", "OutpostArn"}) {
    if (call.has(member) && call.at(member) != false)
      throw not_implemented(std::string(member) + " of CreateSubnet");
  }
  if (!call.has("CidrBlock"))
    throw AwsError("MissingParameter", "Either 'cidrBlock' or 'ipv6CidrBlock' should be provided.");
  subnet.zone = checked_zone(call);
  subnet.cidr = checked_cidr(call.text("CidrBlock"), state, subnet.vpc_id);
  if (call.has("Ipv6CidrBlock"))
    subnet.ipv6_cidr = subnet_ipv6_cidr(call.text("Ipv6CidrBlock"), state, subnet.vpc_id);
  const std::string id = make_subnet(Origin(call), state, subnet);
  return {{"Subnet", shown(call, state, kSubnet, id)}};
}

Json delete_subnet(Call& call, Ec2& state) {
  remove(Origin(call), state, kSubnet, call.text("SubnetId"));
  return Json::object();
}

}  // namespace

const Kind kSubnet{.type = "subnet",
                   .prefix = "subnet-",
                   .id_member = "SubnetId",
                   .list = "Subnets",
                   .ids = "SubnetIds",
                   .not_found_code = "InvalidSubnetID.NotFound",
                   .not_found = "The subnet ID '{}' does not exist",
                   .several_not_found = "The subnet IDs '{}' do not exist",
                   .malformed_code = "InvalidSubnetID.Malformed",
                   .in_use = "The subnet '{}' has dependencies and cannot be deleted.",
                   .filters = kFilters,
                   .references = kReferences,
                   .tag_specification_code = "InvalidParameter",
                   .at_present = pending_at_first,
                   .complete = complete};

std::string make_subnet(const Origin& origin, Ec2& state, const NewSubnet& subnet) {
  Resource made;
  made.tags = subnet.tags;
  made.shown = {{"State", "available"},
                {"VpcId", subnet.vpc_id},
                {"CidrBlock", subnet.cidr.text()},
                {"AvailabilityZone", subnet.zone.name},
                {"AvailabilityZoneId", subnet.zone.id},
                {"DefaultForAz", subnet.is_default},
                {"MapPublicIpOnLaunch", subnet.is_default},
                {"MapCustomerOwnedIpOnLaunch", false},
                {"AssignIpv6AddressOnCreation", false},
                {"Ipv6CidrBlockAssociationSet", Json::array()},
                {"EnableDns64", false},
                {"Ipv6Native", false},
                {"PrivateDnsNameOptionsOnLaunch",
                 {{"HostnameType", "ip-name"},
                  {"EnableResourceNameDnsARecord", false},
                  {"EnableResourceNameDnsAAAARecord", false}}},
                {"BlockPublicAccessStates", {{"InternetGatewayBlockMode", "off"}}}};
  if (subnet.ipv6_cidr.has_value())
    made.shown["Ipv6CidrBlockAssociationSet"].push_back(
        associated_subnet_ipv6_cidr(origin, *subnet.ipv6_cidr));
  const std::string id = create(origin, state, kSubnet, std::move(made));
  change(state, kSubnet, id).shown["SubnetArn"] =
      "arn:aws:ec2:" + origin.region() + ":" + origin.account() + ":subnet/" + id;
  return id;
}

bool has_subnet_in(const Ec2& state, const std::string& vpc_id, const Cidr& cidr) {
  const Resources& subnets = state.of(kSubnet);
  return std::any_of(subnets.begin(), subnets.end(), [&](const auto& one) {
    const Json& shown = one.second.shown;
    return shown.at("VpcId") == vpc_id && shown.contains("CidrBlock") &&
           Cidr::parse(shown.at("CidrBlock").template get<std::string>())->overlaps(cidr);
  });
}

std::string default_subnet_of(const Ec2& state, const std::string& zone_name) {
  std::string first;
  std::string first_zone;
  for (const auto& [id, subnet] : state.of(kSubnet)) {
    if (subnet.shown.at("DefaultForAz") != true) continue;
    const std::string zone = subnet.shown.at("AvailabilityZone").get<std::string>();
    if (zone == zone_name) return id;
    if (zone_name.empty() && (first.empty() || zone < first_zone)) {
      first = id;
      first_zone = zone;
    }
  }
  return first;
}

Family subnets() {
  return {.kinds = {&kSubnet},
          .operations = {{"CreateSubnet", writes<create_subnet>},
                         {"DeleteSubnet", writes<delete_subnet>},
                         {"DescribeSubnets", describes<kSubnet>}}};
}

}  // namespace cloudchamber::mock::ec2

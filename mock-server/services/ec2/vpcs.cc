// CreateVpc, DeleteVpc, DescribeVpcs, ModifyVpcTenancy.
#include "mock-server/services/ec2/vpcs.h"

#include "mock-server/services/ec2/dhcp_options.h"
#include "mock-server/services/ec2/engine/checks.h"
#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {
    {"cidr", "CidrBlock"},
    {"cidr-block-association.association-id", "CidrBlockAssociationSet.AssociationId"},
    {"cidr-block-association.cidr-block", "CidrBlockAssociationSet.CidrBlock"},
    {"cidr-block-association.state", "CidrBlockAssociationSet.CidrBlockState.State"},
    {"dhcp-options-id", "DhcpOptionsId"},
    {"ipv6-cidr-block-association.association-id", "Ipv6CidrBlockAssociationSet.AssociationId"},
    {"ipv6-cidr-block-association.ipv6-cidr-block", "Ipv6CidrBlockAssociationSet.Ipv6CidrBlock"},
    {"ipv6-cidr-block-association.ipv6-pool", "Ipv6CidrBlockAssociationSet.Ipv6Pool"},
    {"ipv6-cidr-block-association.state", "Ipv6CidrBlockAssociationSet.Ipv6CidrBlockState.State"},
    {"is-default", "IsDefault"},
    {"isDefault", "IsDefault"},
    {"owner-id", "OwnerId"},
    {"state", "State"},
    {"vpc-id", "VpcId"}};

constexpr Reference kReferences[] = {{"dhcp-options", "DhcpOptionsId"}};

// What the emulation has no part of.
void refuse_pools(const Call& call) {
  for (const char* member : {"Ipv4IpamPoolId", "Ipv6IpamPoolId", "Ipv6Pool", "Ipv6CidrBlock"}) {
    if (call.has(member)) throw not_implemented(std::string(member) + " of CreateVpc");
  }
}

Json create_vpc(Call& call, Ec2& state) {
  NewVpc vpc;
  vpc.tags = tags_given(call, kVpc);
  refuse_pools(call);
  if (!call.has("CidrBlock"))
    throw AwsError("MissingParameter",
                   "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.");
  vpc.cidr = vpc_cidr(call.text("CidrBlock"));
  vpc.tenancy = call.text_or("InstanceTenancy", "default");
  vpc.ipv6 = call.flag_or("AmazonProvidedIpv6CidrBlock", false);
  const std::string id = make_vpc(Origin(call), state, vpc);
  Json out = shown(call, state, kVpc, id);
  if (vpc.ipv6) {
    Json& association = out["Ipv6CidrBlockAssociationSet"][0];
    association["Ipv6CidrBlock"] = "";  // told once it is associated
    association["Ipv6CidrBlockState"]["State"] = "associating";
  } else {
    out["Ipv6CidrBlockAssociationSet"] = Json::array();
  }
  if (!out.contains("Tags")) out["Tags"] = Json::array();
  return {{"Vpc", std::move(out)}};
}

Json delete_vpc(Call& call, Ec2& state) {
  remove(Origin(call), state, kVpc, call.text("VpcId"));
  return Json::object();
}

Json modify_vpc_tenancy(Call& call, Ec2& state) {
  Resource& vpc = change(state, kVpc, call.text("VpcId"));
  const std::string& tenancy = call.text("InstanceTenancy");
  if (tenancy != "default")
    throw AwsError("UnsupportedTenancy", "The tenancy value " + tenancy + " is not supported.");
  vpc.shown["InstanceTenancy"] = tenancy;
  return {{"ReturnValue", true}};
}

}  // namespace

const Kind kVpc{.type = "vpc",
                .prefix = "vpc-",
                .id_member = "VpcId",
                .list = "Vpcs",
                .ids = "VpcIds",
                .not_found_code = "InvalidVpcID.NotFound",
                .not_found = "The vpc ID '{}' does not exist",
                .several_not_found = "The vpc IDs '{}' do not exist",
                .malformed_code = "InvalidVpcID.Malformed",
                .in_use = "The vpc '{}' has dependencies and cannot be deleted.",
                .filters = kFilters,
                .references = kReferences,
                .tag_specification_code = "InvalidParameter",
                .at_present = pending_at_first};

Cidr vpc_cidr(const std::string& text) {
  const std::optional<Cidr> cidr = Cidr::parse(text);
  if (!cidr.has_value()) throw invalid_value(text, "cidrBlock", "This is not a valid CIDR block.");
  if (cidr->length < 16 || cidr->length > 28)
    throw AwsError("InvalidVpc.Range", "The CIDR '" + text + "' is invalid.");
  return *cidr;
}

Json associated_cidr(const Origin& origin, const Cidr& cidr) {
  return {{"AssociationId", origin.id("vpc-cidr-assoc-")},
          {"CidrBlock", cidr.text()},
          {"CidrBlockState", {{"State", "associated"}}}};
}

Json associated_ipv6_cidr(const Origin& origin) {
  const std::string id = origin.id("vpc-cidr-assoc-");
  const std::string digits = id.substr(id.size() - 6);
  const std::string text =
      "2600:1f18:" + digits.substr(0, 4) + ':' + digits.substr(4, 2) + "00::/56";
  return {{"AssociationId", id},
          {"Ipv6CidrBlock", Cidr6::parse(text)->text()},
          {"Ipv6CidrBlockState", {{"State", "associated"}}},
          {"NetworkBorderGroup", origin.region()},
          {"Ipv6Pool", "Amazon"},
          {"Ipv6AddressAttribute", "public"},
          {"IpSource", "amazon"}};
}

std::vector<Cidr> cidrs_of(const Resource& vpc) {
  std::vector<Cidr> cidrs;
  for (const Json& association : vpc.shown.at("CidrBlockAssociationSet"))
    cidrs.push_back(*Cidr::parse(association.at("CidrBlock").get_ref<const std::string&>()));
  return cidrs;
}

std::string make_vpc(const Origin& origin, Ec2& state, const NewVpc& vpc) {
  Resource made;
  made.tags = vpc.tags;
  made.shown = {{"State", "available"},
                {"CidrBlock", vpc.cidr.text()},
                {"CidrBlockAssociationSet", Json::array({associated_cidr(origin, vpc.cidr)})},
                {"InstanceTenancy", vpc.tenancy},
                {"IsDefault", vpc.is_default},
                {"DhcpOptionsId", default_dhcp_options(origin, state)},
                {"BlockPublicAccessStates", {{"InternetGatewayBlockMode", "off"}}}};
  if (vpc.ipv6)
    made.shown["Ipv6CidrBlockAssociationSet"] = Json::array({associated_ipv6_cidr(origin)});
  made.kept = {{"EnableDnsSupport", true},
               {"EnableDnsHostnames", vpc.is_default},
               {"EnableNetworkAddressUsageMetrics", false}};
  return create(origin, state, kVpc, std::move(made));
}

std::string default_vpc_of(const Ec2& state) {
  for (const auto& [id, vpc] : state.of(kVpc)) {
    if (vpc.shown.at("IsDefault") == true) return id;
  }
  return "";
}

Family vpcs() {
  return {.kinds = {&kVpc},
          .operations = {{"CreateVpc", writes<create_vpc>},
                         {"DeleteVpc", writes<delete_vpc>},
                         {"DescribeVpcs", describes<kVpc>},
                         {"ModifyVpcTenancy", writes<modify_vpc_tenancy>}}};
}

}  // namespace cloudchamber::mock::ec2

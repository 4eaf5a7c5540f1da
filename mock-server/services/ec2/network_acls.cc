// CreateNetworkAcl, DeleteNetworkAcl, DescribeNetworkAcls, ReplaceNetworkAclAssociation. Every VPC
// has a default network ACL, that every new subnet is associated with.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
#include "mock-server/services/ec2/network_acls.h"

#include <utility>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/network_acl_entries.h"
#include "mock-server/services/ec2/subnets.h"
#include "mock-server/services/ec2/vpcs.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {
    {"association.association-id", "Associations.NetworkAclAssociationId"},
    {"association.network-acl-id", "Associations.NetworkAclId"},
    {"association.subnet-id", "Associations.SubnetId"},
    {"default", "IsDefault"},
    {"entry.cidr", "Entries.CidrBlock"},
    {"entry.egress", "Entries.Egress"},
    {"entry.icmp.code", "Entries.IcmpTypeCode.Code"},
    {"entry.icmp.type", "Entries.IcmpTypeCode.Type"},
    {"entry.ipv6-cidr", "Entries.Ipv6CidrBlock"},
    {"entry.port-range.from", "Entries.PortRange.From"},
    {"entry.port-range.to", "Entries.PortRange.To"},
    {"entry.protocol", "Entries.Protocol"},
    {"entry.rule-action", "Entries.RuleAction"},
    {"entry.rule-number", "Entries.RuleNumber"},
    {"network-acl-id", "NetworkAclId"},
    {"owner-id", "OwnerId"},
    {"vpc-id", "VpcId"}};

Effect effect_on_vpc(const Resource& acl) {
  return acl.shown.at("IsDefault").get<bool>() ? Effect::kGoesAlong : Effect::kBlocks;
}
constexpr Reference kReferences[] = {{"vpc", "VpcId", effect_on_vpc}};

std::string make_network_acl(const Origin& origin, Ec2& state, const std::string& vpc_id,
                             bool is_default, Tags tags) {
  Resource made;
  made.shown = {{"Associations", Json::array()},
                {"Entries", first_entries(is_default)},
                {"IsDefault", is_default},
                {"VpcId", vpc_id}};
  made.tags = std::move(tags);
  return create(origin, state, kNetworkAcl, std::move(made));
}

std::string default_network_acl_of(const Ec2& state, const std::string& vpc_id) {
  for (const auto& [id, acl] : state.of(kNetworkAcl)) {
    if (acl.shown.at("VpcId") == vpc_id && acl.shown.at("IsDefault").get<bool>()) return id;
  }
  return "";
}

std::string associate(const Origin& origin, Ec2& state, const std::string& acl_id,
                      const std::string& subnet_id) {
  std::string id = origin.id("aclassoc-");
  change(state, kNetworkAcl, acl_id)
      .shown.at("Associations")
      .push_back(
          {{"NetworkAclAssociationId", id}, {"NetworkAclId", acl_id}, {"SubnetId", subnet_id}});
  return id;
}

// The ACL with an association whose `member` is `value`, and which one of its associations; "" for
// none.
std::pair<std::string, std::size_t> associated(const Ec2& state, const char* member,
                                               const std::string& value) {
  for (const auto& [id, acl] : state.of(kNetworkAcl)) {
    const Json& list = acl.shown.at("Associations");
    for (std::size_t i = 0; i < list.size(); ++i)
      if (list[i].at(member) == value) return {id, i};
  }
  return {"", 0};
}

Json create_network_acl(Call& call, Ec2& state) {
  Tags tags = tags_given(call, kNetworkAcl);
  const std::string& vpc_id = call.text("VpcId");
  (void)get(state, kVpc, vpc_id);
  const std::string id = make_network_acl(Origin(call), state, vpc_id, false, std::move(tags));
  return {{"NetworkAcl", shown(call, state, kNetworkAcl, id)}};
}

Json delete_network_acl(Call& call, Ec2& state) {
  const std::string& id = call.text("NetworkAclId");
  const Resource& acl = get(state, kNetworkAcl, id);
  if (acl.shown.at("IsDefault").get<bool>())
    throw invalid_parameter("cannot delete default network ACL " + id);
  if (!acl.shown.at("Associations").empty())
    throw dependency_violation(worded(kNetworkAcl.in_use, id));
  remove(Origin(call), state, kNetworkAcl, id);
  return Json::object();
}

Json replace_network_acl_association(Call& call, Ec2& state) {
  const std::string& association_id = call.text("AssociationId");
  const std::string& acl_id = call.text("NetworkAclId");
  const auto [from, at] = associated(state, "NetworkAclAssociationId", association_id);
  if (from.empty())
    throw AwsError("InvalidAssociationID.NotFound",
                   "The association ID '" + association_id + "' does not exist");
  const std::string vpc_id = get(state, kNetworkAcl, from).shown.at("VpcId");
  if (get(state, kNetworkAcl, acl_id).shown.at("VpcId") != vpc_id)
    throw AwsError("InvalidParameter",
                   "Network ACL " + acl_id + " and the subnet belong to different networks");
  Json& list = change(state, kNetworkAcl, from).shown.at("Associations");
  const std::string subnet_id = list[at].at("SubnetId");
  list.erase(at);
  return {{"NewAssociationId", associate(Origin(call), state, acl_id, subnet_id)}};
}

void guard_what_is_new(const Origin& origin, Ec2& state, const Kind& kind, const std::string& id) {
  if (&kind == &kVpc) make_network_acl(origin, state, id, true, {});
  if (&kind != &kSubnet) return;
  const std::string vpc_id = get(state, kSubnet, id).shown.at("VpcId");
  associate(origin, state, default_network_acl_of(state, vpc_id), id);
}

void let_go(const Origin&, Ec2& state, const Kind& kind, const std::string& id) {
  if (&kind != &kSubnet) return;
  const auto [acl_id, at] = associated(state, "SubnetId", id);
  if (!acl_id.empty()) change(state, kNetworkAcl, acl_id).shown.at("Associations").erase(at);
}

}  // namespace

const Kind kNetworkAcl{.type = "network-acl",
                       .prefix = "acl-",
                       .id_member = "NetworkAclId",
                       .list = "NetworkAcls",
                       .ids = "NetworkAclIds",
                       .not_found_code = "InvalidNetworkAclID.NotFound",
                       .not_found = "The networkAcl ID '{}' does not exist",
                       .several_not_found = "The networkAcl IDs '{}' do not exist",
                       .malformed_code = "InvalidNetworkAclId.Malformed",
                       .in_use = "The networkAcl '{}' has dependencies and cannot be deleted.",
                       .filters = kFilters,
                       .references = kReferences,
                       .tags_always = true,
                       .tag_specification_code = "InvalidParameter"};

Family network_acls() {
  return {.kinds = {&kNetworkAcl},
          .operations = {{"CreateNetworkAcl", writes<create_network_acl>},
                         {"CreateNetworkAclEntry", writes<create_network_acl_entry>},
                         {"DeleteNetworkAcl", writes<delete_network_acl>},
                         {"DeleteNetworkAclEntry", writes<delete_network_acl_entry>},
                         {"DescribeNetworkAcls", describes<kNetworkAcl>},
                         {"ReplaceNetworkAclAssociation", writes<replace_network_acl_association>},
                         {"ReplaceNetworkAclEntry", writes<replace_network_acl_entry>}},
          .created = guard_what_is_new,
          .deleting = let_go};
}

}  // namespace cloudchamber::mock::ec2

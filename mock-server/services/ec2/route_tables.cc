// CreateRouteTable, DeleteRouteTable, DescribeRouteTables, AssociateRouteTable,
// DisassociateRouteTable, ReplaceRouteTableAssociation. Every VPC has a main route table.
// https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
#include "mock-server/services/ec2/route_tables.h"

#include <algorithm>
#include <utility>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/internet_gateways.h"
#include "mock-server/services/ec2/routes.h"
#include "mock-server/services/ec2/subnets.h"
#include "mock-server/services/ec2/vpcs.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {
    {"association.gateway-id", "Associations.GatewayId"},
    {"association.main", "Associations.Main"},
    {"association.route-table-association-id", "Associations.RouteTableAssociationId"},
    {"association.route-table-id", "Associations.RouteTableId"},
    {"association.subnet-id", "Associations.SubnetId"},
    {"owner-id", "OwnerId"},
    {"route-table-id", "RouteTableId"},
    {"route.destination-cidr-block", "Routes.DestinationCidrBlock"},
    {"route.destination-ipv6-cidr-block", "Routes.DestinationIpv6CidrBlock"},
    {"route.destination-prefix-list-id", "Routes.DestinationPrefixListId"},
    {"route.egress-only-internet-gateway-id", "Routes.EgressOnlyInternetGatewayId"},
    {"route.gateway-id", "Routes.GatewayId"},
    {"route.instance-id", "Routes.InstanceId"},
    {"route.nat-gateway-id", "Routes.NatGatewayId"},
    {"route.origin", "Routes.Origin"},
    {"route.state", "Routes.State"},
    {"route.transit-gateway-id", "Routes.TransitGatewayId"},
    {"route.vpc-peering-connection-id", "Routes.VpcPeeringConnectionId"},
    {"vpc-id", "VpcId"}};

bool is_main(const Resource& table) {
  const Json& list = table.shown.at("Associations");
  return std::any_of(list.begin(), list.end(),
                     [](const Json& one) { return one.at("Main") == true; });
}

Effect effect_on_vpc(const Resource& table) {
  return is_main(table) ? Effect::kGoesAlong : Effect::kBlocks;
}
constexpr Reference kReferences[] = {{"vpc", "VpcId", effect_on_vpc}};

// Adds an association of the table with what `member` names; "" for the VPC as a whole.
std::string associate(const Origin& origin, Ec2& state, const std::string& table_id,
                      const std::string& member, const std::string& id) {
  Json association{{"Main", member.empty()},
                   {"RouteTableAssociationId", origin.id("rtbassoc-")},
                   {"RouteTableId", table_id},
                   {"AssociationState", {{"State", "associated"}}}};
  if (!member.empty()) association[member] = id;
  std::string association_id = association.at("RouteTableAssociationId");
  change(state, kRouteTable, table_id).shown.at("Associations").push_back(std::move(association));
  return association_id;
}

// The table with an association whose `member` is `value`, and which of its associations that is;
// "" for none.
std::pair<std::string, std::size_t> associated(const Ec2& state, const std::string& member,
                                               const std::string& value) {
  for (const auto& [id, table] : state.of(kRouteTable)) {
    const Json& list = table.shown.at("Associations");
    for (std::size_t i = 0; i < list.size(); ++i)
      if (list[i].value(member, Json()) == value) return {id, i};
  }
  return {"", 0};
}

std::string make_route_table(const Origin& origin, Ec2& state, const std::string& vpc_id,
                             Tags tags) {
  Resource made;
  made.tags = std::move(tags);
  made.shown = {{"VpcId", vpc_id},
                {"Associations", Json::array()},
                {"PropagatingVgws", Json::array()},
                {"Routes", Json::array()}};
  return create(origin, state, kRouteTable, std::move(made));
}

Json create_route_table(Call& call, Ec2& state) {
  Tags tags = tags_given(call, kRouteTable);
  const std::string& vpc_id = call.text("VpcId");
  (void)get(state, kVpc, vpc_id);
  const std::string id = make_route_table(Origin(call), state, vpc_id, std::move(tags));
  Json out{{"RouteTable", shown(call, state, kRouteTable, id)}};
  if (call.has("ClientToken")) out["ClientToken"] = call.at("ClientToken");
  return out;
}

Json delete_route_table(Call& call, Ec2& state) {
  const std::string& id = call.text("RouteTableId");
  if (!get(state, kRouteTable, id).shown.at("Associations").empty())
    throw dependency_violation(worded(kRouteTable.in_use, id));
  remove(Origin(call), state, kRouteTable, id);
  return Json::object();
}

AwsError different_networks(const std::string& table, const char* what, const std::string& id) {
  return invalid_parameter("route table " + table + " and " + what + " " + id +
                           " belong to different networks");
}

Json associate_route_table(Call& call, Ec2& state) {
  const std::string& table_id = call.text("RouteTableId");
  const std::string vpc_id = get(state, kRouteTable, table_id).shown.at("VpcId");
  if (call.has("PublicIpv4Pool")) throw not_implemented("PublicIpv4Pool of AssociateRouteTable");
  if (call.has("SubnetId") == call.has("GatewayId"))
    throw AwsError(call.has("SubnetId") ? "InvalidParameterCombination" : "MissingParameter",
                   "Either 'subnetId' or 'gatewayId' should be provided.");
  const std::string member = call.has("SubnetId") ? "SubnetId" : "GatewayId";
  const std::string& target = call.text(member);
  if (member == "SubnetId") {
    if (get(state, kSubnet, target).shown.at("VpcId") != vpc_id)
      throw different_networks(table_id, "subnet", target);
  } else {
    (void)get(state, kInternetGateway, target);
    if (internet_gateway_of(state, vpc_id) != target)
      throw different_networks(table_id, "network gateway", target);
  }
  const auto [other, at] = associated(state, member, target);
  std::string id;
  if (other == table_id) {
    id = get(state, kRouteTable, table_id).shown["Associations"][at]["RouteTableAssociationId"];
  } else if (!other.empty()) {
    throw AwsError("Resource.AlreadyAssociated", "the specified association for route table " +
                                                     table_id +
                                                     " conflicts with an existing association");
  } else {
    id = associate(Origin(call), state, table_id, member, target);
  }
  return {{"AssociationId", id}, {"AssociationState", {{"State", "associated"}}}};
}

// The association of that id.
std::pair<std::string, std::size_t> association_at(const Ec2& state, const std::string& id) {
  auto found = associated(state, "RouteTableAssociationId", id);
  if (found.first.empty())
    throw AwsError("InvalidAssociationID.NotFound",
                   "The association ID '" + id + "' does not exist");
  return found;
}

Json disassociate_route_table(Call& call, Ec2& state) {
  const std::string& id = call.text("AssociationId");
  const auto [table_id, at] = association_at(state, id);
  Json& list = change(state, kRouteTable, table_id).shown.at("Associations");
  if (list[at].at("Main") == true)
    throw invalid_parameter("cannot disassociate the main route table association " + id);
  list.erase(at);
  return Json::object();
}

Json replace_route_table_association(Call& call, Ec2& state) {
  const std::string& old_id = call.text("AssociationId");
  const std::string& table_id = call.text("RouteTableId");
  const auto [from, at] = association_at(state, old_id);
  const Json old = get(state, kRouteTable, from).shown.at("Associations")[at];
  const std::string member = old.contains("SubnetId")    ? "SubnetId"
                             : old.contains("GatewayId") ? "GatewayId"
                                                         : "";
  const std::string target = member.empty() ? "" : old.at(member).get<std::string>();
  const std::string vpc_id = get(state, kRouteTable, from).shown.at("VpcId");
  if (get(state, kRouteTable, table_id).shown.at("VpcId") != vpc_id)
    throw different_networks(table_id, member == "SubnetId" ? "subnet" : "network",
                             target.empty() ? vpc_id : target);
  std::string id = old_id;
  if (from != table_id) {
    change(state, kRouteTable, from).shown.at("Associations").erase(at);
    id = associate(Origin(call), state, table_id, member, target);
  }
  return {{"NewAssociationId", id}, {"AssociationState", {{"State", "associated"}}}};
}

// Its main table, and the way to the internet that the default VPC has from the beginning.
void created(const Origin& origin, Ec2& state, const Kind& kind, const std::string& id) {
  if (&kind == &kVpc) associate(origin, state, make_route_table(origin, state, id, {}), "", "");
  if (&kind != &kInternetGateway) return;
  const std::string vpc_id = default_vpc_of(state);
  if (vpc_id.empty() || internet_gateway_of(state, vpc_id) != id) return;
  change(state, kRouteTable, main_route_table_of(state, vpc_id))
      .shown.at("Routes")
      .push_back(
          {{"DestinationCidrBlock", "0.0.0.0/0"}, {"GatewayId", id}, {"Origin", "CreateRoute"}});
}

void deleting(const Origin&, Ec2& state, const Kind& kind, const std::string& id) {
  if (&kind != &kSubnet && &kind != &kInternetGateway) return;
  const auto [table_id, at] = associated(state, std::string(kind.id_member), id);
  if (!table_id.empty()) change(state, kRouteTable, table_id).shown.at("Associations").erase(at);
}

}  // namespace

const Kind kRouteTable{.type = "route-table",
                       .prefix = "rtb-",
                       .id_member = "RouteTableId",
                       .list = "RouteTables",
                       .ids = "RouteTableIds",
                       .not_found_code = "InvalidRouteTableID.NotFound",
                       .not_found = "The routeTable ID '{}' does not exist",
                       .several_not_found = "The routeTable IDs '{}' do not exist",
                       .malformed_code = "InvalidRouteTableId.Malformed",
                       .in_use = "The routeTable '{}' has dependencies and cannot be deleted.",
                       .filters = kFilters,
                       .references = kReferences,
                       .tags_always = true,
                       .tag_specification_code = "InvalidParameter",
                       .at_present = with_all_routes};

std::string main_route_table_of(const Ec2& state, const std::string& vpc_id) {
  for (const auto& [id, table] : state.of(kRouteTable)) {
    if (table.shown.at("VpcId") == vpc_id && is_main(table)) return id;
  }
  return "";
}

std::string route_table_of_subnet(const Ec2& state, const std::string& subnet_id) {
  const std::string own = associated(state, "SubnetId", subnet_id).first;
  if (!own.empty()) return own;
  return main_route_table_of(state, get(state, kSubnet, subnet_id).shown.at("VpcId"));
}

Family route_tables() {
  return {.kinds = {&kRouteTable},
          .operations = {{"AssociateRouteTable", writes<associate_route_table>},
                         {"CreateRoute", writes<create_route>},
                         {"CreateRouteTable", writes<create_route_table>},
                         {"DeleteRoute", writes<delete_route>},
                         {"DeleteRouteTable", writes<delete_route_table>},
                         {"DescribeRouteTables", describes<kRouteTable>},
                         {"DisassociateRouteTable", writes<disassociate_route_table>},
                         {"ReplaceRoute", writes<replace_route>},
                         {"ReplaceRouteTableAssociation", writes<replace_route_table_association>}},
          .created = created,
          .deleting = deleting};
}

}  // namespace cloudchamber::mock::ec2

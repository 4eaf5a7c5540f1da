// CreateRoute, ReplaceRoute, DeleteRoute.
#include "mock-server/services/ec2/routes.h"

#include <algorithm>
#include <string>

#include "mock-server/services/ec2/engine/cidr.h"
#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/family.h"
#include "mock-server/services/ec2/internet_gateways.h"
#include "mock-server/services/ec2/route_tables.h"
#include "mock-server/services/ec2/vpcs.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr const char* kDestinations[] = {"DestinationCidrBlock", "DestinationIpv6CidrBlock",
                                         "DestinationPrefixListId"};

// What a route may lead to.
struct TargetKind {
  const char* member;
  const char* type;
  const char* not_found_code;
  const char* not_found;
  const char* called;  // where it is refused
};
constexpr TargetKind kTargets[] = {
    {"EgressOnlyInternetGatewayId", "egress-only-internet-gateway", "InvalidGatewayID.NotFound",
     "The eigw ID '{}' does not exist", "egress-only internet gateway"},
    {"GatewayId", "internet-gateway", "InvalidGatewayID.NotFound",
     "The gateway ID '{}' does not exist", "network gateway"},
    {"InstanceId", "instance", "InvalidInstanceID.NotFound", "The instance ID '{}' does not exist",
     "instance"},
    {"NatGatewayId", "natgateway", "InvalidNatGatewayID.NotFound",
     "The natGateway ID '{}' does not exist", "nat gateway"},
    {"NetworkInterfaceId", "network-interface", "InvalidNetworkInterfaceID.NotFound",
     "The networkInterface ID '{}' does not exist", "interface"},
    {"VpcPeeringConnectionId", "vpc-peering-connection", "InvalidVpcPeeringConnectionID.NotFound",
     "The vpcPeeringConnection ID '{}' does not exist", "vpc peering connection"}};
constexpr const char* kTargetsNotEmulated[] = {"CarrierGatewayId", "CoreNetworkArn",
                                               "LocalGatewayId",   "OdbNetworkArn",
                                               "TransitGatewayId", "VpcEndpointId"};

const Resource* find(const Ec2& state, const char* type, const std::string& id) {
  const Resources* all = state.by_kind.find(type);
  return all == nullptr ? nullptr : all->find(id);
}

// "DestinationCidrBlock" and its value, for the one destination that the call gives.
struct Destination {
  std::string member;
  std::string value;
  [[nodiscard]] bool is_of(const Json& route) const { return route.value(member, Json()) == value; }
};

Destination destination_given(const Call& call, const Ec2& state) {
  Destination out;
  for (const char* member : kDestinations) {
    if (!call.has(member) || call.text(member).empty()) continue;
    if (!out.member.empty())
      throw invalid_combination(
          "The request must contain exactly one of destinationCidrBlock, destinationIpv6CidrBlock "
          "or destinationPrefixListId");
    out = {member, call.text(member)};
  }
  if (out.member.empty())
    throw AwsError(
        "MissingParameter",
        "The request must contain exactly one of destinationCidrBlock, destinationIpv6CidrBlock "
        "or destinationPrefixListId");
  if (out.member == "DestinationCidrBlock") {
    const std::optional<Cidr> cidr = Cidr::parse(out.value);
    if (!cidr.has_value())
      throw invalid_value(out.value, "destinationCidrBlock", "This is not a valid CIDR block.");
    out.value = cidr->text();
  } else if (out.member == "DestinationIpv6CidrBlock") {
    const std::optional<Cidr6> cidr = Cidr6::parse(out.value);
    if (!cidr.has_value())
      throw invalid_value(out.value, "destinationIpv6CidrBlock",
                          "This is not a valid IPv6 CIDR block.");
    out.value = cidr->text();
  } else if (const Kind* lists = kind_of_type("prefix-list"); lists != nullptr) {
    (void)get(state, *lists, out.value);
  }
  return out;
}

std::string vpc_of(const TargetKind& kind, const Resource& target, const std::string& table_vpc) {
  if (std::string_view(kind.member) == "VpcPeeringConnectionId") {
    for (const char* side : {"AccepterVpcInfo", "RequesterVpcInfo"}) {
      if (target.shown.at(side).value("VpcId", "") == table_vpc) return table_vpc;
    }
    return "";
  }
  const Json& shown = target.shown;
  if (const auto attachments = shown.find("Attachments"); attachments != shown.end())
    return attachments->empty() ? "" : (*attachments)[0].value("VpcId", "");
  return shown.value("VpcId", "");
}

// Instances are routed to through their only network interface.
std::string interface_of(const Ec2& state, const std::string& instance_id) {
  std::string only;
  if (const Resources* all = state.by_kind.find("network-interface"); all != nullptr) {
    for (const auto& [id, one] : *all) {
      if (one.shown.value("Attachment", Json::object()).value("InstanceId", "") != instance_id)
        continue;
      if (!only.empty())
        throw AwsError("InvalidInstanceID",
                       "There are multiple interfaces attached to instance '" + instance_id +
                           "'. Please specify an interface ID for the operation instead.");
      only = id;
    }
  }
  if (only.empty())
    throw AwsError("InvalidInstanceID",
                   "There is no interface attached to instance '" + instance_id + "'.");
  return only;
}

const TargetKind& target_given(const Call& call) {
  for (const char* member : kTargetsNotEmulated) {
    if (call.has(member))
      throw not_implemented(std::string(member) + " of " + call.operation().name);
  }
  const TargetKind* given = nullptr;
  for (const TargetKind& kind : kTargets) {
    if (!call.has(kind.member) || call.text(kind.member).empty()) continue;
    if (given != nullptr)
      throw invalid_combination("The parameters " + std::string(given->member) + " and " +
                                kind.member + " cannot be used together");
    given = &kind;
  }
  if (given == nullptr)
    throw AwsError("MissingParameter",
                   "The request must contain exactly one of: gatewayId, natGatewayId, "
                   "networkInterfaceId, instanceId, egressOnlyInternetGatewayId, "
                   "vpcPeeringConnectionId");
  return *given;
}

// Inside the VPC, only what can pass traffic on may stand in the way of local routes.
// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
void check_way(const Destination& destination, const TargetKind& kind, const Resource& vpc) {
  const std::string_view member = kind.member;
  if (member == "EgressOnlyInternetGatewayId" && destination.member == "DestinationCidrBlock")
    throw invalid_value(destination.value, "destinationCidrBlock",
                        "Egress-only internet gateways are for IPv6 traffic only.");
  if (member == "InstanceId" || member == "NetworkInterfaceId" || member == "NatGatewayId") return;
  if (destination.member != "DestinationCidrBlock") return;
  const Cidr cidr = *Cidr::parse(destination.value);
  for (const Cidr& block : cidrs_of(vpc)) {
    if (block.contains(cidr))
      throw invalid_parameter("The destination CIDR block " + destination.value +
                              " is equal to or more specific than one of this VPC's CIDR blocks. "
                              "This route can target only an interface or an instance.");
  }
}

// The route that the call gives, without its state.
Json route_given(const Call& call, const Ec2& state, const Destination& destination) {
  const std::string& table_id = call.text("RouteTableId");
  const std::string table_vpc = get(state, kRouteTable, table_id).shown.at("VpcId");
  const TargetKind& kind = target_given(call);
  const std::string& id = call.text(kind.member);
  const Resource* target = find(state, kind.type, id);
  if (target == nullptr) throw AwsError(kind.not_found_code, worded(kind.not_found, id));
  if (vpc_of(kind, *target, table_vpc) != table_vpc)
    throw invalid_parameter("route table " + table_id + " and " + kind.called + " " + id +
                            " belong to different networks");
  check_way(destination, kind, get(state, kVpc, table_vpc));
  Json route{{destination.member, destination.value}, {"Origin", "CreateRoute"}};
  if (std::string_view(kind.member) == "InstanceId") {
    route["NetworkInterfaceId"] = interface_of(state, id);
  } else {
    route[kind.member] = id;
  }
  return route;
}

bool is_local(const Ec2& state, const std::string& table_id, const Destination& destination) {
  const Json routes =
      local_routes(get(state, kVpc, get(state, kRouteTable, table_id).shown.at("VpcId")));
  return std::any_of(routes.begin(), routes.end(),
                     [&](const Json& route) { return destination.is_of(route); });
}

Json::iterator find_route(Json& routes, const Destination& destination) {
  return std::find_if(routes.begin(), routes.end(),
                      [&](const Json& route) { return destination.is_of(route); });
}

}  // namespace

Json local_routes(const Resource& vpc) {
  Json routes = Json::array();
  const auto add = [&](const char* set, const char* block, const char* destination) {
    const Json blocks = vpc.shown.value(set, Json::array());
    for (const Json& one : blocks) {
      routes.push_back({{destination, one.at(block)},
                        {"GatewayId", "local"},
                        {"Origin", "CreateRouteTable"},
                        {"State", "active"}});
    }
  };
  add("CidrBlockAssociationSet", "CidrBlock", kDestinations[0]);
  add("Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock", kDestinations[1]);
  return routes;
}

Json create_route(Call& call, Ec2& state) {
  const std::string& id = call.text("RouteTableId");
  (void)get(state, kRouteTable, id);
  const Destination destination = destination_given(call, state);
  Json route = route_given(call, state, destination);
  const bool local = is_local(state, id, destination);
  Json& routes = change(state, kRouteTable, id).shown.at("Routes");
  if (local || find_route(routes, destination) != routes.end())
    throw AwsError("RouteAlreadyExists",
                   "The route identified by " + destination.value + " already exists.");
  routes.push_back(std::move(route));
  return {{"Return", true}};
}

// A local route that has been given a target stands among the routes made by calls, until it is
// given its own target again.
Json replace_route(Call& call, Ec2& state) {
  const std::string& id = call.text("RouteTableId");
  (void)get(state, kRouteTable, id);
  const Destination destination = destination_given(call, state);
  const bool local = is_local(state, id, destination);
  const bool reset = call.flag_or("LocalTarget", false) || call.text_or("GatewayId", "") == "local";
  Json route = reset ? Json() : route_given(call, state, destination);
  Json& routes = change(state, kRouteTable, id).shown.at("Routes");
  const auto old = find_route(routes, destination);
  if ((old == routes.end() && !local) || (reset && !local))
    throw invalid_parameter("There is no route defined for '" + destination.value +
                            "' in the route table. Use CreateRoute instead.");
  if (local && !reset) route["Origin"] = "CreateRouteTable";
  if (old != routes.end()) routes.erase(old);
  if (!reset) routes.push_back(std::move(route));
  return Json::object();
}

Json delete_route(Call& call, Ec2& state) {
  const std::string& id = call.text("RouteTableId");
  (void)get(state, kRouteTable, id);
  const Destination destination = destination_given(call, state);
  if (is_local(state, id, destination))
    throw invalid_parameter("cannot remove local route " + destination.value + " in route table " +
                            id);
  Json& routes = change(state, kRouteTable, id).shown.at("Routes");
  const auto old = find_route(routes, destination);
  if (old == routes.end()) {
    const char* name = destination.member == kDestinations[0]   ? "destination-cidr-block"
                       : destination.member == kDestinations[1] ? "destination-ipv6-cidr-block"
                                                                : "destination-prefix-list-id";
    throw AwsError("InvalidRoute.NotFound", "no route with " + std::string(name) + " " +
                                                destination.value + " in route table " + id);
  }
  routes.erase(old);
  return Json::object();
}

}  // namespace cloudchamber::mock::ec2

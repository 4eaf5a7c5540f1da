// All routes of a table, with the states that follow from their targets.
#include <algorithm>

#include "mock-server/services/ec2/engine/family.h"
#include "mock-server/services/ec2/internet_gateways.h"
#include "mock-server/services/ec2/routes.h"
#include "mock-server/services/ec2/vpcs.h"

namespace cloudchamber::mock::ec2 {
namespace {

// The resource as it is now, null when it is gone.
Json at_present(const View& view, const char* type, const std::string& id) {
  const Kind* kind = kind_of_type(type);
  if (kind == nullptr) return nullptr;
  const Resource* found = view.state.of(*kind).find(id);
  if (found == nullptr || (kind->gone != nullptr && kind->gone(view, *found))) return nullptr;
  Json scratch;
  return kind->at_present == nullptr ? found->shown : kind->at_present(view, *found, scratch);
}

// Through an interface it leads to the instance that has it, while that runs.
bool leads_to_instance(const View& view, Json& route) {
  const Json interface = at_present(view, "network-interface", route.at("NetworkInterfaceId"));
  if (interface.is_null() || !interface.contains("Attachment")) return false;
  const Json& attachment = interface.at("Attachment");
  if (!attachment.contains("InstanceId")) return true;
  const std::string instance_id = attachment.at("InstanceId");
  route["InstanceId"] = instance_id;
  route["InstanceOwnerId"] = attachment.value("InstanceOwnerId", "");
  const Json instance = at_present(view, "instance", instance_id);
  if (instance.is_null()) return false;
  const std::string state = instance.value("State", Json::object()).value("Name", "running");
  return state == "running" || state == "pending";
}

bool is_active(const View& view, const std::string& vpc_id, Json& route) {
  if (route.contains("NetworkInterfaceId")) return leads_to_instance(view, route);
  if (const auto gateway = route.find("GatewayId"); gateway != route.end())
    return *gateway == internet_gateway_of(view.state, vpc_id);
  if (const auto gateway = route.find("NatGatewayId"); gateway != route.end()) {
    const Json found = at_present(view, "natgateway", *gateway);
    return !found.is_null() && (found.at("State") == "available" || found.at("State") == "pending");
  }
  if (const auto connection = route.find("VpcPeeringConnectionId"); connection != route.end()) {
    const Json found = at_present(view, "vpc-peering-connection", *connection);
    return !found.is_null() && found.at("Status").at("Code") == "active";
  }
  if (const auto gateway = route.find("EgressOnlyInternetGatewayId"); gateway != route.end())
    return !at_present(view, "egress-only-internet-gateway", *gateway).is_null();
  return false;
}

// Gateway endpoints route what goes to their service's prefix list to themselves.
void add_endpoints(const View& view, const Json& table_id, Json& routes) {
  const Resources* endpoints = view.state.by_kind.find("vpc-endpoint");
  if (endpoints == nullptr) return;
  for (const auto& [id, endpoint] : *endpoints) {
    const Json tables = endpoint.shown.value("RouteTableIds", Json::array());
    if (std::find(tables.begin(), tables.end(), table_id) == tables.end() ||
        !endpoint.kept.contains("PrefixListId"))
      continue;
    routes.push_back({{"DestinationPrefixListId", endpoint.kept.at("PrefixListId")},
                      {"GatewayId", id},
                      {"Origin", "CreateRoute"},
                      {"State", "active"}});
  }
}

}  // namespace

const Json& with_all_routes(const View& view, const Resource& table, Json& scratch) {
  scratch = table.shown;
  const std::string vpc_id = table.shown.at("VpcId");
  const Json& made = table.shown.at("Routes");
  Json routes = Json::array();
  const Json local = local_routes(*view.state.of(kVpc).find(vpc_id));
  for (const Json& route : local) {
    const bool replaced = std::any_of(made.begin(), made.end(), [&](const Json& other) {
      for (const char* member : {"DestinationCidrBlock", "DestinationIpv6CidrBlock"}) {
        if (route.contains(member) && other.value(member, Json()) == route.at(member)) return true;
      }
      return false;
    });
    if (!replaced) routes.push_back(route);
  }
  for (const Json& one : made) {
    Json route = one;
    route["State"] = is_active(view, vpc_id, route) ? "active" : "blackhole";
    routes.push_back(std::move(route));
  }
  add_endpoints(view, table.shown.at("RouteTableId"), routes);
  scratch["Routes"] = std::move(routes);
  return scratch;
}

}  // namespace cloudchamber::mock::ec2

// AWS::EC2::RouteTable, AWS::EC2::Route, AWS::EC2::SubnetRouteTableAssociation
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-routetable.html
#include "mock-server/services/cloudformation/resource_types/ec2_resource.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

Made create_table(const ResourceCall& call) {
  Json input = call.pick({"VpcId"});
  add_tags(call, "route-table", input);
  const std::string id =
      id_in(call.invoke("ec2", "CreateRouteTable", input), "RouteTable", "RouteTableId");
  return {id, {{"RouteTableId", id}}};
}

Made update_table(const ResourceCall& call) {
  update_tags(call, call.physical_id());
  return {call.physical_id(), call.context().attributes};
}

void remove_table(const ResourceCall& call) {
  delete_if_there(call, "DeleteRouteTable", {{"RouteTableId", call.physical_id()}});
}

Json destination(const ResourceCall& call) {
  return call.pick({"RouteTableId", "DestinationCidrBlock", "DestinationIpv6CidrBlock"});
}
Json route(const ResourceCall& call) {
  Json input = destination(call);
  input.update(call.pick({"EgressOnlyInternetGatewayId", "GatewayId", "InstanceId", "NatGatewayId",
                          "NetworkInterfaceId", "TransitGatewayId", "VpcPeeringConnectionId"}));
  return input;
}
Made made_route(const ResourceCall& call) {
  const std::string to =
      call.text_or("DestinationCidrBlock", call.text("DestinationIpv6CidrBlock"));
  return {call.text("RouteTableId") + '|' + to, {{"CidrBlock", to}}};
}

Made create_route(const ResourceCall& call) {
  call.invoke("ec2", "CreateRoute", route(call));
  return made_route(call);
}
Made update_route(const ResourceCall& call) {
  call.invoke("ec2", "ReplaceRoute", route(call));
  return made_route(call);
}
void remove_route(const ResourceCall& call) {
  delete_if_there(call, "DeleteRoute", destination(call));
}

Made associate(const ResourceCall& call) {
  const std::string id = call.invoke("ec2", "AssociateRouteTable",
                                     call.pick({"RouteTableId", "SubnetId"}))["AssociationId"]
                             .get<std::string>();
  return {id, {{"Id", id}}};
}
Made associate_another(const ResourceCall& call) {
  const std::string id =
      call.invoke("ec2", "ReplaceRouteTableAssociation",
                  {{"AssociationId", call.physical_id()},
                   {"RouteTableId", call.text("RouteTableId")}})["NewAssociationId"]
          .get<std::string>();
  return {id, {{"Id", id}}};
}
void disassociate(const ResourceCall& call) {
  delete_if_there(call, "DisassociateRouteTable", {{"AssociationId", call.physical_id()}});
}

}  // namespace

ResourceType ec2_route_table() {
  return {.name = "AWS::EC2::RouteTable",
          .properties = {{"VpcId", OnChange::kReplace, true}, {"Tags"}},
          .attributes = {"RouteTableId"},
          .identifiers = {"RouteTableId"},
          .create = create_table,
          .update = update_table,
          .remove = remove_table};
}

ResourceType ec2_route() {
  return {.name = "AWS::EC2::Route",
          .properties = {{"RouteTableId", OnChange::kReplace, true},
                         {"DestinationCidrBlock", OnChange::kReplace},
                         {"DestinationIpv6CidrBlock", OnChange::kReplace},
                         {"EgressOnlyInternetGatewayId"},
                         {"GatewayId"},
                         {"InstanceId"},
                         {"NatGatewayId"},
                         {"NetworkInterfaceId"},
                         {"TransitGatewayId"},
                         {"VpcPeeringConnectionId"}},
          .attributes = {"CidrBlock"},
          .identifiers = {"RouteTableId", "CidrBlock"},
          .create = create_route,
          .update = update_route,
          .remove = remove_route};
}

ResourceType ec2_subnet_route_table_association() {
  return {.name = "AWS::EC2::SubnetRouteTableAssociation",
          .properties = {{"SubnetId", OnChange::kReplace, true},
                         {"RouteTableId", OnChange::kUpdate, true}},
          .attributes = {"Id"},
          .identifiers = {"Id"},
          .create = associate,
          .update = associate_another,
          .remove = disassociate};
}

}  // namespace cloudchamber::mock::cloudformation

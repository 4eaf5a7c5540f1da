// Route tables, their associations and routes.
#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/ec2_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Tables : public Ec2Fixture {
 protected:
  Tables() { ec2("AttachInternetGateway", {{"InternetGatewayId", gateway_}, {"VpcId", vpc_}}); }

  std::string make_table(const std::string& vpc) {
    return ec2("CreateRouteTable", {{"VpcId", vpc}})["RouteTable"].value("RouteTableId", "");
  }
  std::string make_gateway() {
    return ec2("CreateInternetGateway")["InternetGateway"].value("InternetGatewayId", "");
  }
  Json table(const std::string& id) {
    return ec2("DescribeRouteTables", {{"RouteTableIds", {id}}})["RouteTables"][0];
  }
  Json main_table(const std::string& vpc) {
    Json input = filter("association.main", {"true"});
    input["Filters"].push_back({{"Name", "vpc-id"}, {"Values", {vpc}}});
    return ec2("DescribeRouteTables", input)["RouteTables"][0];
  }
  std::string associate(const std::string& table, const std::string& subnet) {
    return ec2("AssociateRouteTable", {{"RouteTableId", table}, {"SubnetId", subnet}})
        .value("AssociationId", "");
  }
  Json to_gateway(const std::string& destination) {
    return {
        {"RouteTableId", table_}, {"DestinationCidrBlock", destination}, {"GatewayId", gateway_}};
  }

  std::string vpc_ = make_vpc();
  std::string subnet_ = make_subnet(vpc_, "10.0.1.0/24");
  std::string table_ = make_table(vpc_);
  std::string gateway_ = make_gateway();
};
using CreateRouteTable = Tables;
using DeleteRouteTable = Tables;
using AssociateRouteTable = Tables;
using DisassociateRouteTable = Tables;
using ReplaceRouteTableAssociation = Tables;
using CreateRoute = Tables;
using ReplaceRoute = Tables;
using DeleteRoute = Tables;

const Json kLocal{{"DestinationCidrBlock", "10.0.0.0/16"},
                  {"GatewayId", "local"},
                  {"Origin", "CreateRouteTable"},
                  {"State", "active"}};

TEST_F(CreateRouteTable, HasALocalRouteForEachBlockOfTheVpc) {
  const Json made = table(table_);
  EXPECT_EQ(made["Routes"], Json::array({kLocal}));
  EXPECT_EQ(made["Associations"], Json::array());
  EXPECT_EQ(made["PropagatingVgws"], Json::array());
  EXPECT_EQ(made["Tags"], Json::array());
  ec2("AssociateVpcCidrBlock", {{"VpcId", vpc_}, {"CidrBlock", "10.1.0.0/16"}});
  ec2("AssociateVpcCidrBlock", {{"VpcId", vpc_}, {"AmazonProvidedIpv6CidrBlock", true}});
  const Json routes = table(table_)["Routes"];
  ASSERT_THAT(routes, SizeIs(3));
  EXPECT_EQ(routes[1]["DestinationCidrBlock"], "10.1.0.0/16");
  EXPECT_TRUE(routes[2].contains("DestinationIpv6CidrBlock"));
}

TEST_F(CreateRouteTable, IsMadeWithEveryVpcAndGoesWithIt) {
  const std::string vpc = make_vpc();
  const std::string id = main_table(vpc)["RouteTableId"];
  EXPECT_EQ(main_table(vpc)["Associations"][0]["Main"], true);
  EXPECT_FALSE(main_table(vpc)["Associations"][0].contains("SubnetId"));
  ec2("DeleteVpc", {{"VpcId", vpc}});
  EXPECT_EQ(ec2_error("DescribeRouteTables", {{"RouteTableIds", {id}}}),
            "InvalidRouteTableID.NotFound: The routeTable ID '" + id + "' does not exist");
  expect_refusals({
      {"CreateRouteTable",
       {{"VpcId", kAbsentVpc}},
       "InvalidVpcID.NotFound: The vpc ID 'vpc-0123456789abcdef0' does not exist"},
      {"DescribeRouteTables",
       {{"RouteTableIds", {"x"}}},
       "InvalidRouteTableId.Malformed: Invalid id: \"x\" (expecting \"rtb-...\")"},
  });
}

TEST_F(CreateRouteTable, LeadsTheDefaultVpcToTheInternet) {
  const std::string vpc = ec2("DescribeVpcs", filter("is-default", {"true"}))["Vpcs"][0]["VpcId"];
  const Json routes = main_table(vpc)["Routes"];
  ASSERT_THAT(routes, SizeIs(2));
  EXPECT_EQ(routes[1]["DestinationCidrBlock"], "0.0.0.0/0");
  EXPECT_EQ(routes[1]["State"], "active");
}

TEST_F(DeleteRouteTable, RefusesWhileItIsAssociated) {
  const std::string in_use = "DependencyViolation: The routeTable '" + table_ +
                             "' has dependencies and cannot be deleted.";
  const std::string association = associate(table_, subnet_);
  EXPECT_EQ(ec2_error("DeleteRouteTable", {{"RouteTableId", table_}}), in_use);
  EXPECT_EQ(ec2_error("DeleteVpc", {{"VpcId", vpc_}}),
            "DependencyViolation: The vpc '" + vpc_ + "' has dependencies and cannot be deleted.");
  ec2("DisassociateRouteTable", {{"AssociationId", association}});
  EXPECT_EQ(ec2_error("DeleteRouteTable", {{"RouteTableId", table_}}), "succeeded");
  const std::string main = main_table(vpc_)["RouteTableId"];
  EXPECT_EQ(
      ec2_error("DeleteRouteTable", {{"RouteTableId", main}}),
      "DependencyViolation: The routeTable '" + main + "' has dependencies and cannot be deleted.");
}

TEST_F(AssociateRouteTable, IsShownAndDoneOnce) {
  const Json first = ec2("AssociateRouteTable", {{"RouteTableId", table_}, {"SubnetId", subnet_}});
  EXPECT_EQ(first["AssociationState"]["State"], "associated");
  EXPECT_EQ(associate(table_, subnet_), first["AssociationId"]);
  EXPECT_EQ(table(table_)["Associations"],
            Json::array({Json{{"Main", false},
                              {"RouteTableAssociationId", first["AssociationId"]},
                              {"RouteTableId", table_},
                              {"SubnetId", subnet_},
                              {"AssociationState", {{"State", "associated"}}}}}));
  const std::string other = make_table(vpc_);
  EXPECT_EQ(ec2_error("AssociateRouteTable", {{"RouteTableId", other}, {"SubnetId", subnet_}}),
            "Resource.AlreadyAssociated: the specified association for route table " + other +
                " conflicts with an existing association");
  ec2("DeleteSubnet", {{"SubnetId", subnet_}});
  EXPECT_THAT(table(table_)["Associations"], IsEmpty());
}

TEST_F(AssociateRouteTable, TakesAnInternetGateway) {
  ec2("AssociateRouteTable", {{"RouteTableId", table_}, {"GatewayId", gateway_}});
  EXPECT_THAT(column(ec2("DescribeRouteTables",
                         filter("association.gateway-id", {gateway_}))["RouteTables"],
                     "RouteTableId"),
              ElementsAre(table_));
}

TEST_F(AssociateRouteTable, RefusesBadInput) {
  const std::string elsewhere = make_subnet(make_vpc("10.9.0.0/16"), "10.9.0.0/24");
  const std::string other_network = "InvalidParameterValue: route table " + table_ +
                                    " and subnet " + elsewhere + " belong to different networks";
  const std::string other_gateway = make_gateway();
  const std::string not_attached = "InvalidParameterValue: route table " + table_ +
                                   " and network gateway " + other_gateway +
                                   " belong to different networks";
  expect_refusals({
      {"AssociateRouteTable",
       {{"SubnetId", subnet_}},
       "MissingParameter: The request must contain the parameter routeTableId"},
      {"AssociateRouteTable",
       {{"RouteTableId", table_}},
       "MissingParameter: Either 'subnetId' or 'gatewayId' should be provided."},
      {"AssociateRouteTable",
       {{"RouteTableId", table_}, {"SubnetId", subnet_}, {"GatewayId", gateway_}},
       "InvalidParameterCombination: Either 'subnetId' or 'gatewayId' should be provided."},
      {"AssociateRouteTable",
       {{"RouteTableId", "rtb-1"}, {"SubnetId", subnet_}},
       "InvalidRouteTableID.NotFound: The routeTable ID 'rtb-1' does not exist"},
      {"AssociateRouteTable",
       {{"RouteTableId", table_}, {"SubnetId", "subnet-1"}},
       "InvalidSubnetID.NotFound: The subnet ID 'subnet-1' does not exist"},
      {"AssociateRouteTable",
       {{"RouteTableId", table_}, {"SubnetId", elsewhere}},
       other_network.c_str()},
      {"AssociateRouteTable",
       {{"RouteTableId", table_}, {"GatewayId", other_gateway}},
       not_attached.c_str()},
      {"DisassociateRouteTable",
       {{"AssociationId", "rtbassoc-1"}},
       "InvalidAssociationID.NotFound: The association ID 'rtbassoc-1' does not exist"},
      {"ReplaceRouteTableAssociation",
       {{"AssociationId", "rtbassoc-1"}, {"RouteTableId", table_}},
       "InvalidAssociationID.NotFound: The association ID 'rtbassoc-1' does not exist"},
  });
}

TEST_F(DisassociateRouteTable, RefusesTheMainOne) {
  const std::string id = main_table(vpc_)["Associations"][0]["RouteTableAssociationId"];
  EXPECT_EQ(ec2_error("DisassociateRouteTable", {{"AssociationId", id}}),
            "InvalidParameterValue: cannot disassociate the main route table association " + id);
}

TEST_F(ReplaceRouteTableAssociation, MovesASubnetAndTheVpcItself) {
  const std::string other = make_table(vpc_);
  const std::string old = associate(table_, subnet_);
  const Json moved =
      ec2("ReplaceRouteTableAssociation", {{"AssociationId", old}, {"RouteTableId", other}});
  EXPECT_NE(moved["NewAssociationId"], old);
  EXPECT_THAT(table(table_)["Associations"], IsEmpty());
  EXPECT_EQ(table(other)["Associations"][0]["SubnetId"], subnet_);
  EXPECT_EQ(ec2("ReplaceRouteTableAssociation", {{"AssociationId", moved["NewAssociationId"]},
                                                 {"RouteTableId", other}})["NewAssociationId"],
            moved["NewAssociationId"]);
  const Json main = main_table(vpc_);
  ec2("ReplaceRouteTableAssociation",
      {{"AssociationId", main["Associations"][0]["RouteTableAssociationId"]},
       {"RouteTableId", table_}});
  EXPECT_EQ(main_table(vpc_)["RouteTableId"], table_);
  EXPECT_EQ(ec2_error("DeleteRouteTable", {{"RouteTableId", main["RouteTableId"]}}), "succeeded");
}

TEST_F(CreateRoute, IsABlackholeWhileItsGatewayIsNotAttached) {
  EXPECT_EQ(ec2("CreateRoute", to_gateway("0.0.0.0/0")), (Json{{"Return", true}}));
  const Json by_gateway = filter("route.gateway-id", {gateway_});
  EXPECT_EQ(ec2("DescribeRouteTables", by_gateway)["RouteTables"][0]["Routes"][1],
            (Json{{"DestinationCidrBlock", "0.0.0.0/0"},
                  {"GatewayId", gateway_},
                  {"Origin", "CreateRoute"},
                  {"State", "active"}}));
  ec2("DetachInternetGateway", {{"InternetGatewayId", gateway_}, {"VpcId", vpc_}});
  EXPECT_THAT(
      column(ec2("DescribeRouteTables", filter("route.state", {"blackhole"}))["RouteTables"],
             "RouteTableId"),
      ElementsAre(table_));
}

TEST_F(CreateRoute, RefusesBadInput) {
  const auto with = [&](const Json& change) {
    Json input = to_gateway("0.0.0.0/0");
    input.merge_patch(change);
    return input;
  };
  const std::string loose = make_gateway();
  const std::string different = "InvalidParameterValue: route table " + table_ +
                                " and network gateway " + loose + " belong to different networks";
  ec2("CreateRoute", to_gateway("192.0.2.7/24"));
  expect_refusals({
      {"CreateRoute", with({{"RouteTableId", "rtb-1"}}),
       "InvalidRouteTableID.NotFound: The routeTable ID 'rtb-1' does not exist"},
      {"CreateRoute", with({{"DestinationCidrBlock", nullptr}}),
       "MissingParameter: The request must contain exactly one of destinationCidrBlock, "
       "destinationIpv6CidrBlock or destinationPrefixListId"},
      {"CreateRoute", with({{"DestinationIpv6CidrBlock", "::/0"}}),
       "InvalidParameterCombination: The request must contain exactly one of "
       "destinationCidrBlock, destinationIpv6CidrBlock or destinationPrefixListId"},
      {"CreateRoute", with({{"DestinationCidrBlock", "1000.1.0.0/20"}}),
       "InvalidParameterValue: Value (1000.1.0.0/20) for parameter destinationCidrBlock is "
       "invalid. This is not a valid CIDR block."},
      {"CreateRoute", with({{"GatewayId", nullptr}}),
       "MissingParameter: The request must contain exactly one of: gatewayId, natGatewayId, "
       "networkInterfaceId, instanceId, egressOnlyInternetGatewayId, vpcPeeringConnectionId"},
      {"CreateRoute", with({{"NatGatewayId", "nat-1"}}),
       "InvalidParameterCombination: The parameters GatewayId and NatGatewayId cannot be used "
       "together"},
      {"CreateRoute", with({{"GatewayId", "igw-1"}}),
       "InvalidGatewayID.NotFound: The gateway ID 'igw-1' does not exist"},
      {"CreateRoute", with({{"GatewayId", loose}}), different.c_str()},
      {"CreateRoute", with({{"GatewayId", nullptr}, {"NatGatewayId", "nat-1"}}),
       "InvalidNatGatewayID.NotFound: The natGateway ID 'nat-1' does not exist"},
      {"CreateRoute", with({{"GatewayId", nullptr}, {"NetworkInterfaceId", "eni-1"}}),
       "InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-1' does not exist"},
      {"CreateRoute", with({{"GatewayId", nullptr}, {"VpcPeeringConnectionId", "pcx-1"}}),
       "InvalidVpcPeeringConnectionID.NotFound: The vpcPeeringConnection ID 'pcx-1' does not "
       "exist"},
      {"CreateRoute", with({{"DestinationCidrBlock", "192.0.2.0/24"}}),
       "RouteAlreadyExists: The route identified by 192.0.2.0/24 already exists."},
      {"CreateRoute", with({{"DestinationCidrBlock", "10.0.1.0/24"}}),
       "InvalidParameterValue: The destination CIDR block 10.0.1.0/24 is equal to or more "
       "specific than one of this VPC's CIDR blocks. This route can target only an interface or "
       "an instance."},
      {"CreateRoute", with({{"GatewayId", nullptr}, {"TransitGatewayId", "tgw-1"}}),
       "NotImplemented: TransitGatewayId of CreateRoute is not emulated by Cloud Chamber"},
  });
}

TEST_F(ReplaceRoute, ChangesTheTargetOfWhatIsThere) {
  const std::string missing =
      "InvalidParameterValue: There is no route defined for '0.0.0.0/0' in "
      "the route table. Use CreateRoute instead.";
  EXPECT_EQ(ec2_error("ReplaceRoute", to_gateway("0.0.0.0/0")), missing);
  ec2("CreateRoute", to_gateway("0.0.0.0/0"));
  ec2("ReplaceRoute", to_gateway("0.0.0.0/0"));
  EXPECT_THAT(table(table_)["Routes"], SizeIs(2));
  Json local = to_gateway("10.0.0.0/16");
  local.erase("GatewayId");
  local["LocalTarget"] = true;
  EXPECT_EQ(ec2_error("ReplaceRoute", local), "succeeded");
  EXPECT_EQ(table(table_)["Routes"][0], kLocal);
}

TEST_F(DeleteRoute, RefusesLocalRoutesAndThoseThatAreNotThere) {
  ec2("CreateRoute", to_gateway("0.0.0.0/0"));
  const auto input = [&](const char* destination) {
    return Json{{"RouteTableId", table_}, {"DestinationCidrBlock", destination}};
  };
  ec2("DeleteRoute", input("0.0.0.0/0"));
  const std::string missing =
      "InvalidRoute.NotFound: no route with destination-cidr-block "
      "0.0.0.0/0 in route table " +
      table_;
  const std::string local =
      "InvalidParameterValue: cannot remove local route 10.0.0.0/16 in route table " + table_;
  expect_refusals({{"DeleteRoute", input("0.0.0.0/0"), missing.c_str()},
                   {"DeleteRoute", input("10.0.0.0/16"), local.c_str()}});
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

// Internet gateways, DHCP options, a VPC's attributes and blocks, zones.
#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/ec2_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class Gateways : public Ec2Fixture {
 protected:
  std::string vpc_ = make_vpc();
  std::string gateway_ =
      ec2("CreateInternetGateway")["InternetGateway"].value("InternetGatewayId", "");
  Json both(const std::string& gateway, const std::string& vpc) {
    return {{"InternetGatewayId", gateway}, {"VpcId", vpc}};
  }
};
using AttachInternetGateway = Gateways;
using DetachInternetGateway = Gateways;
using DeleteInternetGateway = Gateways;

TEST_F(AttachInternetGateway, IsShownAndFilteredBy) {
  ec2("AttachInternetGateway", both(gateway_, vpc_));
  const Json list =
      ec2("DescribeInternetGateways", filter("attachment.vpc-id", {vpc_}))["InternetGateways"];
  ASSERT_THAT(list, SizeIs(1));
  EXPECT_EQ(list[0]["Attachments"], Json::array({Json{{"State", "available"}, {"VpcId", vpc_}}}));
  EXPECT_EQ(list[0]["Tags"], Json::array());
}

TEST_F(AttachInternetGateway, RefusesASecondOfEither) {
  ec2("AttachInternetGateway", both(gateway_, vpc_));
  EXPECT_EQ(ec2_error("AttachInternetGateway", both(gateway_, make_vpc())),
            "Resource.AlreadyAssociated: resource " + gateway_ +
                " is already attached to network " + vpc_);
  const std::string second =
      ec2("CreateInternetGateway")["InternetGateway"].value("InternetGatewayId", "");
  EXPECT_EQ(ec2_error("AttachInternetGateway", both(second, vpc_)),
            "InvalidParameterValue: Network " + vpc_ + " already has an internet gateway attached");
}

TEST_F(DetachInternetGateway, RefusesWhatIsNotAttached) {
  EXPECT_EQ(ec2_error("DetachInternetGateway", both(gateway_, vpc_)),
            "Gateway.NotAttached: resource " + gateway_ + " is not attached to network " + vpc_);
}

TEST_F(DeleteInternetGateway, RefusesWhileItIsAttached) {
  ec2("AttachInternetGateway", both(gateway_, vpc_));
  EXPECT_EQ(ec2_error("DeleteInternetGateway", {{"InternetGatewayId", gateway_}}),
            "DependencyViolation: The internetGateway '" + gateway_ +
                "' has dependencies and cannot be deleted.");
  ec2("DetachInternetGateway", both(gateway_, vpc_));
  EXPECT_EQ(ec2_error("DeleteInternetGateway", {{"InternetGatewayId", gateway_}}), "succeeded");
  expect_refusals({
      {"DeleteInternetGateway",
       {{"InternetGatewayId", "igw-1"}},
       "InvalidInternetGatewayID.NotFound: The internetGateway ID 'igw-1' does not exist"},
      {"DeleteInternetGateway",
       {{"InternetGatewayId", "1"}},
       "InvalidInternetGatewayId.Malformed: Invalid id: \"1\" (expecting \"igw-...\")"},
      {"AttachInternetGateway",
       {{"VpcId", vpc_}},
       "MissingParameter: The request must contain the parameter internetGatewayId"},
      {"DescribeInternetGateways",
       {{"MaxResults", 4}},
       "InvalidParameterValue: Value ( 4 ) for parameter maxResults is invalid. Expecting a value "
       "greater than 5."},
  });
}

class Options : public Ec2Fixture {
 protected:
  static Json configuration(const std::string& key, const Json& values) {
    return {{"DhcpConfigurations", Json::array({Json{{"Key", key}, {"Values", values}}})}};
  }
};
using CreateDhcpOptions = Options;
using AssociateDhcpOptions = Options;

TEST_F(CreateDhcpOptions, IsDescribedAndFiltered) {
  const Json made =
      ec2("CreateDhcpOptions", configuration("domain-name-servers", {"10.0.0.1", "10.0.0.2"}));
  const std::string id = made["DhcpOptions"]["DhcpOptionsId"];
  EXPECT_EQ(made["DhcpOptions"]["DhcpConfigurations"][0]["Values"],
            Json::array({Json{{"Value", "10.0.0.1"}}, Json{{"Value", "10.0.0.2"}}}));
  EXPECT_THAT(column(ec2("DescribeDhcpOptions", filter("value", {"10.0.0.2"}))["DhcpOptions"],
                     "DhcpOptionsId"),
              ElementsAre(id));
}

TEST_F(CreateDhcpOptions, RefusesBadInput) {
  expect_refusals({
      {"CreateDhcpOptions", Json::object(),
       "MissingParameter: The request must contain the parameter dhcpConfiguration"},
      {"CreateDhcpOptions", configuration("colour", {"red"}),
       "InvalidParameterValue: Value (colour) for parameter name is invalid. Unknown DHCP option"},
      {"CreateDhcpOptions", configuration("netbios-node-type", {"3"}),
       "InvalidParameterValue: Value (3) for parameter netbios-node-type is invalid. The NetBIOS "
       "node type must be 1, 2, 4 or 8."},
      {"CreateDhcpOptions", configuration("ntp-servers", {"1", "2", "3", "4", "5"}),
       "InvalidParameterValue: Value (ntp-servers) for parameter name is invalid. Too many values "
       "for the DHCP option."},
      {"DeleteDhcpOptions",
       {{"DhcpOptionsId", "dopt-1"}},
       "InvalidDhcpOptionID.NotFound: The dhcpOption ID 'dopt-1' does not exist"},
      {"DeleteDhcpOptions",
       {{"DhcpOptionsId", "1"}},
       "InvalidDhcpOptionsId.Malformed: Invalid id: \"1\" (expecting \"dopt-...\")"},
  });
}

TEST_F(AssociateDhcpOptions, KeepsThemFromBeingDeleted) {
  const std::string vpc = make_vpc();
  const std::string id =
      ec2("CreateDhcpOptions", configuration("domain-name", {"a.b"}))["DhcpOptions"].value(
          "DhcpOptionsId", "");
  ec2("AssociateDhcpOptions", {{"DhcpOptionsId", id}, {"VpcId", vpc}});
  EXPECT_EQ(
      ec2_error("DeleteDhcpOptions", {{"DhcpOptionsId", id}}),
      "DependencyViolation: The dhcpOptions '" + id + "' has dependencies and cannot be deleted.");
  ec2("AssociateDhcpOptions", {{"DhcpOptionsId", "default"}, {"VpcId", vpc}});
  EXPECT_EQ(ec2("DescribeVpcs", {{"VpcIds", {vpc}}})["Vpcs"][0]["DhcpOptionsId"], "default");
  EXPECT_EQ(ec2_error("DeleteDhcpOptions", {{"DhcpOptionsId", id}}), "succeeded");
}

using ModifyVpcAttribute = Ec2Fixture;

TEST_F(ModifyVpcAttribute, ChangesOneACall) {
  const std::string id = make_vpc();
  const auto attribute = [&](const char* name) {
    Json answer = ec2("DescribeVpcAttribute", {{"VpcId", id}, {"Attribute", name}});
    answer.erase("VpcId");
    return answer.begin().value()["Value"];
  };
  EXPECT_EQ(attribute("enableDnsSupport"), true);
  EXPECT_EQ(attribute("enableDnsHostnames"), false);
  EXPECT_EQ(attribute("enableNetworkAddressUsageMetrics"), false);
  ec2("ModifyVpcAttribute", {{"VpcId", id}, {"EnableDnsHostnames", {{"Value", true}}}});
  EXPECT_EQ(attribute("enableDnsHostnames"), true);
  expect_refusals({
      {"ModifyVpcAttribute",
       {{"VpcId", id}},
       "InvalidParameterCombination: No attributes specified."},
      {"ModifyVpcAttribute",
       {{"VpcId", id},
        {"EnableDnsHostnames", {{"Value", true}}},
        {"EnableDnsSupport", {{"Value", true}}}},
       "InvalidParameterCombination: Fields for multiple attribute types specified"},
      {"DescribeVpcAttribute",
       {{"VpcId", id}},
       "MissingParameter: The request must contain the parameter attribute"},
      {"DescribeVpcAttribute",
       {{"VpcId", id}, {"Attribute", "colour"}},
       "InvalidParameterValue: Value (colour) for parameter attribute is invalid."},
      {"ModifyVpcTenancy",
       {{"VpcId", id}, {"InstanceTenancy", "dedicated"}},
       "UnsupportedTenancy: The tenancy value dedicated is not supported."},
  });
}

using AssociateVpcCidrBlock = Ec2Fixture;

TEST_F(AssociateVpcCidrBlock, AddsUpToFour) {
  const std::string id = make_vpc("10.0.0.0/16");
  const auto associate = [&](const std::string& cidr) {
    return ec2_error("AssociateVpcCidrBlock", {{"VpcId", id}, {"CidrBlock", cidr}});
  };
  EXPECT_EQ(associate("10.0.128.0/17"),
            "CidrConflict: The CIDR '10.0.128.0/17' conflicts with another CIDR of the VPC.");
  EXPECT_EQ(associate("10.1.0.0/15"), "InvalidVpc.Range: The CIDR '10.1.0.0/15' is invalid.");
  for (int i = 1; i <= 4; ++i)
    EXPECT_EQ(associate("10." + std::to_string(i) + ".0.0/16"), "succeeded");
  EXPECT_EQ(associate("10.5.0.0/16"), "CidrLimitExceeded: This network " + id +
                                          " has met its maximum number of allowed CIDRs: 5");
}

TEST_F(AssociateVpcCidrBlock, IsUndoneUnlessPrimaryOrInUse) {
  const std::string id = make_vpc("10.0.0.0/16");
  const Json second = ec2("AssociateVpcCidrBlock", {{"VpcId", id}, {"CidrBlock", "10.1.0.0/16"}});
  EXPECT_EQ(second["CidrBlockAssociation"]["CidrBlockState"]["State"], "associating");
  const Json association = second["CidrBlockAssociation"]["AssociationId"];
  const Json vpc = ec2("DescribeVpcs", {{"VpcIds", {id}}})["Vpcs"][0];
  const std::string primary = vpc["CidrBlockAssociationSet"][0]["AssociationId"];
  EXPECT_EQ(ec2_error("DisassociateVpcCidrBlock", {{"AssociationId", primary}}),
            "OperationNotPermitted: The vpc CIDR block with association ID " + primary +
                " may not be disassociated. It is the primary IPv4 CIDR block of the VPC");
  const std::string subnet = make_subnet(id, "10.1.0.0/24");
  EXPECT_THAT(ec2_error("DisassociateVpcCidrBlock", {{"AssociationId", association}}),
              testing::StartsWith("DependencyViolation: "));
  ec2("DeleteSubnet", {{"SubnetId", subnet}});
  EXPECT_EQ(ec2_error("DisassociateVpcCidrBlock", {{"AssociationId", association}}), "succeeded");
  EXPECT_EQ(ec2_error("DisassociateVpcCidrBlock", {{"AssociationId", "vpc-cidr-assoc-1"}}),
            "InvalidVpcCidrBlockAssociationIdError.NotFound: The vpc CIDR block association ID "
            "'vpc-cidr-assoc-1' does not exist");
}

using DescribeAvailabilityZones = Ec2Fixture;

TEST_F(DescribeAvailabilityZones, ListsThoseOfTheRegion) {
  EXPECT_THAT(column(ec2("DescribeAvailabilityZones")["AvailabilityZones"], "ZoneName"),
              ElementsAre("us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e",
                          "us-east-1f"));
  EXPECT_THAT(
      column(ec2("DescribeAvailabilityZones", filter("zone-id", {"use1-az1"}))["AvailabilityZones"],
             "ZoneName"),
      ElementsAre("us-east-1b"));
  EXPECT_EQ(ec2_error("DescribeAvailabilityZones", {{"ZoneNames", {"us-east-1a", "moon-1a"}}}),
            "InvalidParameterValue: Invalid availability zone: [moon-1a]");
}

using DescribeRegions = Ec2Fixture;

TEST_F(DescribeRegions, LeavesOutThoseNotOptedInto) {
  const Json few = ec2("DescribeRegions")["Regions"];
  EXPECT_THAT(few, SizeIs(17));
  EXPECT_THAT(ec2("DescribeRegions", {{"AllRegions", true}})["Regions"], SizeIs(34));
  EXPECT_THAT(
      column(ec2("DescribeRegions", {{"RegionNames", {"af-south-1"}}})["Regions"], "OptInStatus"),
      ElementsAre("not-opted-in"));
  EXPECT_EQ(ec2_error("DescribeRegions", {{"RegionNames", {"moon-1"}}}),
            "InvalidParameterValue: Region not found: moon-1");
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

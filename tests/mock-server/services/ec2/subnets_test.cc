#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/ec2_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::SizeIs;

class Subnets : public Ec2Fixture {
 protected:
  std::string vpc_ = make_vpc("10.0.0.0/16");
  Json described(const std::string& id) {
    return ec2("DescribeSubnets", {{"SubnetIds", {id}}})["Subnets"][0];
  }
};
using CreateSubnet = Subnets;
using DescribeSubnets = Subnets;
using DeleteSubnet = Subnets;
using ModifySubnetAttribute = Subnets;
using AssociateSubnetCidrBlock = Subnets;

TEST_F(CreateSubnet, AnswersWhatDescribeShows) {
  const Json made = ec2("CreateSubnet", {{"VpcId", vpc_},
                                         {"CidrBlock", "10.0.1.7/24"},
                                         {"AvailabilityZone", "us-east-1b"}})["Subnet"];
  EXPECT_EQ(made["State"], "pending");
  EXPECT_EQ(made["CidrBlock"], "10.0.1.0/24");
  EXPECT_EQ(made["AvailabilityZoneId"], "use1-az1");
  EXPECT_EQ(made["AvailableIpAddressCount"], 251);
  EXPECT_EQ(made["MapPublicIpOnLaunch"], false);
  const std::string id = made["SubnetId"];
  EXPECT_EQ(made["SubnetArn"], "arn:aws:ec2:us-east-1:123456789012:subnet/" + id);
  settle();
  Json expected = made;
  expected["State"] = "available";
  EXPECT_EQ(described(id), expected);
}

TEST_F(CreateSubnet, ChecksTheBlockAtItsEdges) {
  make_subnet(vpc_, "10.0.16.0/20");
  const struct {
    const char* cidr;
    const char* expected;
  } rows[] = {
      {"10.0.0.0/28", "succeeded"},
      {"10.0.0.16/29", "InvalidSubnet.Range: The CIDR '10.0.0.16/29' is invalid."},
      {"10.0.0.0/15", "InvalidSubnet.Range: The CIDR '10.0.0.0/15' is invalid."},
      {"10.1.0.0/24", "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid."},
      {"10.0.15.0/24", "succeeded"},
      {"10.0.16.0/24",
       "InvalidSubnet.Conflict: The CIDR '10.0.16.0/24' conflicts with another "
       "subnet"},
      {"10.0.31.255/28",
       "InvalidSubnet.Conflict: The CIDR '10.0.31.255/28' conflicts with another "
       "subnet"},
      {"10.0.32.0/24", "succeeded"},
      {"10.0.0.0/16",
       "InvalidSubnet.Conflict: The CIDR '10.0.0.0/16' conflicts with another "
       "subnet"},
      {"x",
       "InvalidParameterValue: Value (x) for parameter cidrBlock is invalid. This is not a "
       "valid CIDR block."},
      {"10.0.0.0/33",
       "InvalidParameterValue: Value (10.0.0.0/33) for parameter cidrBlock is "
       "invalid. This is not a valid CIDR block."},
      {"10.0.0.0/-1",
       "InvalidParameterValue: Value (10.0.0.0/-1) for parameter cidrBlock is "
       "invalid. This is not a valid CIDR block."},
      {"010.0.0.0/24",
       "InvalidParameterValue: Value (010.0.0.0/24) for parameter cidrBlock is "
       "invalid. This is not a valid CIDR block."},
  };
  for (const auto& row : rows)
    EXPECT_EQ(ec2_error("CreateSubnet", {{"VpcId", vpc_}, {"CidrBlock", row.cidr}}), row.expected)
        << row.cidr;
}

TEST_F(CreateSubnet, LiesInASecondaryBlockToo) {
  ec2("AssociateVpcCidrBlock", {{"VpcId", vpc_}, {"CidrBlock", "10.1.0.0/16"}});
  EXPECT_EQ(ec2_error("CreateSubnet", {{"VpcId", vpc_}, {"CidrBlock", "10.1.0.0/24"}}),
            "succeeded");
}

TEST_F(CreateSubnet, RefusesBadInput) {
  expect_refusals({
      {"CreateSubnet",
       {{"CidrBlock", "10.0.0.0/24"}},
       "MissingParameter: The request must contain the parameter vpcId"},
      {"CreateSubnet",
       {{"VpcId", vpc_}},
       "MissingParameter: Either 'cidrBlock' or 'ipv6CidrBlock' should be provided."},
      {"CreateSubnet",
       {{"VpcId", kAbsentVpc}, {"CidrBlock", "10.0.0.0/24"}},
       "InvalidVpcID.NotFound: The vpc ID 'vpc-0123456789abcdef0' does not exist"},
      {"CreateSubnet",
       {{"VpcId", "foo"}, {"CidrBlock", "10.0.0.0/24"}},
       "InvalidVpcID.Malformed: Invalid id: \"foo\" (expecting \"vpc-...\")"},
      {"CreateSubnet",
       {{"VpcId", vpc_}, {"CidrBlock", "10.0.0.0/24"}, {"AvailabilityZone", "us-west-2a"}},
       "InvalidParameterValue: Value (us-west-2a) for parameter availabilityZone is invalid. "
       "Subnets can currently only be created in the following availability zones: us-east-1a, "
       "us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f."},
      {"CreateSubnet",
       {{"VpcId", vpc_}, {"CidrBlock", "10.0.0.0/24"}, {"Ipv6CidrBlock", "2600:1f18::/64"}},
       "InvalidSubnet.Range: The CIDR '2600:1f18::/64' is invalid."},
      {"DescribeSubnets",
       {{"SubnetIds", {"subnet-1"}}},
       "InvalidSubnetID.NotFound: The subnet ID 'subnet-1' does not exist"},
      {"DescribeSubnets",
       {{"SubnetIds", {"vpc-1"}}},
       "InvalidSubnetID.Malformed: Invalid id: \"vpc-1\" (expecting \"subnet-...\")"},
      {"DescribeSubnets", filter("vpc", {vpc_}),
       "InvalidParameterValue: The filter 'vpc' is invalid"},
      {"DeleteSubnet",
       {{"SubnetId", "subnet-1"}},
       "InvalidSubnetID.NotFound: The subnet ID 'subnet-1' does not exist"},
      {"DeleteSubnet", Json::object(),
       "MissingParameter: The request must contain the parameter subnetId"},
  });
  EXPECT_THAT(ec2("DescribeSubnets", filter("vpc-id", {vpc_}))["Subnets"], SizeIs(0));
}

TEST_F(DescribeSubnets, ShowsTheDefaultSubnetOfEachZone) {
  const Json subnets = ec2("DescribeSubnets", filter("default-for-az", {"true"}))["Subnets"];
  EXPECT_THAT(subnets, SizeIs(6));
  for (const Json& subnet : subnets) {
    EXPECT_EQ(subnet["MapPublicIpOnLaunch"], true);
    EXPECT_EQ(subnet["AvailableIpAddressCount"], 4091);
  }
}

TEST_F(DescribeSubnets, FiltersByWhatIsComputed) {
  const std::string small = make_subnet(vpc_, "10.0.0.0/28");
  EXPECT_THAT(
      column(ec2("DescribeSubnets", filter("available-ip-address-count", {"11"}))["Subnets"],
             "SubnetId"),
      testing::ElementsAre(small));
}

TEST_F(DeleteSubnet, FreesItsBlock) {
  const std::string id = make_subnet(vpc_, "10.0.0.0/24");
  ec2("DeleteSubnet", {{"SubnetId", id}});
  EXPECT_EQ(ec2_error("CreateSubnet", {{"VpcId", vpc_}, {"CidrBlock", "10.0.0.0/24"}}),
            "succeeded");
}

TEST_F(ModifySubnetAttribute, ChangesOneAttributeACall) {
  const std::string id = make_subnet(vpc_, "10.0.0.0/24");
  ec2("ModifySubnetAttribute", {{"SubnetId", id}, {"MapPublicIpOnLaunch", {{"Value", true}}}});
  ec2("ModifySubnetAttribute",
      {{"SubnetId", id}, {"PrivateDnsHostnameTypeOnLaunch", "resource-name"}});
  EXPECT_EQ(described(id)["MapPublicIpOnLaunch"], true);
  EXPECT_EQ(described(id)["PrivateDnsNameOptionsOnLaunch"]["HostnameType"], "resource-name");
  expect_refusals({
      {"ModifySubnetAttribute",
       {{"SubnetId", id}},
       "InvalidParameterCombination: No attributes specified."},
      {"ModifySubnetAttribute",
       {{"SubnetId", id},
        {"MapPublicIpOnLaunch", {{"Value", true}}},
        {"EnableDns64", {{"Value", true}}}},
       "InvalidParameterCombination: Fields for multiple attribute types specified"},
      {"ModifySubnetAttribute",
       {{"SubnetId", id}, {"PrivateDnsHostnameTypeOnLaunch", "mine"}},
       "InvalidParameterValue: Value (mine) for parameter privateDnsHostnameTypeOnLaunch is "
       "invalid."},
  });
}

TEST_F(AssociateSubnetCidrBlock, GivesAndTakesABlockOfTheVpcs) {
  ec2("AssociateVpcCidrBlock", {{"VpcId", vpc_}, {"AmazonProvidedIpv6CidrBlock", true}});
  const Json vpc = ec2("DescribeVpcs", {{"VpcIds", {vpc_}}})["Vpcs"][0];
  std::string block = vpc["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"];
  block = block.substr(0, block.find('/')) + "/64";
  const std::string id = make_subnet(vpc_, "10.0.0.0/24");
  const std::string other = make_subnet(vpc_, "10.0.1.0/24");
  const Json answer = ec2("AssociateSubnetCidrBlock", {{"SubnetId", id}, {"Ipv6CidrBlock", block}});
  EXPECT_EQ(answer["Ipv6CidrBlockAssociation"]["Ipv6CidrBlockState"]["State"], "associating");
  EXPECT_EQ(described(id)["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"], block);
  EXPECT_EQ(ec2_error("AssociateSubnetCidrBlock", {{"SubnetId", other}, {"Ipv6CidrBlock", block}}),
            "InvalidSubnet.Conflict: The CIDR '" + block + "' conflicts with another subnet");
  const Json association = answer["Ipv6CidrBlockAssociation"]["AssociationId"];
  ec2("DisassociateSubnetCidrBlock", {{"AssociationId", association}});
  EXPECT_THAT(described(id)["Ipv6CidrBlockAssociationSet"], SizeIs(0));
  EXPECT_THAT(ec2_error("DisassociateSubnetCidrBlock", {{"AssociationId", association}}),
              testing::StartsWith("InvalidSubnetCidrBlockAssociationID.NotFound: "));
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

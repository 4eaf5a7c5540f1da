#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/ec2_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::MatchesRegex;
using testing::SizeIs;

using CreateVpc = Ec2Fixture;

TEST_F(CreateVpc, AnswersAPendingVpcThatIsAvailableALittleLater) {
  const Json made = ec2("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}})["Vpc"];
  const std::string id = made["VpcId"];
  EXPECT_THAT(id, MatchesRegex("vpc-[0-9a-f]+"));
  EXPECT_EQ(id.size(), 21U);
  EXPECT_EQ(made["State"], "pending");
  EXPECT_EQ(made["Tags"], Json::array());
  settle();
  const Json vpc = ec2("DescribeVpcs", {{"VpcIds", {id}}})["Vpcs"][0];
  EXPECT_EQ(vpc["State"], "available");
  EXPECT_EQ(vpc["OwnerId"], "123456789012");
  EXPECT_EQ(vpc["InstanceTenancy"], "default");
  EXPECT_EQ(vpc["IsDefault"], false);
  EXPECT_EQ(vpc["CidrBlockAssociationSet"][0]["CidrBlock"], "10.0.0.0/16");
  EXPECT_EQ(vpc["CidrBlockAssociationSet"][0]["CidrBlockState"]["State"], "associated");
  EXPECT_FALSE(vpc.contains("Tags"));
}

TEST_F(CreateVpc, TakesTheBlockInItsCanonicalForm) {
  EXPECT_EQ(ec2("CreateVpc", {{"CidrBlock", "100.68.0.18/18"}})["Vpc"]["CidrBlock"],
            "100.68.0.0/18");
}

TEST_F(CreateVpc, GetsABlockOfIpv6WhenItIsAskedFor) {
  const Json made = ec2(
      "CreateVpc", {{"CidrBlock", "10.0.0.0/16"}, {"AmazonProvidedIpv6CidrBlock", true}})["Vpc"];
  EXPECT_EQ(made["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlockState"]["State"], "associating");
  const Json vpc = ec2("DescribeVpcs", {{"VpcIds", {made["VpcId"]}}})["Vpcs"][0];
  EXPECT_THAT(vpc["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"].get<std::string>(),
              MatchesRegex("2600:1f18:.*::/56"));
}

TEST_F(CreateVpc, RefusesBadInput) {
  const auto specification = [](const char* type) {
    return Json::array({Json{{"ResourceType", type}, {"Tags", Json::array({Json{{"Key", "a"}}})}}});
  };
  expect_refusals({
      {"CreateVpc", Json::object(),
       "MissingParameter: Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided."},
      {"CreateVpc",
       {{"CidrBlock", "10.0.0.0"}},
       "InvalidParameterValue: Value (10.0.0.0) for parameter cidrBlock is invalid. This is not a "
       "valid CIDR block."},
      {"CreateVpc",
       {{"CidrBlock", "10.0.0.256/16"}},
       "InvalidParameterValue: Value (10.0.0.256/16) for parameter cidrBlock is invalid. This is "
       "not a valid CIDR block."},
      {"CreateVpc",
       {{"CidrBlock", "10.0.0.0/15"}},
       "InvalidVpc.Range: The CIDR '10.0.0.0/15' is invalid."},
      {"CreateVpc",
       {{"CidrBlock", "10.0.0.0/29"}},
       "InvalidVpc.Range: The CIDR '10.0.0.0/29' is invalid."},
      {"CreateVpc",
       {{"CidrBlock", "10.0.0.0/16"}, {"InstanceTenancy", "shared"}},
       "InvalidParameterValue: Value (shared) for parameter instanceTenancy is invalid."},
      {"CreateVpc",
       {{"CidrBlock", "10.0.0.0/16"}, {"TagSpecifications", specification("subnet")}},
       "InvalidParameter: 'subnet' is not a valid taggable resource type for this operation."},
      {"CreateVpc",
       {{"CidrBlock", "10.0.0.0/16"}, {"Ipv4IpamPoolId", "ipam-pool-1"}},
       "NotImplemented: Ipv4IpamPoolId of CreateVpc is not emulated by Cloud Chamber"},
      {"CreateVpc",
       {{"CidrBlock", "10.0.0.0/16"}, {"DryRun", true}},
       "DryRunOperation: Request would have succeeded, but DryRun flag is set."},
      {"CreateVpc",
       {{"CidrBlock", "10.0.0.0/8"}, {"DryRun", true}},
       "InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid."},
  });
  EXPECT_THAT(ec2("DescribeVpcs")["Vpcs"], SizeIs(1)) << "only the default VPC";
}

TEST_F(CreateVpc, AcceptsTheSmallestAndTheLargestBlock) {
  EXPECT_EQ(ec2_error("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}}), "succeeded");
  EXPECT_EQ(ec2_error("CreateVpc", {{"CidrBlock", "10.0.0.0/28"}}), "succeeded");
}

using DescribeVpcs = Ec2Fixture;

TEST_F(DescribeVpcs, ShowsTheDefaultVpcBeforeAnythingWasMade) {
  const Json vpc = ec2("DescribeVpcs")["Vpcs"][0];
  EXPECT_EQ(vpc["CidrBlock"], "172.31.0.0/16");
  EXPECT_EQ(vpc["IsDefault"], true);
  EXPECT_EQ(vpc["State"], "available");
  const std::string id = vpc["VpcId"];
  make_vpc();
  EXPECT_EQ(ec2("DescribeVpcs", filter("is-default", {"true"}))["Vpcs"][0]["VpcId"], id)
      << "the same after the first write";
  const Json elsewhere = call("ec2", "DescribeVpcs", {}, "123456789012", "eu-west-1");
  EXPECT_NE(elsewhere["Vpcs"][0]["VpcId"], id) << "another one in another region";
}

TEST_F(DescribeVpcs, Filters) {
  const std::string a = make_vpc("10.0.0.0/16");
  const std::string b = make_vpc("10.1.0.0/16");
  ec2("CreateTags",
      {{"Resources", {a}}, {"Tags", Json::array({Json{{"Key", "Name"}, {"Value", "web*1"}}})}});
  settle();
  const struct {
    const char* name;
    Json values;
    std::vector<std::string> expected;
  } rows[] = {
      {"vpc-id", {a}, {a}},
      {"cidr", {"10.1.0.0/16"}, {b}},
      {"cidr", {"10.?.0.0/16"}, {a, b}},
      {"cidr", {"10.*", "172.*"}, {a, b, "default"}},
      {"cidr-block-association.cidr-block", {"10.1.*"}, {b}},
      {"is-default", {"false"}, {a, b}},
      {"tag:Name", {"web*"}, {a}},
      {"tag:Name", {"web\\*1"}, {a}},
      {"tag:Name", {"web\\*2"}, {}},
      {"tag:Name", {"WEB*"}, {}},
      {"tag-key", {"Name"}, {a}},
      {"tag-key", {"N*"}, {a}},
      {"tag-value", {"web?1"}, {a}},
      {"state", {"pending"}, {}},
      {"state", {}, {}},
  };
  const std::string standard =
      ec2("DescribeVpcs", filter("is-default", {"true"}))["Vpcs"][0]["VpcId"];
  for (const auto& row : rows) {
    std::vector<std::string> expected = row.expected;
    for (std::string& id : expected)
      if (id == "default") id = standard;
    EXPECT_THAT(column(ec2("DescribeVpcs", filter(row.name, row.values))["Vpcs"], "VpcId"),
                testing::UnorderedElementsAreArray(expected))
        << row.name << row.values.dump();
  }
  Json both = filter("is-default", {"false"});
  both["Filters"].push_back({{"Name", "cidr"}, {"Values", {"10.1.*"}}});
  EXPECT_THAT(column(ec2("DescribeVpcs", both)["Vpcs"], "VpcId"), ElementsAre(b)) << "all hold";
}

TEST_F(DescribeVpcs, GivesPagesThatNeitherRepeatNorMissARow) {
  for (int i = 0; i < 11; ++i) make_vpc();
  std::vector<std::string> seen;
  Json input{{"MaxResults", 5}};
  int pages = 0;
  for (;;) {
    const Json page = ec2("DescribeVpcs", input);
    for (const std::string& id : column(page["Vpcs"], "VpcId")) seen.push_back(id);
    ++pages;
    if (!page.contains("NextToken")) break;
    input["NextToken"] = page["NextToken"];
  }
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(seen, column(ec2("DescribeVpcs")["Vpcs"], "VpcId"));
}

TEST_F(DescribeVpcs, RefusesBadInput) {
  Json many = filter("vpc-id", Json::array());
  for (int i = 0; i < 201; ++i) many["Filters"][0]["Values"].push_back("x");
  expect_refusals({
      {"DescribeVpcs",
       {{"VpcIds", {kAbsentVpc}}},
       "InvalidVpcID.NotFound: The vpc ID 'vpc-0123456789abcdef0' does not exist"},
      {"DescribeVpcs",
       {{"VpcIds", {"vpc-1", "vpc-2"}}},
       "InvalidVpcID.NotFound: The vpc IDs 'vpc-1, vpc-2' do not exist"},
      {"DescribeVpcs",
       {{"VpcIds", {"vpc-1", "foo"}}},
       "InvalidVpcID.Malformed: Invalid id: \"foo\" (expecting \"vpc-...\")"},
      {"DescribeVpcs",
       {{"VpcIds", {"vpc-"}}},
       "InvalidVpcID.Malformed: Invalid id: \"vpc-\" (expecting \"vpc-...\")"},
      {"DescribeVpcs", filter("foo", {"a"}), "InvalidParameterValue: The filter 'foo' is invalid"},
      {"DescribeVpcs",
       {{"MaxResults", 4}},
       "InvalidParameterValue: Value ( 4 ) for parameter maxResults is invalid. Expecting a value "
       "greater than 5."},
      {"DescribeVpcs",
       {{"MaxResults", 1001}},
       "InvalidParameterValue: Value ( 1001 ) for parameter maxResults is invalid. Expecting a "
       "value less than 1000."},
      {"DescribeVpcs",
       {{"NextToken", "nonsense"}},
       "InvalidPaginationToken: The specified pagination token is not valid or is expired."},
      {"DescribeVpcs", many,
       "FilterLimitExceeded: The maximum number of filter values specified on a single call is "
       "200"},
      {"DescribeVpcs",
       {{"DryRun", true}},
       "DryRunOperation: Request would have succeeded, but DryRun flag is set."},
  });
}

using DeleteVpc = Ec2Fixture;

TEST_F(DeleteVpc, TakesItAway) {
  const std::string id = make_vpc();
  ec2("DeleteVpc", {{"VpcId", id}});
  EXPECT_EQ(ec2_error("DescribeVpcs", {{"VpcIds", {id}}}),
            "InvalidVpcID.NotFound: The vpc ID '" + id + "' does not exist");
}

TEST_F(DeleteVpc, RefusesWhileSomethingIsInIt) {
  const std::string id = make_vpc();
  const std::string subnet = make_subnet(id, "10.0.1.0/24");
  const std::string refusal =
      "DependencyViolation: The vpc '" + id + "' has dependencies and cannot be deleted.";
  EXPECT_EQ(ec2_error("DeleteVpc", {{"VpcId", id}}), refusal);
  ec2("DeleteSubnet", {{"SubnetId", subnet}});
  const std::string gateway =
      ec2("CreateInternetGateway")["InternetGateway"].value("InternetGatewayId", "");
  ec2("AttachInternetGateway", {{"VpcId", id}, {"InternetGatewayId", gateway}});
  EXPECT_EQ(ec2_error("DeleteVpc", {{"VpcId", id}}), refusal);
  ec2("DetachInternetGateway", {{"VpcId", id}, {"InternetGatewayId", gateway}});
  EXPECT_EQ(ec2_error("DeleteVpc", {{"VpcId", id}}), "succeeded");
}

TEST_F(DeleteVpc, RefusesBadInput) {
  expect_refusals({
      {"DeleteVpc", Json::object(),
       "MissingParameter: The request must contain the parameter vpcId"},
      {"DeleteVpc",
       {{"VpcId", ""}},
       "MissingParameter: The request must contain the parameter vpcId"},
      {"DeleteVpc",
       {{"VpcId", "foo"}},
       "InvalidVpcID.Malformed: Invalid id: \"foo\" (expecting \"vpc-...\")"},
      {"DeleteVpc",
       {{"VpcId", "vpc-123"}},
       "InvalidVpcID.NotFound: The vpc ID 'vpc-123' does not exist"},
  });
}

using CreateDefaultVpc = Ec2Fixture;

TEST_F(CreateDefaultVpc, MakesItAgainOnceItIsDeleted) {
  EXPECT_EQ(ec2_error("CreateDefaultVpc"),
            "DefaultVpcAlreadyExists: A Default VPC already exists for this account in this "
            "region.");
  const std::string id = ec2("DescribeVpcs")["Vpcs"][0]["VpcId"];
  const Json gateway = ec2("DescribeInternetGateways")["InternetGateways"][0];
  EXPECT_EQ(gateway["Attachments"][0]["VpcId"], id);
  ec2("DetachInternetGateway",
      {{"InternetGatewayId", gateway["InternetGatewayId"]}, {"VpcId", id}});
  const Json subnets = ec2("DescribeSubnets")["Subnets"];
  for (const Json& subnet : subnets) ec2("DeleteSubnet", {{"SubnetId", subnet["SubnetId"]}});
  ec2("DeleteVpc", {{"VpcId", id}});
  EXPECT_THAT(ec2("DescribeVpcs")["Vpcs"], SizeIs(0));
  EXPECT_EQ(ec2_error("CreateDefaultSubnet", {{"AvailabilityZone", "us-east-1a"}}),
            "DefaultVpcDoesNotExist: No default VPC exists for this account in this region.");
  EXPECT_EQ(ec2("CreateDefaultVpc")["Vpc"]["IsDefault"], true);
  EXPECT_THAT(ec2("DescribeSubnets")["Subnets"], SizeIs(6));
}

using CreateDefaultSubnet = Ec2Fixture;

TEST_F(CreateDefaultSubnet, MakesTheOneThatIsMissing) {
  const Json subnet =
      ec2("DescribeSubnets", filter("availability-zone", {"us-east-1c"}))["Subnets"][0];
  const std::string id = subnet["SubnetId"];
  EXPECT_EQ(ec2_error("CreateDefaultSubnet", {{"AvailabilityZone", "us-east-1c"}}),
            "DefaultSubnetAlreadyExistsInAvailabilityZone: '" + id +
                "' is already the default subnet in us-east-1c.");
  ec2("DeleteSubnet", {{"SubnetId", id}});
  const Json made = ec2("CreateDefaultSubnet", {{"AvailabilityZone", "us-east-1c"}})["Subnet"];
  EXPECT_EQ(made["CidrBlock"], subnet["CidrBlock"]);
  EXPECT_EQ(made["DefaultForAz"], true);
  EXPECT_EQ(ec2_error("CreateDefaultSubnet", {{"AvailabilityZone", "us-east-1z"}}),
            "InvalidParameterValue: Value (us-east-1z) for parameter availabilityZone is invalid.");
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

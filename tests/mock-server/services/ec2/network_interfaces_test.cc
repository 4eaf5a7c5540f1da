#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/instances_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::MatchesRegex;

class NetworkInterfaces : public InstancesFixture {
 protected:
  std::string subnet_ = make_subnet(make_vpc(), "10.0.1.0/28");
  Json make(const Json& more = Json::object()) {
    Json input{{"SubnetId", subnet_}};
    input.update(more);
    return ec2("CreateNetworkInterface", input)["NetworkInterface"];
  }
  Json described(const std::string& id) {
    return ec2("DescribeNetworkInterfaces",
               {{"NetworkInterfaceIds", {id}}})["NetworkInterfaces"][0];
  }
  static inline const std::string kAbsent = "eni-0123456789abcdef0";
};

using CreateNetworkInterface = NetworkInterfaces;

TEST_F(CreateNetworkInterface, AnswersAPendingInterfaceThatIsAvailableALittleLater) {
  const Json made = make({{"Description", "mine"}});
  EXPECT_EQ(made["Status"], "pending");
  EXPECT_EQ(made["TagSet"], Json::array());
  EXPECT_EQ(made["PrivateIpAddress"], "10.0.1.4");
  EXPECT_THAT(made["MacAddress"].get<std::string>(), MatchesRegex("02(:[0-9a-f][0-9a-f])+"));
  EXPECT_TRUE(made.contains("RequesterId"));
  settle();
  const Json later = described(made["NetworkInterfaceId"]);
  EXPECT_EQ(later["Status"], "available");
  EXPECT_EQ(later["Description"], "mine");
  EXPECT_EQ(later["SourceDestCheck"], true);
  EXPECT_EQ(later["InterfaceType"], "interface");
  EXPECT_FALSE(later.contains("Attachment"));
}

TEST_F(CreateNetworkInterface, TakesAddressesAsTheyAreGiven) {
  const Json made = make({{"PrivateIpAddresses",
                           Json::array({Json{{"PrivateIpAddress", "10.0.1.9"}, {"Primary", true}},
                                        Json{{"PrivateIpAddress", "10.0.1.4"}}})},
                          {"SecondaryPrivateIpAddressCount", 1}});
  EXPECT_THAT(column(made["PrivateIpAddresses"], "PrivateIpAddress"),
              ElementsAre("10.0.1.9", "10.0.1.4", "10.0.1.5"));
  EXPECT_EQ(made["PrivateIpAddresses"][0]["Primary"], true);
  EXPECT_EQ(made["PrivateIpAddresses"][1]["Primary"], false);
  EXPECT_EQ(
      ec2("DescribeSubnets", {{"SubnetIds", {subnet_}}})["Subnets"][0]["AvailableIpAddressCount"],
      8);
}

TEST_F(CreateNetworkInterface, RefusesBadInput) {
  make({{"PrivateIpAddress", "10.0.1.9"}});
  const auto with = [&](const Json& more) {
    Json input{{"SubnetId", subnet_}};
    input.update(more);
    return input;
  };
  expect_refusals({
      {"CreateNetworkInterface", Json::object(),
       "MissingParameter: The request must contain the parameter subnetId"},
      {"CreateNetworkInterface",
       {{"SubnetId", "subnet-0123456789abcdef0"}},
       "InvalidSubnetID.NotFound: The subnet ID 'subnet-0123456789abcdef0' does not exist"},
      {"CreateNetworkInterface", with({{"PrivateIpAddress", "10.0.1.9"}}),
       "InvalidIPAddress.InUse: Address 10.0.1.9 is in use."},
      {"CreateNetworkInterface", with({{"PrivateIpAddress", "10.0.1.16"}}),
       "InvalidParameterValue: Address 10.0.1.16 does not fall within the subnet's address range"},
      {"CreateNetworkInterface", with({{"PrivateIpAddress", "10.0.1.15"}}),
       "InvalidParameterValue: Address 10.0.1.15 is in subnet's reserved address range"},
      {"CreateNetworkInterface", with({{"PrivateIpAddress", "10.0.1"}}),
       "InvalidParameterValue: Value (10.0.1) for parameter privateIpAddress is invalid. Invalid "
       "IP address."},
      {"CreateNetworkInterface", with({{"Groups", {"sg-0123456789abcdef0"}}}),
       "InvalidGroup.NotFound: The security group 'sg-0123456789abcdef0' does not exist"},
      {"CreateNetworkInterface", with({{"Ipv6AddressCount", 1}}),
       "NotImplemented: Ipv6AddressCount of CreateNetworkInterface is not emulated by Cloud "
       "Chamber"},
  });
  EXPECT_EQ(ec2_error("CreateNetworkInterface", with({{"SecondaryPrivateIpAddressCount", 10}})),
            "InsufficientFreeAddressesInSubnet: There are not enough free addresses in subnet '" +
                subnet_ + "' to satisfy the requested number of instances.");
  make({{"SecondaryPrivateIpAddressCount", 9}});
}

using DescribeNetworkInterfaces = NetworkInterfaces;

TEST_F(DescribeNetworkInterfaces, ShowsThoseOfInstances) {
  const std::string instance = run_one({{"SubnetId", subnet_}});
  const Json found = ec2("DescribeNetworkInterfaces",
                         filter("attachment.instance-id", {instance}))["NetworkInterfaces"];
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]["Status"], "in-use");
  EXPECT_EQ(found[0]["Attachment"]["DeviceIndex"], 0);
  EXPECT_EQ(found[0]["Attachment"]["DeleteOnTermination"], true);
  EXPECT_EQ(found[0]["Attachment"]["InstanceOwnerId"], "123456789012");
  EXPECT_THAT(
      ec2("DescribeNetworkInterfaces", filter("status", {"available"}))["NetworkInterfaces"],
      IsEmpty());
}

using DeleteNetworkInterface = NetworkInterfaces;

TEST_F(DeleteNetworkInterface, FreesItsSubnet) {
  const std::string id = make()["NetworkInterfaceId"];
  EXPECT_EQ(
      ec2_error("DeleteSubnet", {{"SubnetId", subnet_}}),
      "DependencyViolation: The subnet '" + subnet_ + "' has dependencies and cannot be deleted.");
  ec2("DeleteNetworkInterface", {{"NetworkInterfaceId", id}});
  ec2("DeleteSubnet", {{"SubnetId", subnet_}});
}

TEST_F(DeleteNetworkInterface, RefusesBadInput) {
  run_one({{"SubnetId", subnet_}});
  const std::string id =
      ec2("DescribeNetworkInterfaces")["NetworkInterfaces"][0]["NetworkInterfaceId"];
  EXPECT_EQ(ec2_error("DeleteNetworkInterface", {{"NetworkInterfaceId", id}}),
            "InvalidParameterValue: Network interface '" + id + "' is currently in use.");
  expect_refusals({
      {"DeleteNetworkInterface",
       {{"NetworkInterfaceId", kAbsent}},
       "InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-0123456789abcdef0' does "
       "not exist"},
      {"DeleteNetworkInterface",
       {{"NetworkInterfaceId", "foo"}},
       "InvalidNetworkInterfaceId.Malformed: Invalid id: \"foo\" (expecting \"eni-...\")"},
  });
}

using AssignPrivateIpAddresses = NetworkInterfaces;

TEST_F(AssignPrivateIpAddresses, AddsAddressesAndUnassignTakesThem) {
  const std::string id = make()["NetworkInterfaceId"];
  const Json assigned = ec2("AssignPrivateIpAddresses",
                            {{"NetworkInterfaceId", id}, {"SecondaryPrivateIpAddressCount", 2}});
  EXPECT_THAT(column(assigned["AssignedPrivateIpAddresses"], "PrivateIpAddress"),
              ElementsAre("10.0.1.5", "10.0.1.6"));
  ec2("AssignPrivateIpAddresses",
      {{"NetworkInterfaceId", id}, {"PrivateIpAddresses", {"10.0.1.12"}}});
  ec2("UnassignPrivateIpAddresses",
      {{"NetworkInterfaceId", id}, {"PrivateIpAddresses", {"10.0.1.5"}}});
  EXPECT_THAT(column(described(id)["PrivateIpAddresses"], "PrivateIpAddress"),
              ElementsAre("10.0.1.4", "10.0.1.6", "10.0.1.12"));
  EXPECT_EQ(ec2_error("UnassignPrivateIpAddresses",
                      {{"NetworkInterfaceId", id}, {"PrivateIpAddresses", {"10.0.1.4"}}}),
            "InvalidParameterValue: Some of [10.0.1.4] are not assigned to interface " + id);
  EXPECT_EQ(ec2_error("AssignPrivateIpAddresses", {{"NetworkInterfaceId", id}}),
            "MissingParameter: The request must contain the parameter "
            "secondaryPrivateIpAddressCount");
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

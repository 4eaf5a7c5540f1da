// Elastic IP addresses.
#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/ec2_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class Addresses : public Ec2Fixture {
 protected:
  Addresses() {
    const Json gateway = ec2("CreateInternetGateway")["InternetGateway"]["InternetGatewayId"];
    ec2("AttachInternetGateway", {{"InternetGatewayId", gateway}, {"VpcId", vpc_}});
    subnet_ = make_subnet(vpc_, "10.0.0.0/24");
    address_ = allocate();
  }
  std::string allocate() { return ec2("AllocateAddress").value("AllocationId", ""); }
  std::string make_interface() {
    return ec2("CreateNetworkInterface", {{"SubnetId", subnet_}})["NetworkInterface"].value(
        "NetworkInterfaceId", "");
  }
  std::string run(const Json& more = Json::object()) {
    Json input{{"ImageId", "ami-0123456789abcdef0"},
               {"MinCount", 1},
               {"MaxCount", 1},
               {"SubnetId", subnet_}};
    input.update(more);
    const std::string id = ec2("RunInstances", input)["Instances"][0].value("InstanceId", "");
    settle();
    return id;
  }
  Json address(const std::string& id) {
    return ec2("DescribeAddresses", {{"AllocationIds", {id}}})["Addresses"][0];
  }
  Json interface(const std::string& id) {
    return ec2("DescribeNetworkInterfaces",
               {{"NetworkInterfaceIds", {id}}})["NetworkInterfaces"][0];
  }
  Json instance(const std::string& id) {
    return ec2("DescribeInstances", {{"InstanceIds", {id}}})["Reservations"][0]["Instances"][0];
  }

  std::string vpc_ = make_vpc();
  std::string subnet_;
  std::string address_;
};
using AllocateAddress = Addresses;
using ReleaseAddress = Addresses;
using AssociateAddress = Addresses;
using DisassociateAddress = Addresses;
using DescribeAddresses = Addresses;
using ModifyAddressAttribute = Addresses;
using DescribeAddressesAttribute = Addresses;
using ResetAddressAttribute = Addresses;

TEST_F(AllocateAddress, GivesAnAddressOfAmazonsPool) {
  const Json made = ec2("AllocateAddress", {{"Domain", "vpc"}});
  const Json shown = address(made["AllocationId"]);
  EXPECT_EQ(shown, made);
  EXPECT_EQ(shown["Domain"], "vpc");
  EXPECT_EQ(shown["PublicIpv4Pool"], "amazon");
  EXPECT_EQ(shown["NetworkBorderGroup"], "us-east-1");
  EXPECT_NE(shown["PublicIp"], address(address_)["PublicIp"]);
}

TEST_F(AllocateAddress, GivesBackAnAddressThatIsFree) {
  EXPECT_EQ(ec2("AllocateAddress", {{"Address", "192.0.2.1"}})["PublicIp"], "192.0.2.1");
  expect_refusals({
      {"AllocateAddress",
       {{"Address", "192.0.2.1"}},
       "InvalidAddress.NotFound: Address '192.0.2.1' not found."},
      {"AllocateAddress",
       {{"Address", "192.0.2"}},
       "InvalidAddress.Malformed: Invalid address: '192.0.2'"},
      {"AllocateAddress",
       {{"Domain", "standard"}},
       "InvalidParameterValue: Value (standard) for parameter domain is invalid."},
      {"AllocateAddress",
       {{"NetworkBorderGroup", "us-east-1-wl1-bos-wlz-1"}},
       "InvalidParameterValue: Value (us-east-1-wl1-bos-wlz-1) for parameter networkBorderGroup is "
       "invalid."},
      {"AllocateAddress",
       {{"PublicIpv4Pool", "ipv4pool-ec2-1"}},
       "NotImplemented: PublicIpv4Pool of AllocateAddress is not emulated by Cloud Chamber"},
  });
}

TEST_F(DescribeAddresses, FindsByAddressAndFilter) {
  const std::string other = allocate();
  const Json ip = address(other)["PublicIp"];
  EXPECT_THAT(column(ec2("DescribeAddresses", {{"PublicIps", {ip}}})["Addresses"], "AllocationId"),
              ElementsAre(other));
  EXPECT_THAT(
      column(ec2("DescribeAddresses", filter("domain", {"vpc"}))["Addresses"], "AllocationId"),
      UnorderedElementsAre(address_, other));
  expect_refusals({
      {"DescribeAddresses",
       {{"PublicIps", {"256.256.256.256"}}},
       "InvalidAddress.NotFound: Address '256.256.256.256' not found."},
      {"DescribeAddresses",
       {{"AllocationIds", {"bogus"}}},
       "InvalidAllocationID.NotFound: The allocation ID 'bogus' does not exist"},
  });
}

TEST_F(AssociateAddress, IsShownByAddressInterfaceAndInstance) {
  const std::string id = run();
  const Json made = ec2("AssociateAddress", {{"AllocationId", address_}, {"InstanceId", id}});
  const Json shown = address(address_);
  EXPECT_EQ(shown["AssociationId"], made["AssociationId"]);
  EXPECT_EQ(shown["InstanceId"], id);
  EXPECT_EQ(shown["NetworkInterfaceOwnerId"], "123456789012");
  const Json there = instance(id);
  EXPECT_EQ(there["PublicIpAddress"], shown["PublicIp"]);
  EXPECT_EQ(there["PrivateIpAddress"], shown["PrivateIpAddress"]);
  const Json association = interface(shown["NetworkInterfaceId"])["Association"];
  EXPECT_EQ(association["AllocationId"], address_);
  EXPECT_EQ(association["IpOwnerId"], "123456789012");
  EXPECT_EQ(ec2("AssociateAddress", {{"AllocationId", address_}, {"InstanceId", id}}), made);
  EXPECT_THAT(
      column(ec2("DescribeAddresses", filter("instance-id", {id}))["Addresses"], "AllocationId"),
      ElementsAre(address_));
}

TEST_F(AssociateAddress, MovesUnlessItMayNot) {
  const std::string first = make_interface();
  const std::string second = make_interface();
  const std::string association =
      ec2("AssociateAddress", {{"AllocationId", address_}, {"NetworkInterfaceId", first}})
          .value("AssociationId", "");
  const Json to_second{{"AllocationId", address_}, {"NetworkInterfaceId", second}};
  Json not_again = to_second;
  not_again["AllowReassociation"] = false;
  EXPECT_EQ(ec2_error("AssociateAddress", not_again),
            "Resource.AlreadyAssociated: resource " + address_ +
                " is already associated with associate-id " + association);
  const Json to_first{
      {"AllocationId", allocate()}, {"NetworkInterfaceId", first}, {"AllowReassociation", false}};
  EXPECT_EQ(ec2_error("AssociateAddress", to_first),
            "Resource.AlreadyAssociated: resource " + first +
                " is already associated with associate-id " + association);
  ec2("AssociateAddress", to_second);
  EXPECT_FALSE(interface(first).contains("Association"));
  EXPECT_TRUE(interface(second).contains("Association"));
}

TEST_F(AssociateAddress, TakesThePlaceOfAnotherAddress) {
  const std::string id = make_interface();
  ec2("AssociateAddress", {{"AllocationId", address_}, {"NetworkInterfaceId", id}});
  const std::string other = allocate();
  ec2("AssociateAddress", {{"AllocationId", other}, {"NetworkInterfaceId", id}});
  EXPECT_FALSE(address(address_).contains("AssociationId"));
  EXPECT_EQ(interface(id)["Association"]["AllocationId"], other);
}

TEST_F(AssociateAddress, RefusesBadInput) {
  const std::string id = make_interface();
  const Json ip = address(address_)["PublicIp"];
  const std::string alone =
      ec2("CreateNetworkInterface",
          {{"SubnetId", make_subnet(make_vpc("10.9.0.0/16"), "10.9.0.0/24")}})["NetworkInterface"]
          .value("NetworkInterfaceId", "");
  const std::string no_gateway = "Gateway.NotAttached: Network " +
                                 interface(alone).value("VpcId", "") +
                                 " is not attached to any internet gateway";
  const std::string not_there =
      "InvalidParameterValue: The private IP address '10.0.0.99' is not "
      "assigned to the network interface '" +
      id + "'.";
  const std::string pending = ec2("RunInstances", {{"ImageId", "ami-0123456789abcdef0"},
                                                   {"MinCount", 1},
                                                   {"MaxCount", 1},
                                                   {"SubnetId", subnet_}})["Instances"][0]
                                  .value("InstanceId", "");
  const std::string too_early = "InvalidInstanceID: The pending instance '" + pending +
                                "' is not in a valid state for this operation.";
  expect_refusals({
      {"AssociateAddress",
       {{"NetworkInterfaceId", id}},
       "MissingParameter: Either public IP or allocation id must be specified"},
      {"AssociateAddress",
       {{"AllocationId", address_}, {"PublicIp", ip}, {"NetworkInterfaceId", id}},
       "InvalidParameterCombination: You may specify public IP or allocation id, but not both in "
       "the same call"},
      {"AssociateAddress",
       {{"PublicIp", ip}, {"NetworkInterfaceId", id}},
       "InvalidParameterCombination: You must specify an allocation id when mapping an address to "
       "a VPC instance"},
      {"AssociateAddress",
       {{"PublicIp", "192.0.2.9"}, {"NetworkInterfaceId", id}},
       "AuthFailure: The address '192.0.2.9' does not belong to you."},
      {"AssociateAddress",
       {{"AllocationId", address_}},
       "MissingParameter: Either instance ID or network interface id must be specified"},
      {"AssociateAddress",
       {{"AllocationId", address_}, {"NetworkInterfaceId", id}, {"InstanceId", pending}},
       "InvalidParameterCombination: You may specify instance id or network interface id, but not "
       "both in the same call"},
      {"AssociateAddress",
       {{"AllocationId", "eipalloc-1"}, {"NetworkInterfaceId", id}},
       "InvalidAllocationID.NotFound: The allocation ID 'eipalloc-1' does not exist"},
      {"AssociateAddress",
       {{"AllocationId", address_}, {"NetworkInterfaceId", "eni-1"}},
       "InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-1' does not exist"},
      {"AssociateAddress",
       {{"AllocationId", address_}, {"InstanceId", pending}},
       too_early.c_str()},
      {"AssociateAddress",
       {{"AllocationId", address_}, {"NetworkInterfaceId", alone}},
       no_gateway.c_str()},
      {"AssociateAddress",
       {{"AllocationId", address_}, {"NetworkInterfaceId", id}, {"PrivateIpAddress", "10.0.0.99"}},
       not_there.c_str()},
  });
}

TEST_F(DisassociateAddress, LetsTheGatewayGo) {
  const std::string id = make_interface();
  const Json made =
      ec2("AssociateAddress", {{"AllocationId", address_}, {"NetworkInterfaceId", id}});
  const Json gateway =
      ec2("DescribeInternetGateways",
          filter("attachment.vpc-id", {vpc_}))["InternetGateways"][0]["InternetGatewayId"];
  const Json detach{{"InternetGatewayId", gateway}, {"VpcId", vpc_}};
  EXPECT_EQ(ec2_error("DetachInternetGateway", detach),
            "DependencyViolation: Network " + vpc_ +
                " has some mapped public address(es). Please unmap those public address(es) "
                "before detaching the gateway.");
  ec2("DisassociateAddress", {{"AssociationId", made["AssociationId"]}});
  EXPECT_FALSE(interface(id).contains("Association"));
  EXPECT_EQ(ec2_error("DetachInternetGateway", detach), "succeeded");
}

TEST_F(DisassociateAddress, GivesTheInstanceAnAddressOfAmazonsAgain) {
  ec2("ModifySubnetAttribute", {{"SubnetId", subnet_}, {"MapPublicIpOnLaunch", {{"Value", true}}}});
  const std::string id = run();
  const Json lent = instance(id)["PublicIpAddress"];
  const Json made = ec2("AssociateAddress", {{"AllocationId", address_}, {"InstanceId", id}});
  EXPECT_EQ(instance(id)["PublicIpAddress"], address(address_)["PublicIp"]);
  ec2("DisassociateAddress", {{"AssociationId", made["AssociationId"]}});
  EXPECT_TRUE(instance(id).contains("PublicIpAddress"));
  EXPECT_NE(instance(id)["PublicIpAddress"], lent);
}

TEST_F(DisassociateAddress, RefusesBadInput) {
  const Json ip = address(address_)["PublicIp"];
  expect_refusals({
      {"DisassociateAddress", Json::object(),
       "MissingParameter: Either public IP or association id must be specified"},
      {"DisassociateAddress",
       {{"PublicIp", ip}},
       "InvalidParameterValue: You must specify an association id when unmapping an address from "
       "a VPC instance"},
      {"DisassociateAddress",
       {{"AssociationId", "bogus"}},
       "InvalidAssociationID.NotFound: The association ID 'bogus' does not exist"},
  });
}

TEST_F(ReleaseAddress, RefusesWhileItIsInUse) {
  const std::string id = make_interface();
  ec2("AssociateAddress", {{"AllocationId", address_}, {"NetworkInterfaceId", id}});
  const std::string ip = address(address_)["PublicIp"];
  EXPECT_EQ(ec2_error("ReleaseAddress", {{"AllocationId", address_}}),
            "InvalidIPAddress.InUse: Address " + ip + " is in use.");
  ec2("DeleteNetworkInterface", {{"NetworkInterfaceId", id}});
  EXPECT_FALSE(address(address_).contains("AssociationId"));
  ec2("ReleaseAddress", {{"AllocationId", address_}});
  EXPECT_THAT(ec2("DescribeAddresses")["Addresses"], IsEmpty());
}

TEST_F(ReleaseAddress, LetsGoInTheDefaultVpc) {
  subnet_ = ec2("DescribeSubnets")["Subnets"][0]["SubnetId"];
  subnet_ = ec2("DescribeSubnets", filter("default-for-az", {"true"}))["Subnets"][0]["SubnetId"];
  const std::string id = make_interface();
  ec2("AssociateAddress", {{"AllocationId", address_}, {"NetworkInterfaceId", id}});
  ec2("ReleaseAddress", {{"AllocationId", address_}});
  EXPECT_FALSE(interface(id).contains("Association"));
}

TEST_F(ReleaseAddress, RefusesBadInput) {
  const Json ip = address(address_)["PublicIp"];
  expect_refusals({
      {"ReleaseAddress", Json::object(),
       "MissingParameter: Either public IP or allocation id must be specified"},
      {"ReleaseAddress",
       {{"PublicIp", ip}},
       "InvalidParameterValue: You must specify an allocation id when releasing a VPC elastic IP "
       "address"},
      {"ReleaseAddress",
       {{"PublicIp", "192.0.2.9"}},
       "AuthFailure: The address '192.0.2.9' does not belong to you."},
      {"ReleaseAddress",
       {{"AllocationId", "bogus"}},
       "InvalidAllocationID.NotFound: The allocation ID 'bogus' does not exist"},
  });
}

TEST_F(ModifyAddressAttribute, SetsTheNameOfReverseDns) {
  const Json input{{"AllocationId", address_}, {"DomainName", "mail.example.com"}};
  EXPECT_EQ(ec2("ModifyAddressAttribute", input)["Address"]["PtrRecord"], "mail.example.com.");
  const auto record = [&] {
    return ec2("DescribeAddressesAttribute",
               {{"AllocationIds", {address_}}, {"Attribute", "domain-name"}})["Addresses"][0]
        .value("PtrRecord", "");
  };
  EXPECT_EQ(record(), "mail.example.com.");
  ec2("ResetAddressAttribute", {{"AllocationId", address_}, {"Attribute", "domain-name"}});
  EXPECT_EQ(record(), "");
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

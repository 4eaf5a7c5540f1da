#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/ec2_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::SizeIs;

class Addresses : public Ec2Fixture {
 protected:
  std::string allocate() { return ec2("AllocateAddress").value("AllocationId", ""); }
  Json described(const std::string& id) {
    return ec2("DescribeAddresses", {{"AllocationIds", {id}}})["Addresses"][0];
  }
  std::string make_interface() {
    return ec2("CreateNetworkInterface", {{"SubnetId", subnet_}})["NetworkInterface"].value(
        "NetworkInterfaceId", "");
  }
  Json interface_of(const std::string& id) {
    return ec2("DescribeNetworkInterfaces",
               {{"NetworkInterfaceIds", {id}}})["NetworkInterfaces"][0];
  }

  std::string subnet_ = make_subnet(make_vpc(), "10.0.1.0/24");
  const std::string absent_ = "eipalloc-0123456789abcdef0";
};
using AllocateAddress = Addresses;
using ReleaseAddress = Addresses;
using DescribeAddresses = Addresses;
using AssociateAddress = Addresses;
using DisassociateAddress = Addresses;

TEST_F(AllocateAddress, GivesAnAddressOfAmazons) {
  const Json made =
      ec2("AllocateAddress",
          {{"Domain", "vpc"},
           {"TagSpecifications",
            {{{"ResourceType", "elastic-ip"}, {"Tags", {{{"Key", "Name"}, {"Value", "nat"}}}}}}}});
  Json shown = made;
  shown["Tags"] = {{{"Key", "Name"}, {"Value", "nat"}}};
  EXPECT_EQ(described(made["AllocationId"]), shown);
  EXPECT_EQ(made["Domain"], "vpc");
  EXPECT_EQ(made["PublicIpv4Pool"], "amazon");
  EXPECT_EQ(made["NetworkBorderGroup"], "us-east-1");
  expect_refusals({{"AllocateAddress",
                    {{"NetworkBorderGroup", "eu-west-1"}},
                    "InvalidParameterValue: Value (eu-west-1) for parameter networkBorderGroup is "
                    "invalid. Invalid network border group."}});
}

TEST_F(DescribeAddresses, FindsThemByAllocationAddressAndFilter) {
  const std::string a = allocate();
  const std::string b = allocate();
  const Json ip = described(b)["PublicIp"];
  EXPECT_THAT(ec2("DescribeAddresses")["Addresses"], SizeIs(2));
  for (const Json& input : {Json{{"PublicIps", {ip}}}, Json{{"AllocationIds", {b}}},
                            filter("public-ip", {ip}), filter("allocation-id", {b})}) {
    const Json found = ec2("DescribeAddresses", input)["Addresses"];
    ASSERT_THAT(found, SizeIs(1)) << input;
    EXPECT_EQ(found[0]["AllocationId"], b);
  }
  expect_refusals({{"DescribeAddresses",
                    {{"PublicIps", {"192.0.2.1"}}},
                    "InvalidAddress.NotFound: Address '192.0.2.1' not found."},
                   {"DescribeAddresses",
                    {{"AllocationIds", {absent_}}},
                    "InvalidAllocationID.NotFound: The allocation ID 'eipalloc-0123456789abcdef0' "
                    "does not exist"}});
}

TEST_F(AssociateAddress, ShowsOnBothSides) {
  const std::string id = allocate();
  const std::string interface = make_interface();
  const Json association =
      ec2("AssociateAddress",
          {{"AllocationId", id}, {"NetworkInterfaceId", interface}})["AssociationId"];
  const Json address = described(id);
  const Json shown = interface_of(interface);
  EXPECT_EQ(address["AssociationId"], association);
  EXPECT_EQ(address["NetworkInterfaceId"], interface);
  EXPECT_EQ(address["PrivateIpAddress"], shown["PrivateIpAddress"]);
  EXPECT_EQ(shown["Association"]["AllocationId"], id);
  EXPECT_EQ(shown["Association"]["PublicIp"], address["PublicIp"]);
  EXPECT_EQ(shown["Association"]["IpOwnerId"], "123456789012");
  EXPECT_EQ(shown["PrivateIpAddresses"][0]["Association"], shown["Association"]);
  EXPECT_EQ(ec2("AssociateAddress",
                {{"AllocationId", id}, {"NetworkInterfaceId", interface}})["AssociationId"],
            association)
      << "the same again changes nothing";
}

TEST_F(AssociateAddress, MovesAnAddressUnlessThatIsForbidden) {
  const std::string id = allocate();
  const std::string from = make_interface();
  const std::string to = make_interface();
  const std::string first =
      ec2("AssociateAddress", {{"AllocationId", id}, {"NetworkInterfaceId", from}})
          .at("AssociationId");
  EXPECT_EQ(
      ec2_error("AssociateAddress",
                {{"AllocationId", id}, {"NetworkInterfaceId", to}, {"AllowReassociation", false}}),
      "Resource.AlreadyAssociated: resource " + id + " is already associated with associate-id " +
          first);
  ec2("AssociateAddress", {{"AllocationId", id}, {"NetworkInterfaceId", to}});
  EXPECT_FALSE(interface_of(from).contains("Association"));
  EXPECT_EQ(interface_of(to)["Association"]["AllocationId"], id);
  const std::string other = allocate();
  ec2("AssociateAddress", {{"AllocationId", other}, {"NetworkInterfaceId", to}});
  EXPECT_FALSE(described(id).contains("AssociationId")) << "an address has one public address";
}

TEST_F(AssociateAddress, RefusesBadInput) {
  const std::string id = allocate();
  const std::string interface = make_interface();
  const std::string elsewhere =
      "InvalidParameterValue: Invalid value for parameter privateIpAddress: 10.0.1.250. Address is "
      "not assigned to interface " +
      interface;
  expect_refusals(
      {{"AssociateAddress",
        {{"NetworkInterfaceId", interface}},
        "MissingParameter: The request must contain the parameter AllocationId"},
       {"AssociateAddress",
        {{"AllocationId", id}},
        "MissingParameter: The request must contain the parameter InstanceId"},
       {"AssociateAddress",
        {{"AllocationId", absent_}, {"NetworkInterfaceId", interface}},
        "InvalidAllocationID.NotFound: The allocation ID 'eipalloc-0123456789abcdef0' does not "
        "exist"},
       {"AssociateAddress",
        {{"AllocationId", id}, {"NetworkInterfaceId", "eni-0123456789abcdef0"}},
        "InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-0123456789abcdef0' does "
        "not exist"},
       {"AssociateAddress",
        {{"AllocationId", id}, {"InstanceId", "i-0123456789abcdef0"}},
        "InvalidInstanceID.NotFound: The instance ID 'i-0123456789abcdef0' does not exist"},
       {"AssociateAddress",
        {{"AllocationId", id},
         {"NetworkInterfaceId", interface},
         {"PrivateIpAddress", "10.0.1.250"}},
        elsewhere.c_str()}});
}

TEST_F(DisassociateAddress, TakesItOffByAssociationOrAddress) {
  const std::string id = allocate();
  const std::string interface = make_interface();
  for (const bool by_address : {false, true}) {
    const Json association =
        ec2("AssociateAddress",
            {{"AllocationId", id}, {"NetworkInterfaceId", interface}})["AssociationId"];
    ec2("DisassociateAddress", by_address ? Json{{"PublicIp", described(id)["PublicIp"]}}
                                          : Json{{"AssociationId", association}});
    EXPECT_FALSE(described(id).contains("AssociationId"));
    EXPECT_FALSE(interface_of(interface).contains("Association"));
  }
  expect_refusals({{"DisassociateAddress",
                    {{"AssociationId", "eipassoc-0123456789abcdef0"}},
                    "InvalidAssociationID.NotFound: The association ID "
                    "'eipassoc-0123456789abcdef0' does not exist"},
                   {"DisassociateAddress", Json::object(),
                    "MissingParameter: The request must contain the parameter AssociationId"}});
}

TEST_F(ReleaseAddress, WaitsUntilNobodyUsesIt) {
  const std::string id = allocate();
  const std::string interface = make_interface();
  ec2("AssociateAddress", {{"AllocationId", id}, {"NetworkInterfaceId", interface}});
  EXPECT_EQ(ec2_error("ReleaseAddress", {{"AllocationId", id}}),
            "InvalidIPAddress.InUse: Address " + described(id)["PublicIp"].get<std::string>() +
                " is in use.");
  ec2("DeleteNetworkInterface", {{"NetworkInterfaceId", interface}});
  EXPECT_FALSE(described(id).contains("AssociationId")) << "the interface took it along";
  ec2("ReleaseAddress", {{"AllocationId", id}});
  expect_refusals({{"ReleaseAddress",
                    {{"AllocationId", absent_}},
                    "InvalidAllocationID.NotFound: The allocation ID 'eipalloc-0123456789abcdef0' "
                    "does not exist"},
                   {"ReleaseAddress", Json::object(),
                    "MissingParameter: The request must contain the parameter AllocationId"},
                   {"ReleaseAddress",
                    {{"PublicIp", "192.0.2.1"}},
                    "InvalidAddress.NotFound: Address '192.0.2.1' not found."}});
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

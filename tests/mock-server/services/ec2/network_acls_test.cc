#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/ec2_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::SizeIs;

class NetworkAcls : public Ec2Fixture {
 protected:
  Json of_vpc(const std::string& vpc_id) {
    return ec2("DescribeNetworkAcls", filter("vpc-id", {vpc_id}))["NetworkAcls"];
  }
  Json described(const std::string& id) {
    return ec2("DescribeNetworkAcls", {{"NetworkAclIds", {id}}})["NetworkAcls"][0];
  }
  Json entry(const Json& members) const {
    Json all = {{"NetworkAclId", acl_},
                {"RuleNumber", 100},
                {"Protocol", "6"},
                {"Egress", false},
                {"RuleAction", "allow"},
                {"CidrBlock", "10.0.0.0/8"},
                {"PortRange", {{"From", 22}, {"To", 22}}}};
    all.update(members);
    for (auto member = all.begin(); member != all.end();)
      member = member->is_null() ? all.erase(member) : std::next(member);
    return all;
  }

  std::string vpc_ = make_vpc();
  std::string acl_ =
      ec2("CreateNetworkAcl", {{"VpcId", vpc_}})["NetworkAcl"].value("NetworkAclId", "");
  const std::string absent_ = "acl-0123456789abcdef0";
};
using CreateNetworkAcl = NetworkAcls;
using DeleteNetworkAcl = NetworkAcls;
using DescribeNetworkAcls = NetworkAcls;
using CreateNetworkAclEntry = NetworkAcls;
using ReplaceNetworkAclEntry = NetworkAcls;
using DeleteNetworkAclEntry = NetworkAcls;
using ReplaceNetworkAclAssociation = NetworkAcls;

TEST_F(DescribeNetworkAcls, ShowsADefaultOneForEveryVpcThatAllowsEverything) {
  const Json acl = ec2("DescribeNetworkAcls", {{"Filters",
                                                {{{"Name", "vpc-id"}, {"Values", {vpc_}}},
                                                 {{"Name", "default"}, {"Values", {"true"}}}}}})
                       .at("NetworkAcls")
                       .at(0);
  EXPECT_EQ(acl["OwnerId"], "123456789012");
  EXPECT_EQ(acl["Tags"], Json::array());
  const struct {
    bool egress;
    int number;
    const char* action;
  } rows[] = {
      {true, 100, "allow"}, {true, 32767, "deny"}, {false, 100, "allow"}, {false, 32767, "deny"}};
  ASSERT_THAT(acl["Entries"], SizeIs(4));
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_EQ(acl["Entries"][i], Json({{"CidrBlock", "0.0.0.0/0"},
                                       {"Egress", rows[i].egress},
                                       {"Protocol", "-1"},
                                       {"RuleAction", rows[i].action},
                                       {"RuleNumber", rows[i].number}}));
  EXPECT_THAT(ec2("DescribeNetworkAcls", filter("default", {"true"}))["NetworkAcls"], SizeIs(2))
      << "the default VPC's too";
}

TEST_F(DescribeNetworkAcls, AssociatesEverySubnetWithTheDefaultOneUntilItIsGone) {
  const std::string subnet = make_subnet(vpc_, "10.0.1.0/24");
  const Json found =
      ec2("DescribeNetworkAcls", filter("association.subnet-id", {subnet}))["NetworkAcls"];
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0]["IsDefault"], true);
  EXPECT_EQ(found[0]["Associations"][0]["NetworkAclId"], found[0]["NetworkAclId"]);
  ec2("DeleteSubnet", {{"SubnetId", subnet}});
  EXPECT_EQ(described(found[0]["NetworkAclId"])["Associations"], Json::array());
}

TEST_F(CreateNetworkAcl, DeniesEverythingAtFirst) {
  const Json acl = described(acl_);
  EXPECT_EQ(acl["IsDefault"], false);
  EXPECT_EQ(acl["Associations"], Json::array());
  ASSERT_THAT(acl["Entries"], SizeIs(2));
  for (const Json& one : acl["Entries"]) EXPECT_EQ(one["RuleAction"], "deny");
  expect_refusals({{"CreateNetworkAcl", Json::object(),
                    "MissingParameter: The request must contain the parameter vpcId"},
                   {"CreateNetworkAcl",
                    {{"VpcId", kAbsentVpc}},
                    "InvalidVpcID.NotFound: The vpc ID 'vpc-0123456789abcdef0' does not exist"}});
}

TEST_F(DeleteNetworkAcl, RefusesADefaultOneAndOneInUse) {
  const std::string subnet = make_subnet(vpc_, "10.0.1.0/24");
  const Json found =
      ec2("DescribeNetworkAcls", filter("association.subnet-id", {subnet}))["NetworkAcls"];
  const Json before = found[0]["Associations"][0];
  ec2("ReplaceNetworkAclAssociation",
      {{"AssociationId", before["NetworkAclAssociationId"]}, {"NetworkAclId", acl_}});
  const std::string in_default = found[0]["NetworkAclId"];
  const std::string said = "InvalidParameterValue: cannot delete default network ACL " + in_default;
  const std::string in_use =
      "DependencyViolation: The networkAcl '" + acl_ + "' has dependencies and cannot be deleted.";
  expect_refusals(
      {{"DeleteNetworkAcl", {{"NetworkAclId", in_default}}, said.c_str()},
       {"DeleteNetworkAcl", {{"NetworkAclId", acl_}}, in_use.c_str()},
       {"DeleteNetworkAcl",
        {{"NetworkAclId", absent_}},
        "InvalidNetworkAclID.NotFound: The networkAcl ID 'acl-0123456789abcdef0' does not exist"}});
  ec2("DeleteSubnet", {{"SubnetId", subnet}});
  ec2("DeleteNetworkAcl", {{"NetworkAclId", acl_}});
  EXPECT_THAT(of_vpc(vpc_), SizeIs(1));
}

TEST_F(DeleteNetworkAcl, OfAVpcHappensWithItForTheDefaultOneOnly) {
  EXPECT_EQ(ec2_error("DeleteVpc", {{"VpcId", vpc_}}),
            "DependencyViolation: The vpc '" + vpc_ + "' has dependencies and cannot be deleted.");
  ec2("DeleteNetworkAcl", {{"NetworkAclId", acl_}});
  ec2("DeleteVpc", {{"VpcId", vpc_}});
  EXPECT_THAT(of_vpc(vpc_), SizeIs(0));
}

TEST_F(ReplaceNetworkAclAssociation, MovesASubnetFromOneToAnother) {
  const std::string subnet = make_subnet(vpc_, "10.0.1.0/24");
  const Json before =
      ec2("DescribeNetworkAcls",
          filter("association.subnet-id", {subnet}))["NetworkAcls"][0]["Associations"][0];
  const std::string moved =
      ec2("ReplaceNetworkAclAssociation",
          {{"AssociationId", before["NetworkAclAssociationId"]}, {"NetworkAclId", acl_}})
          .at("NewAssociationId");
  EXPECT_NE(moved, before["NetworkAclAssociationId"]);
  EXPECT_EQ(
      described(acl_)["Associations"][0],
      Json({{"NetworkAclAssociationId", moved}, {"NetworkAclId", acl_}, {"SubnetId", subnet}}));
  const Json other = ec2("CreateNetworkAcl", {{"VpcId", make_vpc("10.9.0.0/16")}})["NetworkAcl"];
  const std::string elsewhere = other["NetworkAclId"];
  const std::string said =
      "InvalidParameter: Network ACL " + elsewhere + " and the subnet belong to different networks";
  expect_refusals({{"ReplaceNetworkAclAssociation",
                    {{"AssociationId", before["NetworkAclAssociationId"]}, {"NetworkAclId", acl_}},
                    ("InvalidAssociationID.NotFound: The association ID '" +
                     before["NetworkAclAssociationId"].get<std::string>() + "' does not exist")
                        .c_str()},
                   {"ReplaceNetworkAclAssociation",
                    {{"AssociationId", moved}, {"NetworkAclId", elsewhere}},
                    said.c_str()}});
}

TEST_F(CreateNetworkAclEntry, KeepsEntriesInTheOrderOfDirectionAndNumber) {
  ec2("CreateNetworkAclEntry", entry({{"RuleNumber", 200}}));
  ec2("CreateNetworkAclEntry", entry({{"RuleNumber", 100},
                                      {"Protocol", "icmp"},
                                      {"IcmpTypeCode", {{"Type", 8}, {"Code", -1}}}}));
  ec2("CreateNetworkAclEntry", entry({{"RuleNumber", 1},
                                      {"Egress", true},
                                      {"Protocol", "-1"},
                                      {"CidrBlock", nullptr},
                                      {"Ipv6CidrBlock", "::/0"}}));
  const Json entries = described(acl_)["Entries"];
  std::vector<int> numbers;
  for (const Json& one : entries) numbers.push_back(one["RuleNumber"]);
  EXPECT_EQ(numbers, (std::vector<int>{1, 32767, 100, 200, 32767}));
  EXPECT_EQ(entries[0], Json({{"Egress", true},
                              {"Ipv6CidrBlock", "::/0"},
                              {"Protocol", "-1"},
                              {"RuleAction", "allow"},
                              {"RuleNumber", 1}}));
  EXPECT_EQ(entries[2]["Protocol"], "1");
  EXPECT_EQ(entries[2]["IcmpTypeCode"], Json({{"Code", -1}, {"Type", 8}}));
  EXPECT_EQ(entries[3]["PortRange"], Json({{"From", 22}, {"To", 22}}));
}

TEST_F(CreateNetworkAclEntry, RefusesWhatIsNoRule) {
  ec2("CreateNetworkAclEntry", entry({{"RuleNumber", 7}}));
  const std::string code = "InvalidParameterValue: Value (";
  const struct {
    Json members;
    std::string expected;
  } rows[] = {
      {{{"RuleNumber", 1}}, "succeeded"},
      {{{"RuleNumber", 32766}}, "succeeded"},
      {{{"RuleNumber", 0}},
       code + "0) for parameter ruleNumber is invalid. Rule number must be between 1 and 32766"},
      {{{"RuleNumber", 32767}},
       code +
           "32767) for parameter ruleNumber is invalid. Rule number must be between 1 and 32766"},
      {{{"RuleNumber", 7}},
       "NetworkAclEntryAlreadyExists: The network acl entry identified by 7 already exists."},
      {{{"RuleNumber", 7}, {"Egress", true}}, "succeeded"},
      {{{"Protocol", "256"}}, code + "256) for parameter protocol is invalid. Unknown protocol"},
      {{{"Protocol", "ipx"}}, code + "ipx) for parameter protocol is invalid. Unknown protocol"},
      {{{"CidrBlock", "10.0.0.0/33"}},
       code + "10.0.0.0/33) for parameter cidrBlock is invalid. This is not a valid CIDR block."},
      {{{"CidrBlock", nullptr}},
       "MissingParameter: The request must contain the parameter cidrBlock"},
      {{{"PortRange", nullptr}},
       "MissingParameter: The request must contain the parameter portRange"},
      {{{"PortRange", {{"From", 23}, {"To", 22}}}},
       "InvalidParameterValue: Invalid TCP/UDP port range (23:22)"},
      {{{"PortRange", {{"From", 0}, {"To", 65536}}}},
       "InvalidParameterValue: Invalid TCP/UDP port range (0:65536)"},
      {{{"PortRange", {{"From", 0}, {"To", 65535}}}, {"RuleNumber", 8}}, "succeeded"},
      {{{"NetworkAclId", absent_}, {"RuleNumber", 9}},
       "InvalidNetworkAclID.NotFound: The networkAcl ID 'acl-0123456789abcdef0' does not exist"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(ec2_error("CreateNetworkAclEntry", entry(row.members)), row.expected) << row.members;
}

TEST_F(ReplaceNetworkAclEntry, ReplacesOneThatIsThere) {
  ec2("CreateNetworkAclEntry", entry(Json::object()));
  ec2("ReplaceNetworkAclEntry", entry({{"RuleAction", "deny"}}));
  EXPECT_EQ(described(acl_)["Entries"][1]["RuleAction"], "deny");
  EXPECT_EQ(
      ec2_error("ReplaceNetworkAclEntry", entry({{"RuleNumber", 101}})),
      "InvalidNetworkAclEntry.NotFound: The network acl entry identified by 101 does not exist.");
}

TEST_F(DeleteNetworkAclEntry, TakesOutTheOneOfItsDirection) {
  ec2("CreateNetworkAclEntry", entry(Json::object()));
  const Json input = {{"NetworkAclId", acl_}, {"RuleNumber", 100}, {"Egress", true}};
  EXPECT_EQ(
      ec2_error("DeleteNetworkAclEntry", input),
      "InvalidNetworkAclEntry.NotFound: The network acl entry identified by 100 does not exist.");
  ec2("DeleteNetworkAclEntry", {{"NetworkAclId", acl_}, {"RuleNumber", 100}, {"Egress", false}});
  EXPECT_THAT(described(acl_)["Entries"], SizeIs(2));
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

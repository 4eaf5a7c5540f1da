// Security groups and their rules.
#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/ec2_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;
using testing::UnorderedElementsAre;

class Groups : public Ec2Fixture {
 protected:
  std::string make_group(const std::string& name, const std::string& vpc) {
    return ec2("CreateSecurityGroup",
               {{"GroupName", name}, {"Description", "for tests"}, {"VpcId", vpc}})
        .value("GroupId", "");
  }
  Json group(const std::string& id) {
    return ec2("DescribeSecurityGroups", {{"GroupIds", {id}}})["SecurityGroups"][0];
  }
  static Json tcp(int from, int to, const std::string& cidr) {
    return {{"IpProtocol", "tcp"},
            {"FromPort", from},
            {"ToPort", to},
            {"IpRanges", Json::array({Json{{"CidrIp", cidr}}})}};
  }
  static Json permissions(const std::string& id, const Json& one) {
    return {{"GroupId", id}, {"IpPermissions", Json::array({one})}};
  }
  std::string default_group(const std::string& vpc) {
    const Json groups =
        ec2("DescribeSecurityGroups",
            {{"Filters", Json::array({Json{{"Name", "vpc-id"}, {"Values", {vpc}}},
                                      Json{{"Name", "group-name"}, {"Values", {"default"}}}})}});
    return groups["SecurityGroups"][0].value("GroupId", "");
  }

  std::string vpc_ = make_vpc();
  std::string id_ = make_group("web", vpc_);
};
using CreateSecurityGroup = Groups;
using DeleteSecurityGroup = Groups;
using DescribeSecurityGroups = Groups;
using GetSecurityGroupsForVpc = Groups;
using AuthorizeSecurityGroupIngress = Groups;
using AuthorizeSecurityGroupEgress = Groups;
using RevokeSecurityGroupIngress = Groups;
using RevokeSecurityGroupEgress = Groups;
using DescribeSecurityGroupRules = Groups;
using ModifySecurityGroupRules = Groups;
using UpdateSecurityGroupRuleDescriptionsIngress = Groups;
using UpdateSecurityGroupRuleDescriptionsEgress = Groups;

TEST_F(CreateSecurityGroup, AllowsEverythingOutAndNothingIn) {
  const Json shown = group(id_);
  EXPECT_EQ(shown["IpPermissions"], Json::array());
  EXPECT_EQ(shown["IpPermissionsEgress"], Json::parse(R"([{"IpProtocol": "-1",
      "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [], "PrefixListIds": [],
      "UserIdGroupPairs": []}])"));
  EXPECT_EQ(shown["SecurityGroupArn"], "arn:aws:ec2:us-east-1:123456789012:security-group/" + id_);
}

TEST_F(CreateSecurityGroup, AllowsIpv6OutWhereTheVpcHasIt) {
  const std::string vpc =
      ec2("CreateVpc", {{"CidrBlock", "10.1.0.0/16"}, {"AmazonProvidedIpv6CidrBlock", true}})["Vpc"]
          .value("VpcId", "");
  const Json egress = group(make_group("web", vpc))["IpPermissionsEgress"];
  ASSERT_THAT(egress, SizeIs(1));
  EXPECT_EQ(egress[0]["Ipv6Ranges"], Json::parse(R"([{"CidrIpv6": "::/0"}])"));
  EXPECT_EQ(group(default_group(vpc))["IpPermissionsEgress"], egress);
}

TEST_F(CreateSecurityGroup, IsMadeInTheDefaultVpcWithoutAnother) {
  const std::string id =
      ec2("CreateSecurityGroup", {{"GroupName", "web"}, {"Description", "x"}}).value("GroupId", "");
  const Json by_name =
      ec2("DescribeSecurityGroups", {{"GroupNames", {"WEB", "default"}}})["SecurityGroups"];
  ASSERT_THAT(by_name, SizeIs(2));
  EXPECT_EQ(by_name[0]["GroupId"], id);
  EXPECT_EQ(by_name[0]["VpcId"], by_name[1]["VpcId"]);
}

TEST_F(CreateSecurityGroup, RefusesBadInput) {
  const auto input = [&](const std::string& name, const std::string& description) {
    return Json{{"GroupName", name}, {"Description", description}, {"VpcId", vpc_}};
  };
  const std::string duplicate =
      "InvalidGroup.Duplicate: The security group 'WEB' already exists for VPC '" + vpc_ + "'";
  expect_refusals({
      {"CreateSecurityGroup",
       {{"Description", "x"}},
       "MissingParameter: The request must contain the parameter groupName"},
      {"CreateSecurityGroup", input("x", ""),
       "MissingParameter: The request must contain the parameter groupDescription"},
      {"CreateSecurityGroup", input("default", "x"),
       "InvalidParameterValue: Cannot use reserved security group name: default"},
      {"CreateSecurityGroup", input("sg-x", "x"),
       "InvalidParameterValue: Value (sg-x) for parameter GroupName is invalid. Group names may "
       "not be in the format sg-*."},
      {"CreateSecurityGroup", input("x", "\xc3\xa4"),
       "InvalidParameterValue: Value (\xc3\xa4) for parameter GroupDescription is invalid. "
       "Character sets beyond ASCII are not supported."},
      {"CreateSecurityGroup", input("x", std::string(256, 'x')),
       "InvalidParameterValue: Invalid security group description. Valid descriptions are strings "
       "less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*"},
      {"CreateSecurityGroup",
       {{"GroupName", "x"}, {"Description", "x"}, {"VpcId", kAbsentVpc}},
       "InvalidVpcID.NotFound: The vpc ID 'vpc-0123456789abcdef0' does not exist"},
      {"CreateSecurityGroup", input("WEB", "x"), duplicate.c_str()},
  });
  EXPECT_EQ(ec2_error("CreateSecurityGroup", input("x", std::string(255, 'x'))), "succeeded");
}

TEST_F(CreateSecurityGroup, RefusesAnotherWithoutADefaultVpc) {
  const Json vpcs = ec2("DescribeVpcs", filter("is-default", {"true"}))["Vpcs"];
  const Json gateway = ec2("DescribeInternetGateways")["InternetGateways"][0]["InternetGatewayId"];
  ec2("DetachInternetGateway", {{"InternetGatewayId", gateway}, {"VpcId", vpcs[0]["VpcId"]}});
  const Json subnets = ec2("DescribeSubnets")["Subnets"];
  for (const Json& subnet : subnets) ec2("DeleteSubnet", {{"SubnetId", subnet["SubnetId"]}});
  ec2("DeleteVpc", {{"VpcId", vpcs[0]["VpcId"]}});
  EXPECT_EQ(ec2_error("CreateSecurityGroup", {{"GroupName", "x"}, {"Description", "x"}}),
            "VPCIdNotSpecified: No default VPC for this user");
}

TEST_F(DeleteSecurityGroup, RefusesTheDefaultGroup) {
  const std::string id = default_group(vpc_);
  EXPECT_EQ(ec2_error("DeleteSecurityGroup", {{"GroupId", id}}),
            "CannotDelete: the specified group: \"" + id +
                "\" name: \"default\" cannot be deleted by a user");
  EXPECT_EQ(ec2_error("DeleteVpc", {{"VpcId", vpc_}}),
            "DependencyViolation: The vpc '" + vpc_ + "' has dependencies and cannot be deleted.");
  EXPECT_EQ(ec2("DeleteSecurityGroup", {{"GroupId", id_}}),
            (Json{{"Return", true}, {"GroupId", id_}}));
  ec2("DeleteVpc", {{"VpcId", vpc_}});
  EXPECT_EQ(ec2_error("DescribeSecurityGroups", {{"GroupIds", {id}}}),
            "InvalidGroup.NotFound: The security group '" + id + "' does not exist");
  EXPECT_EQ(ec2("DescribeSecurityGroupRules", filter("group-id", {id}))["SecurityGroupRules"],
            Json::array());
}

TEST_F(DeleteSecurityGroup, RefusesWhileARuleOfAnotherGroupNamesIt) {
  const std::string other = make_group("db", vpc_);
  const Json from_web = permissions(
      other, {{"IpProtocol", "-1"}, {"UserIdGroupPairs", Json::array({Json{{"GroupId", id_}}})}});
  ec2("AuthorizeSecurityGroupIngress", from_web);
  Json from_itself = from_web;
  from_itself["GroupId"] = id_;
  ec2("AuthorizeSecurityGroupIngress", from_itself);
  EXPECT_EQ(ec2_error("DeleteSecurityGroup", {{"GroupId", id_}}),
            "DependencyViolation: resource " + id_ + " has a dependent object");
  ec2("RevokeSecurityGroupIngress", from_web);
  EXPECT_EQ(ec2_error("DeleteSecurityGroup", {{"GroupId", id_}}), "succeeded");
}

TEST_F(DeleteSecurityGroup, RefusesBadInput) {
  const std::string vpc = ec2("DescribeVpcs", filter("is-default", {"true"}))["Vpcs"][0]["VpcId"];
  const std::string by_name =
      "InvalidGroup.NotFound: The security group 'web' does not exist in default VPC '" + vpc + "'";
  expect_refusals({
      {"DeleteSecurityGroup", Json::object(),
       "MissingParameter: The request must contain the parameter groupName or groupId"},
      {"DeleteSecurityGroup",
       {{"GroupId", "web"}},
       "InvalidGroupId.Malformed: Invalid id: \"web\" (expecting \"sg-...\")"},
      {"DeleteSecurityGroup",
       {{"GroupId", "sg-1"}},
       "InvalidGroup.NotFound: The security group 'sg-1' does not exist"},
      {"DeleteSecurityGroup", {{"GroupName", "web"}}, by_name.c_str()},
      {"DescribeSecurityGroups", {{"GroupNames", {"web"}}}, by_name.c_str()},
  });
}

TEST_F(DescribeSecurityGroups, FiltersByWhatRulesSay) {
  const std::string other = make_group("db", vpc_);
  Json ingress = tcp(80, 90, "10.250.0.0/16");
  ingress["Ipv6Ranges"] = Json::array({Json{{"CidrIpv6", "2001:db8::/32"}}});
  ingress["UserIdGroupPairs"] = Json::array({Json{{"GroupId", other}}});
  ec2("AuthorizeSecurityGroupIngress", permissions(id_, ingress));
  ec2("AuthorizeSecurityGroupEgress", permissions(other, ingress));
  const std::pair<const char*, std::string> rows[] = {{"cidr", "10.250.0.0/16"},
                                                      {"from-port", "80"},
                                                      {"to-port", "9?"},
                                                      {"group-id", other},
                                                      {"ipv6-cidr", "2001:db8::/32"},
                                                      {"protocol", "tcp"},
                                                      {"user-id", "123456789012"}};
  for (const auto& [name, value] : rows) {
    const Json in = filter(std::string("ip-permission.") + name, {value});
    const Json out = filter(std::string("egress.ip-permission.") + name, {value});
    if (std::string_view(name) != "user-id") {
      EXPECT_THAT(column(ec2("DescribeSecurityGroups", in)["SecurityGroups"], "GroupId"),
                  ElementsAre(id_))
          << name;
    }
    EXPECT_THAT(column(ec2("DescribeSecurityGroups", out)["SecurityGroups"], "GroupId"),
                ElementsAre(other))
        << name;
  }
  EXPECT_THAT(
      column(ec2("DescribeSecurityGroups", filter("description", {"for*"}))["SecurityGroups"],
             "GroupName"),
      UnorderedElementsAre("web", "db"));
}

TEST_F(GetSecurityGroupsForVpc, ListsThoseOfTheVpc) {
  const Json groups = ec2("GetSecurityGroupsForVpc", {{"VpcId", vpc_}})["SecurityGroupForVpcs"];
  EXPECT_THAT(column(groups, "GroupName"), UnorderedElementsAre("web", "default"));
  EXPECT_EQ(groups[0]["PrimaryVpcId"], vpc_);
  Json named = filter("group-name", {"web"});
  named["VpcId"] = vpc_;
  EXPECT_THAT(column(ec2("GetSecurityGroupsForVpc", named)["SecurityGroupForVpcs"], "GroupId"),
              ElementsAre(id_));
}

TEST_F(AuthorizeSecurityGroupIngress, ShowsARuleForEachPeerAndGathersThem) {
  Json one = tcp(22, 22, "10.0.0.7/24");
  one["IpRanges"][0]["Description"] = "ours";
  one["IpRanges"].push_back({{"CidrIp", "192.0.2.1/32"}});
  one["UserIdGroupPairs"] = Json::array({Json{{"GroupId", id_}, {"UserId", "123456789012"}}});
  const Json out = ec2("AuthorizeSecurityGroupIngress", permissions(id_, one));
  EXPECT_EQ(out["Return"], true);
  const Json rules = out["SecurityGroupRules"];
  ASSERT_THAT(rules, SizeIs(3));
  const std::string first = rules[0]["SecurityGroupRuleId"];
  EXPECT_EQ(rules[0], (Json{{"SecurityGroupRuleId", first},
                            {"GroupId", id_},
                            {"GroupOwnerId", "123456789012"},
                            {"IsEgress", false},
                            {"IpProtocol", "tcp"},
                            {"FromPort", 22},
                            {"ToPort", 22},
                            {"CidrIpv4", "10.0.0.0/24"},
                            {"Description", "ours"},
                            {"SecurityGroupRuleArn",
                             "arn:aws:ec2:us-east-1:123456789012:security-group-rule/" + first},
                            {"Tags", Json::array()}}));
  EXPECT_EQ(rules[2]["ReferencedGroupInfo"], (Json{{"GroupId", id_}, {"UserId", "123456789012"}}));
  const Json shown = group(id_)["IpPermissions"];
  ASSERT_THAT(shown, SizeIs(1));
  EXPECT_EQ(shown[0]["IpRanges"], Json::parse(R"([{"CidrIp": "10.0.0.0/24", "Description": "ours"},
                            {"CidrIp": "192.0.2.1/32"}])"));
  EXPECT_EQ(shown[0]["UserIdGroupPairs"][0]["GroupId"], id_);
}

TEST_F(AuthorizeSecurityGroupIngress, TakesTheFlatParameters) {
  ec2("AuthorizeSecurityGroupIngress", {{"GroupId", id_},
                                        {"IpProtocol", "6"},
                                        {"FromPort", 0},
                                        {"ToPort", 65535},
                                        {"CidrIp", "0.0.0.0/0"}});
  EXPECT_EQ(group(id_)["IpPermissions"][0]["IpProtocol"], "tcp");
  ec2("AuthorizeSecurityGroupIngress",
      {{"GroupName", "default"}, {"SourceSecurityGroupName", "default"}});
  const Json shown =
      ec2("DescribeSecurityGroups", {{"GroupNames", {"default"}}})["SecurityGroups"][0];
  EXPECT_THAT(column(shown["IpPermissions"], "IpProtocol"),
              ElementsAre("-1", "tcp", "udp", "icmp"));
}

TEST_F(AuthorizeSecurityGroupIngress, RefusesWhatIsThere) {
  const auto again = [&](const Json& permission) {
    ec2("AuthorizeSecurityGroupIngress", permissions(id_, permission));
    return ec2_error("AuthorizeSecurityGroupIngress", permissions(id_, permission));
  };
  EXPECT_EQ(again(tcp(22, 22, "0.0.0.0/0")),
            "InvalidPermission.Duplicate: the specified rule \"peer: 0.0.0.0/0, TCP, from port: "
            "22, to port: 22, ALLOW\" already exists");
  Json icmp = tcp(-1, -1, "10.0.0.0/8");
  icmp["IpProtocol"] = "icmp";
  EXPECT_EQ(again(icmp),
            "InvalidPermission.Duplicate: the specified rule \"peer: 10.0.0.0/8, ICMP, type: ALL, "
            "code: ALL, ALLOW\" already exists");
  EXPECT_EQ(
      ec2_error("AuthorizeSecurityGroupEgress",
                permissions(id_, {{"IpProtocol", "-1"},
                                  {"IpRanges", Json::array({Json{{"CidrIp", "0.0.0.0/0"}}})}})),
      "InvalidPermission.Duplicate: the specified rule \"peer: 0.0.0.0/0, ALL, ALLOW\" "
      "already exists");
  const Json twice{
      {"GroupId", id_},
      {"IpPermissions", Json::array({tcp(1, 1, "10.0.0.0/8"), tcp(1, 1, "10.0.0.1/8")})}};
  EXPECT_EQ(ec2_error("AuthorizeSecurityGroupIngress", twice),
            "InvalidParameterValue: The same permission must not appear multiple times");
}

TEST_F(AuthorizeSecurityGroupIngress, RefusesBadPermissions) {
  const std::string elsewhere = make_group("web", make_vpc("10.9.0.0/16"));
  const auto with = [&](const Json& change) {
    Json permission = tcp(22, 22, "0.0.0.0/0");
    permission.merge_patch(change);
    return permissions(id_, permission);
  };
  const auto from = [](const Json& pair) {
    return Json{{"IpRanges", nullptr}, {"UserIdGroupPairs", Json::array({pair})}};
  };
  const auto cidr = [](const char* member, const char* list, const char* text) {
    return Json{{list, Json::array({Json{{member, text}}})}};
  };
  const char* kBothPorts =
      "InvalidParameterValue: Invalid value 'Must specify both from and to ports with TCP/UDP.' "
      "for portRange.";
  expect_refusals({
      {"AuthorizeSecurityGroupIngress",
       {{"GroupId", id_}},
       "MissingParameter: The request must contain the parameter ipPermissions"},
      {"AuthorizeSecurityGroupIngress",
       {{"GroupId", id_}, {"CidrIp", "0.0.0.0/0"}},
       "InvalidParameterValue: Invalid value 'null' for protocol. VPC security group rules must "
       "specify protocols explicitly."},
      {"AuthorizeSecurityGroupIngress", with({{"IpProtocol", "tpc"}}),
       "InvalidParameterValue: Invalid value 'tpc' for IP protocol. Unknown protocol."},
      // puppetlabs-aws, vcr_cassettes/create-group.yml.
      {"AuthorizeSecurityGroupIngress", with({{"IpProtocol", ""}}),
       "InvalidPermission.Malformed: Unsupported IP protocol \"\"  - supported: [tcp, udp, icmp]"},
      {"AuthorizeSecurityGroupIngress", with({{"IpProtocol", "256"}}),
       "InvalidParameterValue: Invalid value '256' for IP protocol. Unknown protocol."},
      {"AuthorizeSecurityGroupIngress", with({{"FromPort", nullptr}}), kBothPorts},
      {"AuthorizeSecurityGroupIngress", with({{"ToPort", nullptr}}), kBothPorts},
      {"AuthorizeSecurityGroupIngress", with({{"FromPort", -1}}),
       "InvalidParameterValue: TCP/UDP (from) port (-1) out of range"},
      {"AuthorizeSecurityGroupIngress", with({{"ToPort", 65536}}),
       "InvalidParameterValue: TCP/UDP (to) port (65536) out of range"},
      {"AuthorizeSecurityGroupIngress", with({{"ToPort", 21}}),
       "InvalidParameterValue: Invalid TCP/UDP port range (22:21)"},
      {"AuthorizeSecurityGroupIngress", with({{"IpProtocol", "icmp"}, {"FromPort", 256}}),
       "InvalidParameterValue: ICMP type (256) out of range"},
      {"AuthorizeSecurityGroupIngress", with({{"IpProtocol", "icmp"}, {"FromPort", -1}}),
       "InvalidParameterValue: ICMP code (22) must be -1 for all ICMP types"},
      {"AuthorizeSecurityGroupIngress", with(cidr("CidrIp", "IpRanges", "10.0.0.1")),
       "InvalidParameterValue: CIDR block 10.0.0.1 is malformed"},
      {"AuthorizeSecurityGroupIngress", with(cidr("CidrIpv6", "Ipv6Ranges", "::")),
       "InvalidParameterValue: CIDR block :: is malformed"},
      {"AuthorizeSecurityGroupIngress", with({{"IpRanges", nullptr}}),
       "MissingParameter: The request must contain exactly one of: cidrIp, cidrIpv6, "
       "prefixListId, or referencedGroupId"},
      {"AuthorizeSecurityGroupIngress",
       with({{"IpRanges", Json::array({Json{{"CidrIp", "10.0.0.0/8"}, {"Description", "a\nb"}}})}}),
       "InvalidParameterValue: Invalid rule description. Valid descriptions are strings less than "
       "256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*"},
      {"AuthorizeSecurityGroupIngress", with(from({{"GroupId", "sg-1"}})),
       "InvalidGroup.NotFound: The security group 'sg-1' does not exist"},
      {"AuthorizeSecurityGroupIngress", with(from({{"GroupName", "db"}})),
       "InvalidGroup.NotFound: The security group 'db' does not exist"},
      {"AuthorizeSecurityGroupIngress",
       with(from({{"GroupName", "web"}, {"UserId", "210987654321"}})),
       "InvalidGroup.NotFound: The security group 'web' does not exist"},
      {"AuthorizeSecurityGroupIngress", with(from({{"GroupId", elsewhere}})),
       "InvalidGroup.NotFound: You have specified two resources that belong to different "
       "networks."},
      {"AuthorizeSecurityGroupIngress", permissions("sg-1", Json::object()),
       "InvalidGroup.NotFound: The security group 'sg-1' does not exist"},
      {"AuthorizeSecurityGroupIngress",
       {{"GroupId", id_}, {"SourceSecurityGroupName", "web"}, {"IpProtocol", "tcp"}},
       "InvalidParameterCombination: The parameter sourceSecurityGroupName cannot be used with "
       "the parameters cidrIp, fromPort, toPort and ipProtocol"},
  });
  EXPECT_EQ(group(id_)["IpPermissions"], Json::array());
}

TEST_F(AuthorizeSecurityGroupIngress, TakesSixtyRulesOfEachAddressFamily) {
  Json sixty = tcp(22, 22, "0.0.0.0/0");
  sixty["Ipv6Ranges"] = Json::array();
  sixty["IpRanges"] = Json::array();
  for (int i = 0; i < 60; ++i) {
    sixty["IpRanges"].push_back({{"CidrIp", "10.0." + std::to_string(i) + ".0/24"}});
    sixty["Ipv6Ranges"].push_back({{"CidrIpv6", "2001:db8:" + std::to_string(i) + "::/48"}});
  }
  ec2("AuthorizeSecurityGroupIngress", permissions(id_, sixty));
  EXPECT_EQ(
      ec2_error("AuthorizeSecurityGroupIngress", permissions(id_, tcp(80, 80, "0.0.0.0/0"))),
      "RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has "
      "been reached.");
  EXPECT_THAT(group(id_)["IpPermissions"], SizeIs(1));
}

TEST_F(AuthorizeSecurityGroupEgress, RefusesTheFlatParameters) {
  EXPECT_EQ(ec2_error("AuthorizeSecurityGroupEgress", {{"GroupId", id_}, {"CidrIp", "0.0.0.0/0"}}),
            "UnknownParameter: The parameter CidrIp is not supported for egress rules. Use IP "
            "permissions instead.");
}

TEST_F(RevokeSecurityGroupIngress, RefusesWhatIsNotThereAndRevokesNothing) {
  ec2("AuthorizeSecurityGroupIngress", permissions(id_, tcp(22, 22, "10.0.0.0/8")));
  const Json both{
      {"GroupId", id_},
      {"IpPermissions", Json::array({tcp(22, 22, "10.0.0.0/8"), tcp(23, 23, "10.0.0.0/8")})}};
  EXPECT_EQ(ec2_error("RevokeSecurityGroupIngress", both),
            "InvalidPermission.NotFound: The specified rule does not exist in this security "
            "group.");
  EXPECT_THAT(group(id_)["IpPermissions"], SizeIs(1));
  const Json out = ec2("RevokeSecurityGroupIngress", permissions(id_, tcp(22, 22, "10.0.0.0/8")));
  EXPECT_EQ(out["RevokedSecurityGroupRules"][0]["CidrIpv4"], "10.0.0.0/8");
  EXPECT_THAT(group(id_)["IpPermissions"], IsEmpty());
}

TEST_F(RevokeSecurityGroupIngress, TellsWhatIsNotThereInTheDefaultVpc) {
  Json input = permissions("", tcp(22, 22, "10.0.0.0/8"));
  input.erase("GroupId");
  input["GroupName"] = "default";
  const Json out = ec2("RevokeSecurityGroupIngress", input);
  EXPECT_EQ(out["Return"], true);
  EXPECT_EQ(out["UnknownIpPermissions"][0]["IpRanges"][0]["CidrIp"], "10.0.0.0/8");
  EXPECT_THAT(out["RevokedSecurityGroupRules"], IsEmpty());
}

TEST_F(RevokeSecurityGroupEgress, TakesIds) {
  const Json rules =
      ec2("DescribeSecurityGroupRules", filter("group-id", {id_}))["SecurityGroupRules"];
  ASSERT_THAT(rules, SizeIs(1));
  const std::string rule = rules[0]["SecurityGroupRuleId"];
  const std::string not_ingress =
      "InvalidSecurityGroupRuleId.NotFound: The security group rule "
      "ID '" +
      rule + "' does not exist";
  expect_refusals({
      {"RevokeSecurityGroupIngress",
       {{"GroupId", id_}, {"SecurityGroupRuleIds", {rule}}},
       not_ingress.c_str()},
      {"RevokeSecurityGroupEgress",
       {{"GroupId", id_}},
       "MissingParameter: Either 'ipPermissions' or 'securityGroupRuleIds' should be provided."},
      {"RevokeSecurityGroupEgress",
       {{"GroupId", id_}, {"SecurityGroupRuleIds", {"sgr-1"}}},
       "InvalidSecurityGroupRuleId.NotFound: The security group rule ID 'sgr-1' does not exist"},
      {"RevokeSecurityGroupEgress",
       {{"GroupId", id_}, {"SecurityGroupRuleIds", {"1"}}},
       "InvalidSecurityGroupRuleId.Malformed: Invalid id: \"1\" (expecting \"sgr-...\")"},
  });
  ec2("RevokeSecurityGroupEgress", {{"GroupId", id_}, {"SecurityGroupRuleIds", {rule, rule}}});
  EXPECT_THAT(group(id_)["IpPermissionsEgress"], IsEmpty());
}

TEST_F(DescribeSecurityGroupRules, ShowsTheTagsGivenWithTheRule) {
  Json input = permissions(id_, tcp(22, 22, "10.0.0.0/8"));
  input["TagSpecifications"] = Json::parse(
      R"([{"ResourceType": "security-group-rule", "Tags": [{"Key": "Team", "Value": "A"}]}])");
  const Json made = ec2("AuthorizeSecurityGroupIngress", input)["SecurityGroupRules"];
  const Json found = ec2("DescribeSecurityGroupRules", filter("tag:Team", {"A"}));
  EXPECT_EQ(found["SecurityGroupRules"], made);
  EXPECT_EQ(ec2_error("DescribeSecurityGroupRules", filter("group-name", {"web"})),
            "InvalidParameterValue: The filter 'group-name' is invalid");
}

TEST_F(ModifySecurityGroupRules, ReplacesWhatTheRuleAllows) {
  const Json made =
      ec2("AuthorizeSecurityGroupIngress", permissions(id_, tcp(22, 22, "10.0.0.0/8")));
  const Json rule = made["SecurityGroupRules"][0]["SecurityGroupRuleId"];
  const auto input = [&](const Json& id, const Json& change) {
    return Json{{"GroupId", id_},
                {"SecurityGroupRules",
                 Json::array({Json{{"SecurityGroupRuleId", id}, {"SecurityGroupRule", change}}})}};
  };
  expect_refusals({
      {"ModifySecurityGroupRules", input("sgr-00000000", Json::object()),
       "InvalidSecurityGroupRuleId.NotFound: The security group rule ID 'sgr-00000000' does not "
       "exist"},
      {"ModifySecurityGroupRules", input(rule, {{"CidrIpv4", "10.0.0.0/8"}}),
       "InvalidParameterValue: Invalid value 'null' for protocol. VPC security group rules must "
       "specify protocols explicitly."},
      {"ModifySecurityGroupRules", input(rule, {{"IpProtocol", "udp"}, {"ToPort", 1}}),
       "InvalidParameterValue: Invalid value for portRange. Must specify both from and to ports "
       "with TCP/UDP."},
      {"ModifySecurityGroupRules", input(rule, {{"IpProtocol", "-1"}}),
       "MissingParameter: The request must contain exactly one of: cidrIp, cidrIpv6, "
       "prefixListId, or referencedGroupId"},
      {"ModifySecurityGroupRules",
       input(rule, {{"IpProtocol", "-1"}, {"CidrIpv4", "10.0.0.0/8"}, {"CidrIpv6", "::/0"}}),
       "InvalidParameterCombination: Only one of cidrIp, cidrIpv6, prefixListId, or "
       "referencedGroupId can be specified"},
  });
  EXPECT_EQ(ec2("ModifySecurityGroupRules", input(rule, {{"IpProtocol", "udp"},
                                                         {"FromPort", 1},
                                                         {"ToPort", 2},
                                                         {"ReferencedGroupId", id_},
                                                         {"Description", "second"}})),
            (Json{{"Return", true}}));
  const Json shown = ec2("DescribeSecurityGroupRules",
                         {{"SecurityGroupRuleIds", {rule}}})["SecurityGroupRules"][0];
  EXPECT_EQ(shown["ReferencedGroupInfo"]["GroupId"], id_);
  EXPECT_EQ(shown["Description"], "second");
  EXPECT_FALSE(shown.contains("CidrIpv4"));
}

TEST_F(UpdateSecurityGroupRuleDescriptionsIngress, ChangesDescriptionsAlone) {
  Json permission = tcp(22, 22, "10.0.0.0/8");
  ec2("AuthorizeSecurityGroupIngress", permissions(id_, permission));
  permission["IpRanges"][0]["Description"] = "new";
  ec2("UpdateSecurityGroupRuleDescriptionsIngress", permissions(id_, permission));
  EXPECT_EQ(group(id_)["IpPermissions"][0]["IpRanges"][0]["Description"], "new");
  EXPECT_EQ(ec2_error("UpdateSecurityGroupRuleDescriptionsIngress",
                      permissions(id_, tcp(23, 23, "10.0.0.0/8"))),
            "InvalidPermission.NotFound: The specified rule does not exist in this security "
            "group.");
}

TEST_F(UpdateSecurityGroupRuleDescriptionsEgress, TakesIds) {
  const Json rules =
      ec2("DescribeSecurityGroupRules", filter("group-id", {id_}))["SecurityGroupRules"];
  Json one{{"SecurityGroupRuleId", rules[0]["SecurityGroupRuleId"]}, {"Description", "out"}};
  const auto update = [&] {
    ec2("UpdateSecurityGroupRuleDescriptionsEgress",
        {{"GroupId", id_}, {"SecurityGroupRuleDescriptions", Json::array({one})}});
    return group(id_)["IpPermissionsEgress"][0]["IpRanges"][0];
  };
  EXPECT_EQ(update(), (Json{{"CidrIp", "0.0.0.0/0"}, {"Description", "out"}}));
  one.erase("Description");
  EXPECT_EQ(update(), (Json{{"CidrIp", "0.0.0.0/0"}}));
  EXPECT_THAT(ec2_error("UpdateSecurityGroupRuleDescriptionsEgress", {{"GroupId", id_}}),
              StartsWith("MissingParameter: "));
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

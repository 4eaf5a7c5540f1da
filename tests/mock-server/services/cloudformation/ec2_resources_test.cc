// AWS::EC2::*: what a stack makes is there for EC2's own calls, and gone with the stack.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/mock-server/services/cloudformation/cloudformation_fixture.h"

namespace cloudchamber::mock::cloudformation {
namespace {

const Json kIam{{"Capabilities", {"CAPABILITY_IAM"}}};

class Ec2Resources : public CloudFormationFixture {
 protected:
  static std::map<std::string, std::string> tags_of(const Json& resource) {
    std::map<std::string, std::string> tags;
    for (const Json& tag : resource.at("Tags")) tags[tag["Key"]] = tag["Value"];
    return tags;
  }

  // Why those of the stack's resources that failed did.
  std::string failures(const std::string& name) {
    std::string all;
    const Json resources = cfn("DescribeStackResources", {{"StackName", name}})["StackResources"];
    for (const Json& one : resources) {
      const std::string why = failure(name, one["LogicalResourceId"]);
      if (!why.empty()) all += one["LogicalResourceId"].get<std::string>() + ": " + why + '\n';
    }
    return all;
  }
};

TEST_F(Ec2Resources, ANetworkIsMadeAndDeleted) {
  create("s", R"(
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true, Tags: [{Key: Name, Value: net}]}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: !Select [0, !Cidr [!GetAtt Vpc.CidrBlock, 1, 8]], MapPublicIpOnLaunch: true}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
)");
  ASSERT_EQ(status("s"), "CREATE_COMPLETE") << failures("s");
  const std::string vpc = physical("s", "Vpc");
  const Json subnet =
      call("ec2", "DescribeSubnets", {{"SubnetIds", {physical("s", "Subnet")}}})["Subnets"][0];
  EXPECT_EQ(subnet["CidrBlock"], "10.0.0.0/24");
  EXPECT_EQ(subnet["VpcId"], vpc);
  EXPECT_EQ(subnet["MapPublicIpOnLaunch"], true);
  const Json gateway =
      call("ec2", "DescribeInternetGateways",
           {{"InternetGatewayIds", {physical("s", "Gateway")}}})["InternetGateways"][0];
  EXPECT_EQ(gateway["Attachments"][0]["VpcId"], vpc);
  remove("s");
  EXPECT_TRUE(
      error_of("ec2", "DescribeVpcs", {{"VpcIds", {vpc}}}).starts_with("InvalidVpcID.NotFound"));
}

TEST_F(Ec2Resources, RoutesAndAddressesFollowTheTemplate) {
  const auto body = [](const std::string& target, const std::string& table) {
    return R"(
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  Public: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc, Tags: [{Key: Name, Value: public}]}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Out: {Type: AWS::EC2::Route, DependsOn: Attachment, Properties: {RouteTableId: !Ref Public, DestinationCidrBlock: 0.0.0.0/0, )" +
           target + R"(}}
  Association: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref )" +
           table + R"(}}
  Instance: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, InstanceType: t3.micro, SubnetId: !Ref Subnet}}
  Address: {Type: AWS::EC2::EIP, DependsOn: Attachment, Properties: {Domain: vpc, InstanceId: !Ref Instance}}
Outputs: {Allocation: {Value: !GetAtt Address.AllocationId}, Address: {Value: !Ref Address}}
)";
  };
  create("s", body("GatewayId: !Ref Gateway", "Public"));
  ASSERT_EQ(status("s"), "CREATE_COMPLETE") << failures("s");
  const auto table = [&](const char* logical) {
    return call("ec2", "DescribeRouteTables",
                {{"RouteTableIds", {physical("s", logical)}}})["RouteTables"][0];
  };
  EXPECT_EQ(tags_of(table("Public"))["Name"], "public");
  EXPECT_EQ(table("Public")["Routes"][1]["GatewayId"], physical("s", "Gateway"));
  EXPECT_EQ(table("Public")["Associations"][0]["RouteTableAssociationId"],
            physical("s", "Association"));
  const Json address =
      call("ec2", "DescribeAddresses", {{"PublicIps", {physical("s", "Address")}}})["Addresses"][0];
  EXPECT_EQ(address["InstanceId"], physical("s", "Instance"));
  EXPECT_EQ(address["AllocationId"], outputs("s")["Allocation"]);

  update("s", body("InstanceId: !Ref Instance", "Private"));
  ASSERT_EQ(status("s"), "UPDATE_COMPLETE") << failures("s");
  EXPECT_EQ(table("Public")["Routes"][1]["InstanceId"], physical("s", "Instance"));
  EXPECT_TRUE(table("Public")["Associations"].empty());
  EXPECT_EQ(table("Private")["Associations"][0]["SubnetId"], physical("s", "Subnet"));

  const std::string vpc = physical("s", "Vpc");
  const std::string id = stack("s")["StackId"];
  remove("s");
  ASSERT_EQ(status(id), "DELETE_COMPLETE") << reason(id);
  EXPECT_EQ(call("ec2", "DescribeAddresses", Json::object())["Addresses"].size(), 0U);
  EXPECT_TRUE(
      error_of("ec2", "DescribeVpcs", {{"VpcIds", {vpc}}}).starts_with("InvalidVpcID.NotFound"));
}

// The instance comes with its network, its groups and its profile, whatever their order in the
// template.
TEST_F(Ec2Resources, AnInstanceIsMadeChangedAndTerminated) {
  const auto body = [](const std::string& rules, const std::string& tag) {
    return R"(
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}]}}}
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: web, VpcId: !Ref Vpc, SecurityGroupIngress: [)" +
           rules + R"(]}}
  Self: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref Group, IpProtocol: tcp, FromPort: 1, ToPort: '2', SourceSecurityGroupId: !GetAtt Group.GroupId}}
  Out: {Type: AWS::EC2::SecurityGroupEgress, Properties: {GroupId: !Ref Group, IpProtocol: udp, FromPort: 53, ToPort: 53, CidrIp: 10.0.0.2/32}}
  Key: {Type: AWS::EC2::KeyPair, Properties: {KeyName: mine}}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {InstanceType: t3.micro, ImageId: ami-0123456789abcdef0}}}
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: t3.micro
      SubnetId: !Ref Subnet
      SecurityGroupIds: [!Ref Group]
      IamInstanceProfile: !Ref Profile
      KeyName: !Ref Key
      UserData: !Base64 hello
      Tags: [{Key: Name, Value: )" +
           tag + R"(}]
  Volume: {Type: AWS::EC2::Volume, DeletionPolicy: Snapshot, Properties: {Size: 8, AvailabilityZone: !GetAtt Instance.AvailabilityZone}}
Outputs: {Ip: {Value: !GetAtt Instance.PrivateIp}, Version: {Value: !GetAtt Template.LatestVersionNumber}}
)";
  };
  create("s", body("{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0}", "one"), kIam);
  ASSERT_EQ(status("s"), "CREATE_COMPLETE") << failures("s");
  const Json ids{{"InstanceIds", {physical("s", "Instance")}}};
  Json instance = call("ec2", "DescribeInstances", ids)["Reservations"][0]["Instances"][0];
  EXPECT_EQ(instance["State"]["Name"], "running");
  EXPECT_EQ(instance["PrivateIpAddress"], outputs("s")["Ip"]);
  EXPECT_EQ(instance["SecurityGroups"][0]["GroupId"], physical("s", "Group"));
  EXPECT_TRUE(
      instance["IamInstanceProfile"]["Arn"].get<std::string>().ends_with(physical("s", "Profile")));
  EXPECT_EQ(outputs("s")["Version"], "1");
  update("s", body("{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}", "two"),
         kIam);
  ASSERT_EQ(status("s"), "UPDATE_COMPLETE") << failures("s");
  instance = call("ec2", "DescribeInstances", ids)["Reservations"][0]["Instances"][0];
  EXPECT_EQ(tags_of(instance), (std::map<std::string, std::string>{
                                   {"Name", "two"},
                                   {"aws:cloudformation:logical-id", "Instance"},
                                   {"aws:cloudformation:stack-id", stack("s")["StackId"]},
                                   {"aws:cloudformation:stack-name", "s"}}));
  const std::string id = stack("s")["StackId"];
  remove("s");
  ASSERT_EQ(status(id), "DELETE_COMPLETE") << reason(id);
  instance = call("ec2", "DescribeInstances", ids)["Reservations"][0]["Instances"][0];
  EXPECT_EQ(instance["State"]["Name"], "terminated");
}

TEST_F(Ec2Resources, OnlyCloudFormationGivesTagsOfAws) {
  create("s", R"(
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, Tags: [{Key: 'aws:mine', Value: x}]}}
)");
  EXPECT_EQ(status("s"), "ROLLBACK_COMPLETE");
  EXPECT_NE(failure("s", "Vpc").find("Tag keys starting with 'aws:' are reserved"),
            std::string::npos)
      << failure("s", "Vpc");
}

TEST_F(Ec2Resources, AnInstanceThatEc2RefusesRollsItsStackBack) {
  create("s", R"(
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: web}}
  Instance: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, InstanceType: t3.enormous, SecurityGroupIds: [!GetAtt Group.GroupId]}}
)");
  EXPECT_EQ(status("s"), "ROLLBACK_COMPLETE");
  EXPECT_NE(failure("s", "Instance").find("t3.enormous"), std::string::npos)
      << failure("s", "Instance");
  const Json groups = call("ec2", "DescribeSecurityGroups", Json::object())["SecurityGroups"];
  EXPECT_EQ(groups.size(), 1U) << groups;
}

}  // namespace
}  // namespace cloudchamber::mock::cloudformation

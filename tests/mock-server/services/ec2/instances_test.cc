#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/instances_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::UnorderedElementsAre;

using RunInstances = InstancesFixture;

TEST_F(RunInstances, AnswersAPendingInstanceThatRunsALittleLater) {
  const Json reservation = run();
  EXPECT_THAT(reservation["ReservationId"].get<std::string>(), MatchesRegex("r-[0-9a-f]+"));
  EXPECT_EQ(reservation["OwnerId"], "123456789012");
  EXPECT_EQ(reservation["Groups"], Json::array());
  const Json& made = reservation["Instances"][0];
  EXPECT_EQ(made["State"], Json({{"Code", 0}, {"Name", "pending"}}));
  EXPECT_EQ(made["StateReason"], Json({{"Code", "pending"}, {"Message", "pending"}}));
  EXPECT_EQ(made["BlockDeviceMappings"], Json::array());
  EXPECT_EQ(made["PublicDnsName"], "");
  EXPECT_FALSE(made.contains("PublicIpAddress"));
  EXPECT_EQ(made["NetworkInterfaces"][0]["Attachment"]["Status"], "attaching");
  settle();
  const Json running = instance(made["InstanceId"]);
  EXPECT_EQ(running["State"], Json({{"Code", 16}, {"Name", "running"}}));
  EXPECT_FALSE(running.contains("StateReason"));
  EXPECT_EQ(running["ImageId"], kImageId);
  EXPECT_EQ(running["Architecture"], "x86_64");
  EXPECT_EQ(running["MetadataOptions"]["State"], "applied");
  EXPECT_EQ(running["NetworkInterfaces"][0]["Attachment"]["Status"], "attached");
  EXPECT_EQ(running["BlockDeviceMappings"][0]["DeviceName"], "/dev/xvda");
  EXPECT_EQ(running["BlockDeviceMappings"][0]["Ebs"]["Status"], "attached");
}

TEST_F(RunInstances, PutsItIntoTheDefaultVpcWithAPublicAddress) {
  const Json one = instance(run_one());
  EXPECT_THAT(one["PrivateIpAddress"].get<std::string>(), MatchesRegex("172\\.31\\.[0-9.]+"));
  EXPECT_THAT(one["PrivateDnsName"].get<std::string>(),
              MatchesRegex("ip-172-31-[0-9]+-[0-9]+\\.ec2\\.internal"));
  EXPECT_THAT(one["PublicDnsName"].get<std::string>(),
              MatchesRegex("ec2-[0-9]+-[0-9]+-[0-9]+-[0-9]+\\.compute-1\\.amazonaws\\.com"));
  EXPECT_EQ(one["PublicIpAddress"], one["NetworkInterfaces"][0]["Association"]["PublicIp"]);
  EXPECT_EQ(one["NetworkInterfaces"][0]["Association"]["IpOwnerId"], "amazon");
  EXPECT_EQ(one["Placement"]["AvailabilityZone"], "us-east-1a");
}

TEST_F(RunInstances, TakesTheLowestFreeAddressesOfItsSubnet) {
  const std::string subnet = make_subnet(make_vpc(), "10.0.1.0/28");
  const Json reservation = run({{"SubnetId", subnet}, {"MaxCount", 3}});
  EXPECT_THAT(column(reservation["Instances"], "PrivateIpAddress"),
              ElementsAre("10.0.1.4", "10.0.1.5", "10.0.1.6"));
  EXPECT_EQ(
      ec2("DescribeSubnets", {{"SubnetIds", {subnet}}})["Subnets"][0]["AvailableIpAddressCount"],
      8);
  EXPECT_FALSE(reservation["Instances"][0].contains("PublicIpAddress"));
}

TEST_F(RunInstances, LaunchesAsManyAsThereAreAddressesForAndAtLeastTheMinimum) {
  const std::string subnet = make_subnet(make_vpc(), "10.0.1.0/28");
  EXPECT_EQ(
      ec2_error("RunInstances", launch({{"SubnetId", subnet}, {"MinCount", 12}, {"MaxCount", 20}})),
      "InsufficientFreeAddressesInSubnet: There are not enough free addresses in subnet '" +
          subnet + "' to satisfy the requested number of instances.");
  EXPECT_EQ(run({{"SubnetId", subnet}, {"MaxCount", 20}})["Instances"].size(), 11U);
}

TEST_F(RunInstances, NumbersTheInstancesOfOneReservation) {
  const Json reservation = run({{"MinCount", 2}, {"MaxCount", 3}});
  ASSERT_EQ(reservation["Instances"].size(), 3U);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(reservation["Instances"][i]["AmiLaunchIndex"], i);
  const Json described = ec2("DescribeInstances")["Reservations"];
  ASSERT_EQ(described.size(), 1U);
  EXPECT_EQ(described[0]["ReservationId"], reservation["ReservationId"]);
  EXPECT_EQ(described[0]["Instances"].size(), 3U);
}

TEST_F(RunInstances, AnswersARepeatedClientTokenAsBefore) {
  const Json first = run({{"ClientToken", "one"}});
  EXPECT_EQ(run({{"ClientToken", "one"}}), first);
  EXPECT_EQ(first["Instances"][0]["ClientToken"], "one");
  EXPECT_EQ(ec2("DescribeInstances")["Reservations"].size(), 1U);
  EXPECT_EQ(
      ec2_error("RunInstances", launch({{"ClientToken", "one"}, {"InstanceType", "t2.nano"}})),
      "IdempotentParameterMismatch: Arguments on this idempotent request are inconsistent "
      "with arguments used in previous request(s).");
}

TEST_F(RunInstances, TagsWhatItMakes) {
  const std::string id = run_one({{"TagSpecifications",
                                   {tagged("instance", "a", "1"), tagged("volume", "b", "2"),
                                    tagged("network-interface", "c", "3")}}});
  EXPECT_EQ(instance(id)["Tags"], Json::array({Json{{"Key", "a"}, {"Value", "1"}}}));
  EXPECT_EQ(ec2("DescribeVolumes")["Volumes"][0]["Tags"][0]["Key"], "b");
  EXPECT_EQ(ec2("DescribeNetworkInterfaces")["NetworkInterfaces"][0]["TagSet"][0]["Key"], "c");
}

TEST_F(RunInstances, LaysTheBlockDevicesOverThoseOfTheImage) {
  const Json mappings = Json::array(
      {Json{{"DeviceName", "/dev/xvda"}, {"Ebs", {{"VolumeSize", 20}, {"VolumeType", "gp3"}}}},
       Json{{"DeviceName", "/dev/sdf"},
            {"Ebs", {{"VolumeSize", 5}, {"DeleteOnTermination", false}}}}});
  const std::string id = run_one({{"BlockDeviceMappings", mappings}});
  const Json shown = instance(id)["BlockDeviceMappings"];
  ASSERT_EQ(shown.size(), 2U);
  const Json root =
      ec2("DescribeVolumes", {{"VolumeIds", {shown[0]["Ebs"]["VolumeId"]}}})["Volumes"][0];
  EXPECT_EQ(root["Size"], 20);
  EXPECT_EQ(root["VolumeType"], "gp3");
  EXPECT_EQ(root["Attachments"][0]["InstanceId"], id);
  EXPECT_EQ(shown[1]["DeviceName"], "/dev/sdf");
  EXPECT_EQ(shown[1]["Ebs"]["DeleteOnTermination"], false);
}

TEST_F(RunInstances, AttachesAnInterfaceThatIsThere) {
  const std::string subnet = make_subnet(make_vpc(), "10.0.1.0/24");
  const std::string interface =
      ec2("CreateNetworkInterface",
          {{"SubnetId", subnet},
           {"PrivateIpAddress", "10.0.1.77"}})["NetworkInterface"]["NetworkInterfaceId"];
  const Json interfaces =
      Json::array({Json{{"DeviceIndex", 0}, {"NetworkInterfaceId", interface}}});
  const std::string id = run_one({{"NetworkInterfaces", interfaces}});
  EXPECT_EQ(instance(id)["PrivateIpAddress"], "10.0.1.77");
  EXPECT_EQ(ec2_error("RunInstances", launch({{"NetworkInterfaces", interfaces}})),
            "InvalidNetworkInterface.InUse: Interface: [" + interface + "] in use.");
  // It was there before the instance, so it stays after it.
  ec2("TerminateInstances", {{"InstanceIds", {id}}});
  settle();
  EXPECT_EQ(ec2("DescribeNetworkInterfaces")["NetworkInterfaces"][0]["Status"], "available");
}

TEST_F(RunInstances, RefusesBadInput) {
  const auto interface = [](const Json& more) {
    Json one{{"DeviceIndex", 0}};
    one.update(more);
    return Json{{"NetworkInterfaces", Json::array({one})}};
  };
  const auto device = [](const Json& ebs) {
    return Json{
        {"BlockDeviceMappings", Json::array({Json{{"DeviceName", "/dev/xvda"}, {"Ebs", ebs}}})}};
  };
  const std::string subnet = make_subnet(make_vpc(), "10.0.1.0/24");
  const std::string snapshot =
      ec2("DescribeImages",
          {{"ImageIds", {kImageId}}})["Images"][0]["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"];
  expect_refusals({
      {"RunInstances",
       {{"ImageId", kImageId}, {"MaxCount", 1}},
       "MissingParameter: The request must contain the parameter minCount"},
      {"RunInstances",
       {{"MinCount", 1}, {"MaxCount", 1}},
       "MissingParameter: The request must contain the parameter ImageId"},
      {"RunInstances", launch({{"MinCount", 0}}),
       "InvalidParameterValue: Value ( 0 ) for parameter minCount is invalid. Expecting a value "
       "greater than 1."},
      {"RunInstances", launch({{"MinCount", 2}}),
       "InvalidParameterValue: Value (1) for parameter maxCount is invalid. It must not be less "
       "than minCount."},
      {"RunInstances", launch({{"ImageId", "ami-x"}}),
       "InvalidAMIID.Malformed: Invalid id: \"ami-x\" (expecting \"ami-...\")"},
      {"RunInstances", launch({{"InstanceType", "t9.huge"}}),
       "InvalidParameterValue: Invalid value 't9.huge' for InstanceType."},
      {"RunInstances", launch({{"KeyName", "nobody"}}),
       "InvalidKeyPair.NotFound: The key pair 'nobody' does not exist"},
      {"RunInstances", launch({{"SecurityGroupIds", {"sg-0123456789abcdef0"}}}),
       "InvalidGroup.NotFound: The security group 'sg-0123456789abcdef0' does not exist"},
      {"RunInstances", launch({{"SecurityGroupIds", {"foo"}}}),
       "InvalidGroupId.Malformed: Invalid id: \"foo\" (expecting \"sg-...\")"},
      {"RunInstances", launch({{"SecurityGroups", {"nobody"}}}),
       "InvalidGroup.NotFound: The security group 'nobody' does not exist in default VPC "
       "'vpc-6d691cd2aa2c51364'"},
      {"RunInstances", launch({{"SubnetId", "subnet-0123456789abcdef0"}}),
       "InvalidSubnetID.NotFound: The subnet ID 'subnet-0123456789abcdef0' does not exist"},
      {"RunInstances", launch({{"Placement", {{"AvailabilityZone", "us-east-1z"}}}}),
       "InvalidParameterValue: Invalid availability zone: [us-east-1z]"},
      {"RunInstances", launch({{"Placement", {{"Tenancy", "shared"}}}}),
       "InvalidParameterValue: Value (shared) for parameter tenancy is invalid."},
      {"RunInstances", launch({{"Placement", {{"GroupName", "nobody"}}}}),
       "InvalidPlacementGroup.Unknown: The Placement Group 'nobody' is unknown."},
      {"RunInstances", launch({{"UserData", "not base64!"}}),
       "InvalidParameterValue: Invalid BASE64 encoding of user data."},
      {"RunInstances", launch({{"UserData", std::string(21'852, 'A')}}),
       "InvalidParameterValue: User data is limited to 16384 bytes"},
      {"RunInstances", launch({{"SubnetId", subnet}, {"PrivateIpAddress", "10.0.2.9"}}),
       "InvalidParameterValue: Address 10.0.2.9 does not fall within the subnet's address range"},
      {"RunInstances", launch({{"SubnetId", subnet}, {"PrivateIpAddress", "10.0.1.3"}}),
       "InvalidParameterValue: Address 10.0.1.3 is in subnet's reserved address range"},
      {"RunInstances", launch({{"SubnetId", subnet}, {"SecurityGroups", {"default"}}}),
       "InvalidParameterCombination: The parameter groupName cannot be used with the parameter "
       "subnet"},
      {"RunInstances",
       launch({{"SubnetId", subnet}, {"PrivateIpAddress", "10.0.1.9"}, {"MaxCount", 2}}),
       "InvalidParameterCombination: A private IP address may only be specified when launching a "
       "single instance"},
      {"RunInstances",
       launch(
           {{"SubnetId", subnet}, {"NetworkInterfaces", Json::array({Json{{"DeviceIndex", 0}}})}}),
       "InvalidParameterCombination: Network interfaces and an instance-level subnet ID may not be "
       "specified on the same request"},
      {"RunInstances", launch(interface({{"DeviceIndex", 1}})),
       "InvalidParameterValue: When specifying network interfaces, you must include a device at "
       "index 0."},
      {"RunInstances", launch(interface({{"NetworkInterfaceId", "eni-0123456789abcdef0"}})),
       "InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-0123456789abcdef0' does "
       "not exist"},
      {"RunInstances", launch(device({{"VolumeSize", 20000}})),
       "InvalidParameterValue: Volume of 20000GiB is too large for volume type gp2; maximum is "
       "16384GiB."},
      {"RunInstances", launch(device({{"Iops", 300}})),
       "InvalidParameterCombination: The parameter iops is not supported for gp2 volumes."},
      {"RunInstances", launch(device({{"SnapshotId", "snap-0123456789abcdef0"}})),
       "InvalidSnapshot.NotFound: The snapshot 'snap-0123456789abcdef0' does not exist."},
      {"RunInstances",
       launch({{"BlockDeviceMappings",
                Json::array({Json{{"DeviceName", "/dev/sdf"}, {"Ebs", Json::object()}}})}}),
       "MissingParameter: The request must contain the parameter size or snapshotId"},
      {"RunInstances", launch({{"TagSpecifications", {tagged("vpc", "a", "b")}}}),
       "InvalidParameterValue: 'vpc' is not a valid taggable resource type for this operation."},
      {"RunInstances", launch({{"LaunchTemplate", {{"LaunchTemplateId", "lt-0123456789abcdef0"}}}}),
       "InvalidLaunchTemplateId.NotFound: The specified launch template, with template ID "
       "lt-0123456789abcdef0, does not exist."},
      {"RunInstances", launch({{"InstanceMarketOptions", {{"MarketType", "spot"}}}}),
       "NotImplemented: MarketType 'spot' of RunInstances is not emulated by Cloud Chamber"},
      {"RunInstances", launch({{"DryRun", true}}),
       "DryRunOperation: Request would have succeeded, but DryRun flag is set."},
  });
  EXPECT_EQ(ec2_error("RunInstances", launch(device({{"VolumeSize", 7}}))),
            "InvalidBlockDeviceMapping: Volume of size 7GB is smaller than snapshot '" + snapshot +
                "', expect size >= 8GB");
  EXPECT_THAT(ec2("DescribeInstances")["Reservations"], IsEmpty());
  EXPECT_THAT(ec2("DescribeVolumes")["Volumes"], IsEmpty());
  EXPECT_THAT(ec2("DescribeNetworkInterfaces")["NetworkInterfaces"], IsEmpty());
}

using StopInstances = InstancesFixture;

TEST_F(StopInstances, StopsAndTakesThePublicAddressBack) {
  const std::string id = run_one();
  const Json change = ec2("StopInstances", {{"InstanceIds", {id}}})["StoppingInstances"][0];
  EXPECT_EQ(change["PreviousState"], Json({{"Code", 16}, {"Name", "running"}}));
  EXPECT_EQ(change["CurrentState"], Json({{"Code", 64}, {"Name", "stopping"}}));
  EXPECT_EQ(state(id), "stopping");
  settle();
  const Json stopped = instance(id);
  EXPECT_EQ(stopped["State"], Json({{"Code", 80}, {"Name", "stopped"}}));
  EXPECT_EQ(stopped["StateReason"]["Code"], "Client.UserInitiatedShutdown");
  EXPECT_THAT(stopped["StateTransitionReason"].get<std::string>(),
              MatchesRegex("User initiated \\([0-9-]+ [0-9:]+ GMT\\)"));
  EXPECT_FALSE(stopped.contains("PublicIpAddress"));
  EXPECT_EQ(stopped["PublicDnsName"], "");
  EXPECT_TRUE(stopped.contains("PrivateIpAddress"));
  const Json again = ec2("StopInstances", {{"InstanceIds", {id}}})["StoppingInstances"][0];
  EXPECT_EQ(again["PreviousState"]["Name"], "stopped");
  EXPECT_EQ(again["CurrentState"]["Name"], "stopped");
}

TEST_F(StopInstances, RefusesWhatCannotBeStopped) {
  const std::string id = run()["Instances"][0]["InstanceId"];
  EXPECT_EQ(ec2_error("StopInstances", {{"InstanceIds", {id}}}),
            "IncorrectInstanceState: Instance '" + id +
                "' cannot be stopped as it has never reached the 'running' state.");
  settle();
  ec2("TerminateInstances", {{"InstanceIds", {id}}});
  EXPECT_EQ(ec2_error("StopInstances", {{"InstanceIds", {id}}}),
            "IncorrectInstanceState: The instance '" + id +
                "' is not in a state from which it can be stopped.");
  const std::string other = run_one({{"DisableApiStop", true}});
  EXPECT_EQ(ec2_error("StopInstances", {{"InstanceIds", {other}}}),
            "OperationNotPermitted: The instance '" + other +
                "' may not be stopped. Modify its 'disableApiStop' instance attribute and try "
                "again.");
}

using StartInstances = InstancesFixture;

TEST_F(StartInstances, StartsAgainWithAnotherPublicAddressAndTheSamePrivateOne) {
  const std::string id = run_one();
  const Json before = instance(id);
  ec2("StopInstances", {{"InstanceIds", {id}}});
  EXPECT_EQ(ec2_error("StartInstances", {{"InstanceIds", {id}}}),
            "IncorrectInstanceState: The instance '" + id +
                "' is not in a state from which it can be started.");
  settle();
  const Json change = ec2("StartInstances", {{"InstanceIds", {id}}})["StartingInstances"][0];
  EXPECT_EQ(change["PreviousState"]["Name"], "stopped");
  EXPECT_EQ(change["CurrentState"], Json({{"Code", 0}, {"Name", "pending"}}));
  settle();
  const Json after = instance(id);
  EXPECT_EQ(after["State"]["Name"], "running");
  EXPECT_EQ(after["StateTransitionReason"], "");
  EXPECT_FALSE(after.contains("StateReason"));
  EXPECT_EQ(after["PrivateIpAddress"], before["PrivateIpAddress"]);
  EXPECT_NE(after["PublicIpAddress"], before["PublicIpAddress"]);
  EXPECT_NE(after["LaunchTime"], before["LaunchTime"]);
}

using RebootInstances = InstancesFixture;

TEST_F(RebootInstances, LeavesARunningInstanceRunning) {
  const std::string id = run_one();
  EXPECT_EQ(ec2("RebootInstances", {{"InstanceIds", {id}}}), Json::object());
  EXPECT_EQ(state(id), "running");
  ec2("StopInstances", {{"InstanceIds", {id}}});
  settle();
  EXPECT_EQ(ec2_error("RebootInstances", {{"InstanceIds", {id}}}),
            "IncorrectInstanceState: The instance '" + id +
                "' is not in a state from which it can be rebooted.");
}

using TerminateInstances = InstancesFixture;

TEST_F(TerminateInstances, IsShownForAnHourAndThenNoMore) {
  const std::string id = run_one({{"TagSpecifications", {tagged("instance", "a", "1")}}});
  const Json change = ec2("TerminateInstances", {{"InstanceIds", {id}}})["TerminatingInstances"][0];
  EXPECT_EQ(change["PreviousState"]["Name"], "running");
  EXPECT_EQ(change["CurrentState"], Json({{"Code", 32}, {"Name", "shutting-down"}}));
  EXPECT_EQ(state(id), "shutting-down");
  settle();
  const Json ended = instance(id);
  EXPECT_EQ(ended["State"], Json({{"Code", 48}, {"Name", "terminated"}}));
  EXPECT_FALSE(ended.contains("SubnetId"));
  EXPECT_FALSE(ended.contains("PrivateIpAddress"));
  EXPECT_THAT(ended["NetworkInterfaces"], IsEmpty());
  EXPECT_THAT(ended["BlockDeviceMappings"], IsEmpty());
  EXPECT_EQ(ended["Tags"][0]["Key"], "a");
  const Json again = ec2("TerminateInstances", {{"InstanceIds", {id}}})["TerminatingInstances"][0];
  EXPECT_EQ(again["PreviousState"]["Name"], "terminated");
  clock_->advance(std::chrono::minutes(58));
  EXPECT_EQ(state(id), "terminated");
  clock_->advance(std::chrono::minutes(2));
  EXPECT_THAT(ec2("DescribeInstances")["Reservations"], IsEmpty());
  EXPECT_EQ(ec2_error("TerminateInstances", {{"InstanceIds", {id}}}),
            "InvalidInstanceID.NotFound: The instance ID '" + id + "' does not exist");
}

TEST_F(TerminateInstances, DeletesTheVolumesAndInterfacesThatGoAlong) {
  const std::string id = run_one(
      {{"BlockDeviceMappings",
        Json::array({Json{{"DeviceName", "/dev/sdf"},
                          {"Ebs", {{"VolumeSize", 5}, {"DeleteOnTermination", false}}}}})}});
  ec2("TerminateInstances", {{"InstanceIds", {id}}});
  settle();
  const Json volumes = ec2("DescribeVolumes")["Volumes"];
  ASSERT_EQ(volumes.size(), 1U);
  EXPECT_EQ(volumes[0]["State"], "available");
  EXPECT_EQ(volumes[0]["Size"], 5);
  EXPECT_THAT(ec2("DescribeNetworkInterfaces")["NetworkInterfaces"], IsEmpty());
}

TEST_F(TerminateInstances, OfAProtectedInstanceIsNotPermitted) {
  const std::string kept = run_one({{"DisableApiTermination", true}});
  const std::string other = run_one();
  EXPECT_EQ(ec2_error("TerminateInstances", {{"InstanceIds", {other, kept}}}),
            "OperationNotPermitted: The instance '" + kept +
                "' may not be terminated. Modify its 'disableApiTermination' instance attribute "
                "and try again.");
  EXPECT_EQ(state(other), "running");
}

TEST_F(TerminateInstances, FreesItsSubnet) {
  const std::string subnet = make_subnet(make_vpc(), "10.0.1.0/24");
  const std::string id = run_one({{"SubnetId", subnet}});
  EXPECT_EQ(
      ec2_error("DeleteSubnet", {{"SubnetId", subnet}}),
      "DependencyViolation: The subnet '" + subnet + "' has dependencies and cannot be deleted.");
  ec2("TerminateInstances", {{"InstanceIds", {id}}});
  ec2("DeleteSubnet", {{"SubnetId", subnet}});
}

using InstanceIds = InstancesFixture;

TEST_F(InstanceIds, AreAskedForWhereNothingGoesWithoutThem) {
  for (const char* operation : {"StartInstances", "StopInstances", "RebootInstances",
                                "TerminateInstances", "MonitorInstances", "UnmonitorInstances"}) {
    for (const Json& input : {Json::object(), Json{{"InstanceIds", Json::array()}}})
      EXPECT_EQ(ec2_error(operation, input), "InvalidParameterCombination: No instances specified");
  }
}

TEST_F(InstanceIds, AreRefusedAlikeByAllThatTakeThem) {
  for (const char* operation : {"DescribeInstances", "StartInstances", "StopInstances",
                                "RebootInstances", "TerminateInstances"}) {
    EXPECT_EQ(
        ec2_error(operation, {{"InstanceIds", {kAbsentInstance}}}),
        "InvalidInstanceID.NotFound: The instance ID '" + kAbsentInstance + "' does not exist");
    EXPECT_EQ(ec2_error(operation, {{"InstanceIds", {kAbsentInstance, "i-0123456789abcdef1"}}}),
              "InvalidInstanceID.NotFound: The instance IDs '" + kAbsentInstance +
                  ", i-0123456789abcdef1' do not exist");
    EXPECT_EQ(ec2_error(operation, {{"InstanceIds", {"foobar"}}}),
              "InvalidInstanceID.Malformed: Invalid id: \"foobar\"");
    EXPECT_EQ(ec2_error(operation, {{"InstanceIds", {"i-123"}}}),
              "InvalidInstanceID.Malformed: Invalid id: \"i-123\"");
  }
}

using DescribeInstances = InstancesFixture;

TEST_F(DescribeInstances, FiltersByWhatItShows) {
  const std::string small = run_one({{"TagSpecifications", {tagged("instance", "Name", "web-1")}}});
  const std::string large = run_one({{"InstanceType", "m5.large"}});
  const Json shown = instance(small);
  const auto text = [](const Json& value) { return Json::array({value}); };
  EXPECT_THAT(found("instance-type", {"t2.*"}), ElementsAre(small));
  EXPECT_THAT(found("instance-state-name", {"running"}), UnorderedElementsAre(small, large));
  EXPECT_THAT(found("instance-state-code", {"16"}), UnorderedElementsAre(small, large));
  EXPECT_THAT(found("tag:Name", {"web-?"}), ElementsAre(small));
  EXPECT_THAT(found("tag-key", {"Name"}), ElementsAre(small));
  EXPECT_THAT(found("private-ip-address", text(shown["PrivateIpAddress"])), ElementsAre(small));
  EXPECT_THAT(found("ip-address", text(shown["PublicIpAddress"])), ElementsAre(small));
  EXPECT_THAT(found("dns-name", text(shown["PublicDnsName"])), ElementsAre(small));
  EXPECT_THAT(found("block-device-mapping.volume-id",
                    text(shown["BlockDeviceMappings"][0]["Ebs"]["VolumeId"])),
              ElementsAre(small));
  EXPECT_THAT(found("network-interface.network-interface-id",
                    text(shown["NetworkInterfaces"][0]["NetworkInterfaceId"])),
              ElementsAre(small));
  EXPECT_THAT(found("network-interface.attachment.status", {"attached"}),
              UnorderedElementsAre(small, large));
  EXPECT_THAT(found("owner-id", {"123456789012"}), UnorderedElementsAre(small, large));
  EXPECT_THAT(found("tenancy", {"dedicated"}), IsEmpty());
  ec2("StopInstances", {{"InstanceIds", {large}}});
  EXPECT_THAT(found("instance-state-name", {"stopping"}), ElementsAre(large));
  EXPECT_EQ(ec2_error("DescribeInstances", filter("colour", {"blue"})),
            "InvalidParameterValue: The filter 'colour' is invalid");
}

TEST_F(DescribeInstances, GivesPagesOfInstances) {
  run({{"MinCount", 7}, {"MaxCount", 7}});
  settle();
  std::vector<std::string> ids;
  Json input{{"MaxResults", 5}};
  for (int pages = 0; pages < 2; ++pages) {
    const Json page = ec2("DescribeInstances", input);
    EXPECT_EQ(page.contains("NextToken"), pages == 0);
    for (const Json& one : page["Reservations"][0]["Instances"]) ids.push_back(one["InstanceId"]);
    input["NextToken"] = page.value("NextToken", "");
  }
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 7U);
  expect_refusals({
      {"DescribeInstances",
       {{"MaxResults", 4}},
       "InvalidParameterValue: Value ( 4 ) for parameter maxResults is invalid. Expecting a value "
       "greater than 5."},
      {"DescribeInstances",
       {{"MaxResults", 1001}},
       "InvalidParameterValue: Value ( 1001 ) for parameter maxResults is invalid. Expecting a "
       "value less than 1000."},
      {"DescribeInstances",
       {{"MaxResults", 5}, {"NextToken", "x"}},
       "InvalidPaginationToken: The specified pagination token is not valid or is expired."},
  });
  EXPECT_EQ(ec2_error("DescribeInstances", {{"MaxResults", 5}, {"InstanceIds", {ids[0]}}}),
            "InvalidParameterCombination: The parameter instancesSet cannot be used with the "
            "parameter maxResults");
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

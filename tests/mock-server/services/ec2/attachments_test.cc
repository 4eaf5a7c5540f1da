#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/instances_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Attachments : public InstancesFixture {
 protected:
  std::string subnet_ = make_subnet(make_vpc(), "10.0.1.0/24");
  std::string instance_ = run_one({{"SubnetId", subnet_}, {"InstanceType", "t3.small"}});

  std::string make_interface(const std::string& subnet) {
    return ec2("CreateNetworkInterface",
               {{"SubnetId", subnet}})["NetworkInterface"]["NetworkInterfaceId"];
  }
  std::string make_volume(const std::string& zone = "us-east-1a") {
    const std::string id =
        ec2("CreateVolume", {{"AvailabilityZone", zone}, {"Size", 1}})["VolumeId"];
    settle();
    return id;
  }
  Json interface(const std::string& id) {
    return ec2("DescribeNetworkInterfaces",
               {{"NetworkInterfaceIds", {id}}})["NetworkInterfaces"][0];
  }
  Json volume(const std::string& id) {
    return ec2("DescribeVolumes", {{"VolumeIds", {id}}})["Volumes"][0];
  }
};

using AttachNetworkInterface = Attachments;

TEST_F(AttachNetworkInterface, ShowsItAtItsPlace) {
  const std::string second = make_interface(subnet_);
  const std::string third = make_interface(subnet_);
  ec2("AttachNetworkInterface",
      {{"NetworkInterfaceId", third}, {"InstanceId", instance_}, {"DeviceIndex", 2}});
  const std::string attachment =
      ec2("AttachNetworkInterface", {{"NetworkInterfaceId", second},
                                     {"InstanceId", instance_},
                                     {"DeviceIndex", 1}})["AttachmentId"];
  EXPECT_EQ(interface(second)["Attachment"]["Status"], "attaching");
  settle();
  EXPECT_EQ(interface(second)["Status"], "in-use");
  EXPECT_EQ(interface(second)["Attachment"]["AttachmentId"], attachment);
  EXPECT_EQ(interface(second)["Attachment"]["DeleteOnTermination"], false);
  const Json shown = instance(instance_)["NetworkInterfaces"];
  ASSERT_EQ(shown.size(), 3U);
  EXPECT_EQ(shown[1]["NetworkInterfaceId"], second);
  EXPECT_EQ(shown[2]["NetworkInterfaceId"], third);
  ec2("TerminateInstances", {{"InstanceIds", {instance_}}});
  settle();
  EXPECT_EQ(interface(second)["Status"], "available");
}

TEST_F(AttachNetworkInterface, RefusesBadInput) {
  const std::string id = make_interface(subnet_);
  const auto error = [&](const std::string& interface, const std::string& to, int index) {
    return ec2_error(
        "AttachNetworkInterface",
        {{"NetworkInterfaceId", interface}, {"InstanceId", to}, {"DeviceIndex", index}});
  };
  EXPECT_EQ(error(id, instance_, 0), "InvalidParameterValue: Instance '" + instance_ +
                                         "' already has an interface attached at device index "
                                         "'0'.");
  EXPECT_EQ(error("eni-0123456789abcdef0", instance_, 1),
            "InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-0123456789abcdef0' "
            "does not exist");
  EXPECT_EQ(error(id, kAbsentInstance, 1),
            "InvalidInstanceID.NotFound: The instance ID 'i-0123456789abcdef0' does not exist");
  const Json elsewhere = ec2("DescribeSubnets", filter("availability-zone", {"us-east-1b"}));
  EXPECT_EQ(error(make_interface(elsewhere["Subnets"][0]["SubnetId"]), instance_, 1),
            "InvalidParameterCombination: You may not attach a network interface to an instance if "
            "they are not in the same availability zone");
  for (int i = 1; i < 3; ++i) {
    const std::string more = make_interface(subnet_);
    EXPECT_EQ(error(more, instance_, i), "succeeded");
    EXPECT_EQ(error(more, instance_, 5),
              "InvalidNetworkInterface.InUse: Interface: [" + more + "] in use.");
  }
  EXPECT_EQ(error(id, instance_, 3),
            "AttachmentLimitExceeded: Interface count 4 exceeds the limit for t3.small");
}

using DetachNetworkInterface = Attachments;

TEST_F(DetachNetworkInterface, LeavesItAvailable) {
  const std::string id = make_interface(subnet_);
  const std::string attachment = ec2(
      "AttachNetworkInterface",
      {{"NetworkInterfaceId", id}, {"InstanceId", instance_}, {"DeviceIndex", 1}})["AttachmentId"];
  settle();
  ec2("DetachNetworkInterface", {{"AttachmentId", attachment}});
  EXPECT_EQ(interface(id)["Attachment"]["Status"], "detaching");
  EXPECT_EQ(interface(id)["Status"], "in-use");
  settle();
  EXPECT_EQ(interface(id)["Status"], "available");
  EXPECT_FALSE(interface(id).contains("Attachment"));
  EXPECT_EQ(instance(instance_)["NetworkInterfaces"].size(), 1U);
  ec2("DeleteNetworkInterface", {{"NetworkInterfaceId", id}});
  EXPECT_EQ(ec2_error("DetachNetworkInterface", {{"AttachmentId", attachment}}),
            "InvalidAttachmentID.NotFound: The network interface attachment ID '" + attachment +
                "' does not exist");
  const std::string primary =
      instance(instance_)["NetworkInterfaces"][0]["Attachment"]["AttachmentId"];
  EXPECT_EQ(ec2_error("DetachNetworkInterface", {{"AttachmentId", primary}}),
            "OperationNotPermitted: The network interface at device index 0 and networkCard index "
            "0 cannot be detached.");
}

using ModifyNetworkInterfaceAttribute = Attachments;

TEST_F(ModifyNetworkInterfaceAttribute, ChangesOneAtATime) {
  const std::string id = make_interface(subnet_);
  const auto modify = [&](const Json& more) {
    Json input{{"NetworkInterfaceId", id}};
    input.update(more);
    return ec2_error("ModifyNetworkInterfaceAttribute", input);
  };
  EXPECT_EQ(modify({{"Description", {{"Value", "mine"}}}}), "succeeded");
  EXPECT_EQ(modify({{"SourceDestCheck", {{"Value", false}}}}), "succeeded");
  const auto attribute = [&](const char* name) {
    return ec2("DescribeNetworkInterfaceAttribute",
               {{"NetworkInterfaceId", id}, {"Attribute", name}});
  };
  EXPECT_EQ(attribute("description")["Description"]["Value"], "mine");
  EXPECT_EQ(attribute("sourceDestCheck")["SourceDestCheck"]["Value"], false);
  EXPECT_EQ(attribute("groupSet")["Groups"][0]["GroupName"], "default");
  EXPECT_FALSE(attribute("attachment").contains("Attachment"));
  ec2("ResetNetworkInterfaceAttribute",
      {{"NetworkInterfaceId", id}, {"SourceDestCheck", "sourceDestCheck"}});
  EXPECT_EQ(interface(id)["SourceDestCheck"], true);
  EXPECT_EQ(modify(Json::object()), "InvalidParameterCombination: No attributes specified.");
  EXPECT_EQ(modify({{"Description", {{"Value", ""}}}, {"SourceDestCheck", {{"Value", true}}}}),
            "InvalidParameterCombination: Fields for multiple attribute types specified");
  EXPECT_EQ(modify({{"Groups", {"sg-0123456789abcdef0"}}}),
            "InvalidGroup.NotFound: The security group 'sg-0123456789abcdef0' does not exist");
  EXPECT_EQ(modify({{"Groups", Json::array()}}),
            "InvalidParameterValue: You must specify at least one security group.");
  EXPECT_EQ(modify({{"Attachment", {{"AttachmentId", "eni-attach-1"}}}}),
            "InvalidAttachmentID.NotFound: The attachment 'eni-attach-1' is not one of the "
            "interface '" +
                id + "'");
}

using AttachVolume = Attachments;

TEST_F(AttachVolume, IsAttachingAndThenAttached) {
  const std::string id = make_volume();
  const Json answered =
      ec2("AttachVolume", {{"VolumeId", id}, {"InstanceId", instance_}, {"Device", "/dev/sdf"}});
  EXPECT_EQ(answered["State"], "attaching");
  EXPECT_EQ(answered["Device"], "/dev/sdf");
  EXPECT_EQ(volume(id)["State"], "in-use");
  settle();
  EXPECT_EQ(volume(id)["Attachments"][0]["State"], "attached");
  const Json shown = instance(instance_)["BlockDeviceMappings"];
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[1]["Ebs"]["VolumeId"], id);
  EXPECT_EQ(shown[1]["Ebs"]["DeleteOnTermination"], false);
  ec2("TerminateInstances", {{"InstanceIds", {instance_}}});
  settle();
  EXPECT_EQ(volume(id)["State"], "available");
}

TEST_F(AttachVolume, RefusesBadInput) {
  const std::string id = make_volume();
  const auto error = [&](const std::string& volume, const std::string& device = "/dev/sdf") {
    return ec2_error("AttachVolume",
                     {{"VolumeId", volume}, {"InstanceId", instance_}, {"Device", device}});
  };
  EXPECT_EQ(error("vol-0123456789abcdef0"),
            "InvalidVolume.NotFound: The volume 'vol-0123456789abcdef0' does not exist.");
  EXPECT_EQ(error(id, "/dev/xvda"),
            "InvalidParameterValue: Invalid value '/dev/xvda' for unixDevice. Attachment point "
            "/dev/xvda is already in use");
  EXPECT_EQ(error(id, "disk1"),
            "InvalidParameterValue: Value (disk1) for parameter device is invalid. disk1 is not a "
            "valid EBS device name.");
  EXPECT_EQ(error(make_volume("us-east-1b")).substr(0, 27), "InvalidVolume.ZoneMismatch:");
  EXPECT_EQ(error(id), "succeeded");
  EXPECT_EQ(error(id, "/dev/sdg"), "VolumeInUse: " + id + " is already attached to an instance");
  EXPECT_EQ(ec2_error("AttachVolume", {{"VolumeId", make_volume()},
                                       {"InstanceId", kAbsentInstance},
                                       {"Device", "/dev/sdh"}}),
            "InvalidInstanceID.NotFound: The instance ID 'i-0123456789abcdef0' does not exist");
}

using DetachVolume = Attachments;

TEST_F(DetachVolume, LeavesItAvailable) {
  const std::string id = make_volume();
  ec2("AttachVolume", {{"VolumeId", id}, {"InstanceId", instance_}, {"Device", "/dev/sdf"}});
  settle();
  const Json answered = ec2("DetachVolume", {{"VolumeId", id}});
  EXPECT_EQ(answered["State"], "detaching");
  EXPECT_EQ(answered["InstanceId"], instance_);
  EXPECT_EQ(volume(id)["State"], "in-use");
  EXPECT_EQ(volume(id)["Attachments"][0]["State"], "detaching");
  settle();
  EXPECT_EQ(volume(id)["State"], "available");
  EXPECT_THAT(volume(id)["Attachments"], IsEmpty());
  EXPECT_EQ(instance(instance_)["BlockDeviceMappings"].size(), 1U);
  EXPECT_EQ(ec2_error("DetachVolume", {{"VolumeId", id}}),
            "IncorrectState: Volume '" + id + "' is in the 'available' state.");
}

TEST_F(DetachVolume, TakesARootVolumeOnlyFromAStoppedInstance) {
  const std::string root = instance(instance_)["BlockDeviceMappings"][0]["Ebs"]["VolumeId"];
  EXPECT_EQ(ec2_error("DetachVolume", {{"VolumeId", root}}),
            "OperationNotPermitted: Unable to detach root volume '" + root + "' from instance '" +
                instance_ + "'");
  ec2("StopInstances", {{"InstanceIds", {instance_}}});
  settle();
  const std::string other = run_one();
  EXPECT_EQ(ec2_error("DetachVolume", {{"VolumeId", root}, {"InstanceId", other}}),
            "InvalidAttachment.NotFound: The volume '" + root + "' is not attached to instance '" +
                other + "'.");
  ec2("DetachVolume", {{"VolumeId", root}, {"InstanceId", instance_}});
  settle();
  EXPECT_EQ(volume(root)["State"], "available");
}

using ModifyVolume = Attachments;

TEST_F(ModifyVolume, IsModifyingAndThenCompleted) {
  const std::string id = make_volume();
  const Json answered =
      ec2("ModifyVolume",
          {{"VolumeId", id}, {"Size", 10}, {"VolumeType", "gp3"}})["VolumeModification"];
  EXPECT_EQ(answered["ModificationState"], "modifying");
  EXPECT_EQ(answered["OriginalSize"], 1);
  EXPECT_EQ(answered["TargetSize"], 10);
  EXPECT_EQ(answered["TargetIops"], 3000);
  settle();
  const Json modification =
      ec2("DescribeVolumesModifications", {{"VolumeIds", {id}}})["VolumesModifications"][0];
  EXPECT_EQ(modification["ModificationState"], "completed");
  EXPECT_EQ(modification["Progress"], 100);
  EXPECT_EQ(volume(id)["Size"], 10);
  EXPECT_EQ(volume(id)["VolumeType"], "gp3");
  expect_refusals({
      {"ModifyVolume",
       {{"VolumeId", id}, {"Size", 9}},
       "InvalidParameterValue: New size cannot be smaller than existing size"},
      {"ModifyVolume",
       {{"VolumeId", "vol-0123456789abcdef0"}, {"Size", 9}},
       "InvalidVolume.NotFound: The volume 'vol-0123456789abcdef0' does not exist."},
      {"DescribeVolumesModifications",
       {{"VolumeIds", {"vol-0123456789abcdef0"}}},
       "InvalidVolume.NotFound: The volume 'vol-0123456789abcdef0' does not exist."},
  });
}

using DescribeVolumeStatus = Attachments;

TEST_F(DescribeVolumeStatus, IsOk) {
  const std::string id = make_volume();
  const Json status = ec2("DescribeVolumeStatus", {{"VolumeIds", {id}}})["VolumeStatuses"][0];
  EXPECT_EQ(status["VolumeStatus"]["Status"], "ok");
  EXPECT_EQ(status["AvailabilityZone"], "us-east-1a");
  EXPECT_THAT(
      ec2("DescribeVolumeStatus", filter("volume-status.status", {"impaired"}))["VolumeStatuses"],
      IsEmpty());
  ec2("ModifyVolumeAttribute", {{"VolumeId", id}, {"AutoEnableIO", {{"Value", true}}}});
  EXPECT_EQ(ec2("DescribeVolumeAttribute",
                {{"VolumeId", id}, {"Attribute", "autoEnableIO"}})["AutoEnableIO"]["Value"],
            true);
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

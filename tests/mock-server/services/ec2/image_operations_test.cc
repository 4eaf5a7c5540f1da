#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/instances_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ImageOperations : public InstancesFixture {
 protected:
  std::string create(const std::string& name, const Json& more = Json::object()) {
    Json input{{"InstanceId", run_one()}, {"Name", name}};
    input.update(more);
    return ec2("CreateImage", input)["ImageId"];
  }
  Json described(const std::string& id) {
    return ec2("DescribeImages", {{"ImageIds", {id}}})["Images"][0];
  }
};

using CreateImage = ImageOperations;

TEST_F(CreateImage, SnapshotsTheVolumesAndCanBeLaunched) {
  const std::string id = create(
      "mine", {{"Description", "d"},
               {"TagSpecifications", {tagged("image", "a", "1"), tagged("snapshot", "b", "2")}}});
  EXPECT_EQ(described(id)["State"], "pending");
  settle();
  const Json image = described(id);
  EXPECT_EQ(image["State"], "available");
  EXPECT_EQ(image["OwnerId"], "123456789012");
  EXPECT_EQ(image["Public"], false);
  EXPECT_EQ(image["RootDeviceName"], "/dev/xvda");
  EXPECT_EQ(image["Tags"][0]["Key"], "a");
  const std::string snapshot = image["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"];
  EXPECT_EQ(ec2("DescribeSnapshots")["Snapshots"][0]["SnapshotId"], snapshot);
  EXPECT_EQ(ec2("DescribeSnapshots")["Snapshots"][0]["Tags"][0]["Key"], "b");
  EXPECT_EQ(ec2_error("DeleteSnapshot", {{"SnapshotId", snapshot}}),
            "InvalidSnapshot.InUse: The snapshot " + snapshot + " is currently in use by " + id);
  const Json launched = instance(run_one({{"ImageId", id}}));
  EXPECT_EQ(launched["ImageId"], id);
  EXPECT_EQ(ec2("DescribeVolumes",
                filter("snapshot-id", {snapshot}))["Volumes"][0]["Attachments"][0]["InstanceId"],
            launched["InstanceId"]);
  EXPECT_THAT(column(ec2("DescribeImages", {{"Owners", {"self"}}})["Images"], "ImageId"),
              ElementsAre(id));
}

TEST_F(CreateImage, RefusesBadInput) {
  const std::string first = create("mine");
  const std::string instance = run_one();
  const char* malformed =
      "InvalidAMIName.Malformed: AMI names must be between 3 and 128 characters long, and may "
      "contain letters, numbers, '(', ')', '.', '-', '/' and '_'";
  const auto input = [&](const std::string& name) {
    return Json{{"InstanceId", instance}, {"Name", name}};
  };
  EXPECT_EQ(ec2_error("CreateImage", input("mine")),
            "InvalidAMIName.Duplicate: AMI name mine is already in use by AMI " + first);
  EXPECT_EQ(ec2_error("CreateImage", input("ab")), malformed);
  EXPECT_EQ(ec2_error("CreateImage", input("a#b")), malformed);
  EXPECT_EQ(ec2_error("CreateImage", input(std::string(129, 'a'))), malformed);
  EXPECT_EQ(ec2_error("CreateImage", {{"InstanceId", kAbsentInstance}, {"Name", "other"}}),
            "InvalidInstanceID.NotFound: The instance ID 'i-0123456789abcdef0' does not exist");
  EXPECT_THAT(ec2("DescribeSnapshots")["Snapshots"], SizeIs(1));
}

using RegisterImage = ImageOperations;

TEST_F(RegisterImage, TakesASnapshotForItsRoot) {
  const std::string volume =
      ec2("CreateVolume", {{"AvailabilityZone", "us-east-1a"}, {"Size", 12}})["VolumeId"];
  const std::string snapshot = ec2("CreateSnapshot", {{"VolumeId", volume}})["SnapshotId"];
  const Json mappings =
      Json::array({Json{{"DeviceName", "/dev/sda1"}, {"Ebs", {{"SnapshotId", snapshot}}}}});
  const std::string id = ec2("RegisterImage", {{"Name", "mine"},
                                               {"Architecture", "x86_64"},
                                               {"RootDeviceName", "/dev/sda1"},
                                               {"BlockDeviceMappings", mappings}})["ImageId"];
  EXPECT_EQ(described(id)["BlockDeviceMappings"][0]["Ebs"]["VolumeSize"], 12);
  const Json launched = instance(run_one({{"ImageId", id}}));
  EXPECT_EQ(launched["RootDeviceName"], "/dev/sda1");
  EXPECT_EQ(ec2_error("RegisterImage", {{"Name", "other"}}),
            "InvalidRequest: The request received was invalid.");
}

using CopyImage = ImageOperations;

TEST_F(CopyImage, IsTheAccountsOwn) {
  const std::string id = ec2(
      "CopyImage",
      {{"Name", "copy"}, {"SourceImageId", kImageId}, {"SourceRegion", "us-east-1"}})["ImageId"];
  const Json copy = described(id);
  EXPECT_EQ(copy["Name"], "copy");
  EXPECT_EQ(copy["OwnerId"], "123456789012");
  EXPECT_EQ(copy["SourceImageId"], kImageId);
  EXPECT_EQ(ec2_error("CopyImage",
                      {{"Name", "other"}, {"SourceImageId", "foo"}, {"SourceRegion", "us-east-1"}}),
            "InvalidAMIID.Malformed: Invalid id: \"foo\" (expecting \"ami-...\")");
}

using DeregisterImage = ImageOperations;

TEST_F(DeregisterImage, LeavesNothingThatStandsForIt) {
  const std::string id = create("mine");
  ec2("DeregisterImage", {{"ImageId", id}});
  EXPECT_THAT(ec2("DescribeImages", {{"ImageIds", {id}}})["Images"], IsEmpty());
  EXPECT_EQ(ec2_error("DeregisterImage", {{"ImageId", id}}),
            "InvalidAMIID.Unavailable: The image ID '" + id + "' is no longer available");
  EXPECT_EQ(ec2_error("RunInstances", launch({{"ImageId", id}})),
            "InvalidAMIID.Unavailable: The image ID '" + id + "' is no longer available");
  EXPECT_THAT(ec2("DescribeSnapshots")["Snapshots"], SizeIs(1));
  const std::string other = create("other");
  const Json output =
      ec2("DeregisterImage", {{"ImageId", other}, {"DeleteAssociatedSnapshots", true}});
  EXPECT_EQ(output["DeleteSnapshotResults"][0]["ReturnCode"], "success");
  EXPECT_THAT(ec2("DescribeSnapshots")["Snapshots"], SizeIs(1));
  EXPECT_EQ(ec2_error("DeregisterImage", {{"ImageId", kImageId}}),
            "AuthFailure: Not authorized for image:" + kImageId);
}

using ModifyImageAttribute = ImageOperations;

TEST_F(ModifyImageAttribute, SharesAnImage) {
  const std::string id = create("mine");
  const auto permissions = [&] {
    return ec2("DescribeImageAttribute",
               {{"ImageId", id}, {"Attribute", "launchPermission"}})["LaunchPermissions"];
  };
  const auto modify = [&](const Json& permission) {
    return ec2_error("ModifyImageAttribute", {{"ImageId", id}, {"LaunchPermission", permission}});
  };
  const auto user = [](const char* account) { return Json{{"UserId", account}}; };
  EXPECT_THAT(permissions(), IsEmpty());
  EXPECT_EQ(modify({{"Add", {user("111122223333"), Json{{"Group", "all"}}}}}), "succeeded");
  EXPECT_EQ(permissions(), Json::array({user("111122223333"), Json{{"Group", "all"}}}));
  EXPECT_EQ(described(id)["Public"], true);
  EXPECT_EQ(modify({{"Remove", {Json{{"Group", "all"}}}}}), "succeeded");
  EXPECT_EQ(described(id)["Public"], false);
  ec2("ModifyImageAttribute", {{"ImageId", id},
                               {"Attribute", "launchPermission"},
                               {"OperationType", "add"},
                               {"UserIds", {"444455556666"}}});
  EXPECT_THAT(permissions(), SizeIs(2));
  EXPECT_EQ(modify({{"Add", {user("12")}}}),
            "InvalidAMIAttributeItemValue: Invalid attribute item value \"12\" for userId item "
            "type.");
  EXPECT_EQ(modify({{"Add", {Json{{"Group", "some"}}}}}),
            "InvalidParameterValue: Value (some) for parameter group is invalid.");
  ec2("ResetImageAttribute", {{"ImageId", id}, {"Attribute", "launchPermission"}});
  EXPECT_THAT(permissions(), IsEmpty());
}

TEST_F(ModifyImageAttribute, ChangesTheDescription) {
  const std::string id = create("mine");
  ec2("ModifyImageAttribute", {{"ImageId", id}, {"Description", {{"Value", "better"}}}});
  EXPECT_EQ(described(id)["Description"], "better");
  EXPECT_EQ(ec2("DescribeImageAttribute",
                {{"ImageId", id}, {"Attribute", "description"}})["Description"]["Value"],
            "better");
  expect_refusals({
      {"ModifyImageAttribute",
       {{"ImageId", kImageId}, {"Description", {{"Value", "x"}}}},
       "AuthFailure: Not authorized for image:ami-0123456789abcdef0"},
      {"DescribeImageAttribute",
       {{"ImageId", kImageId}, {"Attribute", "launchPermission"}},
       "AuthFailure: Not authorized for image:ami-0123456789abcdef0"},
  });
  EXPECT_EQ(ec2_error("ModifyImageAttribute", {{"ImageId", id}}),
            "InvalidParameterCombination: No attributes specified.");
}

using ModifySnapshotAttribute = ImageOperations;

TEST_F(ModifySnapshotAttribute, SharesASnapshot) {
  create("mine");
  const std::string id = ec2("DescribeSnapshots")["Snapshots"][0]["SnapshotId"];
  const auto permissions = [&] {
    return ec2(
        "DescribeSnapshotAttribute",
        {{"SnapshotId", id}, {"Attribute", "createVolumePermission"}})["CreateVolumePermissions"];
  };
  ec2("ModifySnapshotAttribute",
      {{"SnapshotId", id},
       {"CreateVolumePermission", {{"Add", Json::array({Json{{"UserId", "111122223333"}}})}}}});
  EXPECT_EQ(permissions(), Json::array({Json{{"UserId", "111122223333"}}}));
  ec2("ResetSnapshotAttribute", {{"SnapshotId", id}, {"Attribute", "createVolumePermission"}});
  EXPECT_THAT(permissions(), IsEmpty());
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

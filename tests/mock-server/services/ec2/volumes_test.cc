#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/instances_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Volumes : public InstancesFixture {
 protected:
  Json make(const Json& more = Json::object()) {
    Json input{{"AvailabilityZone", "us-east-1a"}, {"Size", 10}};
    input.update(more);
    return ec2("CreateVolume", input);
  }
  Json described(const std::string& id) {
    return ec2("DescribeVolumes", {{"VolumeIds", {id}}})["Volumes"][0];
  }
  static inline const std::string kAbsent = "vol-0123456789abcdef0";
  static inline const std::string kAbsentSnapshot = "snap-0123456789abcdef0";
};

using CreateVolume = Volumes;

TEST_F(CreateVolume, AnswersACreatingVolumeThatIsAvailableALittleLater) {
  const Json made = make();
  EXPECT_EQ(made["State"], "creating");
  EXPECT_EQ(made["VolumeType"], "gp2");
  EXPECT_EQ(made["Iops"], 100);
  EXPECT_EQ(made["SnapshotId"], "");
  EXPECT_EQ(made["Encrypted"], false);
  EXPECT_FALSE(made.contains("Attachments"));
  settle();
  const Json later = described(made["VolumeId"]);
  EXPECT_EQ(later["State"], "available");
  EXPECT_EQ(later["Attachments"], Json::array());
}

TEST_F(CreateVolume, HasTheNumbersOfItsType) {
  EXPECT_EQ(make({{"Size", 1000}})["Iops"], 3000);
  EXPECT_EQ(make({{"Size", 16384}})["Iops"], 16000);
  const Json gp3 = make({{"VolumeType", "gp3"}});
  EXPECT_EQ(gp3["Iops"], 3000);
  EXPECT_EQ(gp3["Throughput"], 125);
  EXPECT_EQ(make({{"VolumeType", "io1"}, {"Iops", 200}})["Iops"], 200);
  EXPECT_FALSE(make({{"VolumeType", "st1"}, {"Size", 125}}).contains("Iops"));
}

TEST_F(CreateVolume, RefusesBadInput) {
  const auto with = [](const Json& more) {
    Json input{{"AvailabilityZone", "us-east-1a"}, {"Size", 10}};
    input.update(more);
    return input;
  };
  expect_refusals({
      {"CreateVolume",
       {{"Size", 10}},
       "MissingParameter: The request must contain the parameter availabilityZone"},
      {"CreateVolume",
       {{"AvailabilityZone", "us-east-1a"}},
       "MissingParameter: The request must contain the parameter size/snapshot"},
      {"CreateVolume", with({{"AvailabilityZone", "us-east-1z"}}),
       "InvalidZone.NotFound: The zone 'us-east-1z' does not exist."},
      {"CreateVolume", with({{"Size", 0}}),
       "InvalidParameterValue: Volume of 0GiB is too small; minimum is 1GiB."},
      {"CreateVolume", with({{"Size", 124}, {"VolumeType", "sc1"}}),
       "InvalidParameterValue: Volume of 124GiB is too small; minimum is 125GiB."},
      {"CreateVolume", with({{"Size", 16385}}),
       "InvalidParameterValue: Volume of 16385GiB is too large for volume type gp2; maximum is "
       "16384GiB."},
      {"CreateVolume", with({{"VolumeType", "gp9"}}),
       "InvalidParameterValue: Value (gp9) for parameter volumeType is invalid."},
      {"CreateVolume", with({{"Iops", 100}}),
       "InvalidParameterCombination: The parameter iops is not supported for gp2 volumes."},
      {"CreateVolume", with({{"VolumeType", "io1"}}),
       "MissingParameter: The parameter iops must be specified for io1 volumes."},
      {"CreateVolume", with({{"VolumeType", "io1"}, {"Iops", 99}}),
       "InvalidParameterValue: Volume iops of 99 is too low; minimum is 100."},
      {"CreateVolume", with({{"Throughput", 125}}),
       "InvalidParameterCombination: The parameter throughput is not supported for gp2 volumes."},
      {"CreateVolume", with({{"KmsKeyId", "alias/mine"}}),
       "InvalidParameterDependency: The parameter KmsKeyId requires the parameter Encrypted to be "
       "set."},
      {"CreateVolume", with({{"SnapshotId", kAbsentSnapshot}}),
       "InvalidSnapshot.NotFound: The snapshot 'snap-0123456789abcdef0' does not exist."},
  });
  EXPECT_THAT(ec2("DescribeVolumes")["Volumes"], IsEmpty());
}

using DeleteVolume = Volumes;

TEST_F(DeleteVolume, TakesItOut) {
  const std::string id = make()["VolumeId"];
  ec2("DeleteVolume", {{"VolumeId", id}});
  EXPECT_THAT(ec2("DescribeVolumes")["Volumes"], IsEmpty());
}

TEST_F(DeleteVolume, RefusesBadInput) {
  const std::string instance = run_one();
  const std::string root = ec2("DescribeVolumes")["Volumes"][0]["VolumeId"];
  EXPECT_EQ(ec2_error("DeleteVolume", {{"VolumeId", root}}),
            "VolumeInUse: Volume " + root + " is currently attached to " + instance);
  expect_refusals({
      {"DeleteVolume",
       {{"VolumeId", kAbsent}},
       "InvalidVolume.NotFound: The volume 'vol-0123456789abcdef0' does not exist."},
      {"DeleteVolume",
       {{"VolumeId", "foo"}},
       "InvalidParameterValue: Value (foo) for parameter volumeId is invalid. Expected: "
       "'vol-...'."},
  });
}

using DescribeVolumes = Volumes;

TEST_F(DescribeVolumes, FiltersByWhatItShows) {
  const std::string mine = make({{"Encrypted", true}})["VolumeId"];
  const std::string instance = run_one();
  const auto ids = [&](const char* name, const char* value) {
    return column(ec2("DescribeVolumes", filter(name, {value}))["Volumes"], "VolumeId");
  };
  EXPECT_THAT(ids("status", "available"), ElementsAre(mine));
  EXPECT_THAT(ids("encrypted", "true"), ElementsAre(mine));
  EXPECT_THAT(ids("size", "10"), ElementsAre(mine));
  EXPECT_THAT(ids("attachment.status", "attaching"), IsEmpty());
  EXPECT_EQ(ids("attachment.instance-id", instance.c_str()).size(), 1U);
}

using CreateSnapshot = Volumes;

TEST_F(CreateSnapshot, AnswersAPendingSnapshotThatIsCompletedALittleLater) {
  const std::string volume = make()["VolumeId"];
  const Json made = ec2("CreateSnapshot", {{"VolumeId", volume}, {"Description", "mine"}});
  EXPECT_EQ(made["State"], "pending");
  EXPECT_EQ(made["Progress"], "");
  EXPECT_EQ(made["VolumeSize"], 10);
  EXPECT_EQ(made["OwnerId"], "123456789012");
  settle();
  const Json later = ec2("DescribeSnapshots", {{"OwnerIds", {"self"}}})["Snapshots"][0];
  EXPECT_EQ(later["State"], "completed");
  EXPECT_EQ(later["Progress"], "100%");
  // A snapshot stays when its volume goes.
  ec2("DeleteVolume", {{"VolumeId", volume}});
  const Json restored =
      ec2("CreateVolume", {{"AvailabilityZone", "us-east-1b"}, {"SnapshotId", made["SnapshotId"]}});
  EXPECT_EQ(restored["Size"], 10);
  EXPECT_EQ(restored["SnapshotId"], made["SnapshotId"]);
  EXPECT_EQ(ec2_error("CreateVolume", {{"AvailabilityZone", "us-east-1b"},
                                       {"Size", 9},
                                       {"SnapshotId", made["SnapshotId"]}}),
            "InvalidParameterValue: The size of a volume (9GiB) must be at least that of its "
            "snapshot (10GiB).");
}

using CreateSnapshots = Volumes;

TEST_F(CreateSnapshots, AreOfEachVolumeOfAnInstance) {
  const Json data = Json::array({Json{{"DeviceName", "/dev/sdf"}, {"Ebs", {{"VolumeSize", 5}}}}});
  const std::string id =
      run_one({{"BlockDeviceMappings", data}, {"TagSpecifications", {tagged("volume", "a", "1")}}});
  const auto sizes = [&](const Json& specification, const Json& more = Json::object()) {
    Json input{{"InstanceSpecification", {{"InstanceId", id}}}, {"Description", "mine"}};
    input["InstanceSpecification"].update(specification);
    input.update(more);
    std::vector<std::int64_t> out;
    const Json output = ec2("CreateSnapshots", input);
    for (const Json& one : output["Snapshots"]) out.push_back(one["VolumeSize"]);
    return out;
  };
  EXPECT_THAT(sizes(Json::object(), {{"CopyTagsFromSource", "volume"}}), ElementsAre(8, 5));
  EXPECT_EQ(ec2("DescribeSnapshots", filter("tag:a", {"1"}))["Snapshots"].size(), 2U);
  EXPECT_THAT(sizes({{"ExcludeBootVolume", true}}), ElementsAre(5));
  EXPECT_EQ(
      ec2_error("CreateSnapshots", {{"InstanceSpecification", {{"InstanceId", kAbsentInstance}}}}),
      "InvalidInstanceID.NotFound: The instance ID 'i-0123456789abcdef0' does not exist");
}

using DescribeSnapshots = Volumes;

TEST_F(DescribeSnapshots, AreThoseOfTheAccount) {
  const std::string id = ec2("CreateSnapshot", {{"VolumeId", make()["VolumeId"]}})["SnapshotId"];
  EXPECT_THAT(column(ec2("DescribeSnapshots")["Snapshots"], "SnapshotId"), ElementsAre(id));
  EXPECT_THAT(ec2("DescribeSnapshots", {{"OwnerIds", {"amazon"}}})["Snapshots"], IsEmpty());
  EXPECT_THAT(ec2("DescribeSnapshots", filter("volume-size", {"11"}))["Snapshots"], IsEmpty());
}

using CopySnapshot = Volumes;

TEST_F(CopySnapshot, MakesAnotherOne) {
  const std::string id = ec2("CreateSnapshot", {{"VolumeId", make()["VolumeId"]}})["SnapshotId"];
  const std::string copy = ec2(
      "CopySnapshot",
      {{"SourceSnapshotId", id}, {"SourceRegion", "us-east-1"}, {"Encrypted", true}})["SnapshotId"];
  const Json shown = ec2("DescribeSnapshots", {{"SnapshotIds", {copy}}})["Snapshots"][0];
  EXPECT_EQ(shown["Encrypted"], true);
  EXPECT_EQ(shown["VolumeSize"], 10);
  expect_refusals({
      {"CopySnapshot",
       {{"SourceSnapshotId", kAbsentSnapshot}, {"SourceRegion", "us-east-1"}},
       "InvalidSnapshot.NotFound: The snapshot 'snap-0123456789abcdef0' does not exist."},
      {"CopySnapshot",
       {{"SourceSnapshotId", kAbsentSnapshot}, {"SourceRegion", "eu-west-1"}},
       "NotImplemented: CopySnapshot from another region is not emulated by Cloud Chamber"},
  });
}

using DeleteSnapshot = Volumes;

TEST_F(DeleteSnapshot, TakesItOut) {
  const std::string id = ec2("CreateSnapshot", {{"VolumeId", make()["VolumeId"]}})["SnapshotId"];
  ec2("DeleteSnapshot", {{"SnapshotId", id}});
  EXPECT_EQ(ec2_error("DeleteSnapshot", {{"SnapshotId", id}}),
            "InvalidSnapshot.NotFound: The snapshot '" + id + "' does not exist.");
  EXPECT_EQ(ec2_error("DeleteSnapshot", {{"SnapshotId", "foo"}}),
            "InvalidParameterValue: Value (foo) for parameter snapshotId is invalid. Expected: "
            "'snap-...'.");
}

using EnableEbsEncryptionByDefault = Volumes;

TEST_F(EnableEbsEncryptionByDefault, EncryptsNewVolumes) {
  EXPECT_EQ(ec2("GetEbsEncryptionByDefault")["EbsEncryptionByDefault"], false);
  EXPECT_EQ(ec2("EnableEbsEncryptionByDefault")["EbsEncryptionByDefault"], true);
  EXPECT_EQ(ec2("GetEbsEncryptionByDefault")["EbsEncryptionByDefault"], true);
  EXPECT_EQ(make()["Encrypted"], true);
  EXPECT_EQ(ec2("DisableEbsEncryptionByDefault")["EbsEncryptionByDefault"], false);
  EXPECT_EQ(make()["Encrypted"], false);
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

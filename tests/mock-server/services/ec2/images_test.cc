#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/instances_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::Gt;
using testing::IsEmpty;
using testing::SizeIs;

using DescribeImages = InstancesFixture;

TEST_F(DescribeImages, KnowsASmallCatalogue) {
  const Json linux_images =
      ec2("DescribeImages",
          {{"Owners", {"amazon"}},
           {"Filters",
            Json::array({Json{{"Name", "name"}, {"Values", {"al2023-ami-*"}}},
                         Json{{"Name", "architecture"}, {"Values", {"arm64"}}}})}})["Images"];
  ASSERT_EQ(linux_images.size(), 1U);
  EXPECT_EQ(linux_images[0]["RootDeviceName"], "/dev/xvda");
  EXPECT_EQ(linux_images[0]["State"], "available");
  EXPECT_EQ(linux_images[0]["ImageOwnerAlias"], "amazon");
  EXPECT_THAT(ec2("DescribeImages", {{"Owners", {"099720109477"}}})["Images"], SizeIs(Gt(1)));
  EXPECT_THAT(ec2("DescribeImages", {{"Owners", {"self"}}})["Images"], IsEmpty());
  EXPECT_THAT(ec2("DescribeImages", {{"ExecutableUsers", {"self"}}})["Images"], IsEmpty());
  EXPECT_THAT(ec2("DescribeImages", filter("platform", {"windows"}))["Images"], SizeIs(1));
}

TEST_F(DescribeImages, HasOtherIdsInOtherRegions) {
  const Json here = ec2("DescribeImages")["Images"];
  const Json there =
      call("ec2", "DescribeImages", Json::object(), "123456789012", "eu-west-1")["Images"];
  EXPECT_EQ(here.size(), there.size());
  EXPECT_NE(column(here, "ImageId"), column(there, "ImageId"));
}

TEST_F(DescribeImages, ShowsAPlainLinuxForAnIdThatIsNotKnown) {
  const Json shown = ec2("DescribeImages", {{"ImageIds", {kImageId}}})["Images"];
  EXPECT_THAT(column(shown, "ImageId"), ElementsAre(kImageId));
  EXPECT_EQ(shown[0]["PlatformDetails"], "Linux/UNIX");
  EXPECT_EQ(ec2_error("DescribeImages", {{"ImageIds", {"foo"}}}),
            "InvalidAMIID.Malformed: Invalid id: \"foo\" (expecting \"ami-...\")");
}

TEST_F(DescribeImages, RunsOnlyOnTypesOfItsArchitecture) {
  const Json arm = ec2("DescribeImages", filter("architecture", {"arm64"}))["Images"][0]["ImageId"];
  EXPECT_EQ(ec2_error("RunInstances", launch({{"ImageId", arm}})),
            "InvalidParameterValue: The architecture 'arm64' of the specified AMI does not match "
            "the architecture 'x86_64' of the specified instance type. Specify an instance type "
            "and an AMI that have matching architectures, and try again.");
  EXPECT_EQ(run({{"ImageId", arm}, {"InstanceType", "t4g.micro"}})["Instances"][0]["Architecture"],
            "arm64");
}

using DescribeInstanceTypes = InstancesFixture;

TEST_F(DescribeInstanceTypes, TellsWhatTheTypesHave) {
  const Json types =
      ec2("DescribeInstanceTypes", {{"InstanceTypes", {"t2.micro", "m6g.large"}}})["InstanceTypes"];
  EXPECT_THAT(column(types, "InstanceType"), ElementsAre("m6g.large", "t2.micro"));
  EXPECT_EQ(types[0]["ProcessorInfo"]["SupportedArchitectures"], Json::array({"arm64"}));
  EXPECT_EQ(types[0]["MemoryInfo"]["SizeInMiB"], 8192);
  EXPECT_EQ(types[0]["Hypervisor"], "nitro");
  EXPECT_EQ(types[1]["VCpuInfo"]["DefaultVCpus"], 1);
  EXPECT_EQ(types[1]["NetworkInfo"]["MaximumNetworkInterfaces"], 2);
  EXPECT_THAT(
      column(ec2("DescribeInstanceTypes",
                 {{"Filters", Json::array({Json{{"Name", "instance-type"}, {"Values", {"t3.*"}}},
                                           Json{{"Name", "vcpu-info.default-vcpus"},
                                                {"Values", {"8"}}}})}})["InstanceTypes"],
             "InstanceType"),
      ElementsAre("t3.2xlarge"));
}

TEST_F(DescribeInstanceTypes, ComesInPages) {
  Json input{{"MaxResults", 100}};
  const Json first = ec2("DescribeInstanceTypes", input);
  EXPECT_THAT(first["InstanceTypes"], SizeIs(100));
  input["NextToken"] = first["NextToken"];
  const Json second = ec2("DescribeInstanceTypes", input);
  EXPECT_THAT(second["InstanceTypes"], SizeIs(Gt(1)));
  EXPECT_LT(first["InstanceTypes"].back()["InstanceType"],
            second["InstanceTypes"].front()["InstanceType"]);
}

TEST_F(DescribeInstanceTypes, RefusesBadInput) {
  expect_refusals({
      {"DescribeInstanceTypes",
       {{"InstanceTypes", {"t9.huge", "t2.micro", "x"}}},
       "InvalidInstanceType: The following supplied instance types do not exist: [t9.huge, x]"},
      {"DescribeInstanceTypes",
       {{"MaxResults", 4}},
       "InvalidParameterValue: Value ( 4 ) for parameter maxResults is invalid. Expecting a value "
       "greater than 5."},
      {"DescribeInstanceTypes", filter("colour", {"blue"}),
       "InvalidParameterValue: The filter 'colour' is invalid"},
  });
}

using DescribeInstanceTypeOfferings = InstancesFixture;

TEST_F(DescribeInstanceTypeOfferings, AreByRegionOrZone) {
  Json input = filter("instance-type", {"t2.micro"});
  EXPECT_EQ(
      ec2("DescribeInstanceTypeOfferings", input)["InstanceTypeOfferings"],
      Json::array({Json{
          {"InstanceType", "t2.micro"}, {"LocationType", "region"}, {"Location", "us-east-1"}}}));
  input["LocationType"] = "availability-zone";
  EXPECT_THAT(
      column(ec2("DescribeInstanceTypeOfferings", input)["InstanceTypeOfferings"], "Location"),
      ElementsAre("us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e",
                  "us-east-1f"));
  EXPECT_EQ(ec2_error("DescribeInstanceTypeOfferings", {{"LocationType", "planet"}}),
            "InvalidParameterValue: Value (planet) for parameter locationType is invalid.");
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

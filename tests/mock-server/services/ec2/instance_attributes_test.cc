#include <gmock/gmock.h>

#include "sdk/codec/bytes.h"
#include "tests/mock-server/services/ec2/instances_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class InstanceAttributes : public InstancesFixture {
 protected:
  std::string stopped(const std::string& id) {
    ec2("StopInstances", {{"InstanceIds", {id}}});
    settle();
    return id;
  }
  Json attribute(const std::string& id, const std::string& name) {
    return ec2("DescribeInstanceAttribute", {{"InstanceId", id}, {"Attribute", name}});
  }
  std::string modify(const std::string& id, const Json& more) {
    Json input{{"InstanceId", id}};
    input.update(more);
    return ec2_error("ModifyInstanceAttribute", input);
  }
};

using DescribeInstanceAttribute = InstanceAttributes;

TEST_F(DescribeInstanceAttribute, TellsWhatDescribeDoesNotShow) {
  const std::string id = run_one({{"UserData", "aGVsbG8="}, {"DisableApiStop", true}});
  EXPECT_EQ(attribute(id, "userData"),
            Json({{"InstanceId", id}, {"UserData", {{"Value", "aGVsbG8="}}}}));
  EXPECT_EQ(attribute(id, "disableApiStop")["DisableApiStop"]["Value"], true);
  EXPECT_EQ(attribute(id, "disableApiTermination")["DisableApiTermination"]["Value"], false);
  EXPECT_EQ(
      attribute(id,
                "instanceInitiatedShutdownBehavior")["InstanceInitiatedShutdownBehavior"]["Value"],
      "stop");
  EXPECT_EQ(attribute(id, "instanceType")["InstanceType"]["Value"], "t2.micro");
  EXPECT_EQ(attribute(id, "rootDeviceName")["RootDeviceName"]["Value"], "/dev/xvda");
  EXPECT_EQ(attribute(id, "sourceDestCheck")["SourceDestCheck"]["Value"], true);
  EXPECT_EQ(attribute(id, "groupSet")["Groups"][0]["GroupName"], "default");
  EXPECT_THAT(attribute(id, "blockDeviceMapping")["BlockDeviceMappings"], SizeIs(1));
  EXPECT_EQ(attribute(id, "kernel"), Json({{"InstanceId", id}, {"KernelId", Json::object()}}));
  EXPECT_EQ(attribute(run_one(), "userData")["UserData"], Json::object());
  expect_refusals({
      {"DescribeInstanceAttribute",
       {{"InstanceId", kAbsentInstance}, {"Attribute", "userData"}},
       "InvalidInstanceID.NotFound: The instance ID 'i-0123456789abcdef0' does not exist"},
      {"DescribeInstanceAttribute",
       {{"InstanceId", kAbsentInstance}, {"Attribute", "colour"}},
       "InvalidParameterValue: Value (colour) for parameter attribute is invalid. Unknown "
       "attribute."},
      {"DescribeInstanceAttribute",
       {{"InstanceId", kAbsentInstance}},
       "MissingParameter: The request must contain the parameter attribute"},
  });
}

using ModifyInstanceAttribute = InstanceAttributes;

TEST_F(ModifyInstanceAttribute, ChangesSomeOnlyWhileStopped) {
  const std::string id = run_one();
  const Json type{{"InstanceType", {{"Value", "m5.large"}}}};
  EXPECT_EQ(modify(id, type),
            "IncorrectInstanceState: The instance '" + id + "' is not in the 'stopped' state.");
  stopped(id);
  EXPECT_EQ(modify(id, type), "succeeded");
  EXPECT_EQ(instance(id)["InstanceType"], "m5.large");
  EXPECT_EQ(modify(id, {{"UserData", {{"Value", binary("hello")}}}}), "succeeded");
  EXPECT_EQ(attribute(id, "userData")["UserData"]["Value"], "aGVsbG8=");
  EXPECT_EQ(modify(id, {{"InstanceType", {{"Value", "t4g.micro"}}}}),
            "InvalidParameterValue: The architecture 'x86_64' of the instance does not match the "
            "architecture 'arm64' of the specified instance type.");
}

TEST_F(ModifyInstanceAttribute, TakesTheOlderFormToo) {
  const std::string id = run_one();
  EXPECT_EQ(modify(id, {{"Attribute", "disableApiTermination"}, {"Value", "true"}}), "succeeded");
  EXPECT_EQ(attribute(id, "disableApiTermination")["DisableApiTermination"]["Value"], true);
  EXPECT_EQ(modify(id, {{"Attribute", "disableApiTermination"}, {"Value", "yes"}}),
            "InvalidParameterValue: Value (yes) for parameter value is invalid.");
}

TEST_F(ModifyInstanceAttribute, ReachesInterfacesAndVolumes) {
  const std::string id = run_one();
  EXPECT_EQ(modify(id, {{"SourceDestCheck", {{"Value", false}}}}), "succeeded");
  EXPECT_EQ(instance(id)["SourceDestCheck"], false);
  EXPECT_EQ(ec2("DescribeNetworkInterfaces")["NetworkInterfaces"][0]["SourceDestCheck"], false);
  ec2("ResetInstanceAttribute", {{"InstanceId", id}, {"Attribute", "sourceDestCheck"}});
  EXPECT_EQ(instance(id)["SourceDestCheck"], true);
  const auto keep = [](const char* device) {
    return Json{
        {"BlockDeviceMappings",
         Json::array({Json{{"DeviceName", device}, {"Ebs", {{"DeleteOnTermination", false}}}}})}};
  };
  EXPECT_EQ(modify(id, keep("/dev/xvda")), "succeeded");
  EXPECT_EQ(instance(id)["BlockDeviceMappings"][0]["Ebs"]["DeleteOnTermination"], false);
  EXPECT_EQ(modify(id, keep("/dev/sdz")),
            "InvalidInstanceAttributeValue: No device is currently mapped at /dev/sdz");
  const std::string group =
      ec2("CreateSecurityGroup", {{"GroupName", "web"}, {"Description", "web"}})["GroupId"];
  EXPECT_EQ(modify(id, {{"Groups", {group}}}), "succeeded");
  EXPECT_EQ(instance(id)["SecurityGroups"],
            Json::array({Json{{"GroupId", group}, {"GroupName", "web"}}}));
  EXPECT_THAT(found("instance.group-name", {"web"}), ElementsAre(id));
}

TEST_F(ModifyInstanceAttribute, RefusesBadInput) {
  const std::string id = run_one();
  EXPECT_EQ(modify(id, Json::object()), "InvalidParameterCombination: No attributes specified.");
  EXPECT_EQ(modify(id, {{"DisableApiStop", {{"Value", true}}},
                        {"DisableApiTermination", {{"Value", true}}}}),
            "InvalidParameterCombination: Fields for multiple attribute types specified");
  EXPECT_EQ(modify(kAbsentInstance, {{"DisableApiStop", {{"Value", true}}}}),
            "InvalidInstanceID.NotFound: The instance ID 'i-0123456789abcdef0' does not exist");
  EXPECT_EQ(modify(id, {{"InstanceInitiatedShutdownBehavior", {{"Value", "sleep"}}}}),
            "InvalidInstanceAttributeValue: The value 'sleep' is not a valid value for "
            "instanceInitiatedShutdownBehavior.");
  EXPECT_EQ(modify(id, {{"Groups", {"sg-0123456789abcdef0"}}}),
            "InvalidGroup.NotFound: The security group 'sg-0123456789abcdef0' does not exist");
  EXPECT_EQ(modify(stopped(id), {{"InstanceType", {{"Value", "t9.huge"}}}}),
            "InvalidParameterValue: Invalid value 't9.huge' for InstanceType.");
}

using DescribeInstanceStatus = InstanceAttributes;

TEST_F(DescribeInstanceStatus, ShowsRunningInstancesUnlessAllAreAskedFor) {
  const std::string id = run_one();
  const std::string other = stopped(run_one());
  const Json running = ec2("DescribeInstanceStatus")["InstanceStatuses"];
  EXPECT_THAT(column(running, "InstanceId"), ElementsAre(id));
  EXPECT_EQ(running[0]["InstanceStatus"]["Status"], "ok");
  EXPECT_EQ(running[0]["SystemStatus"]["Details"][0]["Status"], "passed");
  const Json all =
      ec2("DescribeInstanceStatus", {{"IncludeAllInstances", true}})["InstanceStatuses"];
  EXPECT_THAT(all, SizeIs(2));
  Json input = filter("instance-state-name", {"stopped"});
  EXPECT_THAT(ec2("DescribeInstanceStatus", input)["InstanceStatuses"], IsEmpty());
  input["IncludeAllInstances"] = true;
  const Json stopped_one = ec2("DescribeInstanceStatus", input)["InstanceStatuses"];
  EXPECT_THAT(column(stopped_one, "InstanceId"), ElementsAre(other));
  EXPECT_EQ(stopped_one[0]["InstanceStatus"], Json({{"Status", "not-applicable"}}));
  expect_refusals({
      {"DescribeInstanceStatus",
       {{"InstanceIds", {kAbsentInstance}}},
       "InvalidInstanceID.NotFound: The instance ID 'i-0123456789abcdef0' does not exist"},
      {"DescribeInstanceStatus",
       {{"MaxResults", 4}},
       "InvalidParameterValue: Value ( 4 ) for parameter maxResults is invalid. Expecting a value "
       "greater than 5."},
  });
}

using MonitorInstances = InstanceAttributes;

TEST_F(MonitorInstances, SwitchesDetailedMonitoring) {
  const std::string id = run_one();
  const auto answered = [&](const char* operation) {
    return ec2(operation, {{"InstanceIds", {id}}})["InstanceMonitorings"][0]["Monitoring"]["State"];
  };
  EXPECT_EQ(answered("MonitorInstances"), "pending");
  EXPECT_EQ(instance(id)["Monitoring"]["State"], "enabled");
  EXPECT_EQ(answered("MonitorInstances"), "enabled");
  EXPECT_EQ(answered("UnmonitorInstances"), "disabling");
  EXPECT_EQ(instance(id)["Monitoring"]["State"], "disabled");
}

using GetConsoleOutput = InstanceAttributes;

TEST_F(GetConsoleOutput, IsEmptySinceNoMachineRuns) {
  const std::string id = run_one();
  const Json output = ec2("GetConsoleOutput", {{"InstanceId", id}});
  EXPECT_EQ(output["InstanceId"], id);
  EXPECT_FALSE(output.contains("Output"));
  EXPECT_EQ(ec2_error("GetConsoleOutput", {{"InstanceId", kAbsentInstance}}),
            "InvalidInstanceID.NotFound: The instance ID 'i-0123456789abcdef0' does not exist");
}

using DescribeInstanceCreditSpecifications = InstanceAttributes;

TEST_F(DescribeInstanceCreditSpecifications, AreThoseOfBurstableInstances) {
  const std::string t2 = run_one();
  const std::string t3 = run_one({{"InstanceType", "t3.micro"}});
  const std::string m5 = run_one({{"InstanceType", "m5.large"}});
  const auto credits = [&](const std::string& id) {
    return ec2("DescribeInstanceCreditSpecifications",
               {{"InstanceIds", {id}}})["InstanceCreditSpecifications"][0]["CpuCredits"];
  };
  EXPECT_EQ(credits(t2), "standard");
  EXPECT_EQ(credits(t3), "unlimited");
  EXPECT_THAT(column(ec2("DescribeInstanceCreditSpecifications")["InstanceCreditSpecifications"],
                     "InstanceId"),
              ElementsAre(t3));
  const auto wanted = [](const std::string& id) {
    return Json{{"InstanceId", id}, {"CpuCredits", "unlimited"}};
  };
  const Json output =
      ec2("ModifyInstanceCreditSpecification",
          {{"InstanceCreditSpecifications", {wanted(t2), wanted(m5), wanted(kAbsentInstance)}}});
  EXPECT_EQ(output["SuccessfulInstanceCreditSpecifications"][0]["InstanceId"], t2);
  EXPECT_THAT(output["UnsuccessfulInstanceCreditSpecifications"], SizeIs(2));
  EXPECT_EQ(credits(t2), "unlimited");
}

}  // namespace
}  // namespace cloudchamber::mock::ec2

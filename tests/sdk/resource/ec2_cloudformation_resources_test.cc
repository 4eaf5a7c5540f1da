// The generated resources of EC2 and CloudFormation against the mock in the same process.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <unordered_set>

#include "cloudchamber/errors.h"
#include "cloudchamber/resources/cloudformation.h"
#include "cloudchamber/resources/ec2.h"
#include "cloudchamber/resources/sqs.h"
#include "cloudchamber/session.h"
#include "mock-server/mock_aws.h"

namespace cloudchamber {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Ec2Resources : public ::testing::Test {
 protected:
  std::vector<ec2::Instance> run(int count) {
    return ec2_.create_instances({{"ImageId", "ami-0123456789abcdef0"},
                                  {"InstanceType", "t3.micro"},
                                  {"MinCount", count},
                                  {"MaxCount", count}});
  }
  static Json with_state(const std::string& state) {
    return {{"Filters", {{{"Name", "instance-state-name"}, {"Values", {state}}}}}};
  }
  static std::unordered_set<ec2::Instance> set_of(const ec2::InstanceCollection& instances) {
    std::unordered_set<ec2::Instance> found;
    for (const ec2::Instance& instance : instances) found.insert(instance);
    return found;
  }

  mock::MockAws aws_;
  ec2::ServiceResource ec2_ = aws_.session().resource<Ec2>();
};

TEST_F(Ec2Resources, AnInstanceGoesThroughItsLife) {
  const ec2::Instance instance = run(1).at(0);
  EXPECT_EQ(instance.state()["Name"], "pending");  // as RunInstances gave it
  instance.wait_until_running();
  EXPECT_EQ(instance.state()["Name"], "pending");  // kept until it is loaded again
  instance.reload();
  EXPECT_EQ(instance.state()["Name"], "running");
  EXPECT_EQ(instance.stop()["StoppingInstances"][0]["CurrentState"]["Name"], "stopping");
  instance.wait_until_stopped();
  EXPECT_EQ(instance.state()["Name"], "stopped");  // the action dropped what was loaded
  instance.terminate();
  instance.wait_until_terminated();
  EXPECT_EQ(instance.state()["Name"], "terminated");
}

TEST_F(Ec2Resources, AnInstanceKnowsWhatItIsIn) {
  const ec2::Instance instance = run(1).at(0);
  const ec2::Subnet subnet = *instance.subnet();
  EXPECT_EQ(subnet.id(), instance.subnet_id());
  EXPECT_EQ(*subnet.vpc(), *instance.vpc());
  EXPECT_EQ(set_of(subnet.instances()), set_of(ec2_.instances()));
  EXPECT_EQ(set_of(instance.vpc()->instances()).count(instance), 1U);
  const auto interfaces = instance.network_interfaces();
  ASSERT_EQ(interfaces.size(), 1U);
  EXPECT_EQ(interfaces[0].private_ip_address(), instance.private_ip_address());
  EXPECT_EQ(instance.key_pair(), std::nullopt);
  for (const ec2::Volume& volume : instance.volumes())
    EXPECT_EQ(volume.attachments()[0]["InstanceId"], instance.id());
}

TEST_F(Ec2Resources, ABatchActionIsForThoseThatTheFiltersLeave) {
  const auto instances = run(3);
  instances[0].wait_until_running();
  const auto running = ec2_.instances().filter(with_state("running"));
  EXPECT_EQ(set_of(running).size(), 3U);
  EXPECT_EQ(ec2_.instances().filter({{"InstanceIds", {instances[0].id()}}}).stop().size(), 1U);
  instances[0].wait_until_stopped();
  EXPECT_EQ(set_of(running), (std::unordered_set<ec2::Instance>{instances[1], instances[2]}));
  const std::vector<Json> responses = running.stop();
  ASSERT_EQ(responses.size(), 1U);
  EXPECT_EQ(responses[0]["StoppingInstances"].size(), 2U);
  EXPECT_TRUE(running.stop().empty());
  EXPECT_EQ(ec2_.instances().terminate()[0]["TerminatingInstances"].size(), 3U);
}

TEST_F(Ec2Resources, TagsAreResources) {
  const auto instances = run(2);
  const Json colour = {{{"Key", "colour"}, {"Value", "blue"}}};
  const auto tags =
      ec2_.create_tags({{"Resources", {instances[0].id(), instances[1].id()}}, {"Tags", colour}});
  ASSERT_EQ(tags.size(), 2U);
  EXPECT_EQ(tags[1], ec2_.tag(instances[1].id(), "colour", "blue"));
  EXPECT_EQ(instances[0].tags(), Json());  // loaded before
  instances[0].reload();
  EXPECT_EQ(instances[0].tags(), colour);
  instances[0].delete_tags({{"Tags", colour}});
  tags[1].delete_();
  EXPECT_EQ(ec2_.instance(instances[1].id()).tags().empty(), true);
}

TEST_F(Ec2Resources, ThrowWhatEc2Answers) {
  for (const auto& [id, code] : {std::pair("i-0123456789abcdef0", "InvalidInstanceID.NotFound"),
                                 std::pair("id", "InvalidInstanceID.Malformed")}) {
    try {
      static_cast<void>(ec2_.instance(id).private_ip_address());
      FAIL() << "nothing was thrown";
    } catch (const ClientError& error) {
      EXPECT_EQ(error.code(), code);
    }
  }
}

TEST(CloudFormationResources, AStackHasResourcesAndEvents) {
  const mock::MockAws aws;
  const auto cloudformation = aws.session().resource<CloudFormation>();
  const cloudformation::Stack stack =
      cloudformation.create_stack({{"StackName", "test"},
                                   {"TemplateBody",
                                    R"({"Resources": {"Jobs": {"Type": "AWS::SQS::Queue"}},
            "Outputs": {"Url": {"Value": {"Ref": "Jobs"}}}})"}});
  stack.meta().client().wait("stack_create_complete", {{"StackName", "test"}});
  stack.reload();
  EXPECT_EQ(stack.stack_status(), "CREATE_COMPLETE");
  const std::string url = stack.outputs()[0]["OutputValue"].get<std::string>();
  EXPECT_THAT(aws.session().resource<Sqs>().queue(url).attributes()["QueueArn"].get<std::string>(),
              HasSubstr(":test-Jobs-"));

  std::vector<std::string> resources;
  for (const auto& summary : stack.resource_summaries()) {
    resources.push_back(summary.logical_id());
    EXPECT_EQ(summary.resource().physical_resource_id(), url);
  }
  EXPECT_THAT(resources, ElementsAre("Jobs"));
  EXPECT_EQ(stack.resource("Jobs").resource_type(), "AWS::SQS::Queue");
  EXPECT_THAT(stack.events().begin()->id(), HasSubstr("-"));
  EXPECT_EQ(stack.events().begin()->resource_status(), "CREATE_COMPLETE");
  stack.delete_();
}

}  // namespace
}  // namespace cloudchamber

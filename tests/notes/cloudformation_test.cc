// "CloudFormation".
#include "tests/notes/notes.h"

namespace cloudchamber {
namespace {

using ::testing::HasSubstr;

// clang-format off
// create_stack.py
//   import boto3
//
//   client = boto3.client('cloudformation')
//   stack = client.create_stack(StackName='test', TmeplateBody='{"json": "template"}')
//
//   # http://boto3.readthedocs.io/en/latest/reference/services/cloudformation.html#CloudFormation.Waiter.StackCreateComplete.wait
//   waiter = client.get_waiter('stack_create_complete')
//   waiter.wait(StackName='test', WaiterConfig={'Delay': 5})
// clang-format on
TEST_F(Notes, AStackIsCreatedAndWaitedFor) {
  const std::string body =
      R"({"Resources": {"Jobs": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "jobs"}}}})";
  const TimePoint start = aws_.clock().now();
  // snippet: create_stack
  const auto client = cloudchamber::client("cloudformation");
  const Json stack = client.call("create_stack", {{"StackName", "test"}, {"TemplateBody", body}});

  const auto waiter = client.get_waiter("stack_create_complete");
  waiter.wait({{"StackName", "test"}, {"WaiterConfig", {{"Delay", 5}}}});
  // end
  EXPECT_THAT(stack["StackId"].get<std::string>(), HasSubstr(":stack/test/"));
  EXPECT_EQ(cloudchamber::client("sqs").call("ListQueues")["QueueUrls"].size(), 1U);
  EXPECT_EQ((aws_.clock().now() - start) % Seconds(5), Seconds(0));
}

// As the author of the notes wrote it.
TEST_F(Notes, AMisspeltParameterIsRefusedBeforeSendingAndToldWhatWasMeant) {
  try {
    client("cloudformation")
        .call("create_stack", {{"StackName", "test"}, {"TmeplateBody", R"({"json": "template"})"}});
    FAIL() << "nothing was thrown";
  } catch (const ParamValidationError& error) {
    const std::string text = error.what();
    EXPECT_THAT(text, HasSubstr("Unknown parameter in input: \"TmeplateBody\", must be one of: "));
    const std::string meant = "; did you mean \"TemplateBody\"?";
    EXPECT_EQ(text.substr(text.size() - meant.size()), meant);
    EXPECT_TRUE(page_shows(text)) << text;
  }
}

}  // namespace
}  // namespace cloudchamber

// "CloudFormation".
#include "tests/notes/notes.h"
#include "tests/sdk/client/stage.h"

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
TEST(CloudFormationNotes, AStackIsCreatedAndWaitedFor) {
  Stage stage;
  setup_default_session(stage.options());
  const auto described = [](const std::string& status) {
    return "<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>test"
           "</StackName><StackStatus>" +
           status +
           "</StackStatus></member></Stacks></DescribeStacksResult></DescribeStacksResponse>";
  };
  stage.script
      ->answer(200, {},
               "<CreateStackResponse><CreateStackResult><StackId>arn:aws:cloudformation:us-east-1:"
               "123456789012:stack/test/1</StackId></CreateStackResult></CreateStackResponse>")
      .answer(200, {}, described("CREATE_IN_PROGRESS"))
      .answer(200, {}, described("CREATE_COMPLETE"));
  const std::string body = R"({"Resources": {"Jobs": {"Type": "AWS::SQS::Queue"}}})";
  const TimePoint start = stage.clock->now();
  // snippet: create_stack
  const auto client = cloudchamber::client("cloudformation");
  const Json stack = client.call("create_stack", {{"StackName", "test"}, {"TemplateBody", body}});

  const auto waiter = client.get_waiter("stack_create_complete");
  waiter.wait({{"StackName", "test"}, {"WaiterConfig", {{"Delay", 5}}}});
  // end
  EXPECT_THAT(stack["StackId"].get<std::string>(), HasSubstr(":stack/test/"));
  EXPECT_EQ(stage.clock->now() - start, Seconds(5));
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

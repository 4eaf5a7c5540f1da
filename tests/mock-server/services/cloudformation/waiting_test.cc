// Stacks that wait: for signals, for other stacks; and change sets.
#include "cloudchamber/client.h"
#include "cloudchamber/session.h"
#include "mock-server/mock_aws.h"
#include "tests/mock-server/services/cloudformation/cloudformation_fixture.h"

namespace cloudchamber::mock::cloudformation {
namespace {

using SignalResource = CloudFormationFixture;
using CancelUpdateStack = CloudFormationFixture;
using NestedStacks = CloudFormationFixture;
using CreateChangeSet = CloudFormationFixture;

const std::string kWaits = R"(
Resources:
  Queue:
    Type: AWS::SQS::Queue
    CreationPolicy: {ResourceSignal: {Count: 2, Timeout: PT10M}}
  After: {Type: AWS::SQS::Queue, DependsOn: Queue}
)";

TEST_F(SignalResource, LetsAResourceGoOnOnceAllSignalsHaveCome) {
  create("s", kWaits);
  const auto signal = [&](const std::string& id, const std::string& result = "SUCCESS") {
    return cfn_error(
        "SignalResource",
        {{"StackName", "s"}, {"LogicalResourceId", "Queue"}, {"UniqueId", id}, {"Status", result}});
  };
  EXPECT_EQ(signal("1"), "succeeded");
  EXPECT_EQ(signal("1"), "succeeded") << "counts once";
  clock_->advance(1ms);
  EXPECT_EQ(status("s"), "CREATE_IN_PROGRESS");
  EXPECT_EQ(queues(), 1U);
  EXPECT_EQ(signal("2"), "succeeded");
  clock_->advance(1ms);
  EXPECT_EQ(status("s"), "CREATE_COMPLETE");
  EXPECT_EQ(queues(), 2U);
}

TEST_F(SignalResource, RollsBackWhenTheTimeIsOver) {
  create("s", kWaits);
  clock_->advance(10min - 2ms);
  EXPECT_EQ(status("s"), "CREATE_IN_PROGRESS");
  clock_->advance(1ms);
  EXPECT_EQ(status("s"), "ROLLBACK_IN_PROGRESS");
  clock_->advance(1ms);
  EXPECT_EQ(status("s"), "ROLLBACK_COMPLETE");
  EXPECT_EQ(failure("s", "Queue"),
            "Failed to receive 2 resource signal(s) within the specified duration");
  EXPECT_EQ(queues(), 0U);
}

TEST_F(SignalResource, FailsTheResourceThatHasFailed) {
  create("s", kWaits);
  cfn("SignalResource", {{"StackName", "s"},
                         {"LogicalResourceId", "Queue"},
                         {"UniqueId", "1"},
                         {"Status", "FAILURE"}});
  clock_->advance(1ms);
  EXPECT_EQ(status("s"), "ROLLBACK_COMPLETE");
}

TEST_F(SignalResource, WaitConditionsTakeTheirTimeFromTheClock) {
  create("s", R"(
Resources:
  Handle: {Type: AWS::CloudFormation::WaitConditionHandle}
  Wait: {Type: AWS::CloudFormation::WaitCondition, Properties: {Handle: !Ref Handle, Timeout: '60'}}
)");
  EXPECT_EQ(status("s"), "CREATE_IN_PROGRESS");
  clock_->advance(60s);
  clock_->advance(1ms);
  EXPECT_EQ(failure("s", "Wait"),
            "WaitCondition timed out. Received 0 conditions when expecting 1");
  EXPECT_EQ(status("s"), "ROLLBACK_COMPLETE");
}

TEST_F(SignalResource, TimeoutInMinutesBoundsTheWholeStack) {
  create("s", kWaits, {{"TimeoutInMinutes", 1}});
  clock_->advance(61s);
  EXPECT_EQ(status("s"), "ROLLBACK_COMPLETE");
}

TEST_F(CancelUpdateStack, RollsARunningUpdateBack) {
  create("s", "Resources: {A: {Type: AWS::SQS::Queue}}");
  EXPECT_EQ(cfn_error("CancelUpdateStack", {{"StackName", "s"}}),
            "ValidationError: CancelUpdateStack cannot be called from current stack status");
  EXPECT_NE(cfn_error("ContinueUpdateRollback", {{"StackName", "s"}})
                .find("is in CREATE_COMPLETE state and can not continue rolling back."),
            std::string::npos);
  update("s",
         "Resources: {A: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 3}}, "
         "B: {Type: AWS::SQS::Queue, CreationPolicy: {ResourceSignal: {Timeout: PT1H}}}}");
  EXPECT_EQ(status("s"), "UPDATE_IN_PROGRESS");
  EXPECT_EQ(queues(), 2U);
  cfn("CancelUpdateStack", {{"StackName", "s"}});
  clock_->advance(1ms);
  EXPECT_EQ(status("s"), "UPDATE_ROLLBACK_COMPLETE");
  EXPECT_EQ(queues(), 1U);
}

// The handle is a URL; whoever has it may signal.
TEST(WaitConditionHandle, TakesSignalsByPut) {
  MockAws aws;
  const auto cfn = aws.session().client("cloudformation");
  cfn.call("create_stack", {{"StackName", "s"}, {"TemplateBody", R"(
Resources:
  Handle: {Type: AWS::CloudFormation::WaitConditionHandle}
  Wait: {Type: AWS::CloudFormation::WaitCondition, Properties: {Handle: !Ref Handle, Timeout: 60}}
Outputs: {Data: {Value: !GetAtt Wait.Data}}
)"}});
  const std::string url =
      cfn.call("describe_stack_resource",
               {{"StackName", "s"},
                {"LogicalResourceId", "Handle"}})["StackResourceDetail"]["PhysicalResourceId"];
  const auto put = [&](const std::string& to, const std::string& body) {
    HttpRequest request;
    request.method = "PUT";
    request.host = "127.0.0.1:4566";
    request.target = to.substr(to.find('/', 8));
    request.body = Blob(body);
    return aws.handle(request).status;
  };
  const std::string good = R"({"Status":"SUCCESS","UniqueId":"1","Data":"d","Reason":"r"})";
  EXPECT_EQ(put(url + "x", good), 403);
  EXPECT_EQ(put(url, "nonsense"), 400);
  EXPECT_EQ(put("http://h/cloudformation-waitcondition-us-east-1/x/y", good), 404);
  EXPECT_EQ(put(url, good), 200);
  aws.clock().advance(Milliseconds(1));
  const Json stack = cfn.call("describe_stacks", {{"StackName", "s"}})["Stacks"][0];
  EXPECT_EQ(stack["StackStatus"], "CREATE_COMPLETE");
  EXPECT_EQ(stack["Outputs"][0]["OutputValue"], R"({"1":"d"})");
}

// A template in S3 needs its body, which only the dispatcher with a request can put.
class Nested : public testing::Test {
 protected:
  Nested() : cfn_(aws_.session().client("cloudformation")) {
    const auto s3 = aws_.session().client("s3");
    s3.call("create_bucket", {{"Bucket", "templates"}});
    s3.call("put_object", {{"Bucket", "templates"}, {"Key", "child"}, {"Body", R"(
Parameters: {Delay: {Type: Number, Default: 0}}
Resources: {Queue: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !Ref Delay}}}
Outputs: {Name: {Value: !GetAtt Queue.QueueName}}
)"}});
    s3.call("put_object", {{"Bucket", "templates"}, {"Key", "self"}, {"Body", R"(
Resources: {Again: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "http://h/templates/self"}}}
)"}});
  }
  std::string parent(int delay, const std::string& key = "child") {
    return "Resources: {Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "
           "'http://h/templates/" +
           key + "'" + (delay < 0 ? "" : ", Parameters: {Delay: " + std::to_string(delay) + "}") +
           "}}}\n";
  }
  Json stack(const std::string& name) {
    return cfn_.call("describe_stacks", {{"StackName", name}})["Stacks"][0];
  }
  MockAws aws_;
  Client cfn_;
};

TEST_F(Nested, StacksAreMadeUpdatedAndDeletedWithTheirParent) {
  const std::string outputs = "Outputs: {Name: {Value: !GetAtt Child.Outputs.Name}}";
  cfn_.call("create_stack", {{"StackName", "p"}, {"TemplateBody", parent(1) + outputs}});
  aws_.clock().advance(Milliseconds(1));
  EXPECT_EQ(stack("p")["StackStatus"], "CREATE_COMPLETE");
  const std::string id =
      cfn_.call("describe_stack_resource",
                {{"StackName", "p"},
                 {"LogicalResourceId", "Child"}})["StackResourceDetail"]["PhysicalResourceId"];
  EXPECT_EQ(stack(id)["ParentId"], stack("p")["StackId"]);
  EXPECT_EQ(stack("p")["Outputs"][0]["OutputValue"], stack(id)["Outputs"][0]["OutputValue"]);
  cfn_.call("update_stack", {{"StackName", "p"}, {"TemplateBody", parent(2) + outputs}});
  aws_.clock().advance(Milliseconds(1));
  EXPECT_EQ(stack("p")["StackStatus"], "UPDATE_COMPLETE");
  EXPECT_EQ(stack(id)["StackStatus"], "UPDATE_COMPLETE");
  cfn_.call("update_stack", {{"StackName", "p"}, {"TemplateBody", parent(901) + outputs}});
  aws_.clock().advance(Milliseconds(1));
  EXPECT_EQ(stack("p")["StackStatus"], "UPDATE_ROLLBACK_COMPLETE");
  cfn_.call("delete_stack", {{"StackName", "p"}});
  aws_.clock().advance(Milliseconds(1));
  EXPECT_EQ(stack(id)["StackStatus"], "DELETE_COMPLETE");
}

TEST_F(Nested, StacksThatFailTakeTheirParentDown) {
  cfn_.call("create_stack", {{"StackName", "p"}, {"TemplateBody", parent(901)}});
  aws_.clock().advance(Milliseconds(1));
  EXPECT_EQ(stack("p")["StackStatus"], "ROLLBACK_COMPLETE");
  EXPECT_FALSE(aws_.session().client("sqs").call("list_queues").contains("QueueUrls"));
}

TEST_F(Nested, StacksThatNestThemselvesComeToAnEnd) {
  cfn_.call("create_stack", {{"StackName", "p"}, {"TemplateBody", parent(-1, "self")}});
  aws_.clock().advance(Milliseconds(1));
  EXPECT_EQ(stack("p")["StackStatus"], "ROLLBACK_COMPLETE");
}

const std::string kOne = "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: one}}}";
const std::string kOther =
    "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: two}}, N: {Type: "
    "AWS::SQS::Queue}}";

TEST_F(CreateChangeSet, OfANewStackWaitsInReview) {
  cfn("CreateChangeSet", {{"StackName", "s"},
                          {"ChangeSetName", "c"},
                          {"ChangeSetType", "CREATE"},
                          {"TemplateBody", kOne}});
  EXPECT_EQ(status("s"), "REVIEW_IN_PROGRESS");
  EXPECT_EQ(reason("s"), "User Initiated");
  EXPECT_EQ(queues(), 0U);
  const Json set = cfn("DescribeChangeSet", {{"StackName", "s"}, {"ChangeSetName", "c"}});
  EXPECT_EQ(set["Status"], "CREATE_COMPLETE");
  EXPECT_EQ(set["ExecutionStatus"], "AVAILABLE");
  EXPECT_EQ(set["Changes"], Json({{{"Type", "Resource"},
                                   {"ResourceChange",
                                    {{"Action", "Add"},
                                     {"Details", Json::array()},
                                     {"LogicalResourceId", "Q"},
                                     {"ResourceType", "AWS::SQS::Queue"},
                                     {"Scope", Json::array()}}}}}));
  EXPECT_EQ(cfn_error("GetTemplateSummary", {{"StackName", "s"}}),
            "ValidationError: GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.");
  cfn("ExecuteChangeSet", {{"StackName", "s"}, {"ChangeSetName", "c"}});
  clock_->advance(1ms);
  EXPECT_EQ(status("s"), "CREATE_COMPLETE");
  EXPECT_EQ(stack("s")["ChangeSetId"], set["ChangeSetId"]);
}

// As LocalStack recorded it of AWS.
TEST_F(CreateChangeSet, TellsWhatAnUpdateWouldDo) {
  create("s", kOne);
  const Json made = cfn("CreateChangeSet",
                        {{"StackName", "s"}, {"ChangeSetName", "c"}, {"TemplateBody", kOther}});
  const Json set = cfn("DescribeChangeSet", {{"ChangeSetName", made["Id"]}});
  ASSERT_EQ(set["Changes"].size(), 2U);
  EXPECT_EQ(set["Changes"][0]["ResourceChange"]["Action"], "Add");
  EXPECT_EQ(set["Changes"][1]["ResourceChange"],
            Json({{"Action", "Modify"},
                  {"LogicalResourceId", "Q"},
                  {"PhysicalResourceId", physical("s", "Q")},
                  {"PolicyAction", "ReplaceAndDelete"},
                  {"Replacement", "True"},
                  {"ResourceType", "AWS::SQS::Queue"},
                  {"Scope", {"Properties"}},
                  {"Details",
                   {{{"ChangeSource", "DirectModification"},
                     {"Evaluation", "Static"},
                     {"Target",
                      {{"Attribute", "Properties"},
                       {"Name", "QueueName"},
                       {"RequiresRecreation", "Always"}}}}}}}));
  EXPECT_EQ(cfn("ListChangeSets", {{"StackName", "s"}})["Summaries"].size(), 1U);
  cfn("ExecuteChangeSet", {{"ChangeSetName", made["Id"]}});
  clock_->advance(1ms);
  EXPECT_EQ(status("s"), "UPDATE_COMPLETE");
  EXPECT_EQ(physical("s", "Q"), "http://127.0.0.1:4566/123456789012/two");
}

TEST_F(CreateChangeSet, WithoutChangesFails) {
  create("s", kOne);
  const Json made =
      cfn("CreateChangeSet", {{"StackName", "s"}, {"ChangeSetName", "c"}, {"TemplateBody", kOne}});
  const Json set = cfn("DescribeChangeSet", {{"StackName", "s"}, {"ChangeSetName", "c"}});
  EXPECT_EQ(set["Status"], "FAILED");
  EXPECT_EQ(set["ExecutionStatus"], "UNAVAILABLE");
  EXPECT_EQ(set["StatusReason"],
            "The submitted information didn't contain changes. Submit different information to "
            "create a change set.");
  const std::string id = made["Id"];
  EXPECT_EQ(cfn_error("ExecuteChangeSet", {{"ChangeSetName", id}}),
            "InvalidChangeSetStatus: ChangeSet [" + id +
                "] cannot be executed in its current status of [FAILED]");
  cfn("DeleteChangeSet", {{"ChangeSetName", id}});
  EXPECT_EQ(cfn_error("DescribeChangeSet", {{"ChangeSetName", id}}),
            "ChangeSetNotFound: ChangeSet [" + id + "] does not exist");
}

TEST_F(CreateChangeSet, IsRefusedInAwssWords) {
  create("s", kOne);
  const struct {
    std::string operation;
    Json input;
    std::string error;
  } rows[] = {
      {"CreateChangeSet",
       {{"StackName", "s"},
        {"ChangeSetName", "c"},
        {"ChangeSetType", "CREATE"},
        {"TemplateBody", kOne}},
       "ValidationError: Stack [s] already exists and cannot be created again with the changeSet "
       "[c]."},
      {"CreateChangeSet",
       {{"StackName", "none"}, {"ChangeSetName", "c"}, {"TemplateBody", kOne}},
       "ValidationError: Stack [none] does not exist"},
      {"CreateChangeSet",
       {{"StackName", "s"},
        {"ChangeSetName", "c"},
        {"ChangeSetType", "IMPORT"},
        {"TemplateBody", kOne}},
       "NotImplemented: A change set of the type IMPORT is not emulated by Cloud Chamber"},
      {"DescribeChangeSet",
       {{"StackName", "none"}, {"ChangeSetName", "c"}},
       "ValidationError: Stack [none] does not exist"},
      {"DescribeChangeSet",
       {{"StackName", "s"}, {"ChangeSetName", "c"}},
       "ChangeSetNotFound: ChangeSet [c] does not exist"},
      {"DeleteChangeSet",
       {{"ChangeSetName", "c"}},
       "ValidationError: StackName must be specified if ChangeSetName is not specified as an ARN."},
      {"DeleteChangeSet",
       {{"StackName", "nostack"}, {"ChangeSetName", "c"}},
       "ValidationError: Stack [nostack] does not exist"},
      {"GetTemplate",
       {{"ChangeSetName", "c"}},
       "ValidationError: StackName is a required parameter."},
  };
  for (const auto& row : rows) EXPECT_EQ(cfn_error(row.operation, row.input), row.error);
}

}  // namespace
}  // namespace cloudchamber::mock::cloudformation

// The life of stacks: created, updated, rolled back, deleted, with AWS's statuses and events.
#include "tests/mock-server/services/cloudformation/cloudformation_fixture.h"

namespace cloudchamber::mock::cloudformation {
namespace {

using CreateStack = CloudFormationFixture;
using UpdateStack = CloudFormationFixture;
using DeleteStack = CloudFormationFixture;
using DescribeStacks = CloudFormationFixture;
using ListStacks = CloudFormationFixture;
using DescribeStackEvents = CloudFormationFixture;
using DescribeStackResource = CloudFormationFixture;
using DescribeStackResources = CloudFormationFixture;
using ListStackResources = CloudFormationFixture;
using GetTemplate = CloudFormationFixture;
using ListExports = CloudFormationFixture;
using UpdateTerminationProtection = CloudFormationFixture;
using SetStackPolicy = CloudFormationFixture;

const std::string kQueue = "Resources: {Queue: {Type: AWS::SQS::Queue}}\n";
const std::string kTwo = R"(
Resources:
  First: {Type: AWS::SQS::Queue}
  Second: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt First.Arn, maxReceiveCount: 3}}}
Outputs: {Url: {Value: !Ref Second}}
)";
// The second can't be made: nobody has such a dead-letter queue's count.
const std::string kBroken = R"(
Resources:
  Good: {Type: AWS::SQS::Queue}
  Bad: {Type: AWS::SQS::Queue, DependsOn: Good, Properties: {DelaySeconds: 901}}
)";

TEST_F(CreateStack, IsInProgressAtOnceAndCompleteAtAnyLaterTime) {
  cfn("CreateStack", {{"StackName", "s"}, {"TemplateBody", kTwo}});
  EXPECT_EQ(status("s"), "CREATE_IN_PROGRESS");
  EXPECT_EQ(outputs("s"), Json::object());
  clock_->advance(1ms);
  EXPECT_EQ(status("s"), "CREATE_COMPLETE");
  EXPECT_EQ(outputs("s")["Url"], physical("s", "Second"));
  EXPECT_EQ(queues(), 2U);
  EXPECT_TRUE(physical("s", "First").find("/123456789012/s-First-") != std::string::npos);
}

TEST_F(CreateStack, WritesEventsInOrder) {
  create("s", kTwo);
  EXPECT_EQ(events("s"),
            (std::vector<std::string>{"CREATE_IN_PROGRESS s", "CREATE_IN_PROGRESS First",
                                      "CREATE_IN_PROGRESS First", "CREATE_COMPLETE First",
                                      "CREATE_IN_PROGRESS Second", "CREATE_IN_PROGRESS Second",
                                      "CREATE_COMPLETE Second", "CREATE_COMPLETE s"}));
}

TEST_F(CreateStack, RollsBackWhollyWhenOneResourceFails) {
  create("s", kBroken);
  EXPECT_EQ(status("s"), "ROLLBACK_COMPLETE");
  EXPECT_EQ(queues(), 0U);
  EXPECT_EQ(events("s"),
            (std::vector<std::string>{
                "CREATE_IN_PROGRESS s", "CREATE_IN_PROGRESS Good", "CREATE_IN_PROGRESS Good",
                "CREATE_COMPLETE Good", "CREATE_IN_PROGRESS Bad", "CREATE_FAILED Bad",
                "ROLLBACK_IN_PROGRESS s", "DELETE_COMPLETE Bad", "DELETE_IN_PROGRESS Good",
                "DELETE_COMPLETE Good", "ROLLBACK_COMPLETE s"}));
  EXPECT_TRUE(
      failure("s", "Bad")
          .starts_with(
              "Resource handler returned message: \"Invalid value for the parameter DelaySeconds. "
              "(Service: Sqs, Status Code: 400, Request ID: "))
      << failure("s", "Bad");
  EXPECT_EQ(
      cfn_error("UpdateStack", {{"StackName", "s"}, {"TemplateBody", kQueue}})
              .find("is in ROLLBACK_COMPLETE state and can not be updated.") == std::string::npos,
      false);
}

TEST_F(CreateStack, OnFailureLeavesOrDeletes) {
  create("left", kBroken, {{"OnFailure", "DO_NOTHING"}});
  EXPECT_EQ(status("left"), "CREATE_FAILED");
  EXPECT_EQ(reason("left"), "The following resource(s) failed to create: [Bad]. ");
  EXPECT_EQ(queues(), 1U);
  const std::string id = create("gone", kBroken, {{"OnFailure", "DELETE"}});
  EXPECT_EQ(status(id), "DELETE_COMPLETE");
  EXPECT_EQ(cfn_error("DescribeStacks", {{"StackName", "gone"}}),
            "ValidationError: Stack with id gone does not exist");
}

TEST_F(CreateStack, FailsForWhatATypeDoesNotHave) {
  create("s", "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {Colour: red}}}");
  EXPECT_EQ(status("s"), "ROLLBACK_COMPLETE");
  EXPECT_NE(failure("s", "Q").find("extraneous key [Colour]"), std::string::npos);
  create("t", "Resources: {T: {Type: AWS::DynamoDB::Table}}");
  EXPECT_EQ(failure("t", "T"),
            "Property validation failure: [The property {/KeySchema} is required]");
}

TEST_F(CreateStack, RefusesANameThatIsTakenAndNamesThatAreNone) {
  create("s", kQueue);
  EXPECT_EQ(create_error(kQueue, {{"StackName", "s"}}),
            "AlreadyExistsException: Stack [s] already exists");
  for (const char* name : {"*@da591fa3_$", "1a", "a_b", "a b"}) {
    EXPECT_EQ(create_error(kQueue, {{"StackName", name}}),
              std::string("ValidationError: 1 validation error detected: Value '") + name +
                  "' at 'stackName' failed to satisfy constraint: Member must satisfy regular "
                  "expression pattern: [a-zA-Z][-a-zA-Z0-9]*")
        << name;
  }
}

TEST_F(CreateStack, GivesTheSameStackForTheSameToken) {
  const Json input{{"StackName", "s"}, {"TemplateBody", kQueue}, {"ClientRequestToken", "t"}};
  EXPECT_EQ(cfn("CreateStack", input), cfn("CreateStack", input));
}

TEST_F(UpdateStack, ChangesInPlaceAddsAndRemoves) {
  create("s", kTwo);
  const std::string first = physical("s", "First");
  update("s", R"(
Resources:
  First: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 7}}
  Third: {Type: AWS::SQS::Queue}
)");
  EXPECT_EQ(status("s"), "UPDATE_COMPLETE");
  EXPECT_EQ(physical("s", "First"), first);
  EXPECT_EQ(call("sqs", "GetQueueAttributes",
                 {{"QueueUrl", first}, {"AttributeNames", {"DelaySeconds"}}})["Attributes"],
            Json({{"DelaySeconds", "7"}}));
  EXPECT_EQ(queues(), 2U);
  const std::vector<std::string> all = events("s");
  EXPECT_EQ((std::vector<std::string>{all.begin() + 8, all.end()}),
            (std::vector<std::string>{
                "UPDATE_IN_PROGRESS s", "UPDATE_IN_PROGRESS First", "CREATE_IN_PROGRESS Third",
                "CREATE_IN_PROGRESS Third", "UPDATE_COMPLETE First", "CREATE_COMPLETE Third",
                "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS s", "DELETE_IN_PROGRESS Second",
                "DELETE_COMPLETE Second", "UPDATE_COMPLETE s"}));
  EXPECT_EQ(
      cfn_error("DescribeStackResource", {{"StackName", "s"}, {"LogicalResourceId", "Second"}}),
      "ValidationError: Resource Second does not exist for stack s");
}

TEST_F(UpdateStack, ReplacesWhatCanNotChange) {
  create("s", "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: one}}}");
  update("s", "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: two}}}");
  EXPECT_EQ(physical("s", "Q"), "http://127.0.0.1:4566/123456789012/two");
  EXPECT_EQ(queues(), 1U);
}

TEST_F(UpdateStack, SaysWhenThereIsNothingToDo) {
  create("s", kTwo);
  EXPECT_EQ(cfn_error("UpdateStack", {{"StackName", "s"}, {"TemplateBody", kTwo}}),
            "ValidationError: No updates are to be performed.");
  EXPECT_EQ(cfn_error("UpdateStack", {{"StackName", "s"}, {"UsePreviousTemplate", true}}),
            "ValidationError: No updates are to be performed.");
  EXPECT_EQ(cfn_error("UpdateStack", {{"StackName", "s"}}),
            "ValidationError: Either Template URL or Template Body must be specified.");
  EXPECT_EQ(cfn_error("UpdateStack", {{"StackName", "none"}, {"TemplateBody", kTwo}}),
            "ValidationError: Stack [none] does not exist");
}

TEST_F(UpdateStack, ComesBackToWhatWasWhenSomethingFails) {
  create("s", kTwo);
  const std::string first = physical("s", "First");
  update("s", R"(
Resources:
  First: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 7}}
  Second: {Type: AWS::SQS::Queue}
  New: {Type: AWS::SQS::Queue, DependsOn: First}
  Bad: {Type: AWS::SQS::Queue, DependsOn: New, Properties: {DelaySeconds: 901}}
)");
  EXPECT_EQ(status("s"), "UPDATE_ROLLBACK_COMPLETE");
  EXPECT_EQ(queues(), 2U);
  EXPECT_EQ(call("sqs", "GetQueueAttributes",
                 {{"QueueUrl", first}, {"AttributeNames", {"DelaySeconds"}}})["Attributes"],
            Json({{"DelaySeconds", "0"}}));
  EXPECT_EQ(outputs("s")["Url"], physical("s", "Second"));
  const std::vector<std::string> all = events("s");
  for (const char* line : {"CREATE_FAILED Bad", "UPDATE_ROLLBACK_IN_PROGRESS s",
                           "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS s", "DELETE_COMPLETE New"})
    EXPECT_NE(std::find(all.begin(), all.end(), line), all.end()) << line;
  update("s", kQueue);
  EXPECT_EQ(status("s"), "UPDATE_COMPLETE") << "it can be updated again";
}

TEST_F(UpdateStack, KeepsParametersThatItIsTold) {
  const std::string body =
      "Parameters: {P: {Type: String}, Q: {Type: Number, Default: 1}}\n"
      "Resources: {A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref P, DelaySeconds: !Ref "
      "Q}}}";
  create("s", body, {{"Parameters", {{{"ParameterKey", "P"}, {"ParameterValue", "named"}}}}});
  update("s", body,
         {{"Parameters",
           {{{"ParameterKey", "P"}, {"UsePreviousValue", true}},
            {{"ParameterKey", "Q"}, {"ParameterValue", "9"}}}}});
  EXPECT_EQ(stack("s")["Parameters"], Json({{{"ParameterKey", "P"}, {"ParameterValue", "named"}},
                                            {{"ParameterKey", "Q"}, {"ParameterValue", "9"}}}));
}

TEST_F(DeleteStack, RemovesWhatItMadeAndKeepsWhatIsToBeRetained) {
  const std::string id = create("s", R"(
Resources:
  Kept: {Type: AWS::SQS::Queue, DeletionPolicy: Retain}
  Gone: {Type: AWS::SQS::Queue}
)");
  cfn("DeleteStack", {{"StackName", "s"}});
  EXPECT_EQ(status("s"), "DELETE_IN_PROGRESS");
  clock_->advance(1ms);
  EXPECT_EQ(cfn_error("DescribeStacks", {{"StackName", "s"}}),
            "ValidationError: Stack with id s does not exist");
  EXPECT_EQ(status(id), "DELETE_COMPLETE");
  EXPECT_TRUE(stack(id).contains("DeletionTime"));
  EXPECT_EQ(queues(), 1U);
  const std::vector<std::string> all = events(id);
  EXPECT_NE(std::find(all.begin(), all.end(), "DELETE_SKIPPED Kept"), all.end());
  create("s", kQueue);
  EXPECT_EQ(status("s"), "CREATE_COMPLETE") << "the name is free again";
  EXPECT_EQ(cfn_error("DeleteStack", {{"StackName", "nobody"}}), "succeeded");
}

TEST_F(DeleteStack, FailsOnABucketWithObjectsAndThenRetainsIt) {
  create("s", "Resources: {B: {Type: AWS::S3::Bucket, Properties: {BucketName: full}}}");
  call("s3", "PutObject", {{"Bucket", "full"}, {"Key", "k"}});
  remove("s");
  EXPECT_EQ(status("s"), "DELETE_FAILED");
  EXPECT_EQ(reason("s"), "The following resource(s) failed to delete: [B]. ");
  cfn("DeleteStack", {{"StackName", "s"}, {"RetainResources", {"B"}}});
  clock_->advance(1ms);
  EXPECT_EQ(cfn_error("DescribeStacks", {{"StackName", "s"}}),
            "ValidationError: Stack with id s does not exist");
  EXPECT_EQ(error_of("s3", "HeadBucket", {{"Bucket", "full"}}), "succeeded");
}

TEST_F(UpdateTerminationProtection, KeepsAStackFromBeingDeleted) {
  create("s", kQueue, {{"EnableTerminationProtection", true}});
  EXPECT_EQ(cfn_error("DeleteStack", {{"StackName", "s"}}),
            "ValidationError: Stack [s] cannot be deleted while TerminationProtection is enabled");
  cfn("UpdateTerminationProtection", {{"StackName", "s"}, {"EnableTerminationProtection", false}});
  remove("s");
  EXPECT_EQ(queues(), 0U);
}

TEST_F(ListStacks, ShowsDeletedOnesForNinetyDays) {
  create("a", kQueue);
  create("b", kQueue);
  remove("a");
  const auto names = [&](const Json& input) {
    std::vector<std::string> result;
    const Json all = cfn("ListStacks", input)["StackSummaries"];
    for (const Json& one : all)
      result.push_back(one["StackName"].get<std::string>() + ' ' +
                       one["StackStatus"].get<std::string>());
    return result;
  };
  EXPECT_EQ(names(Json::object()),
            (std::vector<std::string>{"b CREATE_COMPLETE", "a DELETE_COMPLETE"}));
  EXPECT_EQ(names({{"StackStatusFilter", {"DELETE_COMPLETE"}}}),
            (std::vector<std::string>{"a DELETE_COMPLETE"}));
  clock_->advance(std::chrono::hours(90 * 24 + 1));
  EXPECT_EQ(names(Json::object()), (std::vector<std::string>{"b CREATE_COMPLETE"}));
  EXPECT_EQ(cfn_error("ListStacks", {{"NextToken", "nonsense"}}),
            "ValidationError: Invalid next token");
}

TEST_F(DescribeStackEvents, ComeInPagesNewestFirst) {
  std::string body = "Resources:\n";
  for (int i = 0; i < 40; ++i) body += "  Q" + std::to_string(i) + ": {Type: AWS::SQS::Queue}\n";
  create("s", body);
  const Json first = cfn("DescribeStackEvents", {{"StackName", "s"}});
  EXPECT_EQ(first["StackEvents"].size(), 100U);
  EXPECT_EQ(first["StackEvents"][0]["ResourceStatus"], "CREATE_COMPLETE");
  EXPECT_EQ(first["StackEvents"][0]["ResourceType"], "AWS::CloudFormation::Stack");
  const Json second =
      cfn("DescribeStackEvents", {{"StackName", "s"}, {"NextToken", first["NextToken"]}});
  EXPECT_EQ(second["StackEvents"].size(), 22U);
  EXPECT_FALSE(second.contains("NextToken"));
  EXPECT_EQ(cfn_error("DescribeStackEvents", {{"StackName", "none"}}),
            "ValidationError: Stack [none] does not exist");
}

TEST_F(DescribeStackResource, TellsOfOneResource) {
  create("s", "Resources: {Q: {Type: AWS::SQS::Queue, Metadata: {a: !Ref 'AWS::Region'}}}");
  const Json detail = cfn("DescribeStackResource",
                          {{"StackName", "s"}, {"LogicalResourceId", "Q"}})["StackResourceDetail"];
  EXPECT_EQ(detail["ResourceStatus"], "CREATE_COMPLETE");
  EXPECT_EQ(detail["Metadata"], R"({"a":"us-east-1"})");
  EXPECT_EQ(cfn_error("DescribeStackResource", {{"StackName", "x"}, {"LogicalResourceId", "Q"}}),
            "ValidationError: Stack 'x' does not exist");
  EXPECT_EQ(cfn_error("DescribeStackResource", {{"StackName", "s"}, {"LogicalResourceId", "X"}}),
            "ValidationError: Resource X does not exist for stack s");
}

TEST_F(DescribeStackResources, AreFoundByStackOrByPhysicalId) {
  create("s", kTwo);
  EXPECT_EQ(cfn("DescribeStackResources", {{"StackName", "s"}})["StackResources"].size(), 2U);
  EXPECT_EQ(cfn("DescribeStackResources", {{"PhysicalResourceId", physical("s", "First")},
                                           {"LogicalResourceId", "First"}})["StackResources"]
                .size(),
            1U);
  EXPECT_EQ(cfn_error("DescribeStackResources", {{"PhysicalResourceId", "x"}}),
            "ValidationError: Stack for x does not exist");
}

TEST_F(ListStackResources, ShowsSummaries) {
  create("s", kQueue);
  const Json summary = cfn("ListStackResources", {{"StackName", "s"}})["StackResourceSummaries"][0];
  EXPECT_EQ(summary["LogicalResourceId"], "Queue");
  EXPECT_EQ(summary["ResourceType"], "AWS::SQS::Queue");
}

TEST_F(GetTemplate, GivesTheTextAsItWas) {
  create("s", kTwo);
  EXPECT_EQ(cfn("GetTemplate", {{"StackName", "s"}}),
            Json({{"TemplateBody", kTwo}, {"StagesAvailable", {"Original", "Processed"}}}));
  EXPECT_EQ(cfn_error("GetTemplate", {{"StackName", "does-not-exist"}}),
            "ValidationError: Stack with id does-not-exist does not exist");
  EXPECT_EQ(cfn_error("GetTemplate", Json::object()),
            "ValidationError: StackName is required if ChangeSetName is not specified.");
}

const std::string kExports =
    kQueue + "Outputs: {Q: {Value: !GetAtt Queue.QueueName, Export: {Name: shared}}}\n";
const std::string kImports =
    "Resources: {Other: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub ['${a}x', {a: "
    "!ImportValue shared}]}}}";

TEST_F(ListExports, BindStacksTogether) {
  create("giver", kExports);
  create("taker", kImports);
  EXPECT_EQ(cfn("ListExports", Json::object())["Exports"][0]["Name"], "shared");
  EXPECT_EQ(cfn("ListImports", {{"ExportName", "shared"}})["Imports"], Json({"taker"}));
  EXPECT_EQ(cfn_error("ListImports", {{"ExportName", "none"}}),
            "ValidationError: Export 'none' is not imported by any stack.");
  remove("giver");
  EXPECT_EQ(status("giver"), "CREATE_COMPLETE");
  EXPECT_EQ(reason("giver"), "Export shared cannot be deleted as it is in use by taker");
  update("giver", kQueue);
  EXPECT_EQ(status("giver"), "UPDATE_ROLLBACK_COMPLETE");
  remove("taker");
  remove("giver");
  EXPECT_EQ(queues(), 0U);
}

TEST_F(ListExports, AreUniqueAndMustBeThere) {
  create("giver", kExports);
  create("rival", kExports);
  EXPECT_EQ(status("rival"), "ROLLBACK_COMPLETE");
  remove("giver");
  create("taker", kImports);
  const Json all = cfn("DescribeStackEvents", {{"StackName", "taker"}})["StackEvents"];
  EXPECT_EQ(status("taker"), "ROLLBACK_COMPLETE");
  EXPECT_EQ(all[1]["ResourceStatusReason"],
            "No export named shared found. Rollback requested by user.")
      << all;
}

TEST_F(SetStackPolicy, IsCheckedKeptAndShown) {
  create("s", kQueue);
  EXPECT_EQ(cfn("GetStackPolicy", {{"StackName", "s"}}), Json::object());
  const std::string policy =
      R"({"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"}]})";
  cfn("SetStackPolicy", {{"StackName", "s"}, {"StackPolicyBody", policy}});
  EXPECT_EQ(cfn("GetStackPolicy", {{"StackName", "s"}})["StackPolicyBody"], policy);
  EXPECT_EQ(cfn_error("SetStackPolicy", {{"StackName", "s"}, {"StackPolicyBody", "{}"}}),
            "ValidationError: Error validating stack policy: Invalid stack policy");
  EXPECT_EQ(cfn_error("SetStackPolicy", {{"StackName", "x"}, {"StackPolicyBody", policy}}),
            "ValidationError: Stack: x does not exist");
}

TEST_F(DescribeStacks, ShowsTheMembersThatAwsShows) {
  create("s", kQueue, {{"Tags", {{{"Key", "a"}, {"Value", "b"}}}}});
  const Json shown = stack("s");
  EXPECT_EQ(shown["DriftInformation"], Json({{"StackDriftStatus", "NOT_CHECKED"}}));
  EXPECT_EQ(shown["Tags"], Json({{{"Key", "a"}, {"Value", "b"}}}));
  EXPECT_EQ(shown["NotificationARNs"], Json::array());
  EXPECT_EQ(shown["RollbackConfiguration"], Json::object());
  EXPECT_EQ(shown["DisableRollback"], false);
  EXPECT_FALSE(shown.contains("Outputs"));
  EXPECT_FALSE(shown.contains("StackStatusReason"));
  EXPECT_EQ(cfn("DescribeAccountLimits", Json::object())["AccountLimits"][0]["Value"], 2000);
}

}  // namespace
}  // namespace cloudchamber::mock::cloudformation

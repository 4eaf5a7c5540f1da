#include "recordings/verify/verify.h"

#include "tests/recordings/verify/recorded_story.h"

namespace cloudchamber::recordings {
namespace {

using namespace std::chrono_literals;

TEST(Verify, FindsTheMockToBeItself) {
  RecordedStory tape;
  const Client ec2 = tape.client("ec2");
  const std::string vpc =
      ec2.call("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}}).at("Vpc").at("VpcId");
  const std::string subnet =
      ec2.call("CreateSubnet", {{"VpcId", vpc}, {"CidrBlock", "10.0.1.0/24"}})
          .at("Subnet")
          .at("SubnetId");
  ec2.call("RunInstances", {{"ImageId", "ami-0abcdef1234567890"},
                            {"InstanceType", "t3.micro"},
                            {"MinCount", 2},
                            {"MaxCount", 2},
                            {"SubnetId", subnet}});
  tape.pass(60s);
  ec2.call("DescribeInstances", {{"Filters", {{{"Name", "subnet-id"}, {"Values", {subnet}}}}}});
  EXPECT_THROW(ec2.call("DeleteSubnet", {{"SubnetId", subnet}}), ClientError);

  const Client sqs = tape.client("sqs");
  const std::string url = sqs.call("CreateQueue", {{"QueueName", "q"}}).at("QueueUrl");
  sqs.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "hello"}});
  const Json got = sqs.call("ReceiveMessage", {{"QueueUrl", url}, {"AttributeNames", {"All"}}});
  const std::string handle = got.at("Messages").at(0).at("ReceiptHandle");
  sqs.call("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", handle}});

  const Client s3 = tape.client("s3");
  s3.call("CreateBucket", {{"Bucket", "bucket"},
                           {"CreateBucketConfiguration", {{"LocationConstraint", "eu-west-1"}}}});
  s3.call("PutBucketVersioning",
          {{"Bucket", "bucket"}, {"VersioningConfiguration", {{"Status", "Enabled"}}}});
  const Json put = s3.call("PutObject", {{"Bucket", "bucket"}, {"Key", "a/ö"}, {"Body", "text"}});
  s3.call("GetObject", {{"Bucket", "bucket"}, {"Key", "a/ö"}, {"VersionId", put.at("VersionId")}});
  s3.call("DeleteObjects",
          {{"Bucket", "bucket"},
           {"Delete", {{"Objects", {{{"Key", "a/ö"}, {"VersionId", put.at("VersionId")}}}}}}});
  EXPECT_THROW(s3.call("GetObject", {{"Bucket", "bucket"}, {"Key", "none"}}), ClientError);
  const Client iam = tape.client("iam");
  iam.call("CreateUser", {{"UserName", "ann"}});
  iam.call("CreateAccessKey", {{"UserName", "ann"}});
  iam.call("ListAccessKeys", {{"UserName", "ann"}});

  const Report report = verified(tape.recording);
  EXPECT_EQ(report.total().of(Outcome::kSame), tape.recording.interactions.size())
      << differences(report);
}

TEST(Verify, SendsWhatEarlierAnswersGaveAsTheMockGaveIt) {
  RecordedStory tape;
  const Client ec2 = tape.client("ec2");
  const std::string vpc =
      ec2.call("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}}).at("Vpc").at("VpcId");
  ec2.call("CreateTags", {{"Resources", {vpc}}, {"Tags", {{{"Key", "Name"}, {"Value", vpc}}}}});
  ec2.call("DescribeVpcs", {{"VpcIds", {vpc}}});
  ec2.call("DeleteVpc", {{"VpcId", vpc}});
  EXPECT_THROW(ec2.call("DeleteVpc", {{"VpcId", vpc}}), ClientError);  // its message names it
  const Report report = verified(tape.recording);
  EXPECT_EQ(report.total().of(Outcome::kSame), 5U) << differences(report);
}

TEST(Verify, SaysWhereTheMockIsNotAsRecorded) {
  RecordedStory tape;
  const Client iam = tape.client("iam");
  EXPECT_THROW(iam.call("GetUser", {{"UserName", "ann"}}), ClientError);
  tape.change("cannot be found", "is nowhere");
  iam.call("CreateUser", {{"UserName", "bob"}});
  tape.change("<Path>/</Path>", "<Path>/x/</Path>");
  const Report report = verified(tape.recording);
  EXPECT_THAT(outcomes(report),
              testing::ElementsAre("GetUser: different", "CreateUser: different"));
  const Difference& message = report.calls[0].differences.at(0);
  EXPECT_EQ(message.aspect, Aspect::kMessage);
  EXPECT_EQ(message.recorded, "The user with name ann is nowhere.");
  EXPECT_EQ(message.mock, "The user with name ann cannot be found.");
  const Difference& path = report.calls[1].differences.at(0);
  EXPECT_EQ(path.aspect, Aspect::kMember);
  EXPECT_EQ(path.where, "User.Path");
  EXPECT_EQ(path.recorded, "/x/");
}

TEST(Verify, TellsAnotherStatusAndAnotherCode) {
  RecordedStory tape;
  const Client iam = tape.client("iam");
  EXPECT_THROW(iam.call("DeleteGroup", {{"GroupName", "g"}}), ClientError);
  tape.recording.interactions.back().exchange.response.status = 409;
  tape.change("NoSuchEntity", "DeleteConflict");
  const Report report = verified(tape.recording);
  ASSERT_EQ(report.calls.size(), 1U);
  EXPECT_EQ(report.calls[0].differences.at(0).aspect, Aspect::kStatus);
  EXPECT_EQ(report.calls[0].differences.at(1).aspect, Aspect::kCode);
}

TEST(Verify, CountsWhatIsAboutThingsMadeBeforeTheRecordingBegan) {
  RecordedStory tape;
  const Client iam = tape.client("iam");
  iam.call("CreateUser", {{"UserName", "old"}});
  tape.forget();
  iam.call("CreateUser", {{"UserName", "new"}});
  iam.call("GetUser", {{"UserName", "old"}});
  iam.call("ListUsers");
  iam.call("GetUser", {{"UserName", "new"}});
  EXPECT_THAT(outcomes(verified(tape.recording)),
              testing::ElementsAre("CreateUser: same", "GetUser: before", "ListUsers: before",
                                   "GetUser: same"));
}

TEST(Verify, MakesBucketsQueuesAndTablesThatTheRecordingFoundThere) {
  RecordedStory tape;
  const Client s3 = tape.client("s3");
  const Client sqs = tape.client("sqs");
  const Client dynamodb = tape.client("dynamodb");
  s3.call("CreateBucket", {{"Bucket", "bucket"},
                           {"CreateBucketConfiguration", {{"LocationConstraint", "eu-west-1"}}}});
  sqs.call("CreateQueue", {{"QueueName", "q.fifo"}, {"Attributes", {{"FifoQueue", "true"}}}});
  dynamodb.call("CreateTable",
                {{"TableName", "table"},
                 {"AttributeDefinitions", {{{"AttributeName", "id"}, {"AttributeType", "S"}}}},
                 {"KeySchema", {{{"AttributeName", "id"}, {"KeyType", "HASH"}}}},
                 {"BillingMode", "PAY_PER_REQUEST"}});
  tape.pass(1s);
  dynamodb.call("PutItem",
                {{"TableName", "table"}, {"Item", {{"id", {{"S", "x"}}}, {"n", {{"N", "1"}}}}}});
  tape.forget();
  s3.call("PutObject", {{"Bucket", "bucket"}, {"Key", "k"}, {"Body", "text"}});
  const std::string url = sqs.call("GetQueueUrl", {{"QueueName", "q.fifo"}}).at("QueueUrl");
  sqs.call("SendMessage", {{"QueueUrl", url},
                           {"MessageBody", "m"},
                           {"MessageGroupId", "g"},
                           {"MessageDeduplicationId", "d"}});
  dynamodb.call("DescribeTable", {{"TableName", "table"}});
  dynamodb.call("Scan", {{"TableName", "table"}});
  dynamodb.call("DeleteItem", {{"TableName", "table"},
                               {"Key", {{"id", {{"S", "x"}}}}},
                               {"ConditionExpression", "n = :one"},
                               {"ExpressionAttributeValues", {{":one", {{"N", "1"}}}}}});
  const Report report = verified(tape.recording);
  EXPECT_EQ(report.total().compared() - report.total().agreeing(), 0U) << differences(report);
  EXPECT_GE(report.total().of(Outcome::kSame), 5U) << differences(report);
}

TEST(Verify, SetsAsideWhatAsksWithAnAnswerThatDiffers) {
  RecordedStory tape;
  const Client sqs = tape.client("sqs");
  const std::string url = sqs.call("CreateQueue", {{"QueueName", "q"}}).at("QueueUrl");
  sqs.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "sent by others"}});
  tape.recording.interactions.pop_back();
  const Json got = sqs.call("ReceiveMessage", {{"QueueUrl", url}});
  const std::string handle = got.at("Messages").at(0).at("ReceiptHandle");
  sqs.call("ChangeMessageVisibility",
           {{"QueueUrl", url}, {"ReceiptHandle", handle}, {"VisibilityTimeout", 5}});
  EXPECT_THAT(outcomes(verified(tape.recording)),
              testing::ElementsAre("CreateQueue: same", "ReceiveMessage: unreproducible",
                                   "ChangeMessageVisibility: follows"));
}

TEST(Verify, CountsMembersThatTheRecordingLacksApart) {
  RecordedStory tape;
  tape.client("iam").call("CreateGroup", {{"GroupName", "g"}});
  tape.change("<Path>/</Path>", "");
  EXPECT_THAT(outcomes(verified(tape.recording)), testing::ElementsAre("CreateGroup: more"));
}

TEST(Verify, CountsRequestsThatNoModelKnowsByHost) {
  Recording recording;
  recording.interactions.emplace_back();
  recording.interactions[0].exchange.request.host = "example.com";
  const Report report = verified(recording);
  EXPECT_EQ(report.calls.size(), 0U);
  EXPECT_EQ(report.unknown.at("example.com"), 1U);
}

TEST(Verify, NamesAnAnswerThatIsNoneOfTheService) {
  RecordedStory tape;
  tape.client("iam").call("CreateGroup", {{"GroupName", "g"}});
  tape.recording.interactions[0].exchange.response.body = Blob("<html>");
  const Report report = verified(tape.recording);
  ASSERT_EQ(report.refused.size(), 1U);
  EXPECT_EQ(report.refused[0].file, "story.har#1");
}

}  // namespace
}  // namespace cloudchamber::recordings

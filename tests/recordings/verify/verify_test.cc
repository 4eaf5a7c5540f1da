#include "recordings/verify/verify.h"

#include <cloudchamber/cloudchamber.h>
#include <cloudchamber/in_process_transport.h>
#include <gmock/gmock.h>

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cloudchamber/virtual_clock.h"
#include "mock-server/mock_aws.h"
#include "sdk/recording/redaction.h"

namespace cloudchamber::recordings {
namespace {

using mock::MockAws;
using namespace std::chrono_literals;

// Records what the calls of a test do to a world of its own, with ids and times of its own.
class Tape {
 public:
  Tape() : clock_(std::make_shared<VirtualClock>()), aws_({.seed = 99, .clock = clock_}) {
    recording.clock = clock_->now();
  }

  [[nodiscard]] Client client(const std::string& service) {
    SessionOptions options;
    options.region_name = "eu-west-1";
    options.aws_access_key_id = mock::kDefaultAccessKeyId;
    options.aws_secret_access_key = mock::kDefaultSecretAccessKey;
    options.clock = clock_;
    options.transport = make_in_process_transport([this](const HttpRequest& request) {
      Exchange exchange{.request = request, .started = clock_->now()};
      exchange.response = aws_.handle(request);
      recording.interactions.push_back({exchange, std::nullopt});
      return exchange.response;
    });
    return Session(options).client(service);
  }
  void pass(Milliseconds time) { clock_->advance(time); }

  // Changes the last response's body, as if AWS had said something else.
  void change(const std::string& from, const std::string& to) {
    HttpResponse& response = recording.interactions.back().exchange.response;
    std::string body = response.body.to_string();
    const std::size_t at = body.find(from);
    ASSERT_NE(at, std::string::npos) << body;
    response.body = Blob(body.replace(at, from.size(), to));
    response.headers.erase("Content-Length");
  }
  // As the file is written.
  [[nodiscard]] Recording redacted(const RedactionRules& rules = {}) const {
    Recording kept = recording;
    const Understanding understanding;
    for (Interaction& one : kept.interactions) {
      one.meaning = understanding.meaning_of(one.exchange);
      redact(one, find_model(one.meaning->service).get(), rules);
    }
    return kept;
  }
  // As if the recorder had been started later.
  void forget() { recording.interactions.clear(); }

  Recording recording;

 private:
  std::shared_ptr<VirtualClock> clock_;
  MockAws aws_;
};

Report verified(const Recording& recording) {
  Report report;
  Verifier().verify(recording, "story.har", report);
  return report;
}

std::vector<std::string> outcomes(const Report& report) {
  std::vector<std::string> names;
  for (const VerifiedCall& call : report.calls)
    names.push_back(call.operation + ": " + name_of(call.outcome));
  return names;
}

// A failing test shows what differed.
std::string differences(const Report& report) {
  std::string text;
  for (const VerifiedCall& call : report.calls)
    for (const Difference& one : call.differences)
      text += call.operation + " " + name_of(one.aspect) + " " + one.where + "\n  " + one.recorded +
              "\n  " + one.mock + '\n';
  return text;
}

TEST(Verify, FindsTheMockToBeItself) {
  Tape tape;
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
  Tape tape;
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
  Tape tape;
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
  Tape tape;
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
  Tape tape;
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
  Tape tape;
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
  Tape tape;
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
  Tape tape;
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
  Tape tape;
  tape.client("iam").call("CreateGroup", {{"GroupName", "g"}});
  tape.recording.interactions[0].exchange.response.body = Blob("<html>");
  const Report report = verified(tape.recording);
  ASSERT_EQ(report.refused.size(), 1U);
  EXPECT_EQ(report.refused[0].file, "story.har#1");
}

TEST(Verify, GoesAlongWithTheRecordingsTimes) {
  Tape tape;
  const Client sqs = tape.client("sqs");
  const std::string url = sqs.call("CreateQueue", {{"QueueName", "q"}}).at("QueueUrl");
  sqs.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "m"}, {"DelaySeconds", 60}});
  sqs.call("ReceiveMessage", {{"QueueUrl", url}});
  tape.pass(61s);
  sqs.call("ReceiveMessage", {{"QueueUrl", url}});
  const Report report = verified(tape.recording);
  EXPECT_EQ(report.total().of(Outcome::kSame), 4U) << differences(report);
}

TEST(Verify, SendsWhatTheMockTakesWhereSecretsWere) {
  Tape tape;
  const Client iam = tape.client("iam");
  iam.call("UpdateAccountPasswordPolicy", {{"MinimumPasswordLength", 20},
                                           {"RequireSymbols", true},
                                           {"RequireNumbers", true},
                                           {"PasswordReusePrevention", 3}});
  iam.call("CreateUser", {{"UserName", "ann"}});
  iam.call("CreateLoginProfile", {{"UserName", "ann"}, {"Password", "correct-Horse-1-battery"}});
  iam.call("UpdateLoginProfile", {{"UserName", "ann"}, {"Password", "correct-Horse-2-battery"}});
  iam.call("CreateAccessKey", {{"UserName", "ann"}});
  iam.call("CreateVirtualMFADevice", {{"VirtualMFADeviceName", "phone"}});
  const Client ec2 = tape.client("ec2");
  ec2.call("RunInstances", {{"ImageId", "ami-0abcdef1234567890"},
                            {"InstanceType", "t3.micro"},
                            {"MinCount", 1},
                            {"MaxCount", 1},
                            {"UserData", "IyEvYmluL3NoCg=="}});
  ec2.call("CreateKeyPair", {{"KeyName", "k"}});
  const Client s3 = tape.client("s3");
  s3.call("CreateBucket", {{"Bucket", "bucket"},
                           {"CreateBucketConfiguration", {{"LocationConstraint", "eu-west-1"}}}});
  const auto with_key = [](const std::string& key, Json parameters) {
    parameters.update({{"Bucket", "bucket"},
                       {"Key", "k"},
                       {"SSECustomerAlgorithm", "AES256"},
                       {"SSECustomerKey", key}});
    return parameters;
  };
  const std::string key(32, 'k');
  s3.call("PutObject", with_key(key, {{"Body", "text"}}));
  s3.call("GetObject", with_key(key, Json::object()));
  EXPECT_THROW(s3.call("GetObject", with_key(std::string(32, 'x'), Json::object())), ClientError);

  const Recording kept = tape.redacted();
  const std::string all = [&] {
    std::string bodies;
    for (const Interaction& one : kept.interactions)
      bodies += one.exchange.request.body.to_string() + one.exchange.response.body.to_string();
    return bodies;
  }();
  ASSERT_EQ(all.find("battery"), std::string::npos);
  const Report report = verified(kept);
  EXPECT_EQ(report.total().of(Outcome::kSame), kept.interactions.size()) << differences(report);
  EXPECT_TRUE(report.refused.empty());
}

TEST(Verify, SendsWhatTheUsersOwnRulesHide) {
  Tape tape;
  const Client sqs = tape.client("sqs");
  const std::string url = sqs.call("CreateQueue", {{"QueueName", "tenant-7"}}).at("QueueUrl");
  sqs.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "call 555-1234"}});
  sqs.call("ReceiveMessage", {{"QueueUrl", url}});
  const Client s3 = tape.client("s3");
  s3.call("CreateBucket", {{"Bucket", "bucket"},
                           {"CreateBucketConfiguration", {{"LocationConstraint", "eu-west-1"}}}});
  s3.call("PutObject", {{"Bucket", "bucket"}, {"Key", "k"}, {"Body", "call 555-1234"}});
  s3.call("GetObject", {{"Bucket", "bucket"}, {"Key", "k"}});
  for (const RedactionRules& rules : {RedactionRules{.texts = {"555-1234"}},
                                      RedactionRules{.members = {"MessageBody", "Body"}}}) {
    const Recording kept = tape.redacted(rules);
    const Report report = verified(kept);
    EXPECT_EQ(report.total().compared(), report.total().agreeing()) << differences(report);
    EXPECT_EQ(report.total().compared(), kept.interactions.size()) << differences(report);
  }
}

TEST(Verify, SaysNothingOfARefusalThatMayBeForWhatIsHidden) {
  Tape tape;
  const Client iam = tape.client("iam");
  iam.call("CreateUser", {{"UserName", "ann"}});
  EXPECT_THROW(iam.call("CreateLoginProfile", {{"UserName", "ann"}, {"Password", "short"}}),
               ClientError);
  EXPECT_THROW(iam.call("CreateLoginProfile", {{"UserName", "bob"}, {"Password", "short"}}),
               ClientError);
  EXPECT_THAT(outcomes(verified(tape.redacted())),
              testing::ElementsAre("CreateUser: same", "CreateLoginProfile: unreproducible",
                                   "CreateLoginProfile: same"));
}

// The times of a story of which one answer was changed.
TEST(Verify, TellsTimesThatCantStandForEachOther) {
  const auto story = [](Tape& tape, const std::string& wrong) {
    const Client iam = tape.client("iam");
    const Json user = iam.call("CreateUser", {{"UserName", "ann"}}).at("User");
    const std::string created = user.at("CreateDate");  // 2026-01-01T00:00:00Z
    if (wrong == "now") tape.change(created, "2026-01-01T01:00:00Z");
    const Json given = tape.client("sts").call("GetSessionToken", {{"DurationSeconds", 900}});
    const std::string expires = given.at("Credentials").at("Expiration");
    if (wrong == "future") tape.change(expires, "2026-01-01T01:00:00Z");
    tape.pass(600s);
    iam.call("GetUser", {{"UserName", "ann"}});
    if (wrong == "seconds") tape.change(created, "2026-01-01T00:00:01Z");
  };
  const struct {
    const char* wrong;
    std::vector<std::string> outcomes;
  } rows[] = {
      {"", {"same", "same", "same"}},
      {"now", {"different", "same", "same"}},
      {"future", {"same", "different", "same"}},
      {"seconds", {"same", "same", "same"}},  // clocks of two machines
  };
  for (const auto& row : rows) {
    Tape tape;
    story(tape, row.wrong);
    const Report report = verified(tape.recording);
    std::vector<std::string> got;
    for (const VerifiedCall& call : report.calls) {
      got.emplace_back(name_of(call.outcome));
      for (const Difference& one : call.differences) EXPECT_EQ(one.aspect, Aspect::kTime);
    }
    EXPECT_EQ(got, row.outcomes) << row.wrong << '\n' << differences(report);
  }
}

// An older recording than the mock's clock, and one whose times nobody wrote down.
TEST(Verify, TakesAnyTimesOfARecordingThatStatesNone) {
  Tape tape;
  const Client iam = tape.client("iam");
  iam.call("CreateUser", {{"UserName", "ann"}});
  tape.change("2026-01-01T00:00:00Z", "2014-05-06T07:08:09Z");
  iam.call("CreateUser", {{"UserName", "bob"}});
  tape.change("2026-01-01T00:00:00Z", "2014-05-06T07:18:09Z");
  for (Interaction& one : tape.recording.interactions) {
    one.exchange.started = TimePoint{};
    one.exchange.response.headers.erase("Date");
  }
  tape.recording.clock.reset();
  EXPECT_EQ(verified(tape.recording).total().of(Outcome::kSame), 2U)
      << differences(verified(tape.recording));
}

// Objects of before the recording: of one all is known, of one the content, of one its size alone.
TEST(Verify, PutsTheObjectsThatTheRecordingFoundThere) {
  Tape tape;
  const Client s3 = tape.client("s3");
  s3.call("CreateBucket", {{"Bucket", "bucket"},
                           {"CreateBucketConfiguration", {{"LocationConstraint", "eu-west-1"}}}});
  const auto put = [&](const std::string& key, const std::string& content) {
    s3.call("PutObject", {{"Bucket", "bucket"},
                          {"Key", key},
                          {"Body", content},
                          {"ContentType", "text/x"},
                          {"Metadata", {{"colour", "green"}}}});
  };
  for (const char* key : {"a/read", "a/same", "b/listed", "b/sp ace+", "gone"}) put(key, "content");
  put("b/listed", "of a size");
  put("b/headed", "something");
  tape.pass(3600s);
  tape.forget();
  s3.call("ListObjectsV2", {{"Bucket", "bucket"}, {"Delimiter", "/"}});
  s3.call("ListObjectsV2", {{"Bucket", "bucket"}, {"Prefix", "a/"}});
  s3.call("ListObjects", {{"Bucket", "bucket"}, {"Prefix", "b/"}, {"EncodingType", "url"}});
  s3.call("GetObject", {{"Bucket", "bucket"}, {"Key", "a/read"}});
  const Json head = s3.call("HeadObject", {{"Bucket", "bucket"}, {"Key", "b/headed"}});
  s3.call("HeadObject", {{"Bucket", "bucket"}, {"Key", "b/headed"}, {"IfMatch", head.at("ETag")}});
  EXPECT_THROW(s3.call("GetObject", {{"Bucket", "bucket"}, {"Key", "none"}}), ClientError);
  s3.call("DeleteObject", {{"Bucket", "bucket"}, {"Key", "gone"}});
  put("b/listed", "anew");
  s3.call("ListObjectsV2", {{"Bucket", "bucket"}});
  const Report report = verified(tape.recording);
  EXPECT_EQ(report.total().of(Outcome::kSame), tape.recording.interactions.size())
      << differences(report);
}

// What a part of was read can't be made up.
TEST(Verify, LeavesObjectsAloneOfWhichTooLittleIsKnown) {
  Tape tape;
  const Client s3 = tape.client("s3");
  s3.call("CreateBucket", {{"Bucket", "bucket"},
                           {"CreateBucketConfiguration", {{"LocationConstraint", "eu-west-1"}}}});
  s3.call("PutObject", {{"Bucket", "bucket"}, {"Key", "k"}, {"Body", "content"}});
  tape.forget();
  s3.call("GetObject", {{"Bucket", "bucket"}, {"Key", "k"}, {"Range", "bytes=0-2"}});
  s3.call("PutObject", {{"Bucket", "bucket"}, {"Key", "other"}, {"Body", "x"}});
  EXPECT_THAT(outcomes(verified(tape.recording)),
              testing::ElementsAre("GetObject: before", "PutObject: same"));
}

}  // namespace
}  // namespace cloudchamber::recordings

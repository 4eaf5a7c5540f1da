// What is sent where a recording hides what was sent.
#include "tests/recordings/verify/recorded_story.h"

namespace cloudchamber::recordings {
namespace {

using namespace std::chrono_literals;

TEST(Verify, SendsWhatTheMockTakesWhereSecretsWere) {
  RecordedStory tape;
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
  RecordedStory tape;
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
  RecordedStory tape;
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

}  // namespace
}  // namespace cloudchamber::recordings

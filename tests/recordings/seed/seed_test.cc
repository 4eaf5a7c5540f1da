#include "recordings/seed/seed.h"

#include <cloudchamber/cloudchamber.h>
#include <cloudchamber/in_process_transport.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "cloudchamber/virtual_clock.h"
#include "recordings/understand.h"
#include "sdk/recording/har.h"
#include "sdk/recording/redaction.h"

namespace cloudchamber::recordings {
namespace {

using mock::MockAws;
using testing::IsEmpty;

constexpr const char* kAccount = "462380225722";

// "AWS": a world of another account, of other ids and of another year.
class Elsewhere {
 public:
  Elsewhere()
      : clock_(std::make_shared<VirtualClock>(TimePoint(Seconds(1'700'000'000)))),
        aws_({.seed = 4711, .clock = clock_}) {
    aws_.add_credentials("AKIAELSEWHERE0000000", "secret", kAccount);
  }

  [[nodiscard]] Client client(const std::string& service) {
    SessionOptions options;
    options.region_name = "us-east-1";
    options.aws_access_key_id = "AKIAELSEWHERE0000000";
    options.aws_secret_access_key = "secret";
    options.clock = clock_;
    options.transport = make_in_process_transport([this](const HttpRequest& request) {
      Exchange exchange{.request = request, .started = clock_->now()};
      exchange.response = aws_.handle(request);
      recording.interactions.push_back({exchange, std::nullopt});
      clock_->advance(Seconds(2));
      return exchange.response;
    });
    return Session(options).client(service);
  }

  Recording recording;

 private:
  std::shared_ptr<VirtualClock> clock_;
  MockAws aws_;
};

TEST(Seed, HoldsTheRecordedNetworkByItsIds) {
  Elsewhere aws;
  const Client ec2 = aws.client("ec2");
  const Json vpc = ec2.call("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}}).at("Vpc");
  const Json subnet =
      ec2.call("CreateSubnet", {{"VpcId", vpc.at("VpcId")}, {"CidrBlock", "10.0.1.0/24"}})
          .at("Subnet");
  const Json group =
      ec2.call("CreateSecurityGroup",
               {{"GroupName", "web"}, {"Description", "d"}, {"VpcId", vpc.at("VpcId")}});
  const Json launched = ec2.call("RunInstances", {{"ImageId", "ami-0abcdef1234567890"},
                                                  {"InstanceType", "t3.micro"},
                                                  {"MinCount", 2},
                                                  {"MaxCount", 2},
                                                  {"SecurityGroupIds", {group.at("GroupId")}},
                                                  {"SubnetId", subnet.at("SubnetId")}});

  MockAws here;
  const Seeded seeded = seed(here, aws.recording);
  EXPECT_EQ(seeded.account, kAccount);
  EXPECT_EQ(seeded.made, 4U);
  EXPECT_THAT(seeded.refused, IsEmpty());

  // Calls that the recording never saw.
  const Client mine = here.session().client("ec2");
  for (const Json& instance : launched.at("Instances")) {
    const Json found =
        mine.call("DescribeInstances", {{"InstanceIds", {instance.at("InstanceId")}}})
            .at("Reservations")
            .at(0);
    EXPECT_EQ(found.at("OwnerId"), kAccount);
    EXPECT_EQ(found.at("ReservationId"), launched.at("ReservationId"));
    const Json& one = found.at("Instances").at(0);
    EXPECT_EQ(one.at("State").at("Name"), "running");
    EXPECT_EQ(one.at("LaunchTime"), instance.at("LaunchTime"));
    EXPECT_EQ(one.at("VpcId"), vpc.at("VpcId"));
    EXPECT_EQ(one.at("NetworkInterfaces").at(0).at("NetworkInterfaceId"),
              instance.at("NetworkInterfaces").at(0).at("NetworkInterfaceId"));
  }
  EXPECT_THROW(mine.call("DeleteVpc", {{"VpcId", vpc.at("VpcId")}}), ClientError);  // it is in use
}

TEST(Seed, TakesOverWhatEachServiceMakesUp) {
  Elsewhere aws;
  const Json user = aws.client("iam").call("CreateUser", {{"UserName", "ann"}}).at("User");
  const Json key = aws.client("iam").call("CreateAccessKey", {{"UserName", "ann"}}).at("AccessKey");
  const Client sqs = aws.client("sqs");
  const std::string url = sqs.call("CreateQueue", {{"QueueName", "q"}}).at("QueueUrl");
  const Json sent = sqs.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "m"}});
  const Client s3 = aws.client("s3");
  s3.call("CreateBucket", {{"Bucket", "bucket"}});
  s3.call("PutBucketVersioning",
          {{"Bucket", "bucket"}, {"VersioningConfiguration", {{"Status", "Enabled"}}}});
  const Json put = s3.call("PutObject", {{"Bucket", "bucket"}, {"Key", "k"}, {"Body", "text"}});
  const Json upload = s3.call("CreateMultipartUpload", {{"Bucket", "bucket"}, {"Key", "big"}});
  const Json stack =
      aws.client("cloudformation")
          .call("CreateStack",
                {{"StackName", "s"},
                 {"TemplateBody", R"({"Resources":{"T":{"Type":"AWS::SQS::Queue"}}})"}});

  // Later, what is kept for a few days only would have gone.
  MockAws here({.clock = std::make_shared<VirtualClock>(TimePoint(Seconds(1'700'000'000)))});
  const Seeded seeded = seed(here, aws.recording);
  EXPECT_THAT(seeded.refused, IsEmpty());
  EXPECT_THAT(seeded.not_adopted, IsEmpty())
      << seeded.not_adopted.at(0).where << ' ' << seeded.not_adopted.at(0).here;
  const Session session = here.session();
  EXPECT_EQ(session.client("iam").call("GetUser", {{"UserName", "ann"}}).at("User"), user);
  EXPECT_EQ(session.client("iam")
                .call("ListAccessKeys", {{"UserName", "ann"}})
                .at("AccessKeyMetadata")
                .at(0)
                .at("AccessKeyId"),
            key.at("AccessKeyId"));
  EXPECT_EQ(session.client("sqs")
                .call("ReceiveMessage", {{"QueueUrl", url}})
                .at("Messages")
                .at(0)
                .at("MessageId"),
            sent.at("MessageId"));
  EXPECT_EQ(session.client("s3")
                .call("GetObject",
                      {{"Bucket", "bucket"}, {"Key", "k"}, {"VersionId", put.at("VersionId")}})
                .at("ETag"),
            put.at("ETag"));
  session.client("s3").call("UploadPart", {{"Bucket", "bucket"},
                                           {"Key", "big"},
                                           {"UploadId", upload.at("UploadId")},
                                           {"PartNumber", 1},
                                           {"Body", "x"}});
  EXPECT_EQ(session.client("cloudformation")
                .call("DescribeStacks", {{"StackName", stack.at("StackId")}})
                .at("Stacks")
                .at(0)
                .at("StackStatus"),
            "CREATE_COMPLETE");
}

TEST(Seed, TakesOverWhatOnlyLaterAnswersShow) {
  Elsewhere aws;
  const Client cloudformation = aws.client("cloudformation");
  const Client ec2 = aws.client("ec2");
  cloudformation.call("CreateStack", {{"StackName", "s"}, {"TemplateBody", R"({"Resources":{
    "A":{"Type":"AWS::EC2::VPC","Properties":{"CidrBlock":"10.1.0.0/16"}},
    "B":{"Type":"AWS::EC2::VPC","Properties":{"CidrBlock":"10.2.0.0/16"}},
    "Q":{"Type":"AWS::SQS::Queue"}}})"}});
  const Json resources =
      cloudformation.call("DescribeStackResources", {{"StackName", "s"}}).at("StackResources");
  const Json vpc = ec2.call("CreateVpc", {{"CidrBlock", "10.3.0.0/16"}}).at("Vpc").at("VpcId");
  const Json group =
      ec2.call("DescribeSecurityGroups", {{"Filters", {{{"Name", "vpc-id"}, {"Values", {vpc}}}}}})
          .at("SecurityGroups")
          .at(0);
  MockAws here;
  const Seeded seeded = seed(here, aws.recording);
  EXPECT_THAT(seeded.refused, IsEmpty());
  const Session session = here.session();
  const Json same = session.client("cloudformation")
                        .call("DescribeStackResources", {{"StackName", "s"}})
                        .at("StackResources");
  ASSERT_EQ(same.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(same[i].at("LogicalResourceId"), resources[i].at("LogicalResourceId"));
    EXPECT_EQ(same[i].at("PhysicalResourceId"), resources[i].at("PhysicalResourceId"));
  }
  EXPECT_EQ(session.client("ec2")
                .call("DescribeSecurityGroups", {{"GroupIds", {group.at("GroupId")}}})
                .at("SecurityGroups")
                .at(0)
                .at("VpcId"),
            vpc);
}

TEST(Seed, KeepsWhatTheWorldHeldAndItsTime) {
  Elsewhere aws;
  aws.client("iam").call("CreateUser", {{"UserName", "ann"}});
  MockAws here;
  here.session().client("s3").call("CreateBucket", {{"Bucket", "mine"}});
  const TimePoint now = here.clock().now();
  static_cast<void>(seed(here, aws.recording));
  EXPECT_EQ(here.clock().now(), now);  // later than the recording's
  here.session().client("iam").call("GetUser", {{"UserName", "ann"}});
  EXPECT_EQ(here.session().client("s3").call("ListBuckets").at("Buckets").size(), 0U);
  here.add_credentials("AKIAMINE000000000000", "secret");
  ClientOptions mine;
  mine.aws_access_key_id = "AKIAMINE000000000000";
  mine.aws_secret_access_key = "secret";
  EXPECT_EQ(here.session().client("s3", mine).call("ListBuckets").at("Buckets").size(), 1U);
}

TEST(Seed, MovesTheClockToTheRecordingsEnd) {
  Elsewhere aws;
  aws.client("iam").call("CreateUser", {{"UserName", "ann"}});
  MockAws here({.clock = std::make_shared<VirtualClock>(TimePoint(Seconds(1'600'000'000)))});
  static_cast<void>(seed(here, aws.recording));
  EXPECT_GE(here.clock().now(), aws.recording.interactions.back().exchange.started);
}

TEST(Seed, TellsWhatWasRefusedAndGoesOn) {
  Elsewhere aws;
  const Client iam = aws.client("iam");
  iam.call("CreateUser", {{"UserName", "old"}});
  aws.recording.interactions.clear();
  iam.call("DeleteUser", {{"UserName", "old"}});
  iam.call("CreateUser", {{"UserName", "new"}});
  EXPECT_THROW(iam.call("CreateUser", {{"UserName", "new"}}),
               ClientError);  // and is not made again
  MockAws here;
  const Seeded seeded = seed(here, aws.recording);
  ASSERT_EQ(seeded.refused.size(), 1U);
  EXPECT_EQ(seeded.refused[0].number, 1U);
  EXPECT_EQ(seeded.refused[0].operation, "DeleteUser");
  EXPECT_EQ(seeded.refused[0].reason, "404 NoSuchEntity: The user with name old cannot be found.");
  EXPECT_EQ(seeded.made, 1U);
}

TEST(Seed, MakesUpItsOwnIdsAgainAfterwards) {
  Elsewhere aws;
  aws.client("iam").call("CreateUser", {{"UserName", "ann"}});
  MockAws here;
  static_cast<void>(seed(here, aws.recording));
  const Client iam = here.session().client("iam");
  const std::string id = iam.call("GetUser", {{"UserName", "ann"}}).at("User").at("UserId");
  EXPECT_NE(iam.call("CreateUser", {{"UserName", "bob"}}).at("User").at("UserId"), id);
}

TEST(Seed, ReadsAFile) {
  const std::filesystem::path file =
      std::filesystem::path(testing::TempDir()) / "Seed.ReadsAFile.har";
  Elsewhere aws;
  const Json user = aws.client("iam").call("CreateUser", {{"UserName", "ann"}}).at("User");
  write_har_file(aws.recording, file);
  MockAws here;
  EXPECT_THAT(here.seed(file), IsEmpty());
  EXPECT_EQ(here.session().client("iam").call("GetUser", {{"UserName", "ann"}}).at("User"), user);

  std::ofstream(file) << "{}";
  MockAws untouched;
  EXPECT_THROW(untouched.seed(file), RecordingError);
  std::filesystem::remove(file);
  EXPECT_THROW(untouched.seed(file), RecordingError);
}

TEST(Seed, MakesWhatSecretsWereHiddenOf) {
  Elsewhere aws;
  const Client iam = aws.client("iam");
  iam.call("CreateUser", {{"UserName", "ann"}});
  iam.call("CreateLoginProfile", {{"UserName", "ann"}, {"Password", "correct-Horse-1-battery"}});
  const Json launched =
      aws.client("ec2").call("RunInstances", {{"ImageId", "ami-0abcdef1234567890"},
                                              {"InstanceType", "t3.micro"},
                                              {"MinCount", 1},
                                              {"MaxCount", 1},
                                              {"UserData", "IyEvYmluL3NoCg=="}});
  const Understanding understanding;
  for (Interaction& one : aws.recording.interactions) {
    one.meaning = understanding.meaning_of(one.exchange);
    redact(one, find_model(one.meaning->service).get());
  }
  MockAws here;
  const Seeded seeded = seed(here, aws.recording);
  EXPECT_THAT(seeded.refused, IsEmpty());
  EXPECT_NO_THROW(here.session().client("iam").call("GetLoginProfile", {{"UserName", "ann"}}));
  EXPECT_NO_THROW(here.session().client("ec2").call(
      "DescribeInstances", {{"InstanceIds", {launched["Instances"][0]["InstanceId"]}}}));
}

}  // namespace
}  // namespace cloudchamber::recordings

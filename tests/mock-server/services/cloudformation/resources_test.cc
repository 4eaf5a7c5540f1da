// Each type of resource: it is really there in its service, changes with its stack and goes with
// it.
#include "tests/mock-server/services/cloudformation/cloudformation_fixture.h"

namespace cloudchamber::mock::cloudformation {
namespace {

using S3Resources = CloudFormationFixture;
using SqsResources = CloudFormationFixture;
using DynamoDbResources = CloudFormationFixture;
using IamResources = CloudFormationFixture;

const Json kNamedIam{{"Capabilities", {"CAPABILITY_NAMED_IAM"}}};

TEST_F(S3Resources, BucketHasItsSettings) {
  create("s", R"(
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: {Status: Enabled}
      BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}]}
      CorsConfiguration: {CorsRules: [{Id: one, AllowedMethods: [GET], AllowedOrigins: ['*'], MaxAge: 5}]}
      LifecycleConfiguration: {Rules: [{Id: old, Status: Enabled, Prefix: logs/, ExpirationInDays: '30'}]}
      PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: false}
      WebsiteConfiguration: {IndexDocument: index.html, ErrorDocument: error.html}
      OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerPreferred}]}
      Tags: [{Key: a, Value: 1}]
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Deny, Principal: '*', Action: 's3:DeleteObject', Resource: !Sub '${Bucket.Arn}/*'}]}
Outputs: {Domain: {Value: !GetAtt Bucket.RegionalDomainName}, Arn: {Value: !GetAtt Bucket.Arn}}
)");
  ASSERT_EQ(status("s"), "CREATE_COMPLETE") << failure("s", "Bucket") << failure("s", "Policy");
  const std::string name = physical("s", "Bucket");
  EXPECT_TRUE(name.starts_with("s-bucket-")) << name;
  const Json bucket{{"Bucket", name}};
  EXPECT_EQ(outputs("s")["Domain"], name + ".s3.us-east-1.amazonaws.com");
  EXPECT_EQ(call("s3", "GetBucketVersioning", bucket)["Status"], "Enabled");
  EXPECT_EQ(call("s3", "GetBucketCors", bucket)["CORSRules"][0]["MaxAgeSeconds"], 5);
  const Json lifecycle = call("s3", "GetBucketLifecycleConfiguration", bucket);
  EXPECT_EQ(lifecycle["Rules"][0]["Expiration"]["Days"], 30) << lifecycle;
  EXPECT_EQ(call("s3", "GetBucketWebsite", bucket)["IndexDocument"]["Suffix"], "index.html");
  EXPECT_EQ(call("s3", "GetBucketTagging", bucket)["TagSet"],
            Json({{{"Key", "a"}, {"Value", "1"}}}));
  EXPECT_EQ(error_of("s3", "GetBucketPolicy", bucket), "succeeded");
  update("s", "Resources: {Bucket: {Type: AWS::S3::Bucket}}");
  ASSERT_EQ(status("s"), "UPDATE_COMPLETE");
  EXPECT_EQ(call("s3", "GetBucketVersioning", bucket)["Status"], "Suspended");
  EXPECT_TRUE(error_of("s3", "GetBucketPolicy", bucket).starts_with("NoSuchBucketPolicy"));
  EXPECT_TRUE(error_of("s3", "GetBucketCors", bucket).starts_with("NoSuchCORSConfiguration"));
  remove("s");
  EXPECT_NE(error_of("s3", "HeadBucket", bucket), "succeeded");
}

TEST_F(S3Resources, ABucketThatIsTakenFailsAndLeavesTheOther) {
  call("s3", "CreateBucket", {{"Bucket", "taken"}});
  create("s", "Resources: {B: {Type: AWS::S3::Bucket, Properties: {BucketName: taken}}}");
  EXPECT_EQ(status("s"), "ROLLBACK_COMPLETE");
  EXPECT_EQ(error_of("s3", "HeadBucket", {{"Bucket", "taken"}}), "succeeded");
}

// The bucket of a resource that fails half-way is not left behind.
TEST_F(S3Resources, OfWhatFailsHalfWayNothingIsLeft) {
  create("s",
         "Resources: {B: {Type: AWS::S3::Bucket, Properties: {BucketName: half, "
         "VersioningConfiguration: {Status: Sometimes}}}}",
         {{"OnFailure", "DO_NOTHING"}});
  EXPECT_EQ(status("s"), "CREATE_FAILED");
  EXPECT_NE(error_of("s3", "HeadBucket", {{"Bucket", "half"}}), "succeeded");
}

TEST_F(SqsResources, QueueAndItsPolicy) {
  create("s", R"(
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, ContentBasedDeduplication: 'true', Tags: [{Key: a, Value: b}]}}
  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Queue], PolicyDocument: {Statement: [{Effect: Allow, Principal: '*', Action: 'sqs:SendMessage', Resource: !GetAtt Queue.Arn}]}}}
)");
  ASSERT_EQ(status("s"), "CREATE_COMPLETE") << failure("s", "Queue") << failure("s", "Policy");
  const std::string url = physical("s", "Queue");
  EXPECT_TRUE(url.ends_with(".fifo"));
  const Json attributes = call("sqs", "GetQueueAttributes",
                               {{"QueueUrl", url}, {"AttributeNames", {"All"}}})["Attributes"];
  EXPECT_EQ(attributes["ContentBasedDeduplication"], "true");
  EXPECT_TRUE(attributes.contains("Policy"));
  EXPECT_EQ(call("sqs", "ListQueueTags", {{"QueueUrl", url}})["Tags"], Json({{"a", "b"}}));
}

TEST_F(DynamoDbResources, TableHasItsSettings) {
  const std::string table = R"(
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: films
      KeySchema: [{AttributeName: k, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: k, AttributeType: S}EXTRA]
      ProvisionedThroughput: {ReadCapacityUnits: '5', WriteCapacityUnits: 5}
)";
  const auto with = [&](const std::string& extra, const std::string& more) {
    std::string body = table;
    body.replace(body.find("EXTRA"), 5, extra);
    return body + more;
  };
  create("s", with("",
                   "      StreamSpecification: {StreamViewType: NEW_IMAGE}\n"
                   "      TimeToLiveSpecification: {AttributeName: ttl, Enabled: true}\n"
                   "      Tags: [{Key: a, Value: b}]\n"
                   "Outputs: {Stream: {Value: !GetAtt Table.StreamArn}}\n"));
  ASSERT_EQ(status("s"), "CREATE_COMPLETE") << failure("s", "Table");
  const Json name{{"TableName", "films"}};
  EXPECT_EQ(call("dynamodb", "DescribeTable", name)["Table"]["TableStatus"], "ACTIVE");
  EXPECT_NE(outputs("s")["Stream"].get<std::string>().find("table/films/stream/"),
            std::string::npos);
  EXPECT_EQ(call("dynamodb", "DescribeTimeToLive", name)["TimeToLiveDescription"]["AttributeName"],
            "ttl");
  clock_->advance(2h);  // TTL may be changed once an hour
  update("s",
         with(", {AttributeName: g, AttributeType: S}",
              "      GlobalSecondaryIndexes: [{IndexName: by-g, KeySchema: [{AttributeName: g, "
              "KeyType: HASH}], Projection: {ProjectionType: ALL}, ProvisionedThroughput: "
              "{ReadCapacityUnits: 1, WriteCapacityUnits: 1}}]\n"));
  ASSERT_EQ(status("s"), "UPDATE_COMPLETE") << failure("s", "Table");
  EXPECT_EQ(
      call("dynamodb", "DescribeTable", name)["Table"]["GlobalSecondaryIndexes"][0]["IndexName"],
      "by-g");
  std::string another = with("", "");
  another.replace(another.find("KeySchema: [{AttributeName: k"), 29,
                  "KeySchema: [{AttributeName: o");
  another.replace(another.find("AttributeDefinitions: [{AttributeName: k"), 40,
                  "AttributeDefinitions: [{AttributeName: o");
  update("s", another);
  EXPECT_EQ(status("s"), "UPDATE_ROLLBACK_COMPLETE");
  EXPECT_EQ(failure("s", "Table"),
            "CloudFormation cannot update a stack when a custom-named resource requires "
            "replacing. Rename films and update the stack again.");
  remove("s");
  clock_->advance(1ms);
  EXPECT_NE(error_of("dynamodb", "DescribeTable", name), "succeeded");
}

TEST_F(IamResources, AreMadeChangedAndDeleted) {
  const std::string trust =
      "{Version: 2012-10-17, Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, "
      "Action: 'sts:AssumeRole'}]}";
  const std::string allow =
      "{Version: 2012-10-17, Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]}";
  const auto body = [&](const std::string& policies) {
    return "Resources:\n"
           "  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: " +
           trust + ", Policies: [" + policies +
           "]}}\n"
           "  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}\n"
           "  Group: {Type: AWS::IAM::Group}\n"
           "  User: {Type: AWS::IAM::User, Properties: {UserName: ann, Groups: [!Ref Group]}}\n"
           "  Key: {Type: AWS::IAM::AccessKey, Properties: {UserName: !Ref User}}\n"
           "  Inline: {Type: AWS::IAM::Policy, Properties: {PolicyName: p, Users: [!Ref User], "
           "PolicyDocument: " +
           allow +
           "}}\n"
           "  Managed: {Type: AWS::IAM::ManagedPolicy, Properties: {Roles: [!Ref Role], "
           "PolicyDocument: " +
           allow +
           "}}\n"
           "Outputs: {Secret: {Value: !GetAtt Key.SecretAccessKey}, Arn: {Value: !GetAtt "
           "Role.Arn}}\n";
  };
  create("s", body("{PolicyName: a, PolicyDocument: " + allow + "}"), kNamedIam);
  std::string wrong;
  for (const char* id : {"Role", "Profile", "Group", "User", "Key", "Inline", "Managed"})
    wrong += failure("s", id);
  ASSERT_EQ(status("s"), "CREATE_COMPLETE") << wrong;
  const Json role{{"RoleName", physical("s", "Role")}};
  EXPECT_EQ(call("iam", "ListRolePolicies", role)["PolicyNames"], Json({"a"}));
  EXPECT_EQ(call("iam", "ListAttachedRolePolicies", role)["AttachedPolicies"][0]["PolicyArn"],
            physical("s", "Managed"));
  EXPECT_EQ(call("iam", "ListGroupsForUser", {{"UserName", "ann"}})["Groups"][0]["GroupName"],
            physical("s", "Group"));
  EXPECT_EQ(call("iam", "ListUserPolicies", {{"UserName", "ann"}})["PolicyNames"], Json({"p"}));
  EXPECT_EQ(
      call("iam", "ListAccessKeys", {{"UserName", "ann"}})["AccessKeyMetadata"][0]["AccessKeyId"],
      physical("s", "Key"));
  EXPECT_EQ(outputs("s")["Secret"].get<std::string>().size(), 40U);
  EXPECT_EQ(call("iam", "GetInstanceProfile",
                 {{"InstanceProfileName",
                   physical("s", "Profile")}})["InstanceProfile"]["Roles"][0]["Arn"],
            outputs("s")["Arn"]);
  update("s", body("{PolicyName: b, PolicyDocument: " + allow + "}"), kNamedIam);
  EXPECT_EQ(call("iam", "ListRolePolicies", role)["PolicyNames"], Json({"b"}));
  remove("s");
  EXPECT_TRUE(error_of("iam", "GetRole", role).starts_with("NoSuchEntity"));
  EXPECT_TRUE(error_of("iam", "GetUser", {{"UserName", "ann"}}).starts_with("NoSuchEntity"));
}

}  // namespace
}  // namespace cloudchamber::mock::cloudformation

// The generated clients as a program uses them, over a transport that plays a script.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cloudchamber/cloudchamber.h"
#include "cloudchamber/scripted_transport.h"
#include "cloudchamber/services/cloudformation.h"
#include "cloudchamber/services/dynamodb.h"
#include "cloudchamber/services/dynamodbstreams.h"
#include "cloudchamber/services/ec2.h"
#include "cloudchamber/services/iam.h"
#include "cloudchamber/services/s3.h"
#include "cloudchamber/services/sqs.h"
#include "cloudchamber/services/sts.h"
#include "cloudchamber/virtual_clock.h"

namespace cloudchamber {
namespace {

class GeneratedClient : public ::testing::Test {
 protected:
  Session session() {
    SessionOptions options;
    options.region_name = "us-east-1";
    options.aws_access_key_id = "AKIDEXAMPLE";
    options.aws_secret_access_key = "secret";
    options.transport = script_;
    options.clock = std::make_shared<VirtualClock>();
    options.environment = environment_of({});
    return Session(options);
  }

  std::string sent() { return script_->requests().back().body.to_string(); }

  std::shared_ptr<ScriptedTransport> script_ = std::make_shared<ScriptedTransport>();
};

constexpr const char* kUserExists =
    R"(<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>
<Code>EntityAlreadyExists</Code><Message>User with name fred already exists.</Message></Error>
<RequestId>4a7b0a9c</RequestId></ErrorResponse>)";

TEST_F(GeneratedClient, CallsAnOperationByItsMethod) {
  script_->answer(200, {}, R"(<CreateUserResponse><CreateUserResult><User><UserName>fred</UserName>
<Path>/</Path></User></CreateUserResult><ResponseMetadata><RequestId>1</RequestId>
</ResponseMetadata></CreateUserResponse>)");
  const auto iam = session().client<Iam>();
  const Json created = iam.create_user({{"UserName", "fred"}});
  EXPECT_EQ(created["User"]["UserName"], "fred");
  EXPECT_EQ(sent(), "Action=CreateUser&Version=2010-05-08&UserName=fred");
}

TEST_F(GeneratedClient, NeedsNoParametersWhereNoneAreRequired) {
  script_->answer(200, {},
                  "<ListUsersResponse><ListUsersResult><Users/></ListUsersResult>"
                  "</ListUsersResponse>");
  const auto iam = session().client<Iam>();
  EXPECT_EQ(iam.list_users()["Users"], Json::array());
  EXPECT_EQ(sent(), "Action=ListUsers&Version=2010-05-08");
}

TEST_F(GeneratedClient, ThrowsTheErrorsTypeOfItsOwn) {
  script_->answer(409, {}, kUserExists);
  const auto iam = session().client<Iam>();
  try {
    iam.create_user({{"UserName", "fred"}});
    FAIL() << "nothing was thrown";
  } catch (const iam::EntityAlreadyExistsException& error) {
    EXPECT_EQ(error.code(), "EntityAlreadyExists");
    EXPECT_EQ(error.message(), "User with name fred already exists.");
    EXPECT_EQ(error.status(), 409);
    EXPECT_EQ(error.request_id(), "4a7b0a9c");
    EXPECT_EQ(error.operation(), "CreateUser");
    EXPECT_STREQ(error.what(),
                 "An error occurred (EntityAlreadyExists) when calling the CreateUser operation: "
                 "User with name fred already exists.");
  }
}

TEST_F(GeneratedClient, ThrowsWhatIsAlsoAClientError) {
  script_->answer(409, {}, kUserExists);
  const auto iam = session().client<Iam>();
  EXPECT_THROW(iam.create_user({{"UserName", "fred"}}), ClientError);
}

TEST_F(GeneratedClient, ThrowsClientErrorForACodeTheModelDoesNotKnow) {
  script_->answer(403, {}, R"(<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message>
</Error></ErrorResponse>)");
  const auto iam = session().client<Iam>();
  try {
    iam.create_user({{"UserName", "fred"}});
    FAIL() << "nothing was thrown";
  } catch (const ClientError& error) {
    EXPECT_EQ(typeid(error), typeid(ClientError));
    EXPECT_EQ(error.code(), "AccessDenied");
  }
}

TEST_F(GeneratedClient, TellsErrorsOfOneServiceFromThoseOfAnother) {
  script_->answer(400, {{"x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender"}},
                  R"({"__type": "com.amazonaws.sqs#QueueDoesNotExist",
                      "message": "The specified queue does not exist."})");
  const auto sqs = session().client<Sqs>();
  EXPECT_THROW(sqs.get_queue_url({{"QueueName", "q"}}), sqs::QueueDoesNotExist);
}

TEST_F(GeneratedClient, RefusesParametersBeforeSending) {
  const auto s3 = session().client<S3>();
  EXPECT_THROW(s3.create_bucket({{"Buckett", "b"}}), ParamValidationError);
  EXPECT_TRUE(script_->requests().empty());
}

TEST_F(GeneratedClient, IsAClient) {
  const auto dynamodb = session().client<DynamoDb>();
  EXPECT_TRUE(dynamodb.can_paginate("list_tables"));
  const Client client = dynamodb;
  EXPECT_EQ(client.meta().service_name, "dynamodb");
}

TEST_F(GeneratedClient, StandsForEveryService) {
  const Session all = session();
  EXPECT_EQ(all.client<CloudFormation>().meta().service_name, "cloudformation");
  EXPECT_EQ(all.client<DynamoDbStreams>().meta().service_name, "dynamodbstreams");
  EXPECT_EQ(all.client<Ec2>().meta().service_name, "ec2");
  EXPECT_EQ(all.client<Sts>().meta().service_name, "sts");
}

}  // namespace
}  // namespace cloudchamber

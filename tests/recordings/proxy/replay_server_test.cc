#include "recordings/proxy/replay_server.h"

#include <cloudchamber/cloudchamber.h>
#include <cloudchamber/in_process_transport.h>
#include <cloudchamber/recording_transport.h>
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "mock-server/mock_aws.h"
#include "sdk/recording/har.h"
#include "tests/sdk/recording/scratch_folder.h"

namespace cloudchamber::recordings {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Replay : public ScratchFolder {
 protected:
  Session session(std::shared_ptr<Transport> transport, const std::string& region = "us-east-1") {
    return Session({.region_name = region,
                    .aws_access_key_id = mock::kDefaultAccessKeyId,
                    .aws_secret_access_key = mock::kDefaultSecretAccessKey,
                    .config = {.retries = {.total_max_attempts = 1}},
                    .transport = std::move(transport),
                    .clock = aws_.shared_clock(),
                    .environment = environment_of({})});
  }
  // What `story` does against the mock, recorded by the SDK.
  void record(const std::function<void(const Session&)>& story) {
    const auto tape =
        std::make_shared<RecordingTransport>(make_in_process_transport(aws_.handler()), file_);
    story(session(tape));
    tape->close();
  }
  std::shared_ptr<Transport> replaying(ReplayServer::Options options = {}) {
    server_ = std::make_unique<ReplayServer>(file_, std::move(options));
    return make_in_process_transport(
        [this](const HttpRequest& request) { return server_->handle(request); });
  }
  Beyond mock() {
    return [this](const HttpRequest& request, const SendOptions&) {
      return Exchange{.request = request, .response = aws_.handle(request), .started = TimePoint()};
    };
  }
  template <class Call>
  std::string error_of(Call call) {
    try {
      call();
      return "succeeded";
    } catch (const ClientError& error) {
      return error.code() + ": " + error.message();
    }
  }

  mock::MockAws aws_;
  const std::filesystem::path file_ = folder_ / "story.har";
  std::unique_ptr<ReplayServer> server_;
};

void play_everywhere(const Session& aws) {
  const Client sqs = aws.client("sqs");
  const std::string url = sqs.call("CreateQueue", {{"QueueName", "q"}})["QueueUrl"];
  sqs.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "hello"}});
  EXPECT_EQ(sqs.call("ReceiveMessage", {{"QueueUrl", url}})["Messages"][0]["Body"], "hello");
  const Client s3 = aws.client("s3");
  s3.call("CreateBucket", {{"Bucket", "films"}});
  s3.call("PutObject", {{"Bucket", "films"}, {"Key", "a b/ü"}}, {.body = "content"});
  Blob body;
  s3.call("GetObject", {{"Bucket", "films"}, {"Key", "a b/ü"}}, {.output_body = &body});
  EXPECT_TRUE(body == Blob("content"));
  EXPECT_EQ(s3.call("HeadObject", {{"Bucket", "films"}, {"Key", "a b/ü"}})["ContentLength"], 7);
  const Client dynamodb = aws.client("dynamodb");
  dynamodb.call("CreateTable",
                {{"TableName", "films"},
                 {"AttributeDefinitions", {{{"AttributeName", "id"}, {"AttributeType", "B"}}}},
                 {"KeySchema", {{{"AttributeName", "id"}, {"KeyType", "HASH"}}}},
                 {"BillingMode", "PAY_PER_REQUEST"}});
  const Json key = {{"id", {{"B", Json::binary({0, 255, 7})}}}};
  dynamodb.call("PutItem", {{"TableName", "films"}, {"Item", key}});
  EXPECT_EQ(dynamodb.call("GetItem", {{"TableName", "films"}, {"Key", key}})["Item"], key);
  const Client iam = aws.client("iam");
  iam.call("CreateUser", {{"UserName", "fred"}});
  EXPECT_EQ(iam.call("GetUser", {{"UserName", "fred"}})["User"]["UserName"], "fred");
  const Client ec2 = aws.client("ec2");
  const std::string vpc = ec2.call("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}})["Vpc"]["VpcId"];
  EXPECT_EQ(ec2.call("DescribeVpcs", {{"VpcIds", {vpc}}})["Vpcs"][0]["VpcId"], vpc);
}

TEST_F(Replay, AnswersEveryProtocolFromTheRecordingAlone) {
  record(play_everywhere);
  aws_.reset();
  play_everywhere(session(replaying()));
  EXPECT_THAT(server_->unused(), IsEmpty());
}

TEST_F(Replay, TellsWhatNobodyAskedFor) {
  record(play_everywhere);
  replaying();
  const std::size_t all = server_->size();
  EXPECT_THAT(server_->unused(), SizeIs(all));
  EXPECT_EQ(server_->unused()[0], "sqs CreateQueue {\"QueueName\":\"q\"}");
  const HttpResponse told = server_->handle({.method = "GET", .target = "/_chamber/unused"});
  EXPECT_EQ(Json::parse(told.body.to_string())["unused"].size(), all);
  session(make_in_process_transport([this](const HttpRequest& r) { return server_->handle(r); }))
      .client("sqs")
      .call("CreateQueue", {{"QueueName", "q"}});
  EXPECT_THAT(server_->unused(), SizeIs(all - 1));
}

// In the protocol of each service, so that clients of all languages show it.
TEST_F(Replay, AMissNamesTheNearestRecordedCallAndWhatDiffers) {
  record(play_everywhere);
  std::vector<std::string> told;
  const Session aws =
      session(replaying({.tell = [&](const std::string& miss) { told.push_back(miss); }}));
  const struct {
    const char* service;
    const char* operation;
    Json parameters;
    const char* says;
  } rows[] = {
      {"sqs",
       "CreateQueue",
       {{"QueueName", "p"}},
       "The nearest one has QueueName \"q\", not \"p\""},
      {"dynamodb",
       "DescribeTable",
       {{"TableName", "films"}},
       "holds no call of dynamodb DescribeTable"},
      {"iam", "GetUser", {{"UserName", "bob"}}, "UserName \"fred\", not \"bob\""},
      {"ec2", "DescribeVpcs", Json::object(), ", not left out"},
      {"s3", "GetObject", {{"Bucket", "films"}, {"Key", "c"}}, "Key \"a b/ü\", not \"c\""},
  };
  for (const auto& row : rows) {
    const std::string error =
        error_of([&] { aws.client(row.service).call(row.operation, row.parameters); });
    EXPECT_THAT(error, HasSubstr("ReplayMiss: ")) << row.service;
    EXPECT_THAT(error, HasSubstr(row.says));
  }
  EXPECT_THAT(told, SizeIs(5));
  const auto elsewhere = session(
      make_in_process_transport([this](const HttpRequest& r) { return server_->handle(r); }),
      "eu-west-1");
  EXPECT_THAT(error_of([&] {
                elsewhere.client("sqs").call("CreateQueue", {{"QueueName", "q"}});
              }),
              HasSubstr("for the region us-east-1, not for eu-west-1"));
}

TEST_F(Replay, AMissOfAHeadRequestStandsInAHeader) {
  record(play_everywhere);
  replaying();
  HttpRequest request{.method = "HEAD", .host = "s3.us-east-1.amazonaws.com", .target = "/none/k"};
  const HttpResponse response = server_->handle(request);
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(std::string(response.headers.get("X-Chamber-ReplayMiss")), HasSubstr("\"none\""));
}

// With another body it is another call.
TEST_F(Replay, AnUploadIsRecognisedByItsContentHoweverItIsFramed) {
  record(play_everywhere);
  replaying();
  HttpRequest request{.method = "PUT",
                      .scheme = "http",
                      .host = "films.s3.us-east-1.amazonaws.com",
                      .target = "/a%20b/%C3%BC",
                      .headers = {{"X-Amz-Content-SHA256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"},
                                  {"Content-Encoding", "aws-chunked"},
                                  {"X-Amz-Decoded-Content-Length", "7"},
                                  {"X-Amz-Trailer", "x-amz-checksum-crc32"}},
                      .body = "7\r\ncontent\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"};
  EXPECT_EQ(server_->handle(request).status, 200);
  request.body = "7\r\nCONTENT\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n";
  EXPECT_EQ(server_->handle(request).status, 400);
}

TEST_F(Replay, FallthroughIsAnsweredByTheMock) {
  record([](const Session& aws) { aws.client("sqs").call("CreateQueue", {{"QueueName", "q"}}); });
  aws_.reset();
  const Client sqs =
      session(replaying({.mode = ReplayMode::kFallthrough, .beyond = mock()})).client("sqs");
  sqs.call("CreateQueue", {{"QueueName", "q"}});
  sqs.call("CreateQueue", {{"QueueName", "another"}});
  EXPECT_THAT(sqs.call("ListQueues")["QueueUrls"], SizeIs(1)) << "the mock's, not the recording's";
  EXPECT_EQ(error_of([&] {
              sqs.call("GetQueueUrl", {{"QueueName", "absent"}});
            }),
            "AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.");
}

TEST_F(Replay, NewEpisodesAreAddedToTheFile) {
  record([](const Session& aws) { aws.client("sqs").call("CreateQueue", {{"QueueName", "q"}}); });
  const Client sqs =
      session(replaying({.mode = ReplayMode::kNewEpisodes, .beyond = mock()})).client("sqs");
  sqs.call("CreateQueue", {{"QueueName", "q"}});
  sqs.call("CreateQueue", {{"QueueName", "another"}});
  server_->close();
  const Recording after = read_har_file(file_);
  ASSERT_THAT(after.interactions, SizeIs(2));
  EXPECT_EQ(after.interactions[1].meaning->parameters["QueueName"], "another");
}

TEST_F(Replay, OnceRecordsWhereThereIsNoRecordingAndThenNeverAgain) {
  const auto create = [&](const char* name) {
    return error_of([&] {
      session(replaying({.mode = ReplayMode::kOnce, .beyond = mock()}))
          .client("sqs")
          .call("CreateQueue", {{"QueueName", name}});
      server_->close();
    });
  };
  EXPECT_EQ(create("a"), "succeeded");
  EXPECT_EQ(create("a"), "succeeded");
  EXPECT_THAT(create("b"), HasSubstr("ReplayMiss"));
}

TEST_F(Replay, ModesThatPassCallsOnNeedSomewhereTo) {
  record(play_everywhere);
  for (const ReplayMode mode :
       {ReplayMode::kOnce, ReplayMode::kAll, ReplayMode::kNewEpisodes, ReplayMode::kFallthrough})
    EXPECT_THROW(ReplayServer(file_, {.mode = mode}), std::invalid_argument);
}

TEST_F(Replay, KeepsScalesOrDropsTheRecordedLatencyOnTheClock) {
  record([](const Session& aws) { aws.client("sqs").call("CreateQueue", {{"QueueName", "q"}}); });
  Recording slow = read_har_file(file_);
  slow.interactions[0].exchange.took = Seconds(10);
  write_har_file(slow, file_);
  for (const auto& [latency, expected] : {std::pair(0.0, 0), {1.0, 10'000}, {0.5, 5'000}}) {
    const TimePoint before = aws_.clock().now();
    session(replaying({.latency = latency, .clock = aws_.shared_clock()}))
        .client("sqs")
        .call("CreateQueue", {{"QueueName", "q"}});
    EXPECT_EQ((aws_.clock().now() - before).count(), expected);
  }
}

TEST_F(Replay, IsAskedByManyThreadsInAnyOrder) {
  record([](const Session& aws) {
    const Client sqs = aws.client("sqs");
    for (const char* name : {"a", "b", "c", "d"}) {
      const std::string url = sqs.call("CreateQueue", {{"QueueName", name}})["QueueUrl"];
      sqs.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", name}});
      sqs.call("ReceiveMessage", {{"QueueUrl", url}});
    }
  });
  const Client sqs = session(replaying()).client("sqs");
  {
    std::vector<std::jthread> threads;
    for (const char* name : {"d", "c", "b", "a"})
      threads.emplace_back([&sqs, name] {
        const std::string url = sqs.call("CreateQueue", {{"QueueName", name}})["QueueUrl"];
        sqs.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", name}});
        EXPECT_EQ(sqs.call("ReceiveMessage", {{"QueueUrl", url}})["Messages"][0]["Body"], name);
      });
  }
  EXPECT_THAT(server_->unused(), IsEmpty());
}

// A client that still speaks the query protocol, and a recording in JSON.
TEST_F(Replay, AnswersInTheProtocolOfTheRequest) {
  record([](const Session& aws) { aws.client("sqs").call("CreateQueue", {{"QueueName", "q"}}); });
  replaying();
  const HttpResponse response =
      server_->handle({.method = "POST",
                       .host = "sqs.us-east-1.amazonaws.com",
                       .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                       .body = "Action=CreateQueue&Version=2012-11-05&QueueName=q"});
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.body.to_string(), HasSubstr("<QueueUrl>"));
}

// The JavaScript SDK sends to the host that a queue's URL names.
TEST_F(Replay, UrlsAtTheRecordedEndpointLeadToTheServer) {
  record([](const Session& aws) {
    const Client sqs = aws.client("sqs");
    const std::string url = sqs.call("CreateQueue", {{"QueueName", "q"}})["QueueUrl"];
    EXPECT_THAT(url, HasSubstr("https://sqs.us-east-1.amazonaws.com/"));
    sqs.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "m"}});
  });
  replaying();
  const auto post = [&](const std::string& operation, const std::string& body) {
    return server_->handle({.scheme = "http",
                            .host = "replay.test:4566",
                            .headers = {{"X-Amz-Target", "AmazonSQS." + operation},
                                        {"Content-Type", "application/x-amz-json-1.0"}},
                            .body = body});
  };
  EXPECT_EQ(post("CreateQueue", R"({"QueueName":"q"})").body.to_string(),
            R"({"QueueUrl":"http://replay.test:4566/123456789012/q"})");
  for (const char* url : {"http://replay.test:4566/123456789012/q",
                          "https://sqs.us-east-1.amazonaws.com/123456789012/q"})
    EXPECT_EQ(
        post("SendMessage", R"({"MessageBody":"m","QueueUrl":")" + std::string(url) + "\"}").status,
        200)
        << url;
  EXPECT_EQ(
      post("SendMessage", R"({"MessageBody":"m","QueueUrl":"http://other/123456789012/q"})").status,
      400);
}

TEST_F(Replay, WhatIsNoCallIsRefusedOrPassedOn) {
  record(play_everywhere);
  replaying();
  for (const HttpRequest& request :
       {HttpRequest{.method = "GET", .host = "example.com"},
        HttpRequest{.method = "POST",
        .host = "127.0.0.1",
        .headers = {{"X-Amz-Target", "DynamoDB_20120810.Nonsense"}},
        .body = "{}"},
        HttpRequest{.method = "BREW", .host = "127.0.0.1", .target = "/%00"},
        HttpRequest{.method = "POST",
        .host = "127.0.0.1",
        .headers = {{"X-Amz-Target", "AmazonSQS.CreateQueue"}},
        .body = "{\"QueueName\": {"}}) {
    const HttpResponse response = server_->handle(request);
    EXPECT_EQ(response.status, 400) << request.method;
    EXPECT_THAT(response.body.to_string(), HasSubstr("ReplayMiss"));
  }
}

}  // namespace
}  // namespace cloudchamber::recordings

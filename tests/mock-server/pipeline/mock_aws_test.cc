#include "mock-server/mock_aws.h"

#include <cloudchamber/cloudchamber.h>
#include <cloudchamber/curl_transport.h>
#include <cloudchamber/in_process_transport.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "mock-server/state/offset_clock.h"
#include "mock-server/state/world.h"
#include "sdk/codec/timestamps.h"
#include "tests/mock-server/http/raw_client.h"

namespace cloudchamber::mock {
namespace {

std::string make_queue(const MockAws& aws, const std::string& name) {
  return aws.session().client("sqs").call("CreateQueue", {{"QueueName", name}}).at("QueueUrl");
}

std::size_t queue_count(const MockAws& aws) {
  const Json got = aws.session().client("sqs").call("ListQueues");
  return got.contains("QueueUrls") ? got.at("QueueUrls").size() : 0;
}

TEST(MockAws, AnswersItsSessionWithoutASocket) {
  const MockAws aws;
  EXPECT_EQ(make_queue(aws, "q"), "https://sqs.us-east-1.amazonaws.com/123456789012/q");
  EXPECT_EQ(aws.session().client("sts").call("GetCallerIdentity").at("Account"), kDefaultAccount);
}

// Under which a client of queues reaches them, not under CloudFormation's.
TEST(MockAws, NamesTheQueueOfAStackUnderTheHostOfQueues) {
  const MockAws aws;
  const Client cloudformation = aws.session().client("cloudformation");
  cloudformation.call("CreateStack", {{"StackName", "s"},
                                      {"TemplateBody",
                                       "Resources: {Q: {Type: AWS::SQS::Queue, "
                                       "Properties: {QueueName: q}}}"}});
  const Json resource = cloudformation.call("DescribeStackResource",
                                            {{"StackName", "s"}, {"LogicalResourceId", "Q"}});
  EXPECT_EQ(resource.at("StackResourceDetail").at("PhysicalResourceId"),
            "https://sqs.us-east-1.amazonaws.com/123456789012/q");
}

TEST(MockAws, IsAWorldOfItsOwn) {
  const MockAws one;
  const MockAws other;
  make_queue(one, "q");
  EXPECT_EQ(queue_count(other), 0U);
}

TEST(MockAws, MakesTheSameIdsFromTheSameSeed) {
  const auto message_id = [](std::uint64_t seed) {
    const MockAws aws({.seed = seed});
    const std::string url = make_queue(aws, "q");
    return aws.session()
        .client("sqs")
        .call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "b"}})
        .at("MessageId")
        .get<std::string>();
  };
  EXPECT_EQ(message_id(7), message_id(7));
  EXPECT_NE(message_id(7), message_id(8));
}

TEST(MockAws, ForksIntoWorldsThatGoTheirOwnWays) {
  const MockAws aws;
  make_queue(aws, "before");
  const MockAws forked = aws.fork();
  make_queue(aws, "after");
  make_queue(forked, "elsewhere-1");
  make_queue(forked, "elsewhere-2");
  EXPECT_EQ(queue_count(aws), 2U);
  EXPECT_EQ(queue_count(forked), 3U);
}

TEST(MockAws, ComesBackToASnapshot) {
  MockAws aws;
  make_queue(aws, "kept");
  const MockAws::Snapshot snapshot = aws.snapshot();
  make_queue(aws, "dropped");
  EXPECT_EQ(queue_count(aws), 2U);
  aws.restore(snapshot);
  EXPECT_EQ(queue_count(aws), 1U);
  EXPECT_THROW(aws.restore(MockAws::Snapshot()), std::logic_error);
}

TEST(MockAws, ForgetsAllButItsKeys) {
  MockAws aws({.strict = true});
  aws.add_credentials("AKIDMINE", "secret", "210987654321");
  make_queue(aws, "q");
  aws.reset();
  EXPECT_EQ(queue_count(aws), 0U);
  const Json who =
      aws.session()
          .client("sts", {.aws_access_key_id = "AKIDMINE", .aws_secret_access_key = "secret"})
          .call("GetCallerIdentity");
  EXPECT_EQ(who.at("Account"), "210987654321");
}

TEST(MockAws, VerifiesTheSignaturesOfKeysItKnows) {
  const MockAws aws;
  const Client liar = aws.session().client(
      "sts", {.aws_access_key_id = kDefaultAccessKeyId, .aws_secret_access_key = "wrong"});
  try {
    static_cast<void>(liar.call("GetCallerIdentity"));
    FAIL() << "a wrong signature was believed";
  } catch (const ClientError& error) {
    EXPECT_EQ(error.code(), "SignatureDoesNotMatch");
    EXPECT_EQ(error.status(), 403);
  }
}

TEST(MockAws, RefusesUnknownKeysOnlyWhenStrict) {
  const ClientOptions stranger = {.aws_access_key_id = "AKIDSTRANGER",
                                  .aws_secret_access_key = "whatever"};
  const MockAws lenient;
  EXPECT_EQ(lenient.session().client("sts", stranger).call("GetCallerIdentity").at("Account"),
            kDefaultAccount);
  const MockAws strict({.strict = true});
  EXPECT_THROW(
      static_cast<void>(strict.session().client("sts", stranger).call("GetCallerIdentity")),
      ClientError);
}

// The in-process transport skips TCP and nothing else.
TEST(MockAws, AnswersTheSameBytesWithAndWithoutASocket) {
  const MockAws here({.seed = 5});
  MockAws served({.seed = 5});
  served.start();
  const auto call_all = [url = served.url()](const MockAws& aws,
                                             std::shared_ptr<Transport> transport) {
    SessionOptions options;
    options.region_name = "us-east-1";
    options.endpoint_url = url;
    options.aws_access_key_id = kDefaultAccessKeyId;
    options.aws_secret_access_key = kDefaultSecretAccessKey;
    options.clock = aws.shared_clock();
    options.environment = environment_of({});
    options.transport = std::move(transport);
    const Session session(options);
    std::string all;
    const auto add = [&](const Json& answer) { all += answer.dump() + "\n"; };
    add(session.client("sqs").call("CreateQueue", {{"QueueName", "q"}}));
    add(session.client("s3").call("CreateBucket", {{"Bucket", "bucket"}}));
    add(session.client("s3").call("PutObject", {{"Bucket", "bucket"}, {"Key", "k"}},
                                  {.body = Blob("content")}));
    add(session.client("s3").call("ListObjectsV2", {{"Bucket", "bucket"}}));
    add(session.client("dynamodb").call("ListTables"));
    add(session.client("sts").call("GetCallerIdentity"));
    try {
      session.client("s3").call("GetObject", {{"Bucket", "bucket"}, {"Key", "absent"}});
    } catch (const ClientError& error) {
      add(error.response());
    }
    return all;
  };
  EXPECT_EQ(call_all(here, make_in_process_transport(here.handler())),
            call_all(served, make_curl_transport()));
}

TEST(MockAws, IsServedAndStopped) {
  MockAws aws;
  EXPECT_FALSE(aws.started());
  EXPECT_THROW(static_cast<void>(aws.url()), std::logic_error);
  aws.start();
  EXPECT_THROW(aws.start(), std::logic_error);
  EXPECT_EQ(aws.url(), "http://127.0.0.1:" + std::to_string(aws.port()));
  const int port = aws.port();
  {
    testing::RawClient client(port);
    EXPECT_EQ(client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n").status, 200);
  }
  aws.stop();
  EXPECT_FALSE(testing::RawClient(port).connected());
  aws.start(port);
  EXPECT_EQ(aws.port(), port);
}

TEST(MockAws, ResetsSeedsAndMovesItsClockOverHttp) {
  MockAws aws;
  make_queue(aws, "q");
  aws.start();
  testing::RawClient client(aws.port());
  EXPECT_EQ(client
                .exchange("POST /_chamber/clock?advance=60 HTTP/1.1\r\nHost: h\r\nContent-Length: "
                          "0\r\n\r\n")
                .body,
            "{\"now\":\"2026-01-01T00:01:00Z\"}\n");
  EXPECT_EQ(client.exchange("POST /moto-api/reset HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")
                .status,
            200);
  EXPECT_EQ(queue_count(aws), 0U);
}

// Also of requests that are refused by their heads; what is no request is the server's own affair.
TEST(MockAws, LetsSomebodyStandAroundWhatComesOverHttp) {
  MockAws aws;
  std::mutex mutex;
  std::vector<std::string> seen;
  aws.start(0, "127.0.0.1", [&](const HttpRequest& request, const MockAws::Answer& answer) {
    HttpResponse response = answer(request);
    response.headers.add("X-Around", "1");
    const std::lock_guard lock(mutex);
    seen.push_back(request.method + " " + request.target + " " + std::to_string(response.status) +
                   " " + std::to_string(request.body.size()));
    return response;
  });
  testing::RawClient client(aws.port());
  EXPECT_EQ(client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n").header("X-Around"), "1");
  EXPECT_EQ(client
                .exchange("PUT /no-such-bucket/key HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
                          "Content-Length: 5\r\n\r\n")
                .header("X-Around"),
            "1");
  testing::RawClient garbage(aws.port());
  const testing::RawResponse refused = garbage.exchange("nonsense\r\n\r\n");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("<Code>BadRequest</Code>"), std::string::npos);
  EXPECT_EQ(seen, (std::vector<std::string>{"GET / 200 0", "PUT /no-such-bucket/key 404 0"}));
}

// Tells when somebody waits by it.
class WatchedClock : public OffsetClock {
 public:
  WatchedClock() : OffsetClock(real_clock()) {}
  bool wait_until(TimePoint deadline, Signal* signal) override {
    if (!waited_.exchange(true)) begun_.set_value();
    return OffsetClock::wait_until(deadline, signal);
  }
  void until_somebody_waits() { begun_.get_future().wait(); }

 private:
  std::atomic<bool> waited_{false};
  std::promise<void> begun_;
};

// A request that waits (long polling) must not hold up the stop: it is answered as if its time had
// come.
TEST(MockAws, StopsWhileARequestWaits) {
  const auto clock = std::make_shared<WatchedClock>();
  MockAws aws({.clock = clock});
  const std::string url = make_queue(aws, "q");
  aws.start();
  const std::string body = "Action=ReceiveMessage&WaitTimeSeconds=20&QueueUrl=" + url;
  testing::RawClient client(aws.port());
  const std::string now = iso8601_basic(real_clock()->now());
  client.send(
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n"
      "Authorization: AWS4-HMAC-SHA256 Credential=x/" +
      now.substr(0, 8) +
      "/us-east-1/sqs/aws4_request, SignedHeaders=host;x-amz-date, Signature=00\r\nX-Amz-Date: " +
      now + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  clock->until_somebody_waits();
  const auto begin = std::chrono::steady_clock::now();
  aws.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
  const testing::RawResponse got = client.receive();
  EXPECT_EQ(got.status, 200) << got.body;
  EXPECT_EQ(got.body.find("<Message>"), std::string::npos);
}

TEST(MockAws, ServesManyClientsAtOnce) {
  MockAws aws;
  make_queue(aws, "q");
  aws.start();
  std::vector<std::thread> clients;
  std::atomic<int> answered{0};
  for (int i = 0; i < 16; ++i) {
    clients.emplace_back([&] {
      testing::RawClient client(aws.port());
      for (int j = 0; j < 50; ++j) {
        const auto got = client.exchange(
            "GET /?Action=ListQueues&Version=2012-11-05 HTTP/1.1\r\nHost: h\r\n"
            "Authorization: AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/sqs/aws4_request, "
            "SignedHeaders=host;x-amz-date, Signature=00\r\nX-Amz-Date: 20260101T000000Z\r\n\r\n");
        if (got.status == 200) ++answered;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(answered, 16 * 50);
}

}  // namespace
}  // namespace cloudchamber::mock

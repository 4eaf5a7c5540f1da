#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

#include "cloudchamber/cloudchamber.h"
#include "cloudchamber/in_process_transport.h"
#include "cloudchamber/replay_transport.h"
#include "mock-server/mock_aws.h"
#include "sdk/recording/har.h"
#include "tests/sdk/recording/scratch_folder.h"

namespace cloudchamber {
namespace {

using testing::HasSubstr;

class Replay : public ScratchFolder {
 protected:
  [[nodiscard]] Session session(std::shared_ptr<Transport> transport) const {
    return Session({.region_name = "us-east-1",
                    .aws_access_key_id = "test",
                    .aws_secret_access_key = "test",
                    .transport = std::move(transport),
                    .clock = aws_.shared_clock(),
                    .environment = environment_of({})});
  }
  [[nodiscard]] std::shared_ptr<Transport> mock() const {
    return make_in_process_transport(aws_.handler());
  }
  [[nodiscard]] Client replaying(const ReplayOptions& options = {}) const {
    return session(std::make_shared<ReplayTransport>(file_, options)).client("sqs");
  }
  // CreateQueue, SendMessage, and two ReceiveMessages: one message, then none.
  std::string record() {
    const auto tape = std::make_shared<RecordingTransport>(mock(), file_);
    const Client sqs = session(tape).client("sqs");
    std::string url = sqs.call("CreateQueue", {{"QueueName", "q"}}).at("QueueUrl");
    sqs.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "hello"}});
    for (int i = 0; i < 2; ++i) sqs.call("ReceiveMessage", {{"QueueUrl", url}});
    tape->close();
    return url;
  }

  mock::MockAws aws_;
  const std::filesystem::path file_ = folder_ / "story.har";
};

TEST_F(Replay, AnswersAsWasRecordedWithoutSending) {
  const std::string url = record();
  aws_.reset();
  const Client sqs = replaying();
  EXPECT_EQ(sqs.call("CreateQueue", {{"QueueName", "q"}}).at("QueueUrl"), url);
  EXPECT_EQ(sqs.call("ReceiveMessage", {{"QueueUrl", url}})["Messages"][0]["Body"], "hello");
  EXPECT_FALSE(sqs.call("ReceiveMessage", {{"QueueUrl", url}}).contains("Messages"));
  EXPECT_FALSE(sqs.call("ReceiveMessage", {{"QueueUrl", url}}).contains("Messages"))
      << "the last state stays";
}

TEST_F(Replay, RepeatsRecordedErrors) {
  const auto tape = std::make_shared<RecordingTransport>(mock(), file_);
  const auto ask = [](const Client& sqs) {
    try {
      sqs.call("GetQueueUrl", {{"QueueName", "absent"}});
      return std::string("succeeded");
    } catch (const ClientError& error) {
      return error.code() + ": " + error.message();
    }
  };
  const std::string said = ask(session(tape).client("sqs"));
  tape->close();
  EXPECT_EQ(ask(replaying()), said);
  EXPECT_EQ(read_har_file(file_).interactions[0].meaning->error_code + ": " +
                read_har_file(file_).interactions[0].meaning->error_message,
            said);
}

TEST_F(Replay, NamesTheNearestRecordedCallOfOneThatItLacks) {
  const std::string url = record();
  const Client sqs = replaying();
  const auto miss = [](const Client& client, const char* operation, const Json& parameters) {
    try {
      client.call(operation, parameters);
      return std::string("succeeded");
    } catch (const ReplayMiss& missed) {
      return std::string(missed.what());
    }
  };
  EXPECT_EQ(miss(sqs, "SendMessage", {{"QueueUrl", url}, {"MessageBody", "hullo"}}),
            "The recording holds no such call of sqs SendMessage. The nearest one has MessageBody "
            "\"hello\", not \"hullo\".");
  EXPECT_EQ(
      miss(sqs, "SendMessage", {{"QueueUrl", url}, {"MessageBody", "hello"}, {"DelaySeconds", 5}}),
      "The recording holds no such call of sqs SendMessage. The nearest one has DelaySeconds "
      "not given, not 5.");
  EXPECT_EQ(miss(sqs, "ListQueues", Json::object()),
            "The recording holds no call of sqs ListQueues.");
  const Session elsewhere({.region_name = "eu-west-1",
                           .aws_access_key_id = "test",
                           .aws_secret_access_key = "test",
                           .transport = std::make_shared<ReplayTransport>(file_),
                           .environment = environment_of({})});
  EXPECT_THAT(miss(elsewhere.client("sqs"), "CreateQueue", {{"QueueName", "q"}}),
              HasSubstr("for the region us-east-1, not for eu-west-1"));
}

TEST_F(Replay, IsAskedByManyThreadsInAnyOrder) {
  const std::string url = record();
  const auto transport = std::make_shared<ReplayTransport>(file_);
  const Client sqs = session(transport).client("sqs");
  EXPECT_EQ(transport->unused(), 4U);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        sqs.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "hello"}});
        sqs.call("CreateQueue", {{"QueueName", "q"}});
      });
  }
  EXPECT_EQ(transport->unused(), 2U) << "nobody received";
}

TEST_F(Replay, OnceRecordsWhereThereIsNoRecording) {
  const auto create = [&](const char* name) {
    const auto transport = std::make_shared<ReplayTransport>(
        file_, ReplayOptions{.mode = ReplayMode::kOnce, .inner = mock()});
    session(transport).client("sqs").call("CreateQueue", {{"QueueName", name}});
    transport->close();
  };
  create("a");
  EXPECT_EQ(read_har_file(file_).interactions.size(), 1U);
  create("a");
  EXPECT_THROW(create("b"), ReplayMiss);
}

TEST_F(Replay, NewEpisodesAreAddedAndOldOnesKept) {
  record();
  {
    const auto transport = std::make_shared<ReplayTransport>(
        file_, ReplayOptions{.mode = ReplayMode::kNewEpisodes, .inner = mock()});
    const Client sqs = session(transport).client("sqs");
    sqs.call("CreateQueue", {{"QueueName", "q"}});
    sqs.call("CreateQueue", {{"QueueName", "another"}});
  }
  const Recording after = read_har_file(file_);
  ASSERT_EQ(after.interactions.size(), 5U);
  EXPECT_EQ(after.interactions[4].meaning->parameters["QueueName"], "another");
}

TEST_F(Replay, AllRecordsAnewAndFallthroughRecordsNothing) {
  const std::string url = record();
  replaying({.mode = ReplayMode::kFallthrough, .inner = mock()}).call("ListQueues");
  EXPECT_EQ(read_har_file(file_).interactions.size(), 4U);
  replaying({.mode = ReplayMode::kAll, .inner = mock()}).call("ListQueues");
  EXPECT_EQ(read_har_file(file_).interactions.size(), 1U);
  EXPECT_THROW((void)ReplayTransport(file_, {.mode = ReplayMode::kAll}), std::invalid_argument);
}

TEST_F(Replay, KeepsRecordedLatencyOnTheClockWhereAskedTo) {
  record();
  Recording slow = read_har_file(file_);
  for (Interaction& interaction : slow.interactions) interaction.exchange.took = Seconds(10);
  write_har_file(slow, file_);
  for (const auto& [latency, expected] : {std::pair(0.0, 0), {1.0, 10'000}, {0.5, 5'000}}) {
    const TimePoint before = aws_.clock().now();
    ReplayOptions options{.latency = latency};
    options.recording.clock = aws_.shared_clock();
    replaying(options).call("CreateQueue", {{"QueueName", "q"}});
    EXPECT_EQ((aws_.clock().now() - before).count(), expected);
  }
}

// An idempotency token is new with every call.
TEST_F(Replay, LooksPastIdempotencyTokens) {
  const auto write = [&](const std::shared_ptr<Transport>& transport) {
    return session(transport)
        .client("dynamodb")
        .call("TransactWriteItems",
              {{"TransactItems",
                {{{"Delete", {{"TableName", "films"}, {"Key", {{"id", {{"S", "1"}}}}}}}}}}});
  };
  const Client dynamodb = session(mock()).client("dynamodb");
  dynamodb.call("CreateTable",
                {{"TableName", "films"},
                 {"AttributeDefinitions", {{{"AttributeName", "id"}, {"AttributeType", "S"}}}},
                 {"KeySchema", {{{"AttributeName", "id"}, {"KeyType", "HASH"}}}},
                 {"BillingMode", "PAY_PER_REQUEST"}});
  const auto tape = std::make_shared<RecordingTransport>(mock(), file_);
  write(tape);
  tape->close();
  EXPECT_NO_THROW(write(std::make_shared<ReplayTransport>(file_)));
}

}  // namespace
}  // namespace cloudchamber

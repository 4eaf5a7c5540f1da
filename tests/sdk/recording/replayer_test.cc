// The order of replayed answers, and the values that clients make up anew.
#include "sdk/recording/replayer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace cloudchamber {
namespace {

class ReplayerTest : public testing::Test {
 protected:
  void recorded(const std::string& service, const std::string& operation, const Json& parameters,
                const std::string& answer, const Json& result = Json::object(),
                const std::string& error = "") {
    Interaction interaction;
    interaction.meaning = Meaning{.service = service,
                                  .operation = operation,
                                  .region = "us-east-1",
                                  .parameters = parameters,
                                  .result = result,
                                  .error_code = error};
    interaction.exchange.response.body = answer;
    recording_.interactions.push_back(std::move(interaction));
  }

  std::string ask(const std::string& service, const std::string& operation,
                  const Json& parameters) {
    if (!replayer_) replayer_.emplace(std::make_unique<const Tape>(recording_));
    const auto model = find_model(service);
    const HttpRequest request;
    const std::string region = "us-east-1";
    const LookedUpCall call{*model, *model->find_operation(operation), region, parameters, request};
    const auto found = replayer_->answer(call);
    return found ? found->response.body.to_string() : "miss: " + replayer_->explain(call);
  }
  std::string describe(const std::string& table) {
    return ask("dynamodb", "DescribeTable", {{"TableName", table}});
  }

  Recording recording_;
  std::optional<Replayer> replayer_;
};

void record_life_of(const std::string& table,
                    const std::function<void(const char*, const Json&, const std::string&)>& add) {
  const Json name = {{"TableName", table}};
  add("CreateTable", name, table + " made");
  add("DescribeTable", name, table + " creating");
  add("DescribeTable", name, table + " active");
  add("DeleteTable", name, table + " deleted");
  add("DescribeTable", name, table + " deleting");
  add("DescribeTable", name, table + " gone");
}

// A poll that comes more often, or less often, than was recorded sees each state in its time.
TEST_F(ReplayerTest, ReadsSeeWhatWasRecordedBetweenTheSameChanges) {
  record_life_of("films",
                 [&](const char* operation, const Json& parameters, const std::string& answer) {
                   recorded("dynamodb", operation, parameters, answer);
                 });
  ask("dynamodb", "CreateTable", {{"TableName", "films"}});
  EXPECT_EQ(describe("films"), "films creating");
  EXPECT_EQ(describe("films"), "films active");
  EXPECT_EQ(describe("films"), "films active") << "the last state stays";
  EXPECT_EQ(describe("films"), "films active");
  ask("dynamodb", "DeleteTable", {{"TableName", "films"}});
  EXPECT_EQ(describe("films"), "films deleting");
  EXPECT_EQ(describe("films"), "films gone");
  EXPECT_EQ(describe("films"), "films gone");
}

TEST_F(ReplayerTest, APollThatEndsEarlyIsNotBehindLater) {
  record_life_of("films",
                 [&](const char* operation, const Json& parameters, const std::string& answer) {
                   recorded("dynamodb", operation, parameters, answer);
                 });
  ask("dynamodb", "CreateTable", {{"TableName", "films"}});
  ask("dynamodb", "DeleteTable", {{"TableName", "films"}});
  EXPECT_EQ(describe("films"), "films deleting");
}

TEST_F(ReplayerTest, OrderIsOfAResourceNotOfTheRecording) {
  for (const char* table : {"films", "actors"})
    record_life_of(table,
                   [&](const char* operation, const Json& parameters, const std::string& answer) {
                     recorded("dynamodb", operation, parameters, answer);
                   });
  ask("dynamodb", "CreateTable", {{"TableName", "actors"}});
  ask("dynamodb", "DeleteTable", {{"TableName", "actors"}});
  EXPECT_EQ(describe("actors"), "actors deleting");
  ask("dynamodb", "CreateTable", {{"TableName", "films"}});
  EXPECT_EQ(describe("films"), "films creating");
}

// What AWS made up names the resource: the instance is in the result alone.
TEST_F(ReplayerTest, AResultNamesResourcesToo) {
  const Json ids = {{"InstanceIds", {"i-1"}}};
  recorded("ec2", "RunInstances", {{"ImageId", "ami-1"}, {"MinCount", 1}, {"MaxCount", 1}}, "run",
           {{"Instances", {{{"InstanceId", "i-1"}}}}});
  recorded("ec2", "DescribeInstances", ids, "running");
  recorded("ec2", "StopInstances", ids, "stop");
  recorded("ec2", "DescribeInstances", ids, "stopped");
  ask("ec2", "RunInstances", {{"ImageId", "ami-1"}, {"MinCount", 1}, {"MaxCount", 1}});
  EXPECT_EQ(ask("ec2", "DescribeInstances", ids), "running");
  EXPECT_EQ(ask("ec2", "DescribeInstances", ids), "running");
  ask("ec2", "StopInstances", ids);
  EXPECT_EQ(ask("ec2", "DescribeInstances", ids), "stopped");
}

// A queue is made by its name and then known by its URL.
TEST_F(ReplayerTest, ListsChangeWithWhatTheyList) {
  recorded("sqs", "ListQueues", Json::object(), "none");
  recorded("sqs", "CreateQueue", {{"QueueName", "q"}}, "made", {{"QueueUrl", "http://h/1/q"}});
  recorded("sqs", "ListQueues", Json::object(), "one");
  EXPECT_EQ(ask("sqs", "ListQueues", Json::object()), "none");
  EXPECT_EQ(ask("sqs", "ListQueues", Json::object()), "none");
  ask("sqs", "CreateQueue", {{"QueueName", "q"}});
  EXPECT_EQ(ask("sqs", "ListQueues", Json::object()), "one");
}

TEST_F(ReplayerTest, EqualChangesAreAnsweredInTurn) {
  const Json message = {{"QueueUrl", "http://h/1/q"}, {"MessageBody", "m"}};
  recorded("sqs", "SendMessage", message, "first");
  recorded("sqs", "SendMessage", message, "second");
  EXPECT_EQ(ask("sqs", "SendMessage", message), "first");
  EXPECT_EQ(ask("sqs", "SendMessage", message), "second");
  EXPECT_EQ(ask("sqs", "SendMessage", message), "second");
}

TEST_F(ReplayerTest, AFailedChangeChangesNothing) {
  const Json name = {{"TableName", "t"}};
  recorded("dynamodb", "DescribeTable", name, "before");
  recorded("dynamodb", "DeleteTable", name, "refused", Json::object(), "ResourceInUseException");
  recorded("dynamodb", "DescribeTable", name, "after");
  EXPECT_EQ(describe("t"), "before");
  EXPECT_EQ(describe("t"), "after");
}

Json put(const std::string& id) { return {{"TableName", "t"}, {"Item", {{"id", {{"S", id}}}}}}; }
Json get(const std::string& id) { return {{"TableName", "t"}, {"Key", {{"id", {{"S", id}}}}}}; }
const std::string kThen = "11111111-1111-4111-8111-111111111111";
const std::string kThenToo = "22222222-2222-4222-8222-222222222222";
const std::string kNow = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
const std::string kNowToo = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";

// A program that makes up an id sends another one in each run.
TEST_F(ReplayerTest, UuidsOfTheClientAreRecognisedByTheirPlace) {
  recorded("dynamodb", "PutItem", put(kThen), "put 1");
  recorded("dynamodb", "PutItem", put(kThenToo), "put 2");
  recorded("dynamodb", "GetItem", get(kThenToo), "got " + kThenToo);
  recorded("dynamodb", "GetItem", get(kThen), "got " + kThen);
  EXPECT_EQ(ask("dynamodb", "PutItem", put(kNow)), "put 1");
  EXPECT_EQ(ask("dynamodb", "PutItem", put(kNowToo)), "put 2");
  EXPECT_EQ(ask("dynamodb", "GetItem", get(kNow)), "got " + kNow) << "it stands for the first";
  EXPECT_EQ(ask("dynamodb", "GetItem", get(kNowToo)), "got " + kNowToo);
  EXPECT_EQ(ask("dynamodb", "PutItem", put(kNow)), "put 1") << "the same again";
}

TEST_F(ReplayerTest, TimesOfTheClientAreRecognisedByTheirPlace) {
  for (const auto& [then, now] :
       {std::pair("at 2026-01-01T00:00:00Z", "at 2027-05-06T07:08:09Z"),
        {"deploy-1700000000", "deploy-1800000000"},
        {"t=1700000000123", "t=1800000000456"},
        {"20260101T000000Z", "20270101T000000Z"},
        {"2026-01-01T00:00:00.123456+00:00", "2026-01-02T00:00:00+00:00"}}) {
    recording_ = Recording();
    replayer_.reset();
    recorded("dynamodb", "PutItem", put(then), "put");
    EXPECT_EQ(ask("dynamodb", "PutItem", put(now)), "put") << now;
  }
}

// Else one item would be taken for another.
TEST_F(ReplayerTest, AnIdThatAnAnswerGaveMeansItself) {
  recorded("sqs", "SendMessage", {{"QueueUrl", "u"}, {"MessageBody", "m"}}, "gave " + kNow);
  recorded("dynamodb", "GetItem", get(kThen), "got");
  ask("sqs", "SendMessage", {{"QueueUrl", "u"}, {"MessageBody", "m"}});
  EXPECT_NE(ask("dynamodb", "GetItem", get(kNow)), "got");
}

TEST_F(ReplayerTest, TwoNewIdsDoNotStandForOneRecorded) {
  recorded("dynamodb", "PutItem", put(kThen), "put");
  recorded("dynamodb", "GetItem", get(kThen), "got");
  EXPECT_EQ(ask("dynamodb", "PutItem", put(kNow)), "put");
  EXPECT_NE(ask("dynamodb", "GetItem", get(kNowToo)), "got");
}

TEST_F(ReplayerTest, WhatIsNoGeneratedValueMustBeEqual) {
  recorded("dynamodb", "PutItem", put("film-1234567"), "put");
  for (const char* other : {"film-7654321", "film-12345678", "film-", ""})
    EXPECT_NE(ask("dynamodb", "PutItem", put(other)), "put") << other;
}

// A time is one, however a program writes it; so are bytes.
TEST_F(ReplayerTest, ParametersAreComparedByWhatTheyMean) {
  recorded("s3", "GetObject",
           {{"Bucket", "b"}, {"Key", "k"}, {"IfModifiedSince", "2026-01-01T00:00:00Z"}}, "got");
  EXPECT_EQ(ask("s3", "GetObject",
                {{"Bucket", "b"},
                 {"Key", "k"},
                 {"IfModifiedSince", 1767225600},
                 {"ChecksumMode", "ENABLED"}}),
            "got");
}

// Members that a rule of the user's replaced when it was recorded.
TEST_F(ReplayerTest, APlaceholderStandsForAnyValue) {
  recorded("sqs", "SendMessage", {{"QueueUrl", "u"}, {"MessageBody", "<MessageBody>"}}, "sent");
  EXPECT_EQ(ask("sqs", "SendMessage", {{"QueueUrl", "u"}, {"MessageBody", "in truth"}}), "sent");
  EXPECT_EQ(ask("sqs", "SendMessage", {{"QueueUrl", "v"}, {"MessageBody", "in truth"}}),
            "miss: The recording holds no such call of sqs SendMessage. The nearest one has "
            "QueueUrl \"u\", not \"v\".");
}

}  // namespace
}  // namespace cloudchamber

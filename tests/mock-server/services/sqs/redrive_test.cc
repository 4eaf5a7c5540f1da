// Dead-letter queues and move tasks.
#include "sdk/codec/base64.h"
#include "tests/mock-server/services/sqs/sqs_fixture.h"

namespace cloudchamber::mock::sqs {
namespace {

using namespace std::chrono_literals;

std::string redrive(const std::string& target, int count = 1) {
  return Json{{"deadLetterTargetArn", target}, {"maxReceiveCount", count}}.dump();
}

class DeadLetterFixture : public SqsFixture {
 protected:
  DeadLetterFixture() {
    dead_ = create("dead");
    set(url_, "RedrivePolicy", redrive(arn("dead")));
  }
  // Messages that were received once too often.
  void bury(int count, const std::string& url) {
    for (int i = 0; i < count; ++i) {
      sqs("SendMessage", {{"QueueUrl", url}, {"MessageBody", "m" + std::to_string(i)}});
    }
    for (int i = 0; i < 2 * count; ++i) receive_from(url, {{"VisibilityTimeout", 0}});
  }
  std::string visible(const std::string& url) {
    return attribute_of(url, "ApproximateNumberOfMessages");
  }
  Json start(const Json& more = Json::object()) {
    Json input{{"SourceArn", arn("dead")}};
    input.update(more);
    return sqs("StartMessageMoveTask", input);
  }
  Json last_task() {
    return sqs("ListMessageMoveTasks", {{"SourceArn", arn("dead")}})["Results"][0];
  }

  std::string dead_;
};

using RedrivePolicyAttribute = DeadLetterFixture;

TEST_F(RedrivePolicyAttribute, IsChecked) {
  create("other.fifo", {{"FifoQueue", "true"}});
  const auto json = [](const std::string& target, const std::string& count) {
    return R"({"deadLetterTargetArn":")" + target + R"(","maxReceiveCount":)" + count + "}";
  };
  const auto count = [](const std::string& number) {
    return "Invalid value for maxReceiveCount: " + number +
           ", valid values are from 1 to 1000 both inclusive.";
  };
  const std::string missing = "Redrive policy does not contain mandatory attribute: ";
  const std::string dead = arn("dead");
  const struct {
    std::string policy;
    std::string reason;  // "" when good
  } rows[] = {
      {json(dead, "1"), ""},
      {json(dead, "\"1000\""), ""},
      {"", ""},
      {json(dead, "0"), count("0")},
      {json(dead, "1001"), count("1001")},
      {json(dead, "1.5"), count("1.5")},
      {json(dead, "\"ten\""), count("ten")},
      {json(dead, "[]"), count("")},
      {json(arn("orders"), "1"), ""},
      {json(arn("none"), "1"), "Dead letter target does not exist."},
      {json("arn:aws:sqs:eu-west-1:123456789012:dead", "1"), "Dead letter target does not exist."},
      {json("dummy", "1"), "Dead letter target does not exist."},
      {json(arn("other.fifo"), "1"), "Dead-letter queue must be same type of queue as the source."},
      {R"({"maxReceiveCount":1})", missing + "deadLetterTargetArn."},
      {R"({"deadLetterTargetArn":"x"})", missing + "maxReceiveCount."},
      {R"({"deadLetterTargetArn":1,"maxReceiveCount":1})", "Dead letter target does not exist."},
      {R"({"deadLetterTargetArn":"x","maxReceiveCount":1,"a":1})",
       "Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount]."},
      {"nonsense", "Redrive policy is not a valid JSON map."},
      {"[]", "Redrive policy is not a valid JSON map."},
      {std::string(100'000, '['), "Redrive policy is not a valid JSON map."},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(sqs_error("SetQueueAttributes",
                        {{"QueueUrl", url_}, {"Attributes", {{"RedrivePolicy", row.policy}}}}),
              row.reason.empty()
                  ? "succeeded"
                  : "InvalidParameterValue: Value " + row.policy +
                        " for parameter RedrivePolicy is invalid. Reason: " + row.reason)
        << row.policy.substr(0, 200);
  }
}

TEST_F(RedrivePolicyAttribute, IsShownWithANumber) {
  set(url_, "RedrivePolicy",
      R"({ "maxReceiveCount": "7", "deadLetterTargetArn": "arn:aws:sqs:us-east-1:123456789012:dead"})");
  EXPECT_EQ(attribute("RedrivePolicy"), redrive(arn("dead"), 7));
}

using RedriveAllowPolicyAttribute = DeadLetterFixture;

TEST_F(RedriveAllowPolicyAttribute, IsChecked) {
  std::string many = R"({"redrivePermission":"byQueue","sourceQueueArns":["a")";
  for (int i = 1; i < 10; ++i) many += R"(,"a")";
  const struct {
    std::string policy;
    bool good;
  } rows[] = {{"", true},
              {R"({"redrivePermission":"allowAll"})", true},
              {R"({"redrivePermission":"denyAll"})", true},
              {many + "]}", true},
              {many + R"(,"a"]})", false},
              {R"({"redrivePermission":"byQueue"})", false},
              {R"({"redrivePermission":"byQueue","sourceQueueArns":[]})", false},
              {R"({"redrivePermission":"byQueue","sourceQueueArns":[1]})", false},
              {R"({"redrivePermission":"denyAll","sourceQueueArns":["a"]})", false},
              {R"({"redrivePermission":"perhaps"})", false},
              {R"({"redrivePermission":1})", false},
              {"{}", false},
              {"nonsense", false}};
  for (const auto& row : rows) {
    const std::string error =
        sqs_error("SetQueueAttributes",
                  {{"QueueUrl", dead_}, {"Attributes", {{"RedriveAllowPolicy", row.policy}}}});
    EXPECT_EQ(error == "succeeded", row.good) << row.policy << ' ' << error;
    EXPECT_EQ(error.starts_with("InvalidParameterValue: Value " + row.policy +
                                " for parameter RedriveAllowPolicy is invalid. Reason: "),
              !row.good);
  }
}

TEST_F(RedriveAllowPolicyAttribute, DecidesWhoMayNameTheQueue) {
  const auto error = [&](const std::string& allow) {
    set(dead_, "RedriveAllowPolicy", allow);
    return sqs_error(
        "SetQueueAttributes",
        {{"QueueUrl", url_}, {"Attributes", {{"RedrivePolicy", redrive(arn("dead"), 2)}}}});
  };
  const auto by_queue = [](const std::string& source) {
    return Json{{"redrivePermission", "byQueue"}, {"sourceQueueArns", {source}}}.dump();
  };
  EXPECT_EQ(error(R"({"redrivePermission":"allowAll"})"), "succeeded");
  EXPECT_EQ(error(by_queue(arn("orders"))), "succeeded");
  EXPECT_NE(error(by_queue(arn("other"))), "succeeded");
  EXPECT_NE(error(R"({"redrivePermission":"denyAll"})"), "succeeded");
  send("a");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(receive({{"VisibilityTimeout", 0}}).size(), 1U);
  EXPECT_EQ(error(""), "succeeded");
  EXPECT_TRUE(receive().empty());
  EXPECT_EQ(visible(dead_), "1");
}

using DeadLetters = DeadLetterFixture;

TEST_F(DeadLetters, OfStandardQueuesAreAsOldAsTheyWereSent) {
  set(dead_, "MessageRetentionPeriod", "100");
  send("a");
  receive();
  clock_->advance(60s);
  EXPECT_TRUE(receive().empty());
  sqs("SendMessage", {{"QueueUrl", dead_}, {"MessageBody", "b"}});
  EXPECT_EQ(visible(dead_), "2");
  clock_->advance(39'999ms);
  EXPECT_EQ(visible(dead_), "2");
  clock_->advance(1ms);
  EXPECT_EQ(receive_from(dead_)[0]["Body"], "b");
}

TEST_F(DeadLetters, StayWhereTheyAreWhenTheirQueueIsGone) {
  sqs("DeleteQueue", {{"QueueUrl", dead_}});
  send("a");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(receive({{"VisibilityTimeout", 0}}).size(), 1U);
}

// LocalStack's test_dead_letter_queue_with_fifo_and_content_based_deduplication.
TEST_F(DeadLetters, OfFifoQueuesKeepTheirIdAndTakeItForTheirDeduplicationId) {
  dead_ = create("dead.fifo", {{"FifoQueue", "true"}, {"ContentBasedDeduplication", "true"}});
  url_ = create("q.fifo", {{"FifoQueue", "true"},
                           {"ContentBasedDeduplication", "true"},
                           {"RedrivePolicy", redrive(arn("dead.fifo"), 2)}});
  const Json sent = send("a", {{"MessageGroupId", "g"}});
  send("b", {{"MessageGroupId", "g"}});
  clock_->advance(1s);
  const Json one{{"VisibilityTimeout", 0}, {"MaxNumberOfMessages", 1}};
  receive(one);
  receive(one);
  EXPECT_EQ(receive(one)[0]["Body"], "b") << "a is dead, and with it the lock";
  const Json buried = receive_from(dead_, {{"AttributeNames", {"All"}}});
  ASSERT_EQ(buried.size(), 1U);
  EXPECT_EQ(buried[0]["MessageId"], sent["MessageId"]);
  const Json attributes = buried[0]["Attributes"];
  EXPECT_EQ(attributes["MessageDeduplicationId"], sent["MessageId"]);
  EXPECT_EQ(attributes["MessageGroupId"], "g");
  EXPECT_EQ(attributes["DeadLetterQueueSourceArn"], arn("q.fifo"));
  EXPECT_EQ(attributes["SentTimestamp"], "1767225601000") << "FIFO queues count anew";
  EXPECT_EQ(attributes["ApproximateReceiveCount"], "3");
}

using ListDeadLetterSourceQueues = DeadLetterFixture;

TEST_F(ListDeadLetterSourceQueues, ListsInPages) {
  for (const char* name : {"s1", "s2", "s3"})
    create(name, {{"RedrivePolicy", redrive(arn("dead"))}});
  const Json input{{"QueueUrl", dead_}, {"MaxResults", 3}};
  const Json first = sqs("ListDeadLetterSourceQueues", input);
  EXPECT_EQ(first["queueUrls"].size(), 3U);
  Json more = input;
  more["NextToken"] = first["NextToken"];
  const Json second = sqs("ListDeadLetterSourceQueues", more);
  EXPECT_EQ(second["queueUrls"], Json({"http://127.0.0.1:4566/123456789012/s3"}));
  EXPECT_FALSE(second.contains("NextToken"));
  EXPECT_EQ(sqs("ListDeadLetterSourceQueues", {{"QueueUrl", url_}}),
            Json({{"queueUrls", Json::array()}}));
  for (const int bad : {0, 1001}) {
    EXPECT_TRUE(sqs_error("ListDeadLetterSourceQueues", {{"QueueUrl", dead_}, {"MaxResults", bad}})
                    .starts_with("InvalidParameterValue"));
  }
}

using StartMessageMoveTask = DeadLetterFixture;

// LocalStack's recordings of test_sqs_move_task.py.
TEST_F(StartMessageMoveTask, MovesToTheDestinationAsNewMessages) {
  const std::string destination = create("destination");
  bury(2, url_);
  ASSERT_EQ(visible(dead_), "2");
  clock_->advance(10s);
  const Json started = start({{"DestinationArn", arn("destination")}});
  const Json handle = Json::parse(*base64_decode(started["TaskHandle"].get<std::string>()));
  EXPECT_EQ(handle["sourceArn"], arn("dead"));
  EXPECT_EQ(handle["taskId"].get<std::string>().size(), 36U);
  EXPECT_EQ(last_task(), Json({{"ApproximateNumberOfMessagesMoved", 0},
                               {"ApproximateNumberOfMessagesToMove", 2},
                               {"DestinationArn", arn("destination")},
                               {"SourceArn", arn("dead")},
                               {"StartedTimestamp", 1767225610000},
                               {"Status", "RUNNING"},
                               {"TaskHandle", started["TaskHandle"]}}));
  clock_->advance(1ms);
  EXPECT_EQ(visible(destination), "2");
  EXPECT_EQ(visible(dead_), "0");
  EXPECT_EQ(last_task(), Json({{"ApproximateNumberOfMessagesMoved", 2},
                               {"ApproximateNumberOfMessagesToMove", 2},
                               {"DestinationArn", arn("destination")},
                               {"SourceArn", arn("dead")},
                               {"StartedTimestamp", 1767225610000},
                               {"Status", "COMPLETED"}}));
  const Json moved = receive_from(destination, {{"AttributeNames", {"All"}}});
  ASSERT_EQ(moved.size(), 2U);
  EXPECT_EQ(moved[0]["Body"], "m0");
  EXPECT_EQ(moved[0]["Attributes"]["ApproximateReceiveCount"], "1");
  EXPECT_EQ(moved[0]["Attributes"]["SentTimestamp"], "1767225610001");
  EXPECT_FALSE(moved[0]["Attributes"].contains("DeadLetterQueueSourceArn"));
}

TEST_F(StartMessageMoveTask, MovesBackToWhereTheMessagesCameFromByDefault) {
  const std::string second = create("second", {{"RedrivePolicy", redrive(arn("dead"))}});
  bury(2, url_);
  bury(3, second);
  start();
  EXPECT_FALSE(last_task().contains("DestinationArn"));
  clock_->advance(1ms);
  EXPECT_EQ(visible(url_), "2");
  EXPECT_EQ(visible(second), "3");
  EXPECT_EQ(last_task()["ApproximateNumberOfMessagesMoved"], 5);
}

TEST_F(StartMessageMoveTask, MovesSoManyASecondAsAsked) {
  bury(4, url_);
  start({{"MaxNumberOfMessagesPerSecond", 2}});
  const struct {
    Milliseconds after;
    std::string moved;
    std::string status;
  } rows[] = {{0ms, "0", "RUNNING"},   {1ms, "1", "RUNNING"},    {500ms, "1", "RUNNING"},
              {501ms, "2", "RUNNING"}, {1500ms, "3", "RUNNING"}, {1501ms, "4", "COMPLETED"}};
  const TimePoint began = clock_->now();
  for (const auto& row : rows) {
    clock_->advance(began + row.after - clock_->now());
    EXPECT_EQ(visible(url_), row.moved) << row.after.count();
    const Json task = last_task();
    EXPECT_EQ(task["Status"], row.status) << row.after.count();
    EXPECT_EQ(task["MaxNumberOfMessagesPerSecond"], 2);
    EXPECT_EQ(task.contains("TaskHandle"), row.status == "RUNNING");
  }
}

TEST_F(StartMessageMoveTask, EndsTheWaitOfAReceiver) {
  bury(1, url_);
  const TimePoint began = clock_->now();
  start();
  EXPECT_EQ(receive({{"WaitTimeSeconds", 20}}).size(), 1U);
  EXPECT_EQ(clock_->now(), began + 1ms);
}

TEST_F(StartMessageMoveTask, FailsWhenItsDestinationIsGone) {
  const std::string destination = create("destination");
  bury(10, url_);
  start({{"DestinationArn", arn("destination")}, {"MaxNumberOfMessagesPerSecond", 1}});
  clock_->advance(2'500ms);
  sqs("DeleteQueue", {{"QueueUrl", destination}});
  clock_->advance(1s);
  const Json task = last_task();
  EXPECT_EQ(task["Status"], "FAILED");
  EXPECT_EQ(task["FailureReason"], "AWS.SimpleQueueService.NonExistentQueue");
  EXPECT_EQ(visible(dead_), "7");
}

TEST_F(StartMessageMoveTask, FailsForMessagesThatCameFromNowhere) {
  sqs("SendMessage", {{"QueueUrl", dead_}, {"MessageBody", "a"}});
  start();
  clock_->advance(1ms);
  EXPECT_EQ(last_task()["FailureReason"], "CouldNotDetermineMessageSource");
  EXPECT_EQ(visible(dead_), "1");
}

TEST_F(StartMessageMoveTask, MovesBetweenFifoQueuesInTheirOrder) {
  dead_ = create("dead.fifo", {{"FifoQueue", "true"}});
  const std::string source = create("q.fifo", {{"FifoQueue", "true"},
                                               {"ContentBasedDeduplication", "true"},
                                               {"RedrivePolicy", redrive(arn("dead.fifo"))}});
  for (const char* body : {"a", "b", "c"}) {
    sqs("SendMessage", {{"QueueUrl", source}, {"MessageBody", body}, {"MessageGroupId", "g"}});
  }
  receive_from(source, {{"VisibilityTimeout", 0}});
  EXPECT_TRUE(receive_from(source).empty());
  EXPECT_EQ(visible(dead_), "3");
  sqs("StartMessageMoveTask", {{"SourceArn", arn("dead.fifo")}});
  clock_->advance(1ms);
  const Json back = receive_from(source);
  ASSERT_EQ(back.size(), 3U);
  EXPECT_EQ(back[0]["Body"], "a");
  EXPECT_EQ(back[2]["Body"], "c");
}

TEST_F(StartMessageMoveTask, ChecksItsParameters) {
  create("destination");
  create("other.fifo", {{"FifoQueue", "true"}});
  const std::string no_source =
      "ResourceNotFoundException: The resource that you specified for the SourceArn parameter "
      "doesn't exist.";
  const std::string no_destination =
      "ResourceNotFoundException: The resource that you specified for the DestinationArn parameter "
      "doesn't exist.";
  const std::string rate =
      " for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be between 1 and 500, "
      "if provided.";
  const struct {
    Json input;
    std::string expected;
  } rows[] = {
      {Json::object(), "MissingParameter: The request must contain the parameter SourceArn."},
      {{{"SourceArn", arn("none")}}, no_source},
      {{{"SourceArn", "dead"}}, no_source},
      {{{"SourceArn", "arn:aws:sqs:eu-west-1:123456789012:dead"}}, no_source},
      {{{"SourceArn", arn("orders")}},
       "InvalidParameterValue: Source queue must be configured as a Dead Letter Queue."},
      {{{"SourceArn", arn("dead")}, {"DestinationArn", arn("none")}}, no_destination},
      {{{"SourceArn", arn("dead")}, {"DestinationArn", arn("dead")}},
       "InvalidParameterValue: Source queue arn and destination queue arn can not be the same."},
      {{{"SourceArn", arn("dead")}, {"DestinationArn", arn("other.fifo")}},
       "InvalidParameterValue: Source queue and destination queue must be of the same type."},
      {{{"SourceArn", arn("dead")}, {"MaxNumberOfMessagesPerSecond", 0}},
       "InvalidParameterValue: Value 0" + rate},
      {{{"SourceArn", arn("dead")}, {"MaxNumberOfMessagesPerSecond", 501}},
       "InvalidParameterValue: Value 501" + rate},
      {{{"SourceArn", arn("dead")}, {"MaxNumberOfMessagesPerSecond", 500}}, "succeeded"},
      {{{"SourceArn", arn("dead")}},
       "InvalidParameterValue: There is already a task running. Only one active task is allowed "
       "for a source queue arn at a given time."},
  };
  for (const auto& row : rows)
    EXPECT_EQ(sqs_error("StartMessageMoveTask", row.input), row.expected) << row.input;
}

using CancelMessageMoveTask = DeadLetterFixture;

TEST_F(CancelMessageMoveTask, StopsWhereItIs) {
  bury(10, url_);
  const Json handle = start({{"MaxNumberOfMessagesPerSecond", 1}})["TaskHandle"];
  clock_->advance(1'500ms);
  EXPECT_EQ(sqs("CancelMessageMoveTask", {{"TaskHandle", handle}}),
            Json({{"ApproximateNumberOfMessagesMoved", 2}}));
  EXPECT_EQ(last_task()["Status"], "CANCELLING");
  clock_->advance(60s);
  EXPECT_EQ(last_task()["Status"], "CANCELLED");
  EXPECT_EQ(visible(dead_), "8");
  EXPECT_EQ(sqs_error("CancelMessageMoveTask", {{"TaskHandle", handle}}),
            "ResourceNotFoundException: Task does not exist.");
  start();
  clock_->advance(1ms);
  EXPECT_EQ(visible(dead_), "0");
}

// LocalStack's recordings test_cancel_with_invalid_...
TEST_F(CancelMessageMoveTask, ChecksItsHandle) {
  const auto handle = [](const std::string& id, const std::string& source) {
    return base64_encode(Json{{"taskId", id}, {"sourceArn", source}}.dump());
  };
  const std::string invalid = "InvalidParameterValue: Value for parameter TaskHandle is invalid.";
  const std::string id = "10f57157-fc38-4da9-a113-4de7e12d05aa";
  const struct {
    std::string handle;
    std::string expected;
  } rows[] = {
      {"foobared", invalid},
      {base64_encode("{}"), invalid},
      {base64_encode(R"({"taskId":1,"sourceArn":"x"})"), invalid},
      {handle(id, arn("none")),
       "ResourceNotFoundException: The resource that you specified for the SourceArn parameter "
       "doesn't exist."},
      {handle(id, arn("dead")), "ResourceNotFoundException: Task does not exist."},
  };
  for (const auto& row : rows)
    EXPECT_EQ(sqs_error("CancelMessageMoveTask", {{"TaskHandle", row.handle}}), row.expected);
}

using ListMessageMoveTasks = DeadLetterFixture;

TEST_F(ListMessageMoveTasks, GivesTheLastTenNewestFirst) {
  for (int i = 0; i < 12; ++i) {
    start({{"MaxNumberOfMessagesPerSecond", i + 1}});
    clock_->advance(1ms);
    EXPECT_EQ(last_task()["Status"], "COMPLETED") << "there was nothing to move";
  }
  const Json all =
      sqs("ListMessageMoveTasks", {{"SourceArn", arn("dead")}, {"MaxResults", 10}})["Results"];
  ASSERT_EQ(all.size(), 10U);
  EXPECT_EQ(all[0]["MaxNumberOfMessagesPerSecond"], 12);
  EXPECT_EQ(all[9]["MaxNumberOfMessagesPerSecond"], 3);
  for (const int bad : {0, 11}) {
    EXPECT_EQ(
        sqs_error("ListMessageMoveTasks", {{"SourceArn", arn("dead")}, {"MaxResults", bad}}),
        "InvalidParameterValue: Value " + std::to_string(bad) +
            " for parameter MaxResults is invalid. Reason: Must be between 1 and 10, if provided.");
  }
  EXPECT_EQ(sqs("ListMessageMoveTasks", {{"SourceArn", arn("orders")}}),
            Json({{"Results", Json::array()}}));
}

}  // namespace
}  // namespace cloudchamber::mock::sqs

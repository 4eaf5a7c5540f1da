// FIFO queues: LocalStack's tests named here were validated on AWS.
#include <string>
#include <vector>

#include "tests/mock-server/services/sqs/sqs_fixture.h"

namespace cloudchamber::mock::sqs {
namespace {

using namespace std::chrono_literals;

class FifoFixture : public SqsFixture {
 protected:
  FifoFixture() { use({{"ContentBasedDeduplication", "true"}}); }

  void use(Json attributes) {
    attributes["FifoQueue"] = "true";
    url_ = create("q" + std::to_string(++queues_) + ".fifo", attributes);
  }
  Json send_to(const std::string& group, const std::string& body,
               const Json& more = Json::object()) {
    Json input{{"MessageGroupId", group}};
    input.update(more);
    return send(body, input);
  }
  std::vector<std::string> bodies(const Json& more = Json::object()) {
    std::vector<std::string> result;
    for (const Json& message : receive(more)) result.push_back(message["Body"]);
    return result;
  }
  void change(const Json& message, int timeout) {
    sqs("ChangeMessageVisibility", {{"QueueUrl", url_},
                                    {"ReceiptHandle", message["ReceiptHandle"]},
                                    {"VisibilityTimeout", timeout}});
  }
  void remove(const Json& message) {
    sqs("DeleteMessage", {{"QueueUrl", url_}, {"ReceiptHandle", message["ReceiptHandle"]}});
  }

  int queues_ = 0;
};
using Bodies = std::vector<std::string>;

using CreateFifoQueue = FifoFixture;

TEST_F(CreateFifoQueue, ChecksNames) {
  const std::string refused =
      "InvalidParameterValue: The name of a FIFO queue can only include alphanumeric characters, "
      "hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.";
  const struct {
    std::string name;
    std::string expected;
  } rows[] = {{"orders", refused},
              {"orders.fifo", "succeeded"},
              {".fifo", refused},
              {"a.b.fifo", refused},
              {"orders.FIFO", refused},
              {std::string(75, 'a') + ".fifo", "succeeded"},
              {std::string(76, 'a') + ".fifo", refused}};
  for (const auto& row : rows) {
    EXPECT_EQ(sqs_error("CreateQueue",
                        {{"QueueName", row.name}, {"Attributes", {{"FifoQueue", "True"}}}}),
              row.expected)
        << row.name;
  }
}

TEST_F(CreateFifoQueue, ChecksAttributes) {
  const struct {
    Json attributes;
    std::string expected;
  } rows[] = {
      {{{"ContentBasedDeduplication", "True"}}, "succeeded"},
      {{{"ContentBasedDeduplication", "yes"}},
       "InvalidAttributeValue: Invalid value for the parameter ContentBasedDeduplication."},
      {{{"DeduplicationScope", "messageGroup"}}, "succeeded"},
      {{{"DeduplicationScope", "group"}},
       "InvalidAttributeValue: Invalid value for the parameter DeduplicationScope."},
      {{{"FifoThroughputLimit", "perQueue"}}, "succeeded"},
      {{{"FifoThroughputLimit", "perMessageGroupId"}},
       "InvalidAttributeValue: Invalid value for the parameter FifoThroughputLimit. Reason: The "
       "perMessageGroupId value is allowed only when the value for DeduplicationScope is "
       "messageGroup."},
      {{{"FifoThroughputLimit", "perMessageGroupId"}, {"DeduplicationScope", "messageGroup"}},
       "succeeded"},
      {{{"KmsMasterKeyId", "key"}, {"SqsManagedSseEnabled", "true"}},
       "InvalidAttributeName: You can use one type of server-side encryption (SSE) at one time. "
       "You can either enable KMS SSE or SQS SSE."},
  };
  int number = 0;
  for (const auto& row : rows) {
    Json attributes = row.attributes;
    attributes["FifoQueue"] = "true";
    EXPECT_EQ(sqs_error("CreateQueue", {{"QueueName", "n" + std::to_string(++number) + ".fifo"},
                                        {"Attributes", attributes}}),
              row.expected)
        << row.attributes;
  }
}

// LocalStack's recordings test_fifo_set_content_based_deduplication_strategy and
// test_create_fifo_queue_with_different_attributes_raises_error.
TEST_F(CreateFifoQueue, ShowsItsAttributesWithTheirDefaults) {
  use(Json::object());
  const Json all =
      sqs("GetQueueAttributes", {{"QueueUrl", url_}, {"AttributeNames", {"All"}}})["Attributes"];
  EXPECT_EQ(all["FifoQueue"], "true");
  EXPECT_EQ(all["ContentBasedDeduplication"], "false");
  EXPECT_EQ(all["DeduplicationScope"], "queue");
  EXPECT_EQ(all["FifoThroughputLimit"], "perQueue");
  EXPECT_EQ(
      sqs_error("CreateQueue",
                {{"QueueName", "q2.fifo"},
                 {"Attributes", {{"FifoQueue", "true"}, {"ContentBasedDeduplication", "true"}}}}),
      "QueueNameExists: A queue already exists with the same name and a different value for "
      "attribute ContentBasedDeduplication");
  EXPECT_EQ(create("q2.fifo", {{"FifoQueue", "True"}, {"ContentBasedDeduplication", "False"}}),
            url_);
}

// LocalStack's recording test_set_unsupported_attribute_fifo.
TEST_F(CreateFifoQueue, KeepsItsType) {
  const auto error = [&](const std::string& value) {
    return sqs_error("SetQueueAttributes",
                     {{"QueueUrl", url_}, {"Attributes", {{"FifoQueue", value}}}});
  };
  EXPECT_EQ(error("true"), "succeeded");
  EXPECT_EQ(error("false"),
            "InvalidAttributeValue: Invalid value for the parameter FifoQueue. Reason: Modifying "
            "queue type is not supported.");
}

using SendToFifo = FifoFixture;

TEST_F(SendToFifo, ChecksItsParameters) {
  use(Json::object());
  const auto invalid = [](const std::string& name, const std::string& value) {
    return "InvalidParameterValue: Value " + value + " for parameter " + name +
           " is invalid. Reason: " + name +
           " can only include alphanumeric and punctuation characters. 1 to 128 in length.";
  };
  const std::string no_id =
      "InvalidParameterValue: The queue should either have ContentBasedDeduplication enabled or "
      "MessageDeduplicationId provided explicitly";
  const std::string no_group =
      "MissingParameter: The request must contain the parameter MessageGroupId.";
  const std::string long_id(129, 'a');
  const struct {
    Json more;
    std::string expected;
  } rows[] = {
      {Json::object(), no_group},
      {{{"MessageDeduplicationId", "d"}}, no_group},
      {{{"MessageGroupId", "g"}}, no_id},
      {{{"MessageGroupId", "g"}, {"MessageDeduplicationId", "!d~"}}, "succeeded"},
      {{{"MessageGroupId", "g"}, {"MessageDeduplicationId", std::string(128, 'a')}}, "succeeded"},
      {{{"MessageGroupId", "g"}, {"MessageDeduplicationId", long_id}},
       invalid("MessageDeduplicationId", long_id)},
      {{{"MessageGroupId", "g"}, {"MessageDeduplicationId", ""}},
       invalid("MessageDeduplicationId", "")},
      {{{"MessageGroupId", "g"}, {"MessageDeduplicationId", "group 123"}},
       invalid("MessageDeduplicationId", "group 123")},
      {{{"MessageGroupId", ""}, {"MessageDeduplicationId", "d"}}, invalid("MessageGroupId", "")},
      {{{"MessageGroupId", long_id}, {"MessageDeduplicationId", "d"}},
       invalid("MessageGroupId", long_id)},
      {{{"MessageGroupId", "g"}, {"MessageDeduplicationId", "e"}, {"DelaySeconds", 0}},
       "succeeded"},
      {{{"MessageGroupId", "g"}, {"MessageDeduplicationId", "f"}, {"DelaySeconds", 2}},
       "InvalidParameterValue: Value 2 for parameter DelaySeconds is invalid. Reason: The request "
       "include parameter that is not valid for this queue type."},
  };
  for (const auto& row : rows) {
    Json input{{"QueueUrl", url_}, {"MessageBody", "x"}};
    input.update(row.more);
    EXPECT_EQ(sqs_error("SendMessage", input), row.expected) << row.more;
  }
}

// LocalStack's recording test_fifo_message_attributes.
TEST_F(SendToFifo, GivesASequenceNumberThatReceivingShowsAgain) {
  const Json sent = send_to("group-1", "message-body-1", {{"MessageDeduplicationId", "dedup-1"}});
  EXPECT_EQ(sent["MD5OfMessageBody"], "19c9e282d65f9733bc6b35d50062c7ee");
  EXPECT_EQ(sent["SequenceNumber"].get<std::string>().size(), 20U);
  const Json received = receive({{"AttributeNames", {"All"}}})[0];
  EXPECT_EQ(received["MessageId"], sent["MessageId"]);
  EXPECT_EQ(received["Attributes"], Json({{"ApproximateFirstReceiveTimestamp", "1767225600000"},
                                          {"ApproximateReceiveCount", "1"},
                                          {"MessageDeduplicationId", "dedup-1"},
                                          {"MessageGroupId", "group-1"},
                                          {"SenderId", "123456789012"},
                                          {"SentTimestamp", "1767225600000"},
                                          {"SequenceNumber", sent["SequenceNumber"]}}));
}

TEST_F(SendToFifo, NumbersMessagesInTheOrderOfSending) {
  std::string last;
  for (int i = 0; i < 300; ++i) {
    const std::string number = send_to("g", std::to_string(i))["SequenceNumber"];
    EXPECT_LT(last, number);
    EXPECT_EQ(number.size(), 20U);
    last = number;
    receive({{"VisibilityTimeout", 0}});
  }
}

TEST_F(SendToFifo, DropsADuplicateForFiveMinutesEvenAfterTheFirstWasDeleted) {
  const Json first = send_to("g", "same");
  remove(receive()[0]);
  clock_->advance(299'999ms);
  const Json duplicate = send_to("g", "same");
  EXPECT_EQ(duplicate["MessageId"], first["MessageId"]);
  EXPECT_EQ(duplicate["SequenceNumber"], first["SequenceNumber"]);
  EXPECT_TRUE(receive().empty());
  clock_->advance(1ms);
  EXPECT_NE(send_to("g", "same")["MessageId"], first["MessageId"]);
  EXPECT_EQ(receive().size(), 1U);
}

TEST_F(SendToFifo, DeduplicatesByTheBodysHashUnlessAnIdIsGiven) {
  send_to("g", "a");
  EXPECT_EQ(receive({{"AttributeNames", {"MessageDeduplicationId"}},
                     {"VisibilityTimeout", 0}})[0]["Attributes"]["MessageDeduplicationId"],
            "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
  send_to("g", "another",
          {{"MessageDeduplicationId",
            "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}});
  EXPECT_EQ(bodies({{"VisibilityTimeout", 0}}), Bodies({"a"})) << "a duplicate of the first";
  send_to("g", "a", {{"MessageDeduplicationId", "other"}});
  EXPECT_EQ(bodies(), Bodies({"a", "a"})) << "the id given counts";
}

TEST_F(SendToFifo, DeduplicatesOverAllGroupsOrWithinEach) {
  send_to("g1", "same");
  send_to("g2", "same");
  EXPECT_EQ(receive().size(), 1U);
  use({{"ContentBasedDeduplication", "true"}, {"DeduplicationScope", "messageGroup"}});
  send_to("g1", "same");
  send_to("g2", "same");
  send_to("g2", "same");
  EXPECT_EQ(receive().size(), 2U);
}

// LocalStack's recordings test_fifo_change_to_high_throughput_after_creation and ..._regular_...
TEST_F(SendToFifo, TakesAMinuteToChangeTheScopeOfDeduplication) {
  sqs("SetQueueAttributes",
      {{"QueueUrl", url_}, {"Attributes", {{"DeduplicationScope", "messageGroup"}}}});
  EXPECT_EQ(attribute("DeduplicationScope"), "messageGroup");
  clock_->advance(59'999ms);
  send_to("g1", "same");
  send_to("g2", "same");
  EXPECT_EQ(receive({{"VisibilityTimeout", 0}}).size(), 1U);
  clock_->advance(1ms);
  send_to("g1", "later");
  send_to("g2", "later");
  EXPECT_EQ(receive().size(), 3U);
}

TEST_F(SendToFifo, DelaysByTheQueuesDelayWhichChangesForMessagesSentBefore) {
  use({{"ContentBasedDeduplication", "true"}, {"DelaySeconds", "10"}});
  send_to("g", "a", {{"DelaySeconds", 0}});
  send_to("g", "b");
  clock_->advance(9'999ms);
  EXPECT_TRUE(receive().empty());
  EXPECT_EQ(attribute("ApproximateNumberOfMessagesDelayed"), "2");
  sqs("SetQueueAttributes", {{"QueueUrl", url_}, {"Attributes", {{"DelaySeconds", "20"}}}});
  clock_->advance(1ms);
  EXPECT_TRUE(receive().empty());
  clock_->advance(10s);
  EXPECT_EQ(bodies(), Bodies({"a", "b"}));
}

TEST_F(SendToFifo, IsForgottenByPurgingTheQueue) {
  send_to("g", "a");
  sqs("PurgeQueue", {{"QueueUrl", url_}});
  send_to("g", "a");
  EXPECT_EQ(bodies(), Bodies({"a"}));
}

// What an entry lacks fails the whole batch: LocalStack's recordings
// test_send_batch_missing_deduplication_id_for_fifo_queue, ..._message_group_id_for_fifo_queue.
TEST_F(SendToFifo, TakesBatchesInTheirOrder) {
  use(Json::object());
  const auto entry = [](const std::string& id, const Json& more) {
    Json result{{"Id", id}, {"MessageBody", id}};
    result.update(more);
    return result;
  };
  const Json good{{"MessageGroupId", "g"}, {"MessageDeduplicationId", "1"}};
  const auto error = [&](const Json& second) {
    return sqs_error("SendMessageBatch",
                     {{"QueueUrl", url_}, {"Entries", {entry("a", good), entry("b", second)}}});
  };
  EXPECT_EQ(error({{"MessageGroupId", "g"}}),
            "InvalidParameterValue: The queue should either have ContentBasedDeduplication enabled "
            "or MessageDeduplicationId provided explicitly");
  EXPECT_EQ(error({{"MessageDeduplicationId", "2"}}),
            "InvalidParameterValue: The request must contain the parameter MessageGroupId.");
  EXPECT_TRUE(receive().empty());
  const Json result = sqs(
      "SendMessageBatch",
      {{"QueueUrl", url_},
       {"Entries",
        {entry("a", good), entry("b", {{"MessageGroupId", "g"}, {"MessageDeduplicationId", "2"}}),
         entry("c", {{"MessageGroupId", "bad group"}, {"MessageDeduplicationId", "3"}})}}});
  ASSERT_EQ(result["Successful"].size(), 2U);
  EXPECT_LT(result["Successful"][0]["SequenceNumber"], result["Successful"][1]["SequenceNumber"]);
  EXPECT_EQ(result["Failed"][0]["Id"], "c");
  EXPECT_EQ(bodies(), Bodies({"a", "b"}));
}

using ReceiveFromFifo = FifoFixture;

// LocalStack's test_fifo_receive_message_group_id_ordering.
TEST_F(ReceiveFromFifo, KeepsGroupsTogether) {
  send_to("1", "g1-m1");
  send_to("2", "g2-m1");
  send_to("1", "g1-m2");
  send_to("1", "g1-m3");
  EXPECT_EQ(bodies(), Bodies({"g1-m1", "g1-m2", "g1-m3", "g2-m1"}));
}

// LocalStack's test_fifo_receive_message_visibility_timeout_shared_in_group.
TEST_F(ReceiveFromFifo, LocksAGroupWhileItsFirstMessageIsInFlight) {
  for (const char* body : {"g1-m1", "g1-m2", "g1-m3", "g1-m4"}) send_to("1", body);
  send_to("2", "g2-m1");
  send_to("3", "g3-m1");
  EXPECT_EQ(bodies({{"MaxNumberOfMessages", 2}}), Bodies({"g1-m1", "g1-m2"}));
  EXPECT_EQ(bodies({{"MaxNumberOfMessages", 1}}), Bodies({"g2-m1"}));
  EXPECT_EQ(attribute("ApproximateNumberOfMessages"), "3");
  EXPECT_EQ(attribute("ApproximateNumberOfMessagesNotVisible"), "3");
  clock_->advance(30s);
  EXPECT_EQ(bodies({{"VisibilityTimeout", 0}}),
            Bodies({"g3-m1", "g1-m1", "g1-m2", "g1-m3", "g1-m4", "g2-m1"}));
}

// LocalStack's test_fifo_receive_message_with_zero_visibility_timeout.
TEST_F(ReceiveFromFifo, PutsAGroupThatIsVisibleAgainAtTheEnd) {
  send_to("1", "g1-m1");
  send_to("2", "g2-m1");
  send_to("2", "g2-m2");
  send_to("3", "g3-m1");
  send_to("1", "g1-m2");
  EXPECT_EQ(bodies({{"MaxNumberOfMessages", 3}, {"VisibilityTimeout", 0}}),
            Bodies({"g1-m1", "g1-m2", "g2-m1"}));
  EXPECT_EQ(bodies({{"VisibilityTimeout", 0}}),
            Bodies({"g3-m1", "g1-m1", "g1-m2", "g2-m1", "g2-m2"}));
}

// LocalStack's test_fifo_message_group_visibility_after_terminate_visibility_timeout and its
// recording test_fifo_group_visibility_extends_with_change_message_visibility.
TEST_F(ReceiveFromFifo, GivesAGroupUpToItsFirstHiddenMessage) {
  const struct {
    std::size_t extended;
    Bodies expected;
  } rows[] = {{0, {}}, {1, {"foo"}}, {2, {"foo", "bar"}}};
  for (const auto& row : rows) {
    use({{"ContentBasedDeduplication", "true"}, {"VisibilityTimeout", "1"}});
    for (const char* body : {"foo", "bar", "baz"}) send_to("1", body);
    const Json messages = receive();
    ASSERT_EQ(messages.size(), 3U);
    change(messages[row.extended], 4);
    clock_->advance(2'500ms);
    EXPECT_EQ(bodies(), row.expected) << row.extended;
  }
}

// LocalStack's test_fifo_message_group_visibility_after_delete, ..._after_partial_delete.
TEST_F(ReceiveFromFifo, OpensAGroupWhenWhatIsInFlightIsDeleted) {
  for (const bool both : {true, false}) {
    use({{"ContentBasedDeduplication", "true"}});
    for (const auto& [group, body] : {std::pair("1", "g1-m1"),
                                      {"2", "g2-m1"},
                                      {"1", "g1-m2"},
                                      {"2", "g2-m2"},
                                      {"1", "g1-m3"},
                                      {"3", "g3-m1"}}) {
      send_to(group, body);
    }
    const Json messages = receive({{"MaxNumberOfMessages", 2}});
    remove(messages[0]);
    if (both) remove(messages[1]);
    EXPECT_EQ(bodies(), both ? Bodies({"g2-m1", "g2-m2", "g1-m3", "g3-m1"})
                             : Bodies({"g2-m1", "g2-m2", "g3-m1"}));
  }
}

TEST_F(ReceiveFromFifo, GivesTheSameForTheSameAttempt) {
  for (const char* body : {"a", "b", "c"}) send_to("g", body);
  const Json attempt{{"ReceiveRequestAttemptId", "try"}, {"MaxNumberOfMessages", 2}};
  const Json first = receive(attempt);
  ASSERT_EQ(first.size(), 2U);
  clock_->advance(20s);
  const Json again = receive(attempt);
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[0]["ReceiptHandle"], first[0]["ReceiptHandle"]);
  clock_->advance(29s);
  EXPECT_TRUE(receive().empty()) << "the timeout began anew";
  change(first[1], 100);
  EXPECT_TRUE(receive(attempt).empty()) << "one was changed";
}

TEST_F(ReceiveFromFifo, ForgetsAttemptsAfterFiveMinutes) {
  send_to("g", "a");
  const Json attempt{{"ReceiveRequestAttemptId", "try"}, {"VisibilityTimeout", 1000}};
  EXPECT_EQ(receive(attempt).size(), 1U);
  clock_->advance(299'999ms);
  EXPECT_EQ(receive(attempt).size(), 1U);
  clock_->advance(300s);
  EXPECT_TRUE(receive(attempt).empty());
}

TEST_F(ReceiveFromFifo, ChecksTheAttemptId) {
  for (const auto& [id, good] : {std::pair(std::string(128, 'a'), true),
                                 {std::string(129, 'a'), false},
                                 {"a b", false},
                                 {"", false}}) {
    EXPECT_EQ(sqs_error("ReceiveMessage", {{"QueueUrl", url_}, {"ReceiveRequestAttemptId", id}}),
              good ? "succeeded"
                   : "InvalidParameterValue: Value " + id +
                         " for parameter ReceiveRequestAttemptId is invalid. Reason: "
                         "ReceiveRequestAttemptId can only include alphanumeric and punctuation "
                         "characters. 1 to 128 in length.");
  }
}

TEST_F(ReceiveFromFifo, HasATimeoutOfItsOwnForEveryMessageAndDropsOldOnes) {
  use({{"ContentBasedDeduplication", "true"}, {"MessageRetentionPeriod", "60"}});
  send_to("g", "a");
  clock_->advance(10s);
  send_to("g", "b");
  EXPECT_EQ(bodies({{"MaxNumberOfMessages", 1}, {"VisibilityTimeout", 100}}), Bodies({"a"}));
  clock_->advance(50s);
  EXPECT_EQ(bodies(), Bodies({"b"})) << "a is gone, and with it the lock";
}

using DeleteFromFifo = FifoFixture;

// LocalStack's recordings test_fifo_delete_after_visibility_timeout and ..._extended.
TEST_F(DeleteFromFifo, RefusesAReceiptWhoseTimeoutIsOver) {
  send_to("1", "foobar");
  const Json message = receive()[0];
  const std::string handle = message["ReceiptHandle"];
  const auto error = [&] {
    return sqs_error("DeleteMessage", {{"QueueUrl", url_}, {"ReceiptHandle", handle}});
  };
  const std::string expired = "InvalidParameterValue: Value " + handle +
                              " for parameter ReceiptHandle is invalid. Reason: The receipt handle "
                              "has expired.";
  change(message, 60);
  clock_->advance(59'999ms);
  const Json batch =
      sqs("DeleteMessageBatch",
          {{"QueueUrl", url_}, {"Entries", Json::array({{{"Id", "1"}, {"ReceiptHandle", "x"}}})}});
  EXPECT_EQ(batch["Failed"][0]["Code"], "ReceiptHandleIsInvalid");
  clock_->advance(1ms);
  EXPECT_EQ(error(), expired);
  const Json later = receive()[0];
  EXPECT_EQ(error(), expired) << "received again since";
  remove(later);
  EXPECT_EQ(error(), "succeeded") << "it is gone, as wished";
}

}  // namespace
}  // namespace cloudchamber::mock::sqs

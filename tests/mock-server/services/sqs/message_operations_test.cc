#include <algorithm>
#include <thread>

#include "sdk/codec/bytes.h"
#include "tests/mock-server/services/sqs/sqs_fixture.h"

namespace cloudchamber::mock::sqs {
namespace {

using namespace std::chrono_literals;

using SendMessage = SqsFixture;

TEST_F(SendMessage, GivesTheDigestsThatClientsCheck) {
  const Json sent = send(
      "test",
      {{"MessageAttributes",
        {{"attr1",
          {{"DataType", "Binary"},
           {"BinaryValue", binary("traceparent\x1e"
                                  "00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01")}}}}}});
  // LocalStack's recording test_send_message_with_binary_attributes.
  EXPECT_EQ(sent["MD5OfMessageBody"], "098f6bcd4621d373cade4e832627b4f6");
  EXPECT_EQ(sent["MD5OfMessageAttributes"], "8cbe4db156db8a94db8b801b7addb984");
}

TEST_F(SendMessage, ChecksItsParameters) {
  const Json string_attribute{{"DataType", "String"}, {"StringValue", "x"}};
  Json eleven = Json::object();
  for (int i = 0; i < 11; ++i) eleven["a" + std::to_string(i)] = string_attribute;
  const struct {
    Json more;
    std::string expected;
  } rows[] = {
      {{{"MessageBody", ""}},
       "MissingParameter: The request must contain the parameter MessageBody."},
      {{{"MessageBody", std::string(1'048'576, 'x')}}, "succeeded"},
      {{{"MessageBody", std::string(1'048'577, 'x')}},
       "InvalidParameterValue: One or more parameters are invalid. Reason: Message must be shorter "
       "than 1048576 bytes."},
      {{{"MessageBody", "a\x08"}},
       "InvalidMessageContents: Invalid characters found. Valid unicode characters are #x9 | #xA | "
       "#xD | #x20 to #xD7FF | "
       "#xE000 to #xFFFD | #x10000 to #x10FFFF"},
      {{{"MessageBody", "tab\t line\n return\r"}}, "succeeded"},
      {{{"DelaySeconds", 900}}, "succeeded"},
      {{{"DelaySeconds", 901}},
       "InvalidParameterValue: Value 901 for parameter DelaySeconds is invalid. Reason: "
       "DelaySeconds must be >= 0 and <= 900."},
      {{{"DelaySeconds", -1}},
       "InvalidParameterValue: Value -1 for parameter DelaySeconds is invalid. Reason: "
       "DelaySeconds must be >= 0 and <= 900."},
      {{{"MessageGroupId", std::string(128, 'g')}}, "succeeded"},
      {{{"MessageGroupId", "group 123"}},
       "InvalidParameterValue: Value group 123 for parameter MessageGroupId is invalid. Reason: "
       "MessageGroupId can only include "
       "alphanumeric and punctuation characters. 1 to 128 in length."},
      {{{"MessageAttributes", eleven}},
       "InvalidParameterValue: Number of message attributes [11] exceeds the allowed maximum "
       "[10]."},
      {{{"MessageAttributes", {{"a", {{"DataType", "String"}}}}}},
       "InvalidParameterValue: Message (user) attribute 'a' must contain a non-empty value of type "
       "'String'."},
      {{{"MessageAttributes", {{"a", {{"DataType", "Number"}, {"StringValue", "-1.5e+3"}}}}}},
       "succeeded"},
      {{{"MessageAttributes", {{"a", {{"DataType", "Number"}, {"StringValue", "1.5.2"}}}}}},
       "InvalidParameterValue: Can't cast the value of message (user) attribute 'a' to a number."},
      {{{"MessageAttributes", {{"a", {{"DataType", "Number.x"}, {"StringValue", "ten"}}}}}},
       "InvalidParameterValue: Can't cast the value of message (user) attribute 'a' to a number."},
      {{{"MessageAttributes", {{"a", {{"DataType", "String"}, {"StringValue", "a\x0B"}}}}}},
       "InvalidParameterValue: Invalid characters found. Valid unicode characters are #x9 | #xA | "
       "#xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF"},
      {{{"MessageDeduplicationId", "a"}},
       "InvalidParameterValue: Value a for parameter MessageDeduplicationId is invalid. Reason: "
       "The request include parameter that is not valid for this queue type."},
      {{{"MessageAttributes", {{"a", {{"DataType", "Colour"}, {"StringValue", "x"}}}}}},
       "InvalidParameterValue: The message attribute 'a' has an invalid message attribute type, "
       "the set of supported type "
       "prefixes is Binary, Number, and String."},
  };
  for (const auto& row : rows) {
    Json input{{"QueueUrl", url_}, {"MessageBody", "x"}};
    input.update(row.more);
    EXPECT_EQ(sqs_error("SendMessage", input), row.expected) << row.more.dump().substr(0, 100);
  }
}

// LocalStack's test_send_message_with_invalid_string_attributes, validated on AWS.
TEST_F(SendMessage, ChecksTheNamesAndTypesOfAttributes) {
  const std::string letters =
      "InvalidParameterValue: Message (user) attributes name can only contain upper and lower "
      "score characters, digits, periods, hyphens and underscores. ";
  const std::string reserved =
      "InvalidParameterValue: You can't use message attribute names beginning with 'AWS.' or "
      "'Amazon.'. These strings are reserved for internal use. Additionally, they cannot start or "
      "end with '.'.";
  const std::string long_name =
      "InvalidParameterValue: Message (user) attribute names must be shorter than 256 Bytes";
  const std::string long_type =
      "InvalidParameterValue: Message (user) attribute types must be shorter than 256 Bytes";
  const struct {
    std::string name;
    std::string type;
    std::string expected;
  } rows[] = {{"attr.1\xC3\xB8\xC3\x9F\xC3\xA4", "String", "succeeded"},
              {std::string(256, 'L'), "String", "succeeded"},
              {std::string(257, 'L'), "String", long_name},
              {"", "String", long_name},
              {"a!b", "String", letters},
              {"a\xC2\xA7", "String", letters},
              {"a b", "String", letters},
              {"aWs.x", "String", reserved},
              {"AMAZON.x", "String", reserved},
              {"AWSx", "String", "succeeded"},
              {".x", "String", reserved},
              {"x.", "String", reserved},
              {"x..y", "String", reserved},
              {"x", "String." + std::string(248, 'L'), "succeeded"},
              {"x", "String." + std::string(249, 'L'), long_type},
              {"x", "",
               "InvalidParameterValue: The message attribute 'x' must contain a non-empty message "
               "attribute type."}};
  for (const auto& row : rows) {
    const Json attributes{{row.name, {{"DataType", row.type}, {"StringValue", "1"}}}};
    EXPECT_EQ(
        sqs_error("SendMessage",
                  {{"QueueUrl", url_}, {"MessageBody", "x"}, {"MessageAttributes", attributes}}),
        row.expected)
        << row.name << ' ' << row.type;
  }
}

TEST_F(SendMessage, CountsAttributesTowardsTheSize) {
  sqs("SetQueueAttributes", {{"QueueUrl", url_}, {"Attributes", {{"MaximumMessageSize", "1024"}}}});
  const Json attributes{
      {"MessageAttributes",
       {{"name", {{"DataType", "String"}, {"StringValue", "value"}}}}}};  // 15 bytes
  Json input{{"QueueUrl", url_}, {"MessageBody", std::string(1009, 'x')}};
  input.update(attributes);
  EXPECT_EQ(sqs_error("SendMessage", input), "succeeded");
  input["MessageBody"] = std::string(1010, 'x');
  EXPECT_EQ(sqs_error("SendMessage", input),
            "InvalidParameterValue: One or more parameters are invalid. Reason: Message must be "
            "shorter than 1024 bytes.");
}

using ReceiveMessage = SqsFixture;

TEST_F(ReceiveMessage, HidesAMessageUntilItsVisibilityTimeoutHasPassed) {
  send("a");
  ASSERT_EQ(receive().size(), 1U);
  clock_->advance(29'999ms);
  EXPECT_TRUE(receive().empty());
  clock_->advance(1ms);
  EXPECT_EQ(receive().size(), 1U);
}

TEST_F(ReceiveMessage, GivesDelayedMessagesWhenTheirTimeHasCome) {
  send("a", {{"DelaySeconds", 10}});
  EXPECT_TRUE(receive().empty());
  EXPECT_EQ(attribute("ApproximateNumberOfMessagesDelayed"), "1");
  clock_->advance(10s);
  EXPECT_EQ(receive()[0]["Body"], "a");
}

TEST_F(ReceiveMessage, ForgetsMessagesAfterTheirRetentionPeriod) {
  sqs("SetQueueAttributes",
      {{"QueueUrl", url_}, {"Attributes", {{"MessageRetentionPeriod", "60"}}}});
  send("a");
  clock_->advance(59'999ms);
  EXPECT_EQ(attribute("ApproximateNumberOfMessages"), "1");
  clock_->advance(1ms);
  EXPECT_EQ(attribute("ApproximateNumberOfMessages"), "0");
  EXPECT_TRUE(receive().empty());
}

TEST_F(ReceiveMessage, GivesAsManyAsAskedForInTheOrderOfSending) {
  for (const char* body : {"1", "2", "3"}) send(body);
  const Json first = receive({{"MaxNumberOfMessages", 2}});
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0]["Body"], "1");
  EXPECT_EQ(first[1]["Body"], "2");
  EXPECT_EQ(receive()[0]["Body"], "3");
}

// LocalStack's test_inflight_message_requeue, validated on AWS.
TEST_F(ReceiveMessage, GivesAMessageThatIsVisibleAgainBeforeThoseSentAfterIt) {
  send("1");
  receive({{"VisibilityTimeout", 3}});
  clock_->advance(1s);
  send("2");
  clock_->advance(3s);
  EXPECT_EQ(receive({{"MaxNumberOfMessages", 1}})[0]["Body"], "1");
}

TEST_F(ReceiveMessage, GivesAMessageOnceInAnAnswerEvenIfItIsVisibleAgainAtOnce) {
  send("a");
  send("b");
  EXPECT_EQ(receive({{"VisibilityTimeout", 0}}).size(), 2U);
  EXPECT_EQ(receive({{"VisibilityTimeout", 0}}).size(), 2U);
}

TEST_F(ReceiveMessage, WaitsOnTheClockUntilTheTimeIsOver) {
  const TimePoint start = clock_->now();
  EXPECT_TRUE(receive({{"WaitTimeSeconds", 20}}).empty());
  EXPECT_EQ(clock_->now(), start + 20s);
}

TEST_F(ReceiveMessage, EndsItsWaitWhenADelayedMessageBecomesVisible) {
  send("a", {{"DelaySeconds", 5}});
  const TimePoint start = clock_->now();
  EXPECT_EQ(receive({{"WaitTimeSeconds", 20}}).size(), 1U);
  EXPECT_EQ(clock_->now(), start + 5s);
}

TEST_F(ReceiveMessage, EndsItsWaitWhenAnotherThreadSends) {
  const VirtualClock::Party awake(*clock_);  // no time passes while this thread lives
  Json received;
  std::thread receiver([&] { received = receive({{"WaitTimeSeconds", 20}}); });
  send("a");
  receiver.join();
  ASSERT_EQ(received.size(), 1U);
}

TEST_F(ReceiveMessage, UsesTheQueuesOwnWaitTime) {
  sqs("SetQueueAttributes",
      {{"QueueUrl", url_}, {"Attributes", {{"ReceiveMessageWaitTimeSeconds", "3"}}}});
  const TimePoint start = clock_->now();
  EXPECT_TRUE(receive().empty());
  EXPECT_EQ(clock_->now(), start + 3s);
}

// LocalStack's recordings test_send_receive_max_number_of_messages and
// test_send_receive_wait_time_seconds.
TEST_F(ReceiveMessage, ChecksItsParametersAtTheirEdges) {
  const struct {
    std::string name;
    int value;
    std::string reason;  // "" when good
  } rows[] = {{"MaxNumberOfMessages", 0, "Must be between 1 and 10, if provided."},
              {"MaxNumberOfMessages", 1, ""},
              {"MaxNumberOfMessages", 10, ""},
              {"MaxNumberOfMessages", 11, "Must be between 1 and 10, if provided."},
              {"WaitTimeSeconds", -1, "Must be >= 0 and <= 20, if provided."},
              {"WaitTimeSeconds", 0, ""},
              {"WaitTimeSeconds", 21, "Must be >= 0 and <= 20, if provided."},
              {"VisibilityTimeout", -1, "Must be >= 0 and <= 43200, if provided."},
              {"VisibilityTimeout", 43200, ""},
              {"VisibilityTimeout", 43201, "Must be >= 0 and <= 43200, if provided."}};
  for (const auto& row : rows) {
    const std::string expected = row.reason.empty()
                                     ? "succeeded"
                                     : "InvalidParameterValue: Value " + std::to_string(row.value) +
                                           " for parameter " + row.name +
                                           " is invalid. Reason: " + row.reason;
    EXPECT_EQ(sqs_error("ReceiveMessage", {{"QueueUrl", url_}, {row.name, row.value}}), expected)
        << row.name;
  }
}

TEST_F(ReceiveMessage, GivesTheSystemAttributesAskedForByEitherName) {
  send("a", {{"MessageSystemAttributes",
              {{"AWSTraceHeader", {{"DataType", "String"}, {"StringValue", "Root=1"}}}}}});
  EXPECT_FALSE(receive({{"VisibilityTimeout", 0}})[0].contains("Attributes"));
  clock_->advance(2s);
  const Json all =
      receive({{"VisibilityTimeout", 0}, {"AttributeNames", {"All"}}})[0]["Attributes"];
  EXPECT_EQ(all, Json({{"SenderId", "123456789012"},
                       {"SentTimestamp", "1767225600000"},
                       {"ApproximateReceiveCount", "2"},
                       {"ApproximateFirstReceiveTimestamp", "1767225600000"},
                       {"AWSTraceHeader", "Root=1"}}));
  const Json one =
      receive({{"MessageSystemAttributeNames", {"ApproximateReceiveCount"}}})[0]["Attributes"];
  EXPECT_EQ(one, Json({{"ApproximateReceiveCount", "3"}}));
}

TEST_F(ReceiveMessage, SelectsMessageAttributesByNameAndPrefix) {
  const Json attribute{{"DataType", "String"}, {"StringValue", "x"}};
  send("a",
       {{"MessageAttributes", {{"foo.a", attribute}, {"foo.b", attribute}, {"bar", attribute}}}});
  const struct {
    Json names;
    std::vector<std::string> expected;
  } rows[] = {{{"All"}, {"bar", "foo.a", "foo.b"}},
              {{".*"}, {"bar", "foo.a", "foo.b"}},
              {{"foo.*"}, {"foo.a", "foo.b"}},
              {{"bar", "nothing"}, {"bar"}},
              {{"nothing"}, {}}};
  for (const auto& row : rows) {
    const Json message =
        receive({{"VisibilityTimeout", 0}, {"MessageAttributeNames", row.names}})[0];
    std::vector<std::string> names;
    const Json attributes = message.value("MessageAttributes", Json::object());
    for (const auto& [name, value] : attributes.items()) names.push_back(name);
    EXPECT_EQ(names, row.expected) << row.names;
    EXPECT_EQ(message.contains("MD5OfMessageAttributes"), !row.expected.empty());
  }
}

TEST_F(ReceiveMessage, BuriesAMessageThatWasReceivedTooOften) {
  const std::string dead = create("dead");
  sqs("SetQueueAttributes",
      {{"QueueUrl", url_},
       {"Attributes",
        {{"RedrivePolicy",
          R"({"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead","maxReceiveCount":2})"}}}});
  send("a");
  EXPECT_EQ(receive({{"VisibilityTimeout", 0}}).size(), 1U);
  EXPECT_EQ(receive({{"VisibilityTimeout", 0}}).size(), 1U);
  EXPECT_TRUE(receive().empty());
  const Json buried = receive_from(dead, {{"AttributeNames", {"All"}}});
  ASSERT_EQ(buried.size(), 1U);
  EXPECT_EQ(buried[0]["Body"], "a");
  EXPECT_EQ(buried[0]["Attributes"]["DeadLetterQueueSourceArn"],
            "arn:aws:sqs:us-east-1:123456789012:orders");
  EXPECT_EQ(sqs("ListDeadLetterSourceQueues", {{"QueueUrl", dead}})["queueUrls"], Json({url_}));
}

using DeleteMessage = SqsFixture;

TEST_F(DeleteMessage, RemovesAMessageEvenAfterItBecameVisibleAgain) {
  send("a");
  const std::string handle = receive()[0]["ReceiptHandle"];
  clock_->advance(40s);
  sqs("DeleteMessage", {{"QueueUrl", url_}, {"ReceiptHandle", handle}});
  EXPECT_EQ(attribute("ApproximateNumberOfMessages"), "0");
}

TEST_F(DeleteMessage, SucceedsWithoutEffectForTheHandleOfAnEarlierReceive) {
  send("a");
  const std::string old_handle = receive({{"VisibilityTimeout", 0}})[0]["ReceiptHandle"];
  const std::string handle = receive({{"VisibilityTimeout", 0}})[0]["ReceiptHandle"];
  sqs("DeleteMessage", {{"QueueUrl", url_}, {"ReceiptHandle", old_handle}});
  EXPECT_EQ(attribute("ApproximateNumberOfMessages"), "1");
  sqs("DeleteMessage", {{"QueueUrl", url_}, {"ReceiptHandle", handle}});
  sqs("DeleteMessage", {{"QueueUrl", url_}, {"ReceiptHandle", handle}});  // again, idempotently
  EXPECT_EQ(attribute("ApproximateNumberOfMessages"), "0");
}

TEST_F(DeleteMessage, RefusesWhatIsNoHandle) {
  for (const char* handle : {"nonsense", "????", "MSA", "LTEgeA=="}) {
    EXPECT_EQ(sqs_error("DeleteMessage", {{"QueueUrl", url_}, {"ReceiptHandle", handle}}),
              "ReceiptHandleIsInvalid: The input receipt handle \"" + std::string(handle) +
                  "\" is not a valid receipt handle.");
  }
}

using ChangeMessageVisibility = SqsFixture;

TEST_F(ChangeMessageVisibility, MovesTheEndOfTheTimeout) {
  send("a");
  const std::string handle = receive()[0]["ReceiptHandle"];
  sqs("ChangeMessageVisibility",
      {{"QueueUrl", url_}, {"ReceiptHandle", handle}, {"VisibilityTimeout", 100}});
  clock_->advance(99s);
  EXPECT_EQ(attribute("ApproximateNumberOfMessagesNotVisible"), "1");
  clock_->advance(1s);
  EXPECT_EQ(attribute("ApproximateNumberOfMessagesNotVisible"), "0");
}

// LocalStack's recording test_change_message_visibility_after_visibility_timeout_expiration.
TEST_F(ChangeMessageVisibility, HidesAMessageAgainAfterItsTimeout) {
  send("a");
  const std::string handle = receive()[0]["ReceiptHandle"];
  clock_->advance(30s);
  EXPECT_EQ(attribute("ApproximateNumberOfMessages"), "1");
  sqs("ChangeMessageVisibility",
      {{"QueueUrl", url_}, {"ReceiptHandle", handle}, {"VisibilityTimeout", 10}});
  EXPECT_EQ(attribute("ApproximateNumberOfMessages"), "0");
  clock_->advance(10s);
  EXPECT_EQ(receive().size(), 1U);
}

// LocalStack's test_change_visibility_on_deleted_message_raises_invalid_parameter_value.
TEST_F(ChangeMessageVisibility, RefusesMessagesThatAreNotThere) {
  send("a");
  const std::string handle = receive()[0]["ReceiptHandle"];
  const auto error = [&](const std::string& url, const Json& timeout) {
    return sqs_error(
        "ChangeMessageVisibility",
        {{"QueueUrl", url}, {"ReceiptHandle", handle}, {"VisibilityTimeout", timeout}});
  };
  EXPECT_EQ(error(url_, -1),
            "InvalidParameterValue: Value -1 for parameter VisibilityTimeout is invalid. Reason: "
            "VisibilityTimeout must be an integer between 0 and 43200.");
  EXPECT_EQ(error(create("other"), 1), "ReceiptHandleIsInvalid: The input receipt handle \"" +
                                           handle + "\" is not a valid receipt handle.");
  sqs("DeleteMessage", {{"QueueUrl", url_}, {"ReceiptHandle", handle}});
  EXPECT_EQ(error(url_, 1), "InvalidParameterValue: Value " + handle +
                                " for parameter ReceiptHandle is invalid. Reason: Message does not "
                                "exist or is not available for visibility timeout change.");
}

TEST_F(ChangeMessageVisibility, GivesAMessageBackWithZero) {
  send("a");
  const std::string handle = receive()[0]["ReceiptHandle"];
  sqs("ChangeMessageVisibility",
      {{"QueueUrl", url_}, {"ReceiptHandle", handle}, {"VisibilityTimeout", 0}});
  EXPECT_EQ(receive().size(), 1U);
}

TEST_F(ChangeMessageVisibility, KeepsWithinTwelveHoursOfTheReceive) {
  send("a");
  const std::string handle = receive({{"VisibilityTimeout", 100}})[0]["ReceiptHandle"];
  clock_->advance(1s);
  const auto error = [&](int timeout) {
    return sqs_error(
        "ChangeMessageVisibility",
        {{"QueueUrl", url_}, {"ReceiptHandle", handle}, {"VisibilityTimeout", timeout}});
  };
  EXPECT_EQ(error(43'200),
            "InvalidParameterValue: Value 43200 for parameter VisibilityTimeout is invalid. "
            "Reason: Total VisibilityTimeout "
            "for the message is beyond the limit [43200 seconds].");
  EXPECT_EQ(error(43'199), "succeeded");
}

using SendMessageBatch = SqsFixture;

TEST_F(SendMessageBatch, LetsEachEntrySucceedOrFailForItself) {
  const Json result =
      sqs("SendMessageBatch", {{"QueueUrl", url_},
                               {"Entries",
                                {{{"Id", "good"}, {"MessageBody", "a"}},
                                 {{"Id", "bad"}, {"MessageBody", "b"}, {"DelaySeconds", 901}}}}});
  ASSERT_EQ(result["Successful"].size(), 1U);
  EXPECT_EQ(result["Successful"][0]["Id"], "good");
  EXPECT_EQ(result["Successful"][0]["MD5OfMessageBody"], "0cc175b9c0f1b6a831c399e269772661");
  ASSERT_EQ(result["Failed"].size(), 1U);
  EXPECT_EQ(result["Failed"][0]["Id"], "bad");
  EXPECT_EQ(result["Failed"][0]["Code"], "InvalidParameterValue");
  EXPECT_EQ(result["Failed"][0]["SenderFault"], true);
  EXPECT_EQ(receive().size(), 1U);
}

TEST_F(SendMessageBatch, ChecksTheBatchAsAWhole) {
  const auto entries = [](int count) {
    Json result = Json::array();
    for (int i = 0; i < count; ++i)
      result.push_back({{"Id", std::to_string(i)}, {"MessageBody", "x"}});
    return result;
  };
  const auto one = [](const std::string& id) {
    return Json::array({{{"Id", id}, {"MessageBody", "x"}}});
  };
  const std::string bad_id =
      "InvalidBatchEntryId: A batch entry id can only contain alphanumeric characters, hyphens and "
      "underscores. It can be "
      "at most 80 letters long.";
  const struct {
    Json entries;
    std::string expected;
  } rows[] = {
      {Json::array(),
       "EmptyBatchRequest: There should be at least one SendMessageBatchRequestEntry in the "
       "request."},
      {entries(10), "succeeded"},
      {entries(11),
       "TooManyEntriesInBatchRequest: Maximum number of entries per request are 10. You have sent "
       "11."},
      {one(std::string(80, 'a')), "succeeded"},
      {one(std::string(81, 'a')), bad_id},
      {one(""), bad_id},
      {one("invalid:id"), bad_id},
      {Json::array({{{"Id", "a"}, {"MessageBody", "x"}}, {{"Id", "a"}, {"MessageBody", "y"}}}),
       "BatchEntryIdsNotDistinct: Id a repeated."},
      {Json::array({{{"Id", "a"}, {"MessageBody", std::string(600'000, 'x')}},
                    {{"Id", "b"}, {"MessageBody", std::string(600'000, 'x')}}}),
       "BatchRequestTooLong: Batch requests cannot be longer than 1048576 bytes. You have sent "
       "1200000 bytes."},
      {Json::array({{{"Id", "a"},
                     {"MessageBody", std::string(1'048'561, 'x')},
                     {"MessageAttributes",
                      {{"name", {{"DataType", "String"}, {"StringValue", "value"}}}}}}}),
       "succeeded"},
      {Json::array({{{"Id", "a"},
                     {"MessageBody", std::string(1'048'562, 'x')},
                     {"MessageAttributes",
                      {{"name", {{"DataType", "String"}, {"StringValue", "value"}}}}}}}),
       "BatchRequestTooLong: Batch requests cannot be longer than 1048576 bytes. You have sent "
       "1048577 bytes."},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(sqs_error("SendMessageBatch", {{"QueueUrl", url_}, {"Entries", row.entries}}),
              row.expected);
  }
}

using DeleteMessageBatch = SqsFixture;

TEST_F(DeleteMessageBatch, DeletesByHandleAndReportsBadOnes) {
  send("a");
  const std::string handle = receive()[0]["ReceiptHandle"];
  const Json result =
      sqs("DeleteMessageBatch",
          {{"QueueUrl", url_},
           {"Entries",
            {{{"Id", "1"}, {"ReceiptHandle", handle}}, {{"Id", "2"}, {"ReceiptHandle", "x"}}}}});
  EXPECT_EQ(result["Successful"], Json::array({{{"Id", "1"}}}));
  EXPECT_EQ(result["Failed"][0]["Code"], "ReceiptHandleIsInvalid");
  EXPECT_EQ(attribute("ApproximateNumberOfMessagesNotVisible"), "0");
}

using ChangeMessageVisibilityBatch = SqsFixture;

TEST_F(ChangeMessageVisibilityBatch, ChangesEachEntry) {
  send("a");
  const std::string handle = receive()[0]["ReceiptHandle"];
  const Json result =
      sqs("ChangeMessageVisibilityBatch",
          {{"QueueUrl", url_},
           {"Entries",
            Json::array({{{"Id", "1"}, {"ReceiptHandle", handle}, {"VisibilityTimeout", 0}}})}});
  EXPECT_EQ(result["Successful"], Json::array({{{"Id", "1"}}}));
  EXPECT_EQ(receive().size(), 1U);
}

}  // namespace
}  // namespace cloudchamber::mock::sqs

#include "tests/mock-server/services/sqs/sqs_fixture.h"

namespace cloudchamber::mock::sqs {
namespace {

using namespace std::chrono_literals;

using CreateQueue = SqsFixture;

TEST_F(CreateQueue, GivesTheUrlOfTheAccountAndName) {
  EXPECT_EQ(create("q"), "http://127.0.0.1:4566/123456789012/q");
}

TEST_F(CreateQueue, GivesAnExistingQueueBackWhenTheAttributesNamedAreTheSame) {
  create("q", {{"DelaySeconds", "5"}});
  EXPECT_EQ(create("q", {{"DelaySeconds", "5"}}), "http://127.0.0.1:4566/123456789012/q");
  EXPECT_EQ(create("q"), "http://127.0.0.1:4566/123456789012/q") << "none named";
}

TEST_F(CreateQueue, RefusesAnExistingNameWithAnotherAttribute) {
  create("q", {{"DelaySeconds", "5"}});
  EXPECT_EQ(sqs_error("CreateQueue", {{"QueueName", "q"}, {"Attributes", {{"DelaySeconds", "6"}}}}),
            "QueueNameExists: A queue already exists with the same name and a different value for "
            "attribute DelaySeconds");
}

TEST_F(CreateQueue, ChecksNames) {
  const std::string refused =
      "InvalidParameterValue: Can only include alphanumeric characters, hyphens, or underscores. 1 "
      "to 80 in length";
  const struct {
    std::string name;
    std::string expected;
  } rows[] = {{std::string(80, 'a'), "succeeded"},
              {std::string(81, 'a'), refused},
              {"a-b_C9", "succeeded"},
              {"a b", refused},
              {"a.b", refused},
              {"\xC3\xA9", refused},
              {"", "MissingParameter: The request must contain the parameter QueueName."},
              {"q.fifo", refused}};
  for (const auto& row : rows)
    EXPECT_EQ(sqs_error("CreateQueue", {{"QueueName", row.name}}), row.expected) << row.name;
  EXPECT_EQ(sqs_error("CreateQueue", Json::object()),
            "MissingParameter: The request must contain the parameter QueueName.");
}

TEST_F(CreateQueue, ChecksAttributesAtTheirEdges) {
  const struct {
    std::string name;
    std::vector<std::string> good;
    std::vector<std::string> bad;
  } rows[] = {
      {"DelaySeconds", {"0", "900"}, {"-1", "901", "1.5", "x", ""}},
      {"MaximumMessageSize", {"1024", "1048576"}, {"1023", "1048577"}},
      {"MessageRetentionPeriod", {"60", "1209600"}, {"59", "1209601"}},
      {"ReceiveMessageWaitTimeSeconds", {"0", "20"}, {"-1", "21"}},
      {"VisibilityTimeout", {"0", "43200"}, {"-1", "43201", "99999999999999999999"}},
      {"SqsManagedSseEnabled", {"true", "false"}, {"maybe"}},
      {"Policy",
       {"", R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"SQS:*","Resource":"*"}})",
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":"1"},)"
        R"("NotAction":"SQS:SendMessage"}]})"},
       {"nonsense", "{}", R"({"Statement":[]})", R"({"Statement":[1]})",
        R"({"Statement":[{"Effect":"Perhaps","Principal":"*","Action":"SQS:*"}]})",
        R"({"Statement":[{"Effect":"Allow","Action":"SQS:*"}]})",
        R"({"Statement":[{"Effect":"Allow","Principal":"*"}]})",
        R"({"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Condition":1}]})",
        R"({"Id":1,"Statement":[{"Effect":"Allow","Principal":"*","Action":"*"}]})",
        std::string(100'000, '[')}},
  };
  int number = 0;
  for (const auto& row : rows) {
    for (const std::string& value : row.good) {
      const Json input{{"QueueName", "q" + std::to_string(number++)},
                       {"Attributes", {{row.name, value}}}};
      EXPECT_EQ(sqs_error("CreateQueue", input), "succeeded") << row.name << '=' << value;
    }
    for (const std::string& value : row.bad) {
      const Json input{{"QueueName", "q" + std::to_string(number++)},
                       {"Attributes", {{row.name, value}}}};
      EXPECT_EQ(sqs_error("CreateQueue", input),
                "InvalidAttributeValue: Invalid value for the parameter " + row.name + ".")
          << row.name << '=' << value;
    }
  }
}

// LocalStack's recording test_create_standard_queue_with_fifo_attribute_raises_error.
TEST_F(CreateQueue, RefusesAttributesThatAStandardQueueDoesNotHave) {
  const auto error = [&](const std::string& name) {
    return sqs_error("CreateQueue", {{"QueueName", "q"}, {"Attributes", {{name, "true"}}}});
  };
  EXPECT_EQ(
      sqs_error("CreateQueue", {{"QueueName", "q"}, {"Attributes", {{"FifoQueue", "false"}}}}),
      "InvalidAttributeName: Unknown Attribute FifoQueue.");
  EXPECT_EQ(error("ContentBasedDeduplication"),
            "InvalidAttributeName: Unknown Attribute ContentBasedDeduplication.");
  EXPECT_EQ(error("DeduplicationScope"),
            "InvalidAttributeName: You can specify the DeduplicationScope only when FifoQueue is "
            "set to true.");
  EXPECT_EQ(error("Colour"), "InvalidAttributeName: Unknown Attribute Colour.");
}

using DeleteQueue = SqsFixture;

TEST_F(DeleteQueue, RemovesTheQueueAndKeepsItsNameForAMinute) {
  sqs("DeleteQueue", {{"QueueUrl", url_}});
  EXPECT_EQ(sqs_error("SendMessage", {{"QueueUrl", url_}, {"MessageBody", "x"}}),
            "QueueDoesNotExist: The specified queue does not exist.");
  clock_->advance(59'999ms);
  EXPECT_EQ(sqs_error("CreateQueue", {{"QueueName", "orders"}}),
            "QueueDeletedRecently: You must wait 60 seconds after deleting a queue before you can "
            "create another with the "
            "same name.");
  clock_->advance(1ms);
  EXPECT_EQ(sqs_error("CreateQueue", {{"QueueName", "orders"}}), "succeeded");
}

using PurgeQueue = SqsFixture;

TEST_F(PurgeQueue, EmptiesTheQueueOnceAMinute) {
  send("a");
  sqs("PurgeQueue", {{"QueueUrl", url_}});
  EXPECT_TRUE(receive().empty());
  clock_->advance(59s);
  EXPECT_EQ(
      sqs_error("PurgeQueue", {{"QueueUrl", url_}}),
      "PurgeQueueInProgress: Only one PurgeQueue operation on orders is allowed every 60 seconds.");
  clock_->advance(1s);
  EXPECT_EQ(sqs_error("PurgeQueue", {{"QueueUrl", url_}}), "succeeded");
}

using GetQueueUrl = SqsFixture;

TEST_F(GetQueueUrl, FindsAQueueByName) {
  EXPECT_EQ(sqs("GetQueueUrl", {{"QueueName", "orders"}})["QueueUrl"], url_);
  EXPECT_EQ(sqs_error("GetQueueUrl", {{"QueueName", "none"}}),
            "QueueDoesNotExist: The specified queue does not exist.");
  EXPECT_EQ(sqs_error("GetQueueUrl",
                      {{"QueueName", "orders"}, {"QueueOwnerAWSAccountId", "999999999999"}}),
            "QueueDoesNotExist: The specified queue does not exist.");
}

TEST_F(GetQueueUrl, DoesNotSeeQueuesOfOtherAccountsAndRegions) {
  EXPECT_EQ(error_of("sqs", "GetQueueUrl", {{"QueueName", "orders"}}, "999999999999"),
            "QueueDoesNotExist: The specified queue does not exist.");
  EXPECT_EQ(error_of("sqs", "GetQueueUrl", {{"QueueName", "orders"}}, "123456789012", "eu-west-1"),
            "QueueDoesNotExist: The specified queue does not exist.");
}

TEST_F(GetQueueUrl, WordsTheErrorAsTheQueryProtocolDoes) {
  EXPECT_EQ(
      error_of("sqs.query", "GetQueueUrl", {{"QueueName", "none"}}),
      "QueueDoesNotExist: The specified queue does not exist or you do not have access to it.");
  EXPECT_EQ(error_of("sqs.query", "PurgeQueue", {{"QueueUrl", "none"}}),
            "QueueDoesNotExist: The specified queue does not exist for this wsdl version.");
}

using ListQueues = SqsFixture;

TEST_F(ListQueues, ListsByPrefixInPages) {
  for (const char* name : {"b2", "a1", "a2", "a3"}) create(name);
  EXPECT_EQ(sqs("ListQueues", Json::object())["QueueUrls"].size(), 5U);
  const Json first = sqs("ListQueues", {{"QueueNamePrefix", "a"}, {"MaxResults", 2}});
  ASSERT_EQ(first["QueueUrls"].size(), 2U);
  EXPECT_EQ(first["QueueUrls"][0], "http://127.0.0.1:4566/123456789012/a1");
  const Json second =
      sqs("ListQueues",
          {{"QueueNamePrefix", "a"}, {"MaxResults", 2}, {"NextToken", first["NextToken"]}});
  ASSERT_EQ(second["QueueUrls"].size(), 1U);
  EXPECT_EQ(second["QueueUrls"][0], "http://127.0.0.1:4566/123456789012/a3");
  EXPECT_FALSE(second.contains("NextToken"));
}

TEST_F(ListQueues, LeavesTheMemberOutWhenThereIsNoQueue) {
  EXPECT_EQ(sqs("ListQueues", {{"QueueNamePrefix", "zzz"}}), Json::object());
}

TEST_F(ListQueues, ChecksMaxResults) {
  for (const auto& [max, good] : {std::pair(0, false), {1, true}, {1000, true}, {1001, false}}) {
    EXPECT_EQ(sqs_error("ListQueues", {{"MaxResults", max}}) == "succeeded", good) << max;
  }
  EXPECT_EQ(sqs_error("ListQueues", {{"MaxResults", 1}, {"NextToken", "?"}}),
            "InvalidParameterValue: Invalid or expired next token.");
}

using GetQueueAttributes = SqsFixture;

// LocalStack's recording test_set_queue_attributes_default_values.
TEST_F(GetQueueAttributes, GivesAllWithTheirDefaults) {
  Json all =
      sqs("GetQueueAttributes", {{"QueueUrl", url_}, {"AttributeNames", {"All"}}})["Attributes"];
  const Json expected{{"ApproximateNumberOfMessages", "0"},
                      {"ApproximateNumberOfMessagesDelayed", "0"},
                      {"ApproximateNumberOfMessagesNotVisible", "0"},
                      {"CreatedTimestamp", "1767225600"},
                      {"DelaySeconds", "0"},
                      {"LastModifiedTimestamp", "1767225600"},
                      {"MaximumMessageSize", "1048576"},
                      {"MessageRetentionPeriod", "345600"},
                      {"QueueArn", "arn:aws:sqs:us-east-1:123456789012:orders"},
                      {"ReceiveMessageWaitTimeSeconds", "0"},
                      {"SqsManagedSseEnabled", "true"},
                      {"VisibilityTimeout", "30"}};
  EXPECT_EQ(all, expected);
}

TEST_F(GetQueueAttributes, GivesOnlyWhatIsAskedFor) {
  EXPECT_EQ(sqs("GetQueueAttributes", {{"QueueUrl", url_}}), Json::object());
  EXPECT_EQ(sqs("GetQueueAttributes", {{"QueueUrl", url_}, {"AttributeNames", {"Policy"}}}),
            Json::object());
  EXPECT_EQ(sqs_error("GetQueueAttributes", {{"QueueUrl", url_}, {"AttributeNames", {"Colour"}}}),
            "InvalidAttributeName: Unknown Attribute Colour.");
}

using SetQueueAttributes = SqsFixture;

TEST_F(SetQueueAttributes, ChangesTheQueueAndItsTime) {
  clock_->advance(10s);
  sqs("SetQueueAttributes", {{"QueueUrl", url_}, {"Attributes", {{"VisibilityTimeout", "7"}}}});
  EXPECT_EQ(attribute("VisibilityTimeout"), "7");
  EXPECT_EQ(attribute("LastModifiedTimestamp"), "1767225610");
  EXPECT_EQ(attribute("CreatedTimestamp"), "1767225600");
}

TEST_F(SetQueueAttributes, ChangesNothingWhenOneOfThemIsWrong) {
  EXPECT_NE(sqs_error("SetQueueAttributes",
                      {{"QueueUrl", url_},
                       {"Attributes", {{"DelaySeconds", "7"}, {"VisibilityTimeout", "-1"}}}}),
            "succeeded");
  EXPECT_EQ(attribute("DelaySeconds"), "0");
}

// LocalStack's recording test_set_queue_attributes_default_values: what is set to "" goes back to
// its default.
TEST_F(SetQueueAttributes, TakesAKeyAsTheEndOfManagedEncryption) {
  sqs("SetQueueAttributes",
      {{"QueueUrl", url_},
       {"Attributes",
        {{"KmsMasterKeyId", "testKeyId"}, {"KmsDataKeyReusePeriodSeconds", "6000"}}}});
  EXPECT_EQ(attribute("SqsManagedSseEnabled"), "false");
  EXPECT_EQ(attribute("KmsDataKeyReusePeriodSeconds"), "6000");
  sqs("SetQueueAttributes", {{"QueueUrl", url_}, {"Attributes", {{"KmsMasterKeyId", ""}}}});
  EXPECT_EQ(attribute("KmsMasterKeyId"), "");
  EXPECT_EQ(attribute("KmsDataKeyReusePeriodSeconds"), "");
  EXPECT_EQ(attribute("SqsManagedSseEnabled"), "false");
}

using TagQueue = SqsFixture;

TEST_F(TagQueue, AddsAndRemovesTags) {
  EXPECT_EQ(sqs("ListQueueTags", {{"QueueUrl", url_}}), Json::object());
  sqs("TagQueue", {{"QueueUrl", url_}, {"Tags", {{"a", "1"}, {"b", "2"}}}});
  sqs("UntagQueue", {{"QueueUrl", url_}, {"TagKeys", {"a", "zzz"}}});
  EXPECT_EQ(sqs("ListQueueTags", {{"QueueUrl", url_}})["Tags"], Json({{"b", "2"}}));
}

TEST_F(TagQueue, ChecksItsLimits) {
  const auto error = [&](const Json& tags) {
    return sqs_error("TagQueue", {{"QueueUrl", url_}, {"Tags", tags}});
  };
  const auto many = [](int count) {
    Json tags = Json::object();
    for (int i = 0; i < count; ++i) tags["k" + std::to_string(i)] = "v";
    return tags;
  };
  const std::string key_length =
      "InvalidParameterValue: Tag keys must be between 1 and 128 characters in length.";
  EXPECT_EQ(error(Json::object()),
            "MissingParameter: The request must contain the parameter Tags.");
  EXPECT_EQ(error({{"", "v"}}), key_length);
  EXPECT_EQ(error({{std::string(129, 'k'), "v"}}), key_length);
  EXPECT_EQ(error({{"k", std::string(257, 'v')}}),
            "InvalidParameterValue: Tag values must be between 0 and 256 characters in length.");
  EXPECT_EQ(error(many(51)), "InvalidParameterValue: Too many tags added for queue orders.");
  EXPECT_EQ(sqs("ListQueueTags", {{"QueueUrl", url_}}), Json::object());
  EXPECT_EQ(error(many(50)), "succeeded");
  EXPECT_EQ(error({{"k0", std::string(256, 'v')}}), "succeeded");
  EXPECT_EQ(error({{std::string(128, 'k'), ""}}),
            "InvalidParameterValue: Too many tags added for queue orders.");
  EXPECT_EQ(sqs_error("CreateQueue", {{"QueueName", "tagged"}, {"tags", many(51)}}),
            "InvalidParameterValue: Too many tags added for queue tagged.");
}

using UntagQueue = SqsFixture;

TEST_F(UntagQueue, WantsKeys) {
  EXPECT_EQ(sqs_error("UntagQueue", {{"QueueUrl", url_}, {"TagKeys", Json::array()}}),
            "InvalidParameterValue: Tag keys must be between 1 and 128 characters in length.");
}

}  // namespace
}  // namespace cloudchamber::mock::sqs

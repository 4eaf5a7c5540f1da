// The generated resources of SQS and DynamoDB against the mock in the same process.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "cloudchamber/resources/dynamodb.h"
#include "cloudchamber/resources/sqs.h"
#include "cloudchamber/session.h"
#include "mock-server/mock_aws.h"

namespace cloudchamber {
namespace {

using ::testing::ElementsAre;

TEST(SqsResources, SendReceiveAndDelete) {
  const mock::MockAws aws;
  const auto sqs = aws.session().resource<Sqs>();
  const sqs::Queue queue = sqs.create_queue({{"QueueName", "jobs"}});
  EXPECT_EQ(queue, sqs.get_queue_by_name({{"QueueName", "jobs"}}));
  EXPECT_EQ(queue.attributes()["ApproximateNumberOfMessages"], "0");
  queue.send_messages({{"Entries",
                        {{{"Id", "0"}, {"MessageBody", "one"}},
                         {{"Id", "1"}, {"MessageBody", "two"}},
                         {{"Id", "2"}, {"MessageBody", "three"}}}}});
  const auto messages = queue.receive_messages({{"MaxNumberOfMessages", 10}});
  ASSERT_EQ(messages.size(), 3U);
  std::vector<std::string> bodies;
  Json entries = Json::array();
  for (const sqs::Message& message : messages) {
    bodies.push_back(message.body().get<std::string>());
    EXPECT_EQ(message.queue(), queue);
    entries.push_back({{"Id", message.message_id()}, {"ReceiptHandle", message.receipt_handle()}});
  }
  EXPECT_THAT(bodies, ::testing::UnorderedElementsAre("one", "two", "three"));
  messages[0].delete_();
  entries.erase(0);
  EXPECT_EQ(queue.delete_messages({{"Entries", entries}})["Successful"].size(), 2U);
  EXPECT_TRUE(queue.receive_messages().empty());
  queue.reload();
  EXPECT_EQ(queue.attributes()["ApproximateNumberOfMessagesNotVisible"], "0");
}

TEST(SqsResources, ListQueuesPageByPage) {
  const mock::MockAws aws;
  const auto sqs = aws.session().resource<Sqs>();
  for (const char* name : {"a-1", "a-2", "a-3", "b-1"}) sqs.create_queue({{"QueueName", name}});
  std::vector<std::size_t> pages;
  for (const auto& page : sqs.queues().filter({{"QueueNamePrefix", "a"}}).page_size(2).pages())
    pages.push_back(page.size());
  EXPECT_THAT(pages, ElementsAre(2U, 1U));
}

TEST(SqsResources, NeedNoLoadedDataToBeDeleted) {
  const mock::MockAws aws;
  const auto sqs = aws.session().resource<Sqs>();
  const sqs::Queue queue = sqs.create_queue({{"QueueName", "jobs"}});
  queue.send_message({{"MessageBody", "x"}});
  const std::string handle = queue.receive_messages().at(0).receipt_handle();
  queue.message(handle).delete_();
  EXPECT_THROW(static_cast<void>(queue.message(handle).body()), ResourceLoadException);
  EXPECT_THROW(queue.message("no handle").delete_(), sqs::ReceiptHandleIsInvalid);
}

TEST(DynamoDbResources, CreateLoadAndDeleteTables) {
  const mock::MockAws aws;
  const auto dynamodb = aws.session().resource<DynamoDb>();
  const dynamodb::Table table = dynamodb.create_table(
      {{"TableName", "movies"},
       {"KeySchema", {{{"AttributeName", "year"}, {"KeyType", "HASH"}}}},
       {"AttributeDefinitions", {{{"AttributeName", "year"}, {"AttributeType", "N"}}}},
       {"BillingMode", "PAY_PER_REQUEST"}});
  EXPECT_EQ(table.name(), "movies");
  EXPECT_EQ(table.table_name(), "movies");
  table.wait_until_exists();
  table.reload();
  EXPECT_EQ(table.table_status(), "ACTIVE");
  EXPECT_EQ(dynamodb.table("movies").key_schema()[0]["AttributeName"], "year");
  EXPECT_EQ(*dynamodb.tables().begin(), table);
  EXPECT_EQ(table.global_table_version(), Json());
  table.delete_();
  table.wait_until_not_exists();
  EXPECT_THROW(table.load(), dynamodb::ResourceNotFoundException);
}

}  // namespace
}  // namespace cloudchamber

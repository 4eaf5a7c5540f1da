// The SDK against the mock in the same process: every stage of both, but no socket.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "cloudchamber/errors.h"
#include "cloudchamber/services/dynamodb.h"
#include "cloudchamber/services/s3.h"
#include "cloudchamber/services/sqs.h"
#include "cloudchamber/session.h"
#include "mock-server/mock_aws.h"

namespace cloudchamber {
namespace {

using namespace std::chrono_literals;

TEST(S3InProcess, StoresLargeBodiesInPiecesAndChecksThem) {
  const mock::MockAws aws;
  const auto s3 = aws.session().client<S3>();
  s3.create_bucket({{"Bucket", "films"}});
  Blob body;
  for (int i = 0; i < 40; ++i) body.append(std::string(100'000, static_cast<char>('a' + i % 26)));
  const Json object = {{"Bucket", "films"}, {"Key", "a b/\xc3\xa4+c?d"}};
  s3.put_object(object, {.body = body});

  Blob received;
  const Json result = s3.get_object(object, {.output_body = &received});
  EXPECT_TRUE(received == body);
  EXPECT_EQ(result["ContentLength"], 4'000'000);
  EXPECT_TRUE(result.contains("ChecksumCRC32"));
  std::size_t streamed = 0;
  s3.get_object(object, {.sink = [&](std::string_view piece) { streamed += piece.size(); }});
  EXPECT_EQ(streamed, body.size());
  EXPECT_EQ(s3.head_object(object)["ContentLength"], 4'000'000);
}

TEST(S3InProcess, PagesThroughKeysThatXmlCanNotHold) {
  const mock::MockAws aws;
  const auto s3 = aws.session().client<S3>();
  s3.create_bucket({{"Bucket", "films"}});
  Json keys = Json::array();
  for (const char* key : {"a b", "a+b", "a\nb", "a\x01", "a&<b", "a%41"}) {
    keys.push_back(key);
    s3.put_object({{"Bucket", "films"}, {"Key", key}, {"Body", "x"}});
  }
  for (const char* operation : {"list_objects", "list_objects_v2"}) {
    Json listed = Json::array();
    const auto pages = s3.paginate(operation, {{"Bucket", "films"}}, {.page_size = 2});
    for (const Json& key : pages.search("Contents[].Key")) listed.push_back(key);
    std::sort(keys.begin(), keys.end());
    EXPECT_EQ(listed, keys) << operation;
  }
}

TEST(S3InProcess, WaitsOnTheVirtualClock) {
  const mock::MockAws aws;
  const auto s3 = aws.session().client<S3>();
  const TimePoint start = aws.clock().now();
  try {
    s3.wait("bucket_exists", {{"Bucket", "absent"}});
    FAIL() << "nothing was thrown";
  } catch (const WaiterError& error) {
    EXPECT_EQ(error.reason(),
              "Max attempts exceeded. Previously accepted state: Matched expected HTTP status "
              "code: 404");
    EXPECT_EQ(error.last_response()["Error"]["Code"], "404");
  }
  EXPECT_EQ(aws.clock().now() - start, 19 * 5s);
}

TEST(S3InProcess, TakesAPresignedUrlFromAnyone) {
  const mock::MockAws aws;
  const auto s3 = aws.session().client<S3>();
  s3.create_bucket({{"Bucket", "films"}});
  s3.put_object({{"Bucket", "films"}, {"Key", "k"}, {"Body", "hello"}});
  const std::string url =
      s3.generate_presigned_url("get_object", {{"Bucket", "films"}, {"Key", "k"}}, 60s);
  HttpRequest request;
  request.method = "GET";
  const std::size_t host = url.find("://") + 3, path = url.find('/', host);
  request.host = url.substr(host, path - host);
  request.target = url.substr(path);
  EXPECT_EQ(aws.handle(request).body, Blob("hello"));
  request.target.replace(request.target.find("/k?"), 3, "/j?");
  EXPECT_EQ(aws.handle(request).status, 403);
}

TEST(DynamoDbInProcess, WaitsForATableAndPagesThroughIt) {
  const mock::MockAws aws;
  const auto dynamodb = aws.session().client<DynamoDb>();
  dynamodb.create_table(
      {{"TableName", "movies"},
       {"BillingMode", "PAY_PER_REQUEST"},
       {"AttributeDefinitions", {{{"AttributeName", "year"}, {"AttributeType", "N"}}}},
       {"KeySchema", {{{"AttributeName", "year"}, {"KeyType", "HASH"}}}}});
  dynamodb.wait("table_exists", {{"TableName", "movies"}});
  for (int year = 1985; year < 1995; ++year)
    dynamodb.put_item(
        {{"TableName", "movies"}, {"Item", {{"year", {{"N", std::to_string(year)}}}}}});
  const auto scan =
      dynamodb.paginate("scan", {{"TableName", "movies"}}, {.max_items = 7, .page_size = 3});
  const Json first = scan.build_full_result();
  EXPECT_EQ(first["Items"].size(), 7U);
  const auto rest =
      dynamodb.paginate("scan", {{"TableName", "movies"}}, {.starting_token = scan.resume_token()});
  EXPECT_EQ(rest.build_full_result()["Items"].size(), 3U);
}

TEST(SqsInProcess, ThrowsGeneratedExceptions) {
  const mock::MockAws aws;
  const auto sqs = aws.session().client<Sqs>();
  try {
    static_cast<void>(sqs.get_queue_url({{"QueueName", "absent"}}));
    FAIL() << "nothing was thrown";
  } catch (const sqs::QueueDoesNotExist& error) {
    EXPECT_EQ(error.code(), "AWS.SimpleQueueService.NonExistentQueue");
    EXPECT_FALSE(error.request_id().empty());
  }
}

// One client may serve any number of threads.
TEST(ClientInProcess, IsSharedBetweenThreads) {
  const mock::MockAws aws;
  const auto sqs = aws.session().client<Sqs>();
  const std::string url = sqs.create_queue({{"QueueName", "q"}})["QueueUrl"];
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n)
        sqs.call("send_message", {{"QueueUrl", url}, {"MessageBody", "x"}});
    });
  }
  for (std::thread& thread : threads) thread.join();
  const Json attributes = sqs.get_queue_attributes(
      {{"QueueUrl", url}, {"AttributeNames", {"ApproximateNumberOfMessages"}}})["Attributes"];
  EXPECT_EQ(attributes["ApproximateNumberOfMessages"], "80");
}

}  // namespace
}  // namespace cloudchamber

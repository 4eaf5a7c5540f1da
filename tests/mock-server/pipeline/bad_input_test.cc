// What strangers send, over a real socket: whatever it is, the answer is AWS's error, with a body
// in the protocol's form, and the server lives on.
#include <cloudchamber/session.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mock-server/mock_aws.h"
#include "tests/mock-server/http/raw_client.h"
#include "tests/mock-server/pipeline/bad_inputs.h"

namespace cloudchamber::mock {
namespace {

using testing::BadInput;
using testing::RawClient;
using testing::RawResponse;

class BadInputTest : public ::testing::Test {
 protected:
  BadInputTest() {
    const Session session = aws_.session();
    session.client("s3").call("CreateBucket", {{"Bucket", "bkt"}});
    session.client("sqs").call("CreateQueue", {{"QueueName", "q"}});
    session.client("dynamodb")
        .call("CreateTable",
              {{"TableName", "tab"},
               {"BillingMode", "PAY_PER_REQUEST"},
               {"AttributeDefinitions", {{{"AttributeName", "p"}, {"AttributeType", "S"}}}},
               {"KeySchema", {{{"AttributeName", "p"}, {"KeyType", "HASH"}}}}});
    aws_.start();
  }

  void expect_refusals(const std::vector<BadInput>& inputs) {
    for (const BadInput& input : inputs) {
      RawClient client(aws_.port());
      client.send(input.bytes);
      if (input.stops_sending) client.finish_sending();
      const RawResponse got = client.receive();
      EXPECT_EQ(got.status, input.status) << input.name << "\n" << got.body;
      EXPECT_NE(got.body, "") << input.name;
      EXPECT_NE(got.body.find(input.code), std::string::npos) << input.name << "\n" << got.body;
      EXPECT_NE(got.header("Content-Type"), "") << input.name;
      // Ours to fix, whatever was sent.
      EXPECT_EQ(got.body.find("Cloud Chamber failed"), std::string::npos) << input.name << "\n"
                                                                          << got.body;
    }
    EXPECT_EQ(
        RawClient(aws_.port()).exchange("GET /_chamber/health HTTP/1.1\r\nHost: h\r\n\r\n").status,
        200);
  }

  MockAws aws_;
};

TEST_F(BadInputTest, OfHttpIsAnsweredWithAwssError) { expect_refusals(testing::bad_http()); }
TEST_F(BadInputTest, OfJsonIsAnsweredWithAwssError) { expect_refusals(testing::bad_json()); }
TEST_F(BadInputTest, OfQueriesIsAnsweredWithAwssError) { expect_refusals(testing::bad_queries()); }
TEST_F(BadInputTest, OfS3IsAnsweredWithAwssError) { expect_refusals(testing::bad_s3()); }
TEST_F(BadInputTest, OfSignaturesIsAnsweredWithAwssError) {
  expect_refusals(testing::bad_signatures());
}

// Every prefix of a request, then the end: never a crash, never a hang.
TEST_F(BadInputTest, IncludesRequestsCutAnywhere) {
  const std::string whole = testing::describe_table_request();
  for (std::size_t size = 1; size < whole.size(); size += 7) {
    RawClient client(aws_.port());
    client.send(whole.substr(0, size));
    client.finish_sending();
    EXPECT_EQ(client.receive().status, 400) << size;
  }
}

}  // namespace
}  // namespace cloudchamber::mock

#include "cloudchamber/dynamodb/batch_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cloudchamber/dynamodb/types.h"
#include "cloudchamber/errors.h"
#include "cloudchamber/resource.h"
#include "tests/sdk/client/stage.h"

namespace cloudchamber::dynamodb {
namespace {

using ::testing::_;
using ::testing::InSequence;
using ::testing::Invoke;
using ::testing::StrictMock;

class MockTransport : public Transport {
 public:
  MOCK_METHOD(HttpResponse, send, (const HttpRequest& request, const SendOptions& options),
              (override));
};

HttpResponse response(const Json& body, int status = 200) {
  HttpResponse answer;
  answer.status = status;
  answer.body = body.dump();
  return answer;
}

Json requests_in(const HttpRequest& request) {
  return Json::parse(request.body.to_string()).at("RequestItems").at("t");
}

// Takes a batch of `count` and leaves those at `unprocessed` undone.
auto batch_of(std::size_t count, const std::vector<std::size_t>& unprocessed = {}) {
  return [=](const HttpRequest& request, const SendOptions&) {
    const Json requests = requests_in(request);
    EXPECT_EQ(requests.size(), count);
    Json left = Json::array();
    for (const std::size_t index : unprocessed) left.push_back(requests.at(index));
    return response(left.empty() ? Json{{"UnprocessedItems", Json::object()}}
                                 : Json{{"UnprocessedItems", {{"t", left}}}});
  };
}

// The ids that are written, in their order; a deletion's is negative.
auto ids(const std::vector<int>& expected) {
  return [=](const HttpRequest& request, const SendOptions&) {
    std::vector<int> sent;
    for (const Json& each : requests_in(request)) {
      const bool is_put = each.contains("PutRequest");
      const Json& attributes = is_put ? each["PutRequest"]["Item"] : each["DeleteRequest"]["Key"];
      const int id = std::stoi(attributes["id"]["N"].get<std::string>());
      sent.push_back(is_put ? id : -id);
    }
    EXPECT_EQ(sent, expected);
    return response({{"UnprocessedItems", Json::object()}});
  };
}

struct Writing {
  Stage stage;
  std::shared_ptr<StrictMock<MockTransport>> transport =
      std::make_shared<StrictMock<MockTransport>>();
  InSequence in_sequence;

  Client client() {
    SessionOptions options = stage.options();
    options.transport = transport;
    return Session(options).resource("dynamodb").meta().client();
  }
  template <class Action>
  void expect(Action action) {
    EXPECT_CALL(*transport, send(_, _)).WillOnce(Invoke(action));
  }
};

Json item(int id) { return {{"Item", {{"id", id}}}}; }
Json key(int id) { return {{"Key", {{"id", id}}}}; }

TEST(BatchWriter, SendsAsSoonAsThereAre25) {
  Writing writing;
  BatchWriter batch("t", writing.client());
  for (int id = 1; id <= 24; ++id) batch.put_item(item(id));
  EXPECT_EQ(batch.pending(), 24U);
  writing.expect(batch_of(25));
  batch.put_item(item(25));
  EXPECT_EQ(batch.pending(), 0U);
}

TEST(BatchWriter, SendsTheRestWhenItEnds) {
  Writing writing;
  writing.expect(batch_of(25));
  writing.expect(batch_of(25));
  writing.expect(batch_of(1));
  BatchWriter batch("t", writing.client());
  for (int id = 1; id <= 51; ++id) batch.put_item(item(id));
  EXPECT_EQ(batch.pending(), 1U);
}

TEST(BatchWriter, SendsNothingWhenNothingWaits) {
  Writing writing;
  BatchWriter batch("t", writing.client());
  batch.flush();
  batch.close();
}

TEST(BatchWriter, MixesPutsAndDeletesInTheirOrder) {
  Writing writing;
  BatchWriter batch("t", writing.client());
  batch.put_item(item(1));
  batch.delete_item(key(2));
  batch.put_item(item(3));
  writing.expect(ids({1, -2, 3}));
  batch.flush();
}

TEST(BatchWriter, WritesPlainValues) {
  Writing writing;
  BatchWriter batch("t", writing.client());
  batch.put_item({{"Item", {{"id", 1}, {"rating", Decimal("7.9")}, {"tags", StringSet{"a"}}}}});
  writing.expect([](const HttpRequest& request, const SendOptions&) {
    EXPECT_EQ(requests_in(request), Json::array({{{"PutRequest",
                                                   {{"Item",
                                                     {{"id", {{"N", "1"}}},
                                                      {"rating", {{"N", "7.9"}}},
                                                      {"tags", {{"SS", {"a"}}}}}}}}}}));
    return response(Json::object());
  });
  batch.flush();
}

TEST(BatchWriter, SendsWhatIsLeftUnprocessedWithTheNextBatch) {
  Writing writing;
  BatchWriter batch("t", writing.client());
  writing.expect(batch_of(25, {3, 7}));
  for (int id = 1; id <= 25; ++id) batch.put_item(item(id));
  EXPECT_EQ(batch.pending(), 2U);
  batch.delete_item(key(90));
  writing.expect(ids({4, 8, -90}));
  batch.flush();
  EXPECT_EQ(batch.pending(), 0U);
}

TEST(BatchWriter, FlushesUntilNothingIsUnprocessed) {
  Writing writing;
  BatchWriter batch("t", writing.client());
  for (int id = 1; id <= 5; ++id) batch.put_item(item(id));
  writing.expect(batch_of(5, {0, 1, 2, 3}));
  writing.expect(batch_of(4, {0, 1, 2, 3}));
  writing.expect(batch_of(4, {3}));
  writing.expect(ids({4}));
  batch.flush();
}

TEST(BatchWriter, KeepsExactValuesOfWhatIsUnprocessed) {
  Writing writing;
  BatchWriter batch("t", writing.client());
  const Json parameters = {{"Item",
                            {{"id", 1},
                             {"rating", Decimal("0.12345678901234567890123456789012345678")},
                             {"set", NumberSet{Decimal("1.5"), 2}},
                             {"bytes", Binary("\xFF\x01")}}}};
  Json first;
  batch.put_item(parameters);
  writing.expect([&](const HttpRequest& request, const SendOptions&) {
    first = requests_in(request);
    return response({{"UnprocessedItems", {{"t", first}}}});
  });
  writing.expect([&](const HttpRequest& request, const SendOptions&) {
    EXPECT_EQ(requests_in(request), first);
    return response(Json::object());
  });
  batch.flush();
}

TEST(BatchWriter, PausesWhereNothingAtAllIsProcessed) {
  Writing writing;
  writing.stage.random_bits = ~std::uint64_t{0};  // the longest pauses
  BatchWriter batch("t", writing.client());
  batch.put_item(item(1));
  const TimePoint start = writing.stage.clock->now();
  writing.expect(batch_of(1, {0}));
  writing.expect(batch_of(1, {0}));
  writing.expect(batch_of(1));
  batch.flush();
  const auto paused = writing.stage.clock->now() - start;
  EXPECT_GT(paused, Milliseconds(2900));
  EXPECT_LE(paused, Milliseconds(3000));
}

TEST(BatchWriter, GivesUpAfterTenAnswersThatProcessNothingAndKeepsTheItems) {
  Writing writing;
  BatchWriter batch("t", writing.client());
  batch.put_item(item(1));
  EXPECT_CALL(*writing.transport, send(_, _)).Times(10).WillRepeatedly(Invoke(batch_of(1, {0})));
  try {
    batch.flush();
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "DynamoDB has processed none of 1 write requests to table t in ten attempts");
  }
  EXPECT_EQ(batch.pending(), 1U);
  writing.expect(batch_of(1));
  batch.flush();
}

TEST(BatchWriter, ReplacesRequestsForTheSameKey) {
  Writing writing;
  BatchWriter batch("t", writing.client(), {.overwrite_by_pkeys = {"id", "n"}});
  const auto put = [&](int id, const Json& n) {
    batch.put_item({{"Item", {{"id", id}, {"n", n}}}});
  };
  put(1, "a");
  put(2, "a");
  put(1, "b");
  put(1, "a");
  EXPECT_EQ(batch.pending(), 3U);
  batch.delete_item({{"Key", {{"id", 2}, {"n", "a"}}}});
  EXPECT_EQ(batch.pending(), 3U);
  put(3, Decimal("1.0"));
  put(3, 1);
  EXPECT_EQ(batch.pending(), 4U);
  writing.expect(ids({1, 1, -2, 3}));
  batch.flush();
}

TEST(BatchWriter, WithoutKeysReplacesNothing) {
  Writing writing;
  BatchWriter batch("t", writing.client());
  batch.put_item(item(1));
  batch.put_item(item(1));
  writing.expect(ids({1, 1}));
  batch.flush();
}

TEST(BatchWriter, RefusesAnItemWithoutTheKeysAndStaysAsItWas) {
  Writing writing;
  BatchWriter batch("t", writing.client(), {.overwrite_by_pkeys = {"id"}});
  batch.put_item(item(1));
  EXPECT_THROW(batch.put_item({{"Item", {{"name", "x"}}}}), ParamValidationError);
  EXPECT_THROW(batch.delete_item({{"Key", {{"name", "x"}}}}), ParamValidationError);
  EXPECT_EQ(batch.pending(), 1U);
  writing.expect(ids({1}));
  batch.flush();
}

TEST(BatchWriter, RefusesOtherParameters) {
  Writing writing;
  BatchWriter batch("t", writing.client());
  for (const Json& wrong : {Json(), Json("x"), Json({{"id", 1}}), key(1),
                            Json({{"Item", {{"id", 1}}}, {"TableName", "u"}}), Json({{"Item", 1}})})
    EXPECT_THROW(batch.put_item(wrong), ParamValidationError) << wrong;
  EXPECT_THROW(batch.delete_item(item(1)), ParamValidationError);
  EXPECT_EQ(batch.pending(), 0U);
}

TEST(BatchWriter, TakesAnAmountUpTo25) {
  Writing writing;
  EXPECT_THROW(BatchWriter("t", writing.client(), {.flush_amount = 0}), Error);
  EXPECT_THROW(BatchWriter("t", writing.client(), {.flush_amount = 26}), Error);
  BatchWriter batch("t", writing.client(), {.flush_amount = 2});
  writing.expect(ids({1, 2}));
  batch.put_item(item(1));
  batch.put_item(item(2));
}

const Json kRefused = {{"__type", "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"},
                       {"message", "Requested resource not found"}};

TEST(BatchWriter, KeepsABatchThatWasRefused) {
  Writing writing;
  BatchWriter batch("t", writing.client());
  batch.put_item(item(1));
  writing.expect([](const HttpRequest&, const SendOptions&) { return response(kRefused, 400); });
  EXPECT_THROW(batch.flush(), ClientError);
  EXPECT_EQ(batch.pending(), 1U);
  writing.expect(ids({1}));
  batch.flush();
}

TEST(BatchWriter, ThrowsFromItsDestructorWhatTheLastBatchThrows) {
  Writing writing;
  writing.expect([](const HttpRequest&, const SendOptions&) { return response(kRefused, 400); });
  const auto write = [&] {
    BatchWriter batch("t", writing.client());
    batch.put_item(item(1));
  };
  EXPECT_THROW(write(), ClientError);
}

TEST(BatchWriter, SendsNothingWhileAnotherExceptionIsUnderWay) {
  Writing writing;
  const auto write = [&] {
    BatchWriter batch("t", writing.client());
    batch.put_item(item(1));
    throw std::runtime_error("something else");
  };
  EXPECT_THROW(write(), std::runtime_error);
}

TEST(BatchWriter, TakesNoMoreOnceItIsClosed) {
  Writing writing;
  BatchWriter batch("t", writing.client());
  batch.put_item(item(1));
  writing.expect(ids({1}));
  batch.close();
  EXPECT_THROW(batch.put_item(item(2)), Error);
  EXPECT_EQ(batch.pending(), 0U);
}

TEST(BatchWriter, RefusesAFloatAtOnceRatherThanWithItsBatch) {
  Writing writing;
  BatchWriter batch("t", writing.client());
  EXPECT_THROW(batch.put_item({{"Item", {{"id", 1}, {"rating", 7.9}}}}), TypeError);
  EXPECT_EQ(batch.pending(), 0U);
}

}  // namespace
}  // namespace cloudchamber::dynamodb

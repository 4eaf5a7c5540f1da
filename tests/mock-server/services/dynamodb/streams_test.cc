#include "tests/mock-server/services/dynamodb/dynamodb_fixture.h"

namespace cloudchamber::mock::dynamodb {
namespace {

class GetRecords : public DynamodbFixture {
 protected:
  std::string create_with_stream(const std::string& view) {
    Json input = table_input();
    input["StreamSpecification"] = {{"StreamEnabled", true}, {"StreamViewType", view}};
    return call("CreateTable", input)["TableDescription"]["LatestStreamArn"];
  }
  Json iterator(const std::string& arn, const std::string& type, const Json& more = {}) {
    Json input = {
        {"StreamArn", arn},
        {"ShardId", stream_call("DescribeStream",
                                {{"StreamArn", arn}})["StreamDescription"]["Shards"][0]["ShardId"]},
        {"ShardIteratorType", type}};
    if (more.is_object()) input.update(more);
    return stream_call("GetShardIterator", input)["ShardIterator"];
  }
  Json records(const Json& from) {
    return stream_call("GetRecords", {{"ShardIterator", from}})["Records"];
  }
};
using ListStreams = GetRecords;
using DescribeStream = GetRecords;
using GetShardIterator = GetRecords;

TEST_F(GetRecords, TellsEveryChangeInOrder) {
  const std::string arn = create_with_stream("NEW_AND_OLD_IMAGES");
  put({{"p", s("k")}, {"a", n("1")}});
  put({{"p", s("k")}, {"a", n("1")}});
  put({{"p", s("k")}, {"a", n("2")}});
  call("DeleteItem", {{"TableName", "things"}, {"Key", {{"p", s("k")}}}});
  call("DeleteItem", {{"TableName", "things"}, {"Key", {{"p", s("k")}}}});
  const Json all = records(iterator(arn, "TRIM_HORIZON"));
  ASSERT_EQ(all.size(), 3U) << "what changes nothing leaves no record";
  EXPECT_EQ(all[0]["eventName"], "INSERT");
  EXPECT_FALSE(all[0]["dynamodb"].contains("OldImage"));
  EXPECT_EQ(all[1]["eventName"], "MODIFY");
  EXPECT_EQ(all[1]["dynamodb"]["OldImage"]["a"], n("1"));
  EXPECT_EQ(all[1]["dynamodb"]["NewImage"]["a"], n("2"));
  EXPECT_EQ(all[2]["eventName"], "REMOVE");
  EXPECT_EQ(all[2]["dynamodb"]["Keys"], (Json{{"p", s("k")}}));
  EXPECT_LT(all[0]["dynamodb"]["SequenceNumber"], all[1]["dynamodb"]["SequenceNumber"]);
}

TEST_F(GetRecords, StartsWhereTheIteratorSays) {
  const std::string arn = create_with_stream("KEYS_ONLY");
  put({{"p", s("1")}});
  const Json latest = iterator(arn, "LATEST");
  put({{"p", s("2")}});
  EXPECT_EQ(records(latest).size(), 1U);
  const Json all = records(iterator(arn, "TRIM_HORIZON"));
  const Json first = {{"SequenceNumber", all[0]["dynamodb"]["SequenceNumber"]}};
  EXPECT_EQ(records(iterator(arn, "AT_SEQUENCE_NUMBER", first)).size(), 2U);
  EXPECT_EQ(records(iterator(arn, "AFTER_SEQUENCE_NUMBER", first)).size(), 1U);
  EXPECT_FALSE(all[0]["dynamodb"].contains("NewImage"));
}

TEST_F(GetRecords, TellsWhatTimeToLiveRemoved) {
  const std::string arn = create_with_stream("OLD_IMAGE");
  call("UpdateTimeToLive",
       {{"TableName", "things"},
        {"TimeToLiveSpecification", {{"Enabled", true}, {"AttributeName", "t"}}}});
  const auto now = std::chrono::duration_cast<Seconds>(clock_->now().time_since_epoch()).count();
  put({{"p", s("k")}, {"t", n(std::to_string(now + 1))}});
  clock_->advance(Seconds(2));
  put({{"p", s("k")}});
  const Json all = records(iterator(arn, "TRIM_HORIZON"));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[1]["eventName"], "REMOVE");
  EXPECT_EQ(all[1]["userIdentity"]["PrincipalId"], "dynamodb.amazonaws.com");
  EXPECT_EQ(all[2]["eventName"], "INSERT");
}

TEST_F(GetRecords, RefusesIteratorsThatAreOldOrNone) {
  const std::string arn = create_with_stream("KEYS_ONLY");
  const Json old = iterator(arn, "LATEST");
  clock_->advance(Seconds(15 * 60 + 1));
  EXPECT_EQ(ServiceFixture::error_of("dynamodbstreams", "GetRecords", {{"ShardIterator", old}})
                .rfind("ExpiredIteratorException: ", 0),
            0U);
  for (const char* text : {"x", "arn|1|", "arn|1|####", "arn|1|MSwy"}) {
    EXPECT_EQ(ServiceFixture::error_of("dynamodbstreams", "GetRecords", {{"ShardIterator", text}})
                  .rfind("ValidationException: ", 0),
              0U)
        << text;
  }
}

TEST_F(DescribeStream, KeepsAStreamThatWasTurnedOff) {
  const std::string first = create_with_stream("KEYS_ONLY");
  put({{"p", s("1")}});
  const auto set = [&](bool enabled) {
    Json specification = {{"StreamEnabled", enabled}};
    if (enabled) specification["StreamViewType"] = "KEYS_ONLY";
    return error_of("UpdateTable",
                    {{"TableName", "things"}, {"StreamSpecification", specification}});
  };
  EXPECT_EQ(set(true),
            "ValidationException: Table already has an enabled stream: TableName: things");
  EXPECT_EQ(set(false), "succeeded");
  EXPECT_EQ(set(false),
            "ValidationException: Table does not have a stream to disable: TableName: things");
  EXPECT_EQ(set(true), "succeeded");
  EXPECT_EQ(
      stream_call("DescribeStream", {{"StreamArn", first}})["StreamDescription"]["StreamStatus"],
      "DISABLED");
  EXPECT_EQ(records(iterator(first, "TRIM_HORIZON")).size(), 1U);
  const Json streams = stream_call("ListStreams", {{"TableName", "things"}})["Streams"];
  ASSERT_EQ(streams.size(), 2U);
  EXPECT_NE(streams[0]["StreamArn"], streams[1]["StreamArn"]);
}

TEST_F(ListStreams, GoesByPages) {
  const std::string arn = create_with_stream("KEYS_ONLY");
  EXPECT_EQ(stream_call("ListStreams", {{"Limit", 1}})["Streams"][0]["StreamArn"], arn);
  EXPECT_EQ(stream_call("ListStreams", {{"ExclusiveStartStreamArn", arn}})["Streams"],
            Json::array());
}

TEST_F(GetShardIterator, ChecksItsParameters) {
  const std::string arn = create_with_stream("KEYS_ONLY");
  const std::string missing =
      "arn:aws:dynamodb:us-east-1:123456789012:table/no/stream/2024-11-18T14:36:44.149";
  EXPECT_EQ(
      ServiceFixture::error_of("dynamodbstreams", "DescribeStream", {{"StreamArn", missing}}),
      "ResourceNotFoundException: Requested resource not found: Stream: " + missing + " not found");
  EXPECT_EQ(ServiceFixture::error_of("dynamodbstreams", "GetShardIterator",
                                     {{"StreamArn", arn},
                                      {"ShardId", "shardId-00000000000000000000-0000dead"},
                                      {"ShardIteratorType", "LATEST"}}),
            "ResourceNotFoundException: Requested resource not found: Shard does not exist");
}

}  // namespace
}  // namespace cloudchamber::mock::dynamodb

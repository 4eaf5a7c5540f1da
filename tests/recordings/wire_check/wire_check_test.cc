#include "recordings/wire_check/wire_check.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sdk/codec/event_stream.h"

namespace cloudchamber::recordings {
namespace {

const Json kParameters = {{"QueueName", "q"}};

Interaction get_queue_url(std::string body = R"({"QueueUrl": "u"})", Json parameters = kParameters,
                          Json result = {{"QueueUrl", "u"}}) {
  return {.exchange = {.request = {"POST",
                                   "https",
                                   "sqs.us-east-1.amazonaws.com",
                                   "/",
                                   {{"X-Amz-Target", "AmazonSQS.GetQueueUrl"},
                                    {"Content-Type", "application/x-amz-json-1.0"}},
                                   R"({"QueueName": "q"})"},
                       .response = {.status = 200,
                                    .headers = {{"x-amzn-RequestId", "i"},
                                                {"Content-Type", "application/x-amz-json-1.0"}},
                                    .body = Blob(std::move(body))}},
          .meaning = Meaning{.service = "sqs",
                             .operation = "GetQueueUrl",
                             .region = "us-east-1",
                             .parameters = std::move(parameters),
                             .result = std::move(result)}};
}

// "serialize decode parse encode", as agreed/excluded/differed each.
std::string tally(const WireCheck& check, const std::string& service) {
  std::string text;
  for (const Tally& one : check.tallies().at(service))
    text += std::to_string(one.agreed) + "/" + std::to_string(one.excluded) + "/" +
            std::to_string(one.differed) + " ";
  return text;
}

TEST(WireCheck, CountsWhatAgrees) {
  WireCheck check;
  check.check(get_queue_url(), "here");
  EXPECT_EQ(tally(check, "sqs"), "1/0/0 1/0/0 1/0/0 1/0/0 ");
  EXPECT_TRUE(check.findings().empty());
}

TEST(WireCheck, HoldsTheResponseToACallWhoseParametersWereScrubbed) {
  Interaction interaction = get_queue_url();
  interaction.exchange.request.body = "CLEARED";
  interaction.meaning.reset();
  WireCheck check;
  check.check(interaction, "here");
  EXPECT_EQ(tally(check, "sqs"), "0/0/0 0/0/0 1/0/0 1/0/0 ");
}

TEST(WireCheck, FindsWhatTheServersHalfWouldNotHaveSent) {
  WireCheck check;
  check.check(get_queue_url(R"({"QueueUrl": "u", "Color": "red"})"), "here");
  EXPECT_EQ(tally(check, "sqs"), "1/0/0 1/0/0 1/0/0 0/0/1 ");
  ASSERT_EQ(check.findings().size(), 1U);
  EXPECT_EQ(check.findings()[0].half, Half::kEncode);
  EXPECT_EQ(check.findings()[0].where, "here");
  EXPECT_EQ(check.findings()[0].difference, "body: $.Color: missing, expected \"red\"");
}

TEST(WireCheck, FindsWhereARecordingSaysOtherParametersOrAnotherResult) {
  WireCheck check;
  check.check(get_queue_url(R"({"QueueUrl": "u"})", {{"QueueName", "p"}}, {{"QueueUrl", "v"}}),
              "here");
  EXPECT_EQ(tally(check, "sqs"), "1/0/0 0/0/1 0/0/1 1/0/0 ");
  EXPECT_EQ(check.findings()[0].difference, "$.QueueName: expected \"p\", got \"q\"");
  EXPECT_EQ(check.findings()[1].difference, "$.QueueUrl: expected \"v\", got \"u\"");
}

TEST(WireCheck, FindsWhatTheSdksHalfWouldNotHaveSent) {
  WireCheck check;
  Interaction interaction = get_queue_url();
  interaction.exchange.request.body = R"({"QueueName": "q", "Unknown": 1})";
  check.check(interaction, "here");
  EXPECT_EQ(tally(check, "sqs"), "0/0/1 1/0/0 1/0/0 1/0/0 ");
}

// So that something real is checked where the recordings of others are not at hand.
TEST(WireCheck, HoldsEventsAgainstEvents) {
  Interaction select{
      .exchange = {.request = {"POST",
                               "https",
                               "bucket.s3.us-east-1.amazonaws.com",
                               "/key?select&select-type=2",
                               {{"Content-Type", "application/xml"}, {"x-amz-date", "x"}},
                               "<SelectObjectContentRequest "
                               "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Expression>S"
                               "</Expression></SelectObjectContentRequest>"},
                   .response = {.status = 200, .headers = {{"x-amz-request-id", "i"}}}},
      .meaning = {}};
  const auto tally_of = [&](const std::vector<std::pair<std::string, Json>>& headers) {
    std::string stream;
    append_event_message(stream, headers, "Jane,7\r\n");
    append_event_message(stream, {{":message-type", "event"}, {":event-type", "End"}}, "");
    select.exchange.response.body = Blob(stream);
    WireCheck check;
    check.check(select, "here");
    return tally(check, "s3");
  };
  EXPECT_EQ(tally_of({{":message-type", "event"},
                      {":event-type", "Records"},
                      {":content-type", "application/octet-stream"}}),
            "1/0/0 1/0/0 1/0/0 1/0/0 ");
  EXPECT_EQ(
      tally_of(
          {{":message-type", "event"}, {":event-type", "Records"}, {":content-type", "text/csv"}}),
      "1/0/0 1/0/0 1/0/0 0/0/1 ");
}

TEST(WireCheck, AgreesWithTheStoryThatIsShipped) {
  WireCheck check;
  for (const Interaction& one :
       import_file("tests/recordings/export/story.har").recording.interactions)
    check.check(one, "story.har");
  for (const Finding& finding : check.findings())
    ADD_FAILURE() << name_of(finding.half) << " " << finding.operation << " " << finding.difference;
  EXPECT_EQ(tally(check, "sqs"), "9/0/0 9/0/0 9/0/0 9/0/0 ");
  EXPECT_EQ(tally(check, "s3"), "5/0/0 3/2/0 5/0/0 4/1/0 ");
  EXPECT_EQ(tally(check, "ec2"), "3/0/0 3/0/0 3/0/0 3/0/0 ");
}

TEST(WireCheck, PassesOverWhatNoModelKnows) {
  WireCheck check;
  Interaction interaction = get_queue_url();
  interaction.exchange.request.host = "www.example.com";
  interaction.exchange.request.headers = {};
  check.check(interaction, "here");
  EXPECT_TRUE(check.tallies().empty());
  check.check(ParsedResponse{.service = "route53", .operation = "ListHostedZones", .status = 200});
  EXPECT_TRUE(check.tallies().empty());
}

TEST(WireCheck, TakesParsedResponsesThereAndBack) {
  WireCheck check;
  const Json bucket = {{"Name", "<bucket-name:1>"}, {"CreationDate", "<datetime>"}};
  check.check(ParsedResponse{.format = "LocalStack snapshot",
                             .service = "s3",
                             .status = 200,
                             .result = {{"Buckets", {bucket}}, {"Owner", {{"ID", "o"}}}},
                             .where = "f: t: list_buckets"});
  check.check(ParsedResponse{.format = "placebo",
                             .service = "s3",
                             .operation = "GetBucketPolicy",
                             .status = 404,
                             .error_code = "NoSuchBucketPolicy",
                             .error_message = "The bucket policy does not exist"});
  EXPECT_EQ(tally(check, "s3"), "0/0/0 0/0/0 2/0/0 2/0/0 ");
  for (const Finding& finding : check.findings()) ADD_FAILURE() << finding.difference;
}

TEST(WireCheck, HoldsAPairAgainstItsBody) {
  WireCheck check;
  ParsedResponse pair{.format = "botocore pair",
                      .service = "iam",
                      .operation = "ListAccountAliases",
                      .status = 200,
                      .result = {{"AccountAliases", {"a"}}, {"IsTruncated", false}},
                      .where = "f"};
  pair.response =
      HttpResponse{.status = 200,
                   .headers = {},
                   .body =
                       "<ListAccountAliasesResponse><ListAccountAliasesResult><AccountAliases>"
                       "<member>a</member></AccountAliases><IsTruncated>false</IsTruncated>"
                       "</ListAccountAliasesResult><ResponseMetadata><RequestId>i</RequestId>"
                       "</ResponseMetadata></ListAccountAliasesResponse>"};
  check.check(pair);
  EXPECT_EQ(tally(check, "iam"), "0/0/0 0/0/0 1/0/0 1/0/0 ");
  pair.result["AccountAliases"] = {"b"};
  check.check(pair);
  EXPECT_EQ(tally(check, "iam"), "0/0/0 0/0/0 1/0/1 2/0/0 ");
}

}  // namespace
}  // namespace cloudchamber::recordings

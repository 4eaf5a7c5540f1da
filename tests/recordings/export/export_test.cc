#include "recordings/export/export.h"

#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cloudchamber/cloudchamber.h"
#include "cloudchamber/errors.h"
#include "cloudchamber/in_process_transport.h"
#include "cloudchamber/recording_transport.h"
#include "mock-server/mock_aws.h"
#include "recordings/export/story.h"
#include "recordings/import/import.h"
#include "sdk/codec/bytes.h"
#include "tests/sdk/recording/scratch_folder.h"
#include "tools/run/run_scenarios.h"

namespace cloudchamber::recordings {
namespace {

// A story with everything in it: values that AWS makes up, within others too, errors, bytes, time.
void tell(const mock::MockAws& aws, const Session& session) {
  const Client sqs = session.client("sqs");
  const std::string url = sqs.call("CreateQueue", {{"QueueName", "orders"}})["QueueUrl"];
  const std::string arn =
      sqs.call("GetQueueAttributes",
               {{"QueueUrl", url}, {"AttributeNames", {"QueueArn"}}})["Attributes"]["QueueArn"];
  sqs.call("SetQueueAttributes",
           {{"QueueUrl", url},
            {"Attributes",
             {{"Policy", R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
              "Principal": "*", "Action": "sqs:*", "Resource": ")" +
                             arn + "\"}]}"}}}});
  sqs.call("SendMessage",
           {{"QueueUrl", url}, {"MessageBody", "a \"${price}\" of 5 ?\?= \xC3\xA9"}});
  const Json got = sqs.call("ReceiveMessage", {{"QueueUrl", url}, {"VisibilityTimeout", 30}});
  EXPECT_EQ(got["Messages"].size(), 1U);
  EXPECT_FALSE(sqs.call("ReceiveMessage", {{"QueueUrl", url}}).contains("Messages"));
  aws.clock().advance(Seconds(31));
  const Json again = sqs.call("ReceiveMessage", {{"QueueUrl", url}});
  sqs.call("DeleteMessage",
           {{"QueueUrl", url}, {"ReceiptHandle", again["Messages"][0]["ReceiptHandle"]}});
  EXPECT_THROW(sqs.call("GetQueueUrl", {{"QueueName", "none"}}), ClientError);
  const Client s3 = session.client("s3", {.region_name = "eu-west-1"});
  s3.call("CreateBucket", {{"Bucket", "kept-orders"},
                           {"CreateBucketConfiguration", {{"LocationConstraint", "eu-west-1"}}}});
  s3.call("PutObject", {{"Bucket", "kept-orders"},
                        {"Key", "1/bytes"},
                        {"Body", binary(std::string("\0\xff\x01 9", 5))},
                        {"Metadata", {{"queue", "orders"}}}});
  s3.call("GetObject", {{"Bucket", "kept-orders"}, {"Key", "1/bytes"}});
  s3.call("PutObject", {{"Bucket", "kept-orders"}, {"Key", "1/a b%"}, {"Body", "x"}});
  // The SDK encodes the source, and would once more what was encoded.
  s3.call("CopyObject",
          {{"Bucket", "kept-orders"}, {"Key", "1/c"}, {"CopySource", "kept-orders/1/a b%"}});
  EXPECT_THROW(s3.call("HeadObject", {{"Bucket", "kept-orders"}, {"Key", "2"}}), ClientError);
  s3.call("ListObjectsV2", {{"Bucket", "kept-orders"}, {"Prefix", "1/"}});
  const Client ec2 = session.client("ec2");
  const std::string vpc = ec2.call("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}})["Vpc"]["VpcId"];
  ec2.call("CreateTags",
           {{"Resources", {vpc}}, {"Tags", {{{"Key", "a"}, {"Value", "of " + vpc}}}}});
  ec2.call("DescribeVpcs", {{"VpcIds", {vpc}}});
}

Session session_of(const mock::MockAws& aws, std::shared_ptr<Transport> transport) {
  return Session({.region_name = "us-east-1",
                  .aws_access_key_id = mock::kDefaultAccessKeyId,
                  .aws_secret_access_key = mock::kDefaultSecretAccessKey,
                  .transport = std::move(transport),
                  .clock = aws.shared_clock(),
                  .environment = environment_of({})});
}

class Export : public ScratchFolder {
 protected:
  // The recording of tell(), which is also the fixture story.har.
  Recording recorded() {
    const mock::MockAws aws;
    const auto tape =
        std::make_shared<RecordingTransport>(make_in_process_transport(aws.handler()), file_,
                                             RecordingOptions{.clock = aws.shared_clock()});
    tell(aws, session_of(aws, tape));
    tape->close();
    return import_file(file_).recording;
  }

  // What `cloudchamber run` says of the scenario, and its exit status.
  std::pair<int, std::string> played(const std::string& scenario) {
    const std::filesystem::path file = folder_ / "story.json";
    std::ofstream(file, std::ios::binary) << scenario;
    scenario::RunOptions options;
    options.paths = {file};
    std::ostringstream out;
    const int status = scenario::run_scenarios(options, out, out);
    return {status, out.str()};
  }

  const std::filesystem::path file_ = folder_ / "story.har";
};

TEST_F(Export, AsAScenarioPlaysInAnotherWorld) {
  const std::string scenario = as_scenario(recorded(), {"Orders are kept", "story.har"});
  const auto [status, report] = played(scenario);
  EXPECT_EQ(status, 0) << report << scenario;
}

TEST_F(Export, AsAScenarioGivesLaterCallsWhatEarlierOnesGave) {
  const Json scenario = Json::parse(as_scenario(recorded(), {"Orders are kept", "story.har"}));
  EXPECT_EQ(scenario["title"], "Orders are kept");
  EXPECT_EQ(scenario["about"], "Made from the recording story.har.");
  EXPECT_EQ(scenario["region"], "us-east-1");
  const Json& steps = scenario["steps"];
  EXPECT_EQ(steps[0]["save"], Json::parse(R"({"queue_url": "QueueUrl"})"));
  EXPECT_EQ(steps[0]["parameters"]["QueueName"], "orders") << "the caller's own stays";
  EXPECT_EQ(steps[1]["parameters"]["QueueUrl"], "${queue_url}");
  EXPECT_EQ(steps[1]["save"], Json::parse(R"({"queue_arn": "Attributes.QueueArn"})"));
  EXPECT_THAT(steps[2]["parameters"]["Attributes"]["Policy"].get<std::string>(),
              testing::HasSubstr("\"Resource\": \"${queue_arn}\""))
      << "within a text";
  EXPECT_EQ(steps[3]["parameters"]["MessageBody"], "a \"$${price}\" of 5 ?\?= \xC3\xA9");
  std::size_t waits = 0;
  for (const Json& step : steps) {
    if (step.contains("advance")) {
      ++waits;
      EXPECT_EQ(step["advance"], 31);
    }
    if (step.value("operation", "") == "PutObject" && step["parameters"]["Key"] == "1/bytes") {
      EXPECT_EQ(step["parameters"]["Body"], Json::parse(R"({"$base64": "AP8BIDk="})"));
      EXPECT_EQ(step["region"], "eu-west-1");
    }
    if (step.value("operation", "") == "HeadObject") {
      EXPECT_EQ(step["error"], Json::parse(R"({"Code": "404", "Status": 404})"));
    }
  }
  EXPECT_EQ(waits, 1U);
}

// A scenario that expects nothing would play, too.
TEST_F(Export, AsAScenarioFailsWhereTheStoryGoesAnotherWay) {
  std::string scenario = as_scenario(recorded());
  const std::string word = "\"expect\":{\"Messages\":[{";
  const std::size_t at = scenario.find(word);
  ASSERT_NE(at, std::string::npos) << scenario;
  const std::size_t body = scenario.find("$${price}", at);
  ASSERT_NE(body, std::string::npos);
  scenario.replace(body, 9, "another");
  const auto [status, report] = played(scenario);
  EXPECT_EQ(status, 1) << report;
}

TEST_F(Export, LeavesOutWhatNoModelKnows) {
  Recording recording = recorded();
  recording.interactions.insert(recording.interactions.begin() + 1, Interaction{});
  EXPECT_EQ(story_of(recording).left_out, 1U);
  EXPECT_EQ(played(as_scenario(recording)).first, 0);
}

TEST_F(Export, MakesFirstWhatTheRecordingUsesWithoutHavingMadeIt) {
  Recording recording = recorded();
  std::erase_if(recording.interactions, [](const Interaction& one) {
    return one.meaning->operation == "CreateQueue" || one.meaning->operation == "CreateBucket";
  });
  const std::string scenario = as_scenario(recording);
  const Json steps = Json::parse(scenario)["steps"];
  EXPECT_EQ(steps[0]["operation"], "CreateQueue");
  EXPECT_EQ(steps[0]["save"], Json::parse(R"({"queue_url": "QueueUrl"})"));
  EXPECT_EQ(steps[1]["operation"], "CreateBucket");
  EXPECT_EQ(steps[2]["parameters"]["QueueUrl"], "${queue_url}");
  const auto [status, report] = played(scenario);
  EXPECT_EQ(status, 0) << report << scenario;
}

// tests/recordings/export/CMakeLists.txt compiles and runs what the command makes of this story.
TEST_F(Export, AsAGtestHoldsVariablesAndExpectations) {
  const std::string text = as_gtest(recorded(), {"Orders are kept", "story.har"});
  for (const char* part :
       {"TEST(Recorded, OrdersAreKept) {", "const std::string queue_url = create_queue_1.at(",
        "{\"QueueUrl\", queue_url}", "aws.clock().advance(std::chrono::seconds(31));",
        "std::string(\"\\000\\377\\001 9\", 5)", ".region_name = \"eu-west-1\"", "), \"404\");"})
    EXPECT_THAT(text, testing::HasSubstr(part)) << text;
}

TEST_F(Export, AsPlaceboComesBackAsItWas) {
  const Recording recording = recorded();
  const std::vector<std::string> files = as_placebo(recording, folder_ / "placebo");
  EXPECT_EQ(files.size(), recording.interactions.size());
  EXPECT_THAT(files, testing::Contains("sqs.ReceiveMessage_3.json"));
  const std::vector<ParsedResponse> back = import_parsed(folder_ / "placebo");
  ASSERT_EQ(back.size(), files.size());
  std::size_t objects = 0;
  for (const ParsedResponse& one : back) {
    if (one.operation == "GetObject") {
      ++objects;
      EXPECT_EQ(bytes_of(one.result["Body"]), std::string("\0\xff\x01 9", 5));
      EXPECT_EQ(one.result["LastModified"], "2026-01-01T00:00:31Z");
    }
    if (one.operation == "GetQueueUrl") {
      EXPECT_EQ(one.status, 400);
      EXPECT_EQ(one.error_code, "AWS.SimpleQueueService.NonExistentQueue");
    }
  }
  EXPECT_EQ(objects, 1U);
  const Json file = Json::parse(content_of(folder_ / "placebo" / "s3.GetObject_1.json"));
  EXPECT_EQ(file["data"]["LastModified"]["__class__"], "datetime");
  EXPECT_EQ(file["data"]["ResponseMetadata"]["HTTPStatusCode"], 200);
}

TEST_F(Export, RefusesAFolderThatCantBe) {
  std::ofstream(folder_ / "file") << "x";
  EXPECT_THROW(as_placebo(Recording(), folder_ / "file"), RecordingError);
}

TEST(Pieces, AreTheLongestSavedValues) {
  const std::vector<Saved> saved = {
      {"short_id", "vpc-1234", {}}, {"long_id", "vpc-12345678", {}}, {"word", "abcd", {}}};
  const auto text = [&](const std::string& value) {
    std::string all;
    for (const Piece& piece : pieces_of(value, saved))
      all += piece.is_variable ? "<" + piece.text + ">" : piece.text;
    return all;
  };
  EXPECT_EQ(text("vpc-12345678"), "<long_id>");
  EXPECT_EQ(text("of vpc-1234 and vpc-12345678!"), "of <short_id> and <long_id>!");
  EXPECT_EQ(text("abcd"), "<word>");
  EXPECT_EQ(text("an abcd"), "an abcd") << "a short text within another is a word";
  EXPECT_EQ(text(""), "");
}

}  // namespace
}  // namespace cloudchamber::recordings

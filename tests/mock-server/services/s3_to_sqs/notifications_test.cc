// What happens to objects is told to queues: LocalStack's recordings of
// test_s3_notifications_sqs.py.
#include <string>
#include <vector>

#include "mock-server/services/s3/service.h"
#include "mock-server/services/sqs/service.h"
#include "tests/support/service/service_fixture.h"

namespace cloudchamber::mock {
namespace {

constexpr const char* kQueueArn = "arn:aws:sqs:us-east-1:123456789012:events";

class NotificationFixture : public ServiceFixture {
 protected:
  NotificationFixture() : ServiceFixture({s3::make_service(), sqs::make_service()}) {
    s3("CreateBucket", {{"Bucket", "films"}});
    url_ =
        call("sqs", "CreateQueue",
             {{"QueueName", "events"}, {"Attributes", {{"Policy", policy("films")}}}})["QueueUrl"];
  }

  static std::string policy(const std::string& bucket) {
    return Json{{"Version", "2012-10-17"},
                {"Statement",
                 {{{"Effect", "Allow"},
                   {"Principal", {{"Service", "s3.amazonaws.com"}}},
                   {"Action", "sqs:SendMessage"},
                   {"Resource", kQueueArn},
                   {"Condition",
                    {{"ArnLike", {{"aws:SourceArn", "arn:aws:s3:::" + bucket}}},
                     {"StringEquals", {{"aws:SourceAccount", "123456789012"}}}}}}}}}
        .dump();
  }
  Json s3(const std::string& operation, const Json& input) { return call("s3", operation, input); }
  std::string configure_error(const Json& queues, const Json& more = Json::object()) {
    Json input{{"Bucket", "films"},
               {"NotificationConfiguration", {{"QueueConfigurations", queues}}}};
    input.update(more);
    return error_of("s3", "PutBucketNotificationConfiguration", input);
  }
  void configure(const Json& events, const Json& rules = Json::array()) {
    Json one{{"Id", "films"}, {"QueueArn", kQueueArn}, {"Events", events}};
    if (!rules.empty()) one["Filter"]["Key"]["FilterRules"] = rules;
    EXPECT_EQ(configure_error(Json::array({one})), "succeeded");
    EXPECT_EQ(messages()[0]["Event"], "s3:TestEvent");
  }
  // The bodies received, which are gone then.
  std::vector<Json> messages() {
    std::vector<Json> result;
    const Json got =
        call("sqs", "ReceiveMessage", {{"QueueUrl", url_}, {"MaxNumberOfMessages", 10}});
    for (const Json& message : got.value("Messages", Json::array())) {
      result.push_back(Json::parse(message["Body"].get_ref<const std::string&>()));
      call("sqs", "DeleteMessage",
           {{"QueueUrl", url_}, {"ReceiptHandle", message["ReceiptHandle"]}});
    }
    return result;
  }
  // "name key" of each event.
  std::vector<std::string> events() {
    std::vector<std::string> result;
    for (const Json& message : messages()) {
      const Json& record = message["Records"][0];
      result.push_back(record["eventName"].get<std::string>() + ' ' +
                       record["s3"]["object"]["key"].get<std::string>());
    }
    return result;
  }
  void put(const std::string& key) { s3("PutObject", {{"Bucket", "films"}, {"Key", key}}); }

  std::string url_;
};
using Events = std::vector<std::string>;

using PutBucketNotificationConfiguration = NotificationFixture;

TEST_F(PutBucketNotificationConfiguration, TestsTheDestination) {
  EXPECT_EQ(
      configure_error(Json::array({{{"QueueArn", kQueueArn}, {"Events", {"s3:ObjectCreated:*"}}}})),
      "succeeded");
  const std::vector<Json> sent = messages();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0]["Service"], "Amazon S3");
  EXPECT_EQ(sent[0]["Event"], "s3:TestEvent");
  EXPECT_EQ(sent[0]["Time"], "2026-01-01T00:00:00.000Z");
  EXPECT_EQ(sent[0]["Bucket"], "films");
}

TEST_F(PutBucketNotificationConfiguration, RefusesWhatItCannotDeliverTo) {
  const auto one = [](const std::string& arn) {
    return Json{{"QueueArn", arn}, {"Events", {"s3:ObjectCreated:*"}}};
  };
  const std::string unable =
      "InvalidArgument: Unable to validate the following destination configurations";
  const std::string none = "arn:aws:sqs:us-east-1:123456789012:none";
  EXPECT_EQ(configure_error(Json::array({one("invalid_arn")})),
            "InvalidArgument: The ARN could not be parsed");
  EXPECT_EQ(
      configure_error(Json::array({one("invalid_arn")}), {{"SkipDestinationValidation", true}}),
      "InvalidArgument: The ARN could not be parsed");
  EXPECT_EQ(configure_error(Json::array({one(none)})), unable);
  EXPECT_EQ(configure_error(Json::array({one("arn:aws:sqs:eu-west-1:123456789012:events")})),
            unable);
  EXPECT_EQ(configure_error(Json::array({one(none)}), {{"SkipDestinationValidation", true}}),
            "succeeded");
  for (const std::string& refused : {std::string(), policy("other")}) {
    call("sqs", "SetQueueAttributes", {{"QueueUrl", url_}, {"Attributes", {{"Policy", refused}}}});
    EXPECT_EQ(configure_error(Json::array({one(kQueueArn)})), unable);
  }
  call("sqs", "CreateQueue", {{"QueueName", "q.fifo"}, {"Attributes", {{"FifoQueue", "true"}}}});
  EXPECT_EQ(configure_error(Json::array({one("arn:aws:sqs:us-east-1:123456789012:q.fifo")})),
            unable);
  EXPECT_TRUE(configure_error(Json::array({one("arn:aws:sqs:us-east-1:999999999999:q")}))
                  .starts_with("NotImplemented"));
  EXPECT_TRUE(messages().empty());
}

TEST_F(PutBucketNotificationConfiguration, NamesEveryDestinationThatIsWrong) {
  try {
    static_cast<void>(
        dispatcher_.run("s3", "PutBucketNotificationConfiguration",
                        {{"Bucket", "films"},
                         {"NotificationConfiguration",
                          {{"QueueConfigurations",
                            {{{"QueueArn", "arn:aws:sqs:us-east-1:123456789012:a"},
                              {"Events", {"s3:ObjectCreated:*"}}},
                             {{"QueueArn", kQueueArn}, {"Events", {"s3:ObjectAcl:Put"}}},
                             {{"QueueArn", "arn:aws:sqs:us-east-1:123456789012:b"},
                              {"Events", {"s3:ObjectRemoved:*"}}}}}}}},
                        "123456789012", "us-east-1"));
    FAIL();
  } catch (const AwsError& error) {
    EXPECT_EQ(error.members(), Json({{"ArgumentName1", "arn:aws:sqs:us-east-1:123456789012:a"},
                                     {"ArgumentValue1", "The destination queue does not exist"},
                                     {"ArgumentName2", "arn:aws:sqs:us-east-1:123456789012:b"},
                                     {"ArgumentValue2", "The destination queue does not exist"}}));
  }
}

TEST_F(PutBucketNotificationConfiguration, ChecksEventsAndRules) {
  const auto error = [&](const Json& events, const Json& rules) {
    Json one{{"QueueArn", kQueueArn}, {"Events", events}};
    one["Filter"]["Key"]["FilterRules"] = rules;
    return configure_error(Json::array({one}), {{"SkipDestinationValidation", true}});
  };
  const Json all{"s3:ObjectCreated:*"};
  EXPECT_EQ(error({"s3:ObjectEaten"}, Json::array()),
            "InvalidArgument: The event 's3:ObjectEaten' is not supported for notifications");
  EXPECT_EQ(error(all, Json::array({{{"Name", "middle"}, {"Value", "x"}}})),
            "InvalidArgument: filter rule name must be either prefix or suffix");
  EXPECT_TRUE(error(all, Json::array({{{"Name", "prefix"}}})).starts_with("MalformedXML"));
  EXPECT_TRUE(
      error(all, {{{"Name", "prefix"}, {"Value", "x"}}, {{"Name", "Prefix"}, {"Value", "y"}}})
          .starts_with("InvalidArgument"));
  EXPECT_EQ(error(all, Json::array({{{"Name", "suffix"}, {"Value", std::string(1024, 'x')}}})),
            "succeeded");
  EXPECT_EQ(error(all, Json::array({{{"Name", "suffix"}, {"Value", std::string(1025, 'x')}}})),
            "InvalidArgument: Size of filter rule value cannot exceed 1024 bytes in UTF-8");
}

TEST_F(PutBucketNotificationConfiguration, RefusesConfigurationsThatOverlap) {
  const auto one = [](const std::string& event, const std::string& prefix,
                      const std::string& suffix) {
    Json result{{"QueueArn", kQueueArn}, {"Events", {event}}};
    result["Filter"]["Key"]["FilterRules"] = {{{"Name", "prefix"}, {"Value", prefix}},
                                              {{"Name", "suffix"}, {"Value", suffix}}};
    return result;
  };
  const Json first = one("s3:ObjectCreated:*", "a/", ".txt");
  const struct {
    Json second;
    bool good;
  } rows[] = {{one("s3:ObjectRemoved:*", "a/", ".txt"), true},
              {one("s3:ObjectCreated:Put", "a/", ".txt"), false},
              {one("s3:ObjectCreated:Put", "b/", ".txt"), true},
              {one("s3:ObjectCreated:Put", "a/b", "x.txt"), false},
              {one("s3:ObjectCreated:Put", "", ".jpg"), true},
              {one("s3:ObjectCreated:Put", "", ""), false}};
  for (const auto& row : rows) {
    EXPECT_EQ(configure_error({first, row.second}) == "succeeded", row.good) << row.second;
  }
}

using GetBucketNotificationConfiguration = NotificationFixture;

TEST_F(GetBucketNotificationConfiguration, GivesWhatWasPut) {
  const auto get = [&] { return s3("GetBucketNotificationConfiguration", {{"Bucket", "films"}}); };
  EXPECT_EQ(get(), Json::object());
  configure({"s3:ObjectCreated:*"},
            {{{"Name", "PREFIX"}, {"Value", "notif-"}}, {{"Name", "suffix"}, {"Value", ".txt"}}});
  EXPECT_EQ(get()["QueueConfigurations"],
            Json::array({{{"Id", "films"},
                          {"QueueArn", kQueueArn},
                          {"Events", {"s3:ObjectCreated:*"}},
                          {"Filter",
                           {{"Key",
                             {{"FilterRules",
                               {{{"Name", "Prefix"}, {"Value", "notif-"}},
                                {{"Name", "Suffix"}, {"Value", ".txt"}}}}}}}}}}));
  EXPECT_EQ(configure_error(Json::array()), "succeeded");
  EXPECT_EQ(get(), Json::object());
  put("notif-a.txt");
  EXPECT_EQ(events(), Events());
}

using Announcement = NotificationFixture;

TEST_F(Announcement, TellsWhoDidWhatToWhat) {
  configure({"s3:ObjectCreated:*"});
  put("red flower@home/1.jpg");
  const std::vector<Json> sent = messages();
  ASSERT_EQ(sent.size(), 1U);
  Json record = sent[0]["Records"][0];
  EXPECT_EQ(record["s3"]["object"]["sequencer"].get<std::string>().size(), 18U);
  record["s3"]["object"].erase("sequencer");
  EXPECT_EQ(record["responseElements"].size(), 2U);
  record.erase("responseElements");
  EXPECT_EQ(record["s3"]["bucket"]["ownerIdentity"]["principalId"].get<std::string>().size(), 14U);
  record["s3"]["bucket"].erase("ownerIdentity");
  EXPECT_EQ(record, Json({{"eventVersion", "2.1"},
                          {"eventSource", "aws:s3"},
                          {"awsRegion", "us-east-1"},
                          {"eventTime", "2026-01-01T00:00:00.000Z"},
                          {"eventName", "ObjectCreated:Put"},
                          {"userIdentity", {{"principalId", "AWS:123456789012"}}},
                          {"requestParameters", {{"sourceIPAddress", "127.0.0.1"}}},
                          {"s3",
                           {{"s3SchemaVersion", "1.0"},
                            {"configurationId", "films"},
                            {"bucket", {{"name", "films"}, {"arn", "arn:aws:s3:::films"}}},
                            {"object",
                             {{"key", "red+flower%40home/1.jpg"},
                              {"size", 0},
                              {"eTag", "d41d8cd98f00b204e9800998ecf8427e"}}}}}}));
}

TEST_F(Announcement, IsMadeOfEveryWayToMakeOrRemoveAnObject) {
  configure({"s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectTagging:*"});
  put("a");
  s3("CopyObject", {{"Bucket", "films"}, {"Key", "b"}, {"CopySource", "films/a"}});
  const Json upload = s3("CreateMultipartUpload", {{"Bucket", "films"}, {"Key", "c"}});
  const Json part =
      s3("UploadPart",
         {{"Bucket", "films"}, {"Key", "c"}, {"UploadId", upload["UploadId"]}, {"PartNumber", 1}});
  s3("CompleteMultipartUpload",
     {{"Bucket", "films"},
      {"Key", "c"},
      {"UploadId", upload["UploadId"]},
      {"MultipartUpload",
       {{"Parts", Json::array({{{"PartNumber", 1}, {"ETag", part["ETag"]}}})}}}});
  s3("PutObjectTagging",
     {{"Bucket", "films"},
      {"Key", "a"},
      {"Tagging", {{"TagSet", Json::array({{{"Key", "k"}, {"Value", "v"}}})}}}});
  s3("DeleteObjectTagging", {{"Bucket", "films"}, {"Key", "a"}});
  s3("DeleteObject", {{"Bucket", "films"}, {"Key", "a"}});
  s3("DeleteObject", {{"Bucket", "films"}, {"Key", "never there"}});
  s3("DeleteObjects",
     {{"Bucket", "films"}, {"Delete", {{"Objects", {{{"Key", "b"}}, {{"Key", "c"}}}}}}});
  EXPECT_EQ(events(), Events({"ObjectCreated:Put a", "ObjectCreated:Copy b",
                              "ObjectCreated:CompleteMultipartUpload c", "ObjectTagging:Put a",
                              "ObjectTagging:Delete a", "ObjectRemoved:Delete a",
                              "ObjectRemoved:Delete b", "ObjectRemoved:Delete c"}));
}

// LocalStack's recording test_object_created_put_versioned.
TEST_F(Announcement, NamesVersionsWhereTheyAreKept) {
  s3("PutBucketVersioning",
     {{"Bucket", "films"}, {"VersioningConfiguration", {{"Status", "Enabled"}}}});
  configure({"s3:ObjectCreated:*", "s3:ObjectRemoved:*"});
  const Json made = s3("PutObject", {{"Bucket", "films"}, {"Key", "a"}});
  const Json marker = s3("DeleteObject", {{"Bucket", "films"}, {"Key", "a"}});
  s3("DeleteObject", {{"Bucket", "films"}, {"Key", "a"}, {"VersionId", made["VersionId"]}});
  const std::vector<Json> sent = messages();
  ASSERT_EQ(sent.size(), 3U);
  const auto object = [&](std::size_t number) {
    return sent[number]["Records"][0]["s3"]["object"];
  };
  EXPECT_EQ(object(0)["versionId"], made["VersionId"]);
  EXPECT_EQ(sent[1]["Records"][0]["eventName"], "ObjectRemoved:DeleteMarkerCreated");
  EXPECT_EQ(object(1)["versionId"], marker["VersionId"]);
  EXPECT_EQ(object(1)["eTag"], "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_FALSE(object(1).contains("size"));
  EXPECT_EQ(sent[2]["Records"][0]["eventName"], "ObjectRemoved:Delete");
  EXPECT_EQ(object(2)["versionId"], made["VersionId"]);
  EXPECT_FALSE(object(2).contains("eTag"));
  EXPECT_LT(object(0)["sequencer"], object(1)["sequencer"]);
}

TEST_F(Announcement, IsMadeOfTheEventsAndKeysAskedForAlone) {
  configure({"s3:ObjectCreated:Put"},
            {{{"Name", "prefix"}, {"Value", "in/"}}, {{"Name", "suffix"}, {"Value", ".txt"}}});
  for (const char* key : {"in/a.txt", "in/a.jpg", "out/a.txt", "in/b.txt"}) put(key);
  s3("CopyObject", {{"Bucket", "films"}, {"Key", "in/c.txt"}, {"CopySource", "films/in/a.txt"}});
  s3("DeleteObject", {{"Bucket", "films"}, {"Key", "in/a.txt"}});
  EXPECT_EQ(events(), Events({"ObjectCreated:Put in/a.txt", "ObjectCreated:Put in/b.txt"}));
}

TEST_F(Announcement, GoesWithTheWriteOrNotAtAll) {
  configure({"s3:ObjectCreated:*"});
  EXPECT_NE(error_of("s3", "PutObject", {{"Bucket", "films"}, {"Key", "a"}, {"IfMatch", "\"x\""}}),
            "succeeded");
  EXPECT_EQ(events(), Events());
}

TEST_F(Announcement, IsLostWhenTheQueueNoLongerTakesIt) {
  configure({"s3:ObjectCreated:*"});
  call("sqs", "SetQueueAttributes", {{"QueueUrl", url_}, {"Attributes", {{"Policy", ""}}}});
  put("a");
  EXPECT_EQ(events(), Events());
  call("sqs", "DeleteQueue", {{"QueueUrl", url_}});
  put("b");
}

TEST_F(Announcement, OfAnotherAccountsDeedIsRefusedWithTheDeed) {
  s3("PutPublicAccessBlock",
     {{"Bucket", "films"}, {"PublicAccessBlockConfiguration", Json::object()}});
  s3("PutBucketPolicy",
     {{"Bucket", "films"},
      {"Policy",
       R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*",)"
       R"("Resource":["arn:aws:s3:::films","arn:aws:s3:::films/*"]}]})"}});
  put("a");
  configure({"s3:ObjectRemoved:*", "s3:ObjectCreated:*"});
  const std::string other = "999999999999";
  EXPECT_TRUE(error_of("s3", "PutObject", {{"Bucket", "films"}, {"Key", "b"}}, other)
                  .starts_with("NotImplemented"));
  const Json deleted =
      call("s3", "DeleteObjects",
           {{"Bucket", "films"}, {"Delete", {{"Objects", Json::array({{{"Key", "a"}}})}}}}, other);
  EXPECT_EQ(deleted["Errors"][0]["Code"], "NotImplemented");
  const Json left = s3("ListObjectsV2", {{"Bucket", "films"}});
  EXPECT_EQ(left["KeyCount"], 1);
  EXPECT_EQ(events(), Events());
}

}  // namespace
}  // namespace cloudchamber::mock

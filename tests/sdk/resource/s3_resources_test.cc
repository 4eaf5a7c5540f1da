// S3's generated resources against the mock in the same process.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <thread>
#include <unordered_set>

#include "cloudchamber/errors.h"
#include "cloudchamber/resources/s3.h"
#include "cloudchamber/session.h"
#include "mock-server/mock_aws.h"

namespace cloudchamber {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class S3Resources : public ::testing::Test {
 protected:
  S3Resources() { bucket_.create(); }

  void put(const std::vector<std::string>& keys) {
    for (const std::string& key : keys) bucket_.put_object({{"Key", key}, {"Body", key}});
  }
  template <class Summaries>
  static std::vector<std::string> keys(const Summaries& summaries) {
    std::vector<std::string> found;
    for (const s3::ObjectSummary& summary : summaries) found.push_back(summary.key());
    return found;
  }

  mock::MockAws aws_;
  s3::ServiceResource s3_ = aws_.session().resource<S3>();
  s3::Bucket bucket_ = s3_.bucket("films");
};

TEST_F(S3Resources, AreEqualByTheirIdentifiers) {
  put({"brazil"});
  const s3::Object object = bucket_.object("brazil");
  EXPECT_EQ(object, s3_.object("films", "brazil"));
  EXPECT_EQ(object.bucket(), bucket_);
  EXPECT_EQ(object.bucket_name(), "films");
  EXPECT_EQ(object.to_string(), "s3.Object(bucket_name='films', key='brazil')");
  const std::unordered_set<s3::Object> set = {object, s3_.object("films", "brazil")};
  EXPECT_EQ(set.size(), 1U);
}

TEST_F(S3Resources, LoadTheirAttributes) {
  put({"brazil"});
  const s3::Object object = bucket_.object("brazil");
  EXPECT_EQ(object.content_length(), 6);
  object.put({{"Body", "longer"}, {"ContentType", "text/plain"}});
  EXPECT_EQ(object.content_type(), "text/plain");
  object.put({{"Body", "longest"}});
  EXPECT_EQ(object.content_length(), 7);
  EXPECT_EQ(object.metadata(), Json::object());
  EXPECT_EQ(object.website_redirect_location(), Json());
}

TEST_F(S3Resources, GiveAndTakeBodiesWithoutCopies) {
  const s3::Object object = bucket_.object("large");
  object.put(Json::object(), {.body = Blob(std::string(1'000'000, 'x'))});
  Blob body;
  object.get(Json::object(), {.output_body = &body});
  EXPECT_EQ(body.size(), 1'000'000U);
  EXPECT_EQ(object.get()["Body"].get_binary().size(), 1'000'000U);
}

TEST_F(S3Resources, ThrowTheExceptionsOfTheGeneratedClient) {
  EXPECT_THROW(bucket_.object("none").get(), s3::NoSuchKey);
  EXPECT_THROW(bucket_.object("none").load(), ClientError);
  EXPECT_THROW(bucket_.object("none").wait_until_exists(Json::object(), {.max_attempts = 1}),
               WaiterError);
}

TEST_F(S3Resources, HaveATypedClient) {
  const S3 client = s3_.meta().client();
  EXPECT_EQ(client.list_buckets()["Buckets"][0]["Name"], "films");
  const Client untyped = bucket_.meta().client();
  EXPECT_EQ(untyped.call("HeadBucket", {{"Bucket", "films"}})["ResponseMetadata"]["HTTPStatusCode"],
            200);
}

TEST_F(S3Resources, ACollectionHasItsOwnTypes) {
  put({"a/1", "a/2", "b/1"});
  EXPECT_THAT(keys(bucket_.objects()), ElementsAre("a/1", "a/2", "b/1"));
  const s3::ObjectSummaryCollection some = bucket_.objects().filter({{"Prefix", "a/"}});
  EXPECT_THAT(keys(some), ElementsAre("a/1", "a/2"));
  EXPECT_THAT(keys(some.limit(1)), ElementsAre("a/1"));
  EXPECT_THAT(keys(some.all()), ElementsAre("a/1", "a/2"));
  std::vector<std::vector<std::string>> pages;
  for (const auto& page : bucket_.objects().page_size(2).pages()) pages.push_back(keys(page));
  EXPECT_THAT(pages, ElementsAre(ElementsAre("a/1", "a/2"), ElementsAre("b/1")));
  EXPECT_EQ(some.begin()->size(), 3);
  EXPECT_EQ(some.begin()->object(), bucket_.object("a/1"));
}

TEST_F(S3Resources, ACollectionMayBeIteratedByManyThreadsAtOnce) {
  put({"a", "b", "c"});
  const s3::ObjectSummaryCollection objects = bucket_.objects().page_size(2);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 5; ++j) {
        EXPECT_THAT(keys(objects), ElementsAre("a", "b", "c"));
        EXPECT_THAT(keys(objects.limit(1)), ElementsAre("a"));
      }
    });
  }
}

TEST_F(S3Resources, ABatchActionDeletesPageByPage) {
  put({"a", "b", "c", "d", "e"});
  EXPECT_EQ(bucket_.objects().page_size(2).delete_().size(), 3U);
  EXPECT_THAT(keys(bucket_.objects()), IsEmpty());
  EXPECT_THAT(bucket_.objects().delete_(), IsEmpty());
}

TEST_F(S3Resources, ABatchActionDeletesVersionsAndMarkers) {
  bucket_.versioning().enable();
  put({"a", "a", "b"});
  bucket_.object("a").delete_();
  std::size_t versions = 0;
  for (const s3::ObjectVersion& version : bucket_.object_versions()) {
    EXPECT_EQ(version.bucket_name(), "films");
    ++versions;
  }
  EXPECT_EQ(versions, 4U);
  const auto responses = bucket_.object_versions().delete_({{"BypassGovernanceRetention", true}});
  ASSERT_EQ(responses.size(), 1U);
  EXPECT_EQ(responses[0]["Deleted"].size(), 4U);
  bucket_.delete_();
  bucket_.wait_until_not_exists();
}

TEST_F(S3Resources, ABucketKnowsItsDateFromTheListOfBuckets) {
  const Json date = bucket_.creation_date();
  EXPECT_TRUE(date.is_string()) << date;
  EXPECT_EQ(s3_.buckets().begin()->creation_date(), date);
  EXPECT_EQ(s3_.bucket("somebody-elses").creation_date(), Json());
}

TEST_F(S3Resources, ASummaryIsLoadedFromTheObject) {
  put({"brazil"});
  const s3::ObjectSummary summary = s3_.object_summary("films", "brazil");
  EXPECT_EQ(summary.size(), 6);
  EXPECT_EQ(summary.e_tag(), bucket_.object("brazil").e_tag());
}

TEST_F(S3Resources, PartsHaveNumbers) {
  const s3::MultipartUpload upload = bucket_.object("film").initiate_multipart_upload();
  EXPECT_EQ(upload.bucket_name(), "films");
  const Json uploaded = upload.part(1).upload({{"Body", "reel"}});
  EXPECT_EQ(upload.part(1).part_number(), 1);
  const s3::MultipartUploadPart part = *upload.parts().begin();
  EXPECT_EQ(part, upload.part(1));
  EXPECT_EQ(part.size(), 4);
  const s3::Object film = upload.complete(
      {{"MultipartUpload", {{"Parts", {{{"PartNumber", 1}, {"ETag", uploaded["ETag"]}}}}}}});
  EXPECT_EQ(film.content_length(), 4);
}

TEST_F(S3Resources, AreNoResourcesOfAnotherType) {
  const Resource object = bucket_.object("a");
  EXPECT_EQ(s3::Object(object).key(), "a");
  try {
    static_cast<void>(s3::Bucket(object));
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "s3.Object(bucket_name='films', key='a') is no s3.Bucket");
  }
}

}  // namespace
}  // namespace cloudchamber

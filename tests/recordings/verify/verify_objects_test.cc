// Objects that were there before the recording began.
#include "tests/recordings/verify/recorded_story.h"

namespace cloudchamber::recordings {
namespace {

using namespace std::chrono_literals;

// Objects of before the recording: of one all is known, of one the content, of one its size alone.
TEST(Verify, PutsTheObjectsThatTheRecordingFoundThere) {
  RecordedStory tape;
  const Client s3 = tape.client("s3");
  s3.call("CreateBucket", {{"Bucket", "bucket"},
                           {"CreateBucketConfiguration", {{"LocationConstraint", "eu-west-1"}}}});
  const auto put = [&](const std::string& key, const std::string& content) {
    s3.call("PutObject", {{"Bucket", "bucket"},
                          {"Key", key},
                          {"Body", content},
                          {"ContentType", "text/x"},
                          {"Metadata", {{"colour", "green"}}}});
  };
  for (const char* key : {"a/read", "a/same", "b/listed", "b/sp ace+", "gone"}) put(key, "content");
  put("b/listed", "of a size");
  put("b/headed", "something");
  tape.pass(3600s);
  tape.forget();
  s3.call("ListObjectsV2", {{"Bucket", "bucket"}, {"Delimiter", "/"}});
  s3.call("ListObjectsV2", {{"Bucket", "bucket"}, {"Prefix", "a/"}});
  s3.call("ListObjects", {{"Bucket", "bucket"}, {"Prefix", "b/"}, {"EncodingType", "url"}});
  s3.call("GetObject", {{"Bucket", "bucket"}, {"Key", "a/read"}});
  const Json head = s3.call("HeadObject", {{"Bucket", "bucket"}, {"Key", "b/headed"}});
  s3.call("HeadObject", {{"Bucket", "bucket"}, {"Key", "b/headed"}, {"IfMatch", head.at("ETag")}});
  EXPECT_THROW(s3.call("GetObject", {{"Bucket", "bucket"}, {"Key", "none"}}), ClientError);
  s3.call("DeleteObject", {{"Bucket", "bucket"}, {"Key", "gone"}});
  put("b/listed", "anew");
  s3.call("ListObjectsV2", {{"Bucket", "bucket"}});
  const Report report = verified(tape.recording);
  EXPECT_EQ(report.total().of(Outcome::kSame), tape.recording.interactions.size())
      << differences(report);
}

// What a part of was read can't be made up.
TEST(Verify, LeavesObjectsAloneOfWhichTooLittleIsKnown) {
  RecordedStory tape;
  const Client s3 = tape.client("s3");
  s3.call("CreateBucket", {{"Bucket", "bucket"},
                           {"CreateBucketConfiguration", {{"LocationConstraint", "eu-west-1"}}}});
  s3.call("PutObject", {{"Bucket", "bucket"}, {"Key", "k"}, {"Body", "content"}});
  tape.forget();
  s3.call("GetObject", {{"Bucket", "bucket"}, {"Key", "k"}, {"Range", "bytes=0-2"}});
  s3.call("PutObject", {{"Bucket", "bucket"}, {"Key", "other"}, {"Body", "x"}});
  EXPECT_THAT(outcomes(verified(tape.recording)),
              testing::ElementsAre("GetObject: before", "PutObject: same"));
}

}  // namespace
}  // namespace cloudchamber::recordings

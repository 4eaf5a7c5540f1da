#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "tests/mock-server/services/s3/s3_world.h"

namespace cloudchamber::mock::s3 {
namespace {

using ::testing::ElementsAre;

const Json kObject = {{"Bucket", "bucket"}, {"Key", "key"}};

Json with(Json input, const Json& more) {
  input.update(more);
  return input;
}

class Objects : public ::testing::Test {
 protected:
  Objects() { s3.make_bucket(); }
  S3World s3;
};
using PutObject = Objects;
using GetObject = Objects;
using HeadObject = Objects;
using CopyObject = Objects;
using DeleteObject = Objects;
using DeleteObjects = Objects;
using GetObjectAttributes = Objects;

TEST_F(PutObject, AnswersTheMd5AndTheChecksumThatAwsComputes) {
  const Json put = s3("PutObject", kObject, "something");
  EXPECT_EQ(put["ETag"], "\"437b930db84b8079c2dd804a71936b5f\"");
  EXPECT_EQ(put["ChecksumCRC64NVME"], "1BGd19PD4OU=");
  EXPECT_EQ(put["ChecksumType"], "FULL_OBJECT");
  EXPECT_EQ(put["ServerSideEncryption"], "AES256");
  EXPECT_FALSE(put.contains("VersionId"));
}

TEST_F(PutObject, ChecksWhatTheCallerSaysOfTheBody) {
  const std::string good = base64_encode(md5("something"));
  const struct {
    const char* what;
    Json more;
    Headers headers;
    const char* code;
  } rows[] = {
      {"right MD5", Json::object(), {{"Content-MD5", good}}, ""},
      {"wrong MD5", Json::object(), {{"Content-MD5", base64_encode(md5("other"))}}, "BadDigest"},
      {"no MD5", Json::object(), {{"Content-MD5", "dGVzdC1zdHJpbmc="}}, "InvalidDigest"},
      {"not base64", Json::object(), {{"Content-MD5", "__invalid__"}}, "InvalidDigest"},
      {"empty", Json::object(), {{"Content-MD5", ""}}, "InvalidDigest"},
      {"right CRC32", {{"ChecksumCRC32", "Cdox+w=="}}, {}, ""},
      {"wrong CRC32", {{"ChecksumCRC32", "AAAAAA=="}}, {}, "BadDigest"},
      {"short CRC32", {{"ChecksumCRC32", "AAAA"}}, {}, "InvalidRequest"},
      {"named but not sent",
       Json::object(),
       {{"x-amz-sdk-checksum-algorithm", "CRC32"}},
       "InvalidRequest"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(s3.code("PutObject", with(kObject, row.more), "something", row.headers), row.code)
        << row.what;
  }
}

TEST_F(PutObject, LeavesNoTraceWhenItIsRefused) {
  s3.code("PutObject", with(kObject, {{"ChecksumCRC32", "AAAAAA=="}}), "something");
  EXPECT_EQ(s3.error("GetObject", kObject).code(), "NoSuchKey");
}

TEST_F(PutObject, ObeysItsConditions) {
  EXPECT_EQ(s3.code("PutObject", with(kObject, {{"IfMatch", "tag"}})), "NoSuchKey");
  EXPECT_EQ(s3.code("PutObject", with(kObject, {{"IfNoneMatch", "*"}}), "one"), "");
  EXPECT_EQ(s3.code("PutObject", with(kObject, {{"IfNoneMatch", "*"}})), "PreconditionFailed");
  EXPECT_EQ(s3.code("PutObject", with(kObject, {{"IfNoneMatch", "tag"}})), "NotImplemented");
  EXPECT_EQ(s3.code("PutObject", with(kObject, {{"IfMatch", "*"}})), "NotImplemented");
  EXPECT_EQ(s3.code("PutObject", with(kObject, {{"IfMatch", "tag"}})), "PreconditionFailed");
  EXPECT_EQ(s3.code("PutObject", with(kObject, {{"IfMatch", hex(md5("one"))}})), "");
}

TEST_F(PutObject, LimitsKeysMetadataAndStorageClasses) {
  EXPECT_EQ(s3.code("PutObject", {{"Bucket", "bucket"}, {"Key", std::string(1024, 'k')}}), "");
  EXPECT_EQ(s3.code("PutObject", {{"Bucket", "bucket"}, {"Key", std::string(1025, 'k')}}),
            "KeyTooLongError");
  const auto metadata = [&](std::size_t size) {
    return with(kObject, {{"Metadata", {{"k", std::string(size, 'v')}}}});
  };
  EXPECT_EQ(s3.code("PutObject", metadata(2047)), "");
  EXPECT_EQ(s3.code("PutObject", metadata(2048)), "MetadataTooLarge");
  EXPECT_EQ(s3.error("PutObject", with(kObject, {{"StorageClass", "OUTPOSTS"}}))
                .members()["StorageClassRequested"],
            "OUTPOSTS");
}

TEST_F(PutObject, RefusesWrongCustomerKeysAsRecorded) {
  const std::string key(32, 'k');
  const Json right = {{"SSECustomerAlgorithm", "AES256"},
                      {"SSECustomerKey", base64_encode(key)},
                      {"SSECustomerKeyMD5", base64_encode(md5(key))}};
  const auto without = [&](const char* member) {
    Json less = right;
    less.erase(member);
    return with(kObject, less);
  };
  EXPECT_EQ(s3.code("PutObject", with(kObject, right)), "");
  EXPECT_EQ(s3.code("PutObject", without("SSECustomerAlgorithm")), "InvalidArgument");
  EXPECT_EQ(s3.code("PutObject", without("SSECustomerKey")), "InvalidArgument");
  EXPECT_EQ(s3.code("PutObject", without("SSECustomerKeyMD5")), "InvalidArgument");
  EXPECT_EQ(s3.code("PutObject", with(with(kObject, right), {{"SSECustomerAlgorithm", "KMS"}})),
            "InvalidEncryptionAlgorithmError");
  EXPECT_EQ(s3.code("PutObject", with(with(kObject, right), {{"ServerSideEncryption", "AES256"}})),
            "InvalidArgument");
  EXPECT_EQ(s3.error("GetObject", kObject).code(), "InvalidRequest");
  EXPECT_EQ(s3.code("GetObject", with(kObject, right)), "");
  const std::string other(32, 'x');
  const Json wrong = {{"SSECustomerAlgorithm", "AES256"},
                      {"SSECustomerKey", base64_encode(other)},
                      {"SSECustomerKeyMD5", base64_encode(md5(other))}};
  EXPECT_EQ(s3.error("GetObject", with(kObject, wrong)).status(), 403);
}

TEST_F(GetObject, GivesBackTheHeadersAndMetadata) {
  s3("PutObject",
     with(kObject, {{"CacheControl", "no-cache"},
                    {"ContentType", "text/plain"},
                    {"ContentEncoding", "gzip,aws-chunked"},
                    {"Metadata", {{"One", "1"}}}}),
     "body", {{"Expires", "not a date"}});
  const Reply reply = s3.run("GetObject", kObject);
  EXPECT_EQ(reply.body.to_string(), "body");
  EXPECT_EQ(reply.output["ContentLength"], 4);
  EXPECT_EQ(reply.output["CacheControl"], "no-cache");
  EXPECT_EQ(reply.output["ContentType"], "text/plain");
  EXPECT_EQ(reply.output["ContentEncoding"], "gzip");
  EXPECT_EQ(reply.output["Metadata"], Json({{"one", "1"}}));
  EXPECT_EQ(reply.output["LastModified"], "2026-01-01T00:00:00Z");
  EXPECT_EQ(reply.headers.get("Expires"), "not a date");
  const Json overridden = s3("GetObject", with(kObject, {{"ResponseContentType", "image/png"}}));
  EXPECT_EQ(overridden["ContentType"], "image/png");
}

TEST_F(GetObject, OfARangeIsASliceWithStatus206) {
  s3.put("key", "0123456789");
  const Reply reply = s3.run("GetObject", with(kObject, {{"Range", "bytes=2-4"}}));
  EXPECT_EQ(reply.body.to_string(), "234");
  EXPECT_EQ(reply.status, 206);
  EXPECT_EQ(reply.output["ContentRange"], "bytes 2-4/10");
  EXPECT_EQ(reply.output["ContentLength"], 3);
  EXPECT_EQ(s3.error("GetObject", with(kObject, {{"Range", "bytes=10-"}})).status(), 416);
  EXPECT_EQ(
      s3.error("GetObject", with(kObject, {{"Range", "bytes=0-1"}, {"PartNumber", 1}})).code(),
      "InvalidRequest");
}

TEST_F(GetObject, ShowsChecksumsWhenAsked) {
  s3.put("key", "something");
  EXPECT_FALSE(s3("GetObject", kObject).contains("ChecksumCRC64NVME"));
  EXPECT_EQ(s3("GetObject", with(kObject, {{"ChecksumMode", "ENABLED"}}))["ChecksumCRC64NVME"],
            "1BGd19PD4OU=");
}

TEST_F(GetObject, IsRefusedByItsConditions) {
  s3.put("key", "something");
  const AwsError failed = s3.error("GetObject", with(kObject, {{"IfMatch", "\"x\""}}));
  EXPECT_EQ(failed.status(), 412);
  EXPECT_EQ(failed.members()["Condition"], "If-Match");
  const AwsError same = s3.error(
      "GetObject", with(kObject, {{"IfNoneMatch", "\"437b930db84b8079c2dd804a71936b5f\""}}));
  EXPECT_EQ(same.status(), 304);
  EXPECT_EQ(same.headers().get("ETag"), "\"437b930db84b8079c2dd804a71936b5f\"");
}

TEST_F(GetObject, OfAnotherAccountTellsNothing) {
  s3.put("key");
  s3.as(kOther);
  EXPECT_EQ(s3.error("GetObject", kObject).code(), "AccessDenied");
  EXPECT_EQ(s3.error("GetObject", {{"Bucket", "bucket"}, {"Key", "none"}}).code(), "AccessDenied");
  s3.as("");
  EXPECT_EQ(s3.error("GetObject", kObject).status(), 403);
}

TEST_F(HeadObject, HasNoBody) {
  s3.put("key", "something");
  const Reply reply = s3.run("HeadObject", kObject);
  EXPECT_EQ(reply.body.size(), 0U);
  EXPECT_EQ(reply.output["ContentLength"], 9);
  EXPECT_EQ(s3.error("HeadObject", {{"Bucket", "bucket"}, {"Key", "none"}}).status(), 404);
}

// As go-cloud recorded it with AWS, with a key of both.
TEST_F(CopyObject, TakesAPlusInTheSourceForASpace) {
  s3("PutObject", {{"Bucket", "bucket"}, {"Key", "a b+c"}}, "content");
  const Json to = {{"Bucket", "bucket"}, {"Key", "copy"}};
  const Json copied = s3("CopyObject", with(to, {{"CopySource", "bucket%2Fa+b%2Bc"}}));
  EXPECT_EQ(copied["CopyObjectResult"]["ETag"], "\"" + hex(md5("content")) + "\"");
  EXPECT_EQ(s3.error("CopyObject", with(to, {{"CopySource", "bucket/a+b+c"}})).code(), "NoSuchKey");
}

TEST_F(CopyObject, TakesMetadataAndTagsAlongUnlessTold) {
  s3("PutObject",
     with(kObject, {{"Metadata", {{"a", "1"}}}, {"Tagging", "t=1"}, {"ContentType", "text/plain"}}),
     "content");
  const Json to = {{"Bucket", "bucket"}, {"Key", "copy"}, {"CopySource", "/bucket/key"}};
  const Json copied = s3("CopyObject", to);
  EXPECT_EQ(copied["CopyObjectResult"]["ETag"], "\"" + hex(md5("content")) + "\"");
  Json head = s3("HeadObject", {{"Bucket", "bucket"}, {"Key", "copy"}});
  EXPECT_EQ(head["Metadata"], Json({{"a", "1"}}));
  EXPECT_EQ(head["ContentType"], "text/plain");
  EXPECT_EQ(head["TagCount"], 1);
  s3("CopyObject", with(to, {{"MetadataDirective", "REPLACE"},
                             {"TaggingDirective", "REPLACE"},
                             {"Metadata", {{"b", "2"}}}}));
  head = s3("HeadObject", {{"Bucket", "bucket"}, {"Key", "copy"}});
  EXPECT_EQ(head["Metadata"], Json({{"b", "2"}}));
  EXPECT_EQ(head["ContentType"], "binary/octet-stream");
  EXPECT_FALSE(head.contains("TagCount"));
}

TEST_F(CopyObject, OntoItselfMustChangeSomething) {
  s3.put("key");
  const Json to = with(kObject, {{"CopySource", "bucket/key"}});
  EXPECT_EQ(s3.code("CopyObject", to), "InvalidRequest");
  EXPECT_EQ(s3.code("CopyObject", with(to, {{"MetadataDirective", "REPLACE"}})), "");
  EXPECT_EQ(s3.code("CopyObject", with(to, {{"StorageClass", "STANDARD_IA"}})), "");
}

TEST_F(CopyObject, RefusesSourcesAsRecorded) {
  s3.put("key");
  const struct {
    const char* source;
    const char* code;
  } rows[] = {{"nowhere/key", "NoSuchBucket"},
              {"bucket/none", "NoSuchKey"},
              {"bucket", "InvalidArgument"},
              {"bucket/", "InvalidArgument"},
              {"bucket/key?versionId=bad", "InvalidArgument"}};
  for (const auto& row : rows) {
    EXPECT_EQ(
        s3.code("CopyObject", {{"Bucket", "bucket"}, {"Key", "copy"}, {"CopySource", row.source}}),
        row.code)
        << row.source;
  }
  const AwsError failed = s3.error("CopyObject", {{"Bucket", "bucket"},
                                                  {"Key", "copy"},
                                                  {"CopySource", "bucket/key"},
                                                  {"CopySourceIfMatch", "x"}});
  EXPECT_EQ(failed.members()["Condition"], "x-amz-copy-source-If-Match");
}

TEST_F(CopyObject, DecodesItsSource) {
  s3.put("a key+%", "content");
  s3("CopyObject", {{"Bucket", "bucket"}, {"Key", "copy"}, {"CopySource", "bucket/a%20key%2B%25"}});
  EXPECT_EQ(s3.get("copy"), "content");
}

TEST_F(DeleteObject, OfWhatIsNotThereSucceeds) {
  EXPECT_EQ(s3("DeleteObject", kObject), Json::object());
  s3.put("key");
  s3("DeleteObject", kObject);
  EXPECT_EQ(s3.code("GetObject", kObject), "NoSuchKey");
}

TEST_F(DeleteObject, ObeysIfMatch) {
  s3.put("key", "one");
  EXPECT_EQ(s3.code("DeleteObject", with(kObject, {{"IfMatch", "x"}})), "PreconditionFailed");
  EXPECT_EQ(s3.error("DeleteObject", with(kObject, {{"IfMatchSize", 3}})).members()["Header"],
            "x-amz-if-match-size");
  EXPECT_EQ(s3.code("DeleteObject", with(kObject, {{"IfMatch", hex(md5("one"))}})), "");
}

TEST_F(DeleteObjects, AnswersForEachUnlessQuiet) {
  s3.put("a");
  s3.put("b");
  const auto keys = [](std::initializer_list<const char*> list, bool quiet) {
    Json objects = Json::array();
    for (const char* key : list) objects.push_back({{"Key", key}});
    return Json{{"Bucket", "bucket"}, {"Delete", {{"Objects", objects}, {"Quiet", quiet}}}};
  };
  EXPECT_THAT(names(s3("DeleteObjects", keys({"a", "none"}, false))["Deleted"], "Key"),
              ElementsAre("a", "none"));
  EXPECT_EQ(s3("DeleteObjects", keys({"b"}, true)), Json::object());
  EXPECT_EQ(s3.code("GetObject", {{"Bucket", "bucket"}, {"Key", "b"}}), "NoSuchKey");
  EXPECT_EQ(s3.code("DeleteObjects", keys({}, false)), "MalformedXML");
  Json many = Json::array();
  for (int i = 0; i < 1001; ++i) many.push_back({{"Key", std::to_string(i)}});
  EXPECT_EQ(s3.code("DeleteObjects", {{"Bucket", "bucket"}, {"Delete", {{"Objects", many}}}}),
            "MalformedXML");
  many.erase(0);
  EXPECT_EQ(s3.code("DeleteObjects", {{"Bucket", "bucket"}, {"Delete", {{"Objects", many}}}}), "");
}

TEST_F(DeleteObjects, WantsADigestOfItsDocument) {
  const Json input = {{"Bucket", "bucket"}, {"Delete", {{"Objects", {{{"Key", "a"}}}}}}};
  EXPECT_EQ(s3.code("DeleteObjects", input, "<Delete/>", {{"Host", "h"}}), "InvalidRequest");
  EXPECT_EQ(s3.code("DeleteObjects", input, "<Delete/>",
                    {{"Content-MD5", base64_encode(md5("<Delete/>"))}}),
            "");
  EXPECT_EQ(s3.code("DeleteObjects", input, "<Delete/>", {{"x-amz-checksum-crc32", "AAAAAA=="}}),
            "BadDigest");
}

TEST_F(GetObjectAttributes, GivesWhatIsAskedFor) {
  s3.put("key", "something");
  const Json attributes =
      s3("GetObjectAttributes", with(kObject, {{"ObjectAttributes", {"ETag", "ObjectSize"}}}));
  EXPECT_EQ(attributes["ETag"], "437b930db84b8079c2dd804a71936b5f");
  EXPECT_EQ(attributes["ObjectSize"], 9);
  EXPECT_FALSE(attributes.contains("StorageClass"));
  EXPECT_EQ(s3.code("GetObjectAttributes", with(kObject, {{"ObjectAttributes", {"Nothing"}}})),
            "InvalidArgument");
}

}  // namespace
}  // namespace cloudchamber::mock::s3

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "tests/mock-server/services/s3/s3_world.h"

namespace cloudchamber::mock::s3 {
namespace {

using ::testing::ElementsAre;

constexpr std::size_t kFullPart = 5U * 1024 * 1024;

class Multipart : public ::testing::Test {
 protected:
  Multipart() { s3.make_bucket(); }

  std::string begin(Json more = Json::object(), const char* key = "key") {
    more["Bucket"] = "bucket";
    more["Key"] = key;
    return s3("CreateMultipartUpload", more)["UploadId"].get<std::string>();
  }
  static Json of(const std::string& upload, Json more = Json::object()) {
    more["Bucket"] = "bucket";
    more["Key"] = "key";
    more["UploadId"] = upload;
    return more;
  }
  // Sends a part and describes it as CompleteMultipartUpload wants it.
  Json part(const std::string& upload, int number, const std::string& content) {
    const Json sent = s3("UploadPart", of(upload, {{"PartNumber", number}}), content);
    return {{"PartNumber", number}, {"ETag", sent["ETag"]}};
  }
  static Json completed(const std::string& upload, const Json& parts) {
    return of(upload, {{"MultipartUpload", {{"Parts", parts}}}});
  }
  S3World s3;
};
using CreateMultipartUpload = Multipart;
using UploadPart = Multipart;
using UploadPartCopy = Multipart;
using CompleteMultipartUpload = Multipart;
using AbortMultipartUpload = Multipart;
using ListParts = Multipart;
using ListMultipartUploads = Multipart;

TEST_F(CreateMultipartUpload, ChecksTheChecksumMode) {
  const struct {
    Json more;
    const char* code;
  } rows[] = {
      {{{"ChecksumAlgorithm", "CRC32"}}, ""},
      {{{"ChecksumAlgorithm", "CRC32"}, {"ChecksumType", "FULL_OBJECT"}}, ""},
      {{{"ChecksumAlgorithm", "SHA1"}, {"ChecksumType", "FULL_OBJECT"}}, "InvalidRequest"},
      {{{"ChecksumAlgorithm", "CRC64NVME"}, {"ChecksumType", "COMPOSITE"}}, "InvalidRequest"},
      {{{"ChecksumType", "COMPOSITE"}}, "InvalidRequest"},
      {{{"ChecksumAlgorithm", "ADLER"}}, "InvalidRequest"},
  };
  for (const auto& row : rows) {
    Json input = row.more;
    input["Bucket"] = "bucket";
    input["Key"] = "key";
    EXPECT_EQ(s3.code("CreateMultipartUpload", input), row.code) << input.dump();
  }
}

TEST_F(CompleteMultipartUpload, JoinsThePartsWithoutCopyingAndWithTheRightTags) {
  const std::string first(kFullPart, 'a');
  const std::string upload = begin();
  const Json parts = {part(upload, 1, first), part(upload, 3, "end")};
  const Json done = s3("CompleteMultipartUpload", completed(upload, parts));
  EXPECT_EQ(done["ETag"], "\"" + hex(md5(md5(first) + md5("end"))) + "-2\"");
  EXPECT_EQ(done["ChecksumCRC64NVME"],
            base64_encode(digest_of(Digest::kCrc64Nvme, Blob(first + "end"))));
  EXPECT_EQ(done["ChecksumType"], "FULL_OBJECT");
  EXPECT_EQ(s3.get("key"), first + "end");
  const Reply second =
      s3.run("GetObject", {{"Bucket", "bucket"}, {"Key", "key"}, {"PartNumber", 2}});
  EXPECT_EQ(second.body.to_string(), "end");
  EXPECT_EQ(second.status, 206);
  EXPECT_EQ(second.output["PartsCount"], 2);
  EXPECT_EQ(second.output["ContentRange"], "bytes 5242880-5242882/5242883");
  EXPECT_EQ(s3.code("GetObject", {{"Bucket", "bucket"}, {"Key", "key"}, {"PartNumber", 3}}),
            "InvalidPartNumber");
  EXPECT_EQ(s3.code("ListParts", of(upload)), "NoSuchUpload");
}

// test_complete_multipart_parts_checksum_composite of the recordings.
TEST_F(CompleteMultipartUpload, MakesACompositeChecksumOfThoseOfTheParts) {
  const std::string upload = begin({{"ChecksumAlgorithm", "SHA256"}});
  const Json sent = s3("UploadPart", of(upload, {{"PartNumber", 1}}), "test content 123");
  Json parts = {{{"PartNumber", 1}, {"ETag", sent["ETag"]}}};
  EXPECT_EQ(s3.error("CompleteMultipartUpload", completed(upload, parts)).message(),
            "The upload was created using a sha256 checksum. The complete request must include the "
            "checksum for each part. It was missing for part 1 in the request.");
  parts[0]["ChecksumSHA256"] = base64_encode(sha256("other"));
  EXPECT_EQ(s3.code("CompleteMultipartUpload", completed(upload, parts)), "InvalidPart");
  parts[0]["ChecksumSHA256"] = sent["ChecksumSHA256"];
  const Json done = s3("CompleteMultipartUpload", completed(upload, parts));
  EXPECT_EQ(done["ChecksumSHA256"], base64_encode(sha256(sha256("test content 123"))) + "-1");
  EXPECT_EQ(done["ChecksumType"], "COMPOSITE");
}

TEST_F(CompleteMultipartUpload, RefusesPartsThatAreWrongMissingUnorderedOrSmall) {
  const std::string upload = begin();
  const Json one = part(upload, 1, "small");
  const Json two = part(upload, 2, "two");
  const auto code = [&](const Json& parts) {
    return s3.code("CompleteMultipartUpload", completed(upload, parts));
  };
  EXPECT_EQ(code(Json::array()), "MalformedXML");
  EXPECT_EQ(code({two, one}), "InvalidPartOrder");
  EXPECT_EQ(code({one, one}), "InvalidPartOrder");
  EXPECT_EQ(code({one, two}), "EntityTooSmall");
  EXPECT_EQ(code(Json::array({{{"PartNumber", 3}, {"ETag", "x"}}})), "InvalidPart");
  EXPECT_EQ(code(Json::array({{{"PartNumber", 1}, {"ETag", two["ETag"]}}})), "InvalidPart");
  EXPECT_EQ(s3.error("CompleteMultipartUpload",
                     of("fakeid", {{"MultipartUpload", {{"Parts", Json::array({one})}}}}))
                .members()["UploadId"],
            "fakeid");
  EXPECT_EQ(code(Json::array({two})), "");
}

TEST_F(CompleteMultipartUpload, ChecksTheSizeAndChecksumOfTheWhole) {
  const std::string upload = begin();
  Json input = completed(upload, Json::array({part(upload, 1, "test")}));
  input["MpuObjectSize"] = 5;
  EXPECT_EQ(
      s3.error("CompleteMultipartUpload", input).message(),
      "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 4");
  input["MpuObjectSize"] = 4;
  input["ChecksumCRC64NVME"] = "AAAAAAAAAAA=";
  EXPECT_EQ(s3.code("CompleteMultipartUpload", input), "BadDigest");
}

// test_multipart_if_none_match_with_delete and test_multipart_if_match_with_put_identical.
TEST_F(CompleteMultipartUpload, SeesWhatHappenedToTheKeyMeanwhile) {
  const std::string upload = begin();
  Json input = completed(upload, Json::array({part(upload, 1, "test")}));
  s3.put("key");
  input["IfNoneMatch"] = "*";
  EXPECT_EQ(s3.code("CompleteMultipartUpload", input), "PreconditionFailed");
  s3("DeleteObject", {{"Bucket", "bucket"}, {"Key", "key"}});
  const AwsError conflict = s3.error("CompleteMultipartUpload", input);
  EXPECT_EQ(conflict.code(), "ConditionalRequestConflict");
  EXPECT_EQ(conflict.status(), 409);
}

TEST_F(UploadPart, HasANumberFromOneToTenThousand) {
  const std::string upload = begin();
  for (const int number : {0, -1, 10001}) {
    EXPECT_EQ(s3.code("UploadPart", of(upload, {{"PartNumber", number}})), "InvalidArgument");
  }
  for (const int number : {1, 10000}) {
    EXPECT_EQ(s3.code("UploadPart", of(upload, {{"PartNumber", number}})), "");
  }
  EXPECT_EQ(s3.code("UploadPart", of("fakeid", {{"PartNumber", 1}})), "NoSuchUpload");
}

TEST_F(UploadPart, KeepsToTheAlgorithmOfItsUpload) {
  const std::string upload = begin({{"ChecksumAlgorithm", "CRC32C"}});
  EXPECT_EQ(
      s3.error("UploadPart", of(upload, {{"PartNumber", 1}, {"ChecksumCRC32", "AAAAAA=="}}))
          .message(),
      "Checksum Type mismatch occurred, expected checksum Type: crc32c, actual checksum Type: "
      "crc32");
  EXPECT_TRUE(s3("UploadPart", of(upload, {{"PartNumber", 1}}), "abc").contains("ChecksumCRC32C"));
}

TEST_F(UploadPartCopy, TakesARangeOfItsSource) {
  s3("PutObject", {{"Bucket", "bucket"}, {"Key", "source"}}, "0123456789");
  const std::string upload = begin();
  const Json copied = s3("UploadPartCopy", of(upload, {{"PartNumber", 1},
                                                       {"CopySource", "bucket/source"},
                                                       {"CopySourceRange", "bytes=2-4"}}));
  EXPECT_EQ(copied["CopyPartResult"]["ETag"], "\"" + hex(md5("234")) + "\"");
  s3("CompleteMultipartUpload",
     completed(upload, {{{"PartNumber", 1}, {"ETag", copied["CopyPartResult"]["ETag"]}}}));
  EXPECT_EQ(s3.get("key"), "234");
}

TEST_F(AbortMultipartUpload, ForgetsTheUpload) {
  const std::string upload = begin();
  s3("AbortMultipartUpload", of(upload));
  EXPECT_EQ(s3.code("AbortMultipartUpload", of(upload)), "NoSuchUpload");
}

TEST_F(ListParts, AreInTheOrderOfTheirNumbersInPages) {
  const std::string upload = begin();
  for (const int number : {3, 1, 2}) part(upload, number, "part");
  const Json page = s3("ListParts", of(upload, {{"MaxParts", 2}}));
  EXPECT_EQ(page["IsTruncated"], true);
  EXPECT_EQ(page["NextPartNumberMarker"], 2);
  const Json rest = s3("ListParts", of(upload, {{"PartNumberMarker", 2}}));
  ASSERT_EQ(rest["Parts"].size(), 1U);
  EXPECT_EQ(rest["Parts"][0]["PartNumber"], 3);
  EXPECT_EQ(rest["Parts"][0]["Size"], 4);
}

// test_list_multiparts_next_marker of the recordings.
TEST_F(ListMultipartUploads, AreByKeyThenByTimeInPages) {
  const std::string c = begin({}, "c");
  const std::string a1 = begin({}, "a");
  const std::string a2 = begin({}, "a");
  const Json in = {{"Bucket", "bucket"}};
  const Json all = s3("ListMultipartUploads", in);
  EXPECT_THAT(names(all["Uploads"], "UploadId"), ElementsAre(a1, a2, c));
  EXPECT_EQ(all["NextKeyMarker"], "c");
  const Json first = s3("ListMultipartUploads", {{"Bucket", "bucket"}, {"MaxUploads", 1}});
  EXPECT_EQ(first["NextUploadIdMarker"], a1);
  const Json second =
      s3("ListMultipartUploads",
         {{"Bucket", "bucket"}, {"MaxUploads", 1}, {"KeyMarker", "a"}, {"UploadIdMarker", a1}});
  EXPECT_THAT(names(second["Uploads"], "UploadId"), ElementsAre(a2));
  EXPECT_EQ(s3.code("ListMultipartUploads",
                    {{"Bucket", "bucket"}, {"KeyMarker", "a"}, {"UploadIdMarker", c}}),
            "InvalidArgument");
}

}  // namespace
}  // namespace cloudchamber::mock::s3

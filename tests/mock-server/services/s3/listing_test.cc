#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mock-server/services/s3/s3_world.h"

namespace cloudchamber::mock::s3 {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Json in_bucket(Json more = Json::object()) {
  more["Bucket"] = "bucket";
  return more;
}

std::vector<std::string> keys(const Json& page) {
  return names(page.value("Contents", Json::array()), "Key");
}
std::vector<std::string> prefixes(const Json& page) {
  return names(page.value("CommonPrefixes", Json::array()), "Prefix");
}

class Listing : public ::testing::Test {
 protected:
  Listing() {
    s3.make_bucket();
    for (const char* key : {"a/1", "a/2", "b", "c/d/e", "c/f", "\xC3\xA9", "\xF0\x9F\x98\x80"}) {
      s3.put(key);
    }
  }
  S3World s3;
};
using ListObjects = Listing;
using ListObjectsV2 = Listing;
using ListObjectVersions = Listing;

TEST_F(ListObjects, AreInTheOrderOfTheirBytes) {
  const Json page = s3("ListObjects", in_bucket());
  EXPECT_THAT(keys(page),
              ElementsAre("a/1", "a/2", "b", "c/d/e", "c/f", "\xC3\xA9", "\xF0\x9F\x98\x80"));
  EXPECT_EQ(page["Marker"], "");
  EXPECT_EQ(page["Prefix"], "");
  EXPECT_EQ(page["MaxKeys"], 1000);
  EXPECT_EQ(page["IsTruncated"], false);
  EXPECT_FALSE(page.contains("Delimiter"));
  EXPECT_TRUE(page["Contents"][0].contains("Owner"));
  EXPECT_EQ(page["Contents"][0]["ChecksumAlgorithm"], Json::array({"CRC64NVME"}));
}

TEST_F(ListObjects, AreRolledUpByADelimiter) {
  const Json page = s3("ListObjects", in_bucket({{"Delimiter", "/"}}));
  EXPECT_THAT(keys(page), ElementsAre("b", "\xC3\xA9", "\xF0\x9F\x98\x80"));
  EXPECT_THAT(prefixes(page), ElementsAre("a/", "c/"));
  const Json below = s3("ListObjects", in_bucket({{"Delimiter", "/"}, {"Prefix", "c/"}}));
  EXPECT_THAT(keys(below), ElementsAre("c/f"));
  EXPECT_THAT(prefixes(below), ElementsAre("c/d/"));
  EXPECT_FALSE(s3("ListObjects", in_bucket({{"Delimiter", ""}})).contains("Delimiter"));
}

TEST_F(ListObjects, GoOnBehindTheMarkerPageByPage) {
  Json input = in_bucket({{"Delimiter", "/"}, {"MaxKeys", 1}});
  std::vector<std::string> seen;
  for (int page_count = 0; page_count < 10; ++page_count) {
    const Json page = s3("ListObjects", input);
    for (const std::string& key : keys(page)) seen.push_back(key);
    for (const std::string& prefix : prefixes(page)) seen.push_back(prefix);
    if (page["IsTruncated"] == false) break;
    input["Marker"] = page["NextMarker"];
  }
  EXPECT_THAT(seen, ElementsAre("a/", "b", "c/", "\xC3\xA9", "\xF0\x9F\x98\x80"));
  EXPECT_FALSE(s3("ListObjects", in_bucket({{"MaxKeys", 1}})).contains("NextMarker"));
  EXPECT_THAT(keys(s3("ListObjects", in_bucket({{"Marker", "b"}, {"MaxKeys", 1}}))),
              ElementsAre("c/d/e"));
  EXPECT_THAT(keys(s3("ListObjects", in_bucket({{"Marker", "\xF0\x9F\x98\x80"}}))), IsEmpty());
}

TEST_F(ListObjects, AreLimitedToAThousandAtMost) {
  const struct {
    std::int64_t asked;
    std::int64_t shown;
    std::size_t found;
  } rows[] = {{0, 0, 0}, {1, 1, 1}, {7, 7, 7}, {1000, 1000, 7}, {5000, 1000, 7}};
  for (const auto& row : rows) {
    const Json page = s3("ListObjects", in_bucket({{"MaxKeys", row.asked}}));
    EXPECT_EQ(page["MaxKeys"], row.shown);
    EXPECT_EQ(keys(page).size(), row.found);
    EXPECT_EQ(page["IsTruncated"], row.asked == 1);
  }
  EXPECT_EQ(s3.code("ListObjects", in_bucket({{"MaxKeys", -1}})), "InvalidArgument");
}

TEST_F(ListObjects, AreEncodedOnRequest) {
  const Json page = s3("ListObjects", in_bucket({{"EncodingType", "url"}, {"Delimiter", "%"}}));
  EXPECT_EQ(keys(page).back(), "%F0%9F%98%80");
  EXPECT_EQ(page["Delimiter"], "%25");
  EXPECT_EQ(page["EncodingType"], "url");
  EXPECT_EQ(s3.code("ListObjects", in_bucket({{"EncodingType", "other"}})), "InvalidArgument");
}

TEST_F(ListObjectsV2, CountAndGoOnByToken) {
  const Json first = s3("ListObjectsV2", in_bucket({{"Delimiter", "/"}, {"MaxKeys", 2}}));
  EXPECT_EQ(first["KeyCount"], 2);
  EXPECT_EQ(first["IsTruncated"], true);
  const Json second =
      s3("ListObjectsV2", in_bucket({{"Delimiter", "/"},
                                     {"StartAfter", "zzz"},  // the token wins
                                     {"ContinuationToken", first["NextContinuationToken"]}}));
  EXPECT_THAT(prefixes(second), ElementsAre("c/"));
  EXPECT_THAT(keys(second), ElementsAre("\xC3\xA9", "\xF0\x9F\x98\x80"));
  EXPECT_EQ(second["ContinuationToken"], first["NextContinuationToken"]);
  EXPECT_EQ(second["StartAfter"], "zzz");
  EXPECT_FALSE(second.contains("NextContinuationToken"));
  for (const char* token : {"", "not a token"}) {
    EXPECT_EQ(s3.error("ListObjectsV2", in_bucket({{"ContinuationToken", token}})).message(),
              "The continuation token provided is incorrect");
  }
}

TEST_F(ListObjectsV2, NameOwnersOnlyWhenAsked) {
  EXPECT_FALSE(s3("ListObjectsV2", in_bucket())["Contents"][0].contains("Owner"));
  EXPECT_TRUE(
      s3("ListObjectsV2", in_bucket({{"FetchOwner", true}}))["Contents"][0].contains("Owner"));
}

TEST_F(ListObjectVersions, AreInTheOrderOfKeysTheNewestFirst) {
  s3("PutBucketVersioning", in_bucket({{"VersioningConfiguration", {{"Status", "Enabled"}}}}));
  s3.put("b", "second");
  s3("DeleteObject", in_bucket({{"Key", "a/1"}}));
  const Json page = s3("ListObjectVersions", in_bucket({{"Prefix", "b"}}));
  ASSERT_EQ(page["Versions"].size(), 2U);
  EXPECT_EQ(page["Versions"][0]["IsLatest"], true);
  EXPECT_EQ(page["Versions"][0]["Size"], 6);
  EXPECT_EQ(page["Versions"][1]["VersionId"], "null");
  EXPECT_EQ(page["Versions"][1]["IsLatest"], false);
  EXPECT_THAT(names(s3("ListObjectVersions", in_bucket())["DeleteMarkers"], "Key"),
              ElementsAre("a/1"));
  EXPECT_THAT(keys(s3("ListObjects", in_bucket({{"Prefix", "a/"}}))), ElementsAre("a/2"));
}

TEST_F(ListObjectVersions, GoOnBehindBothMarkers) {
  s3("PutBucketVersioning", in_bucket({{"VersioningConfiguration", {{"Status", "Enabled"}}}}));
  s3.put("b", "second");
  s3.put("b", "third");
  Json input = in_bucket({{"MaxKeys", 1}});
  std::vector<std::string> seen;
  for (int page_count = 0; page_count < 20; ++page_count) {
    const Json page = s3("ListObjectVersions", input);
    for (const std::string& key : names(page["Versions"], "Key")) seen.push_back(key);
    if (page["IsTruncated"] == false) break;
    input["KeyMarker"] = page["NextKeyMarker"];
    input["VersionIdMarker"] = page["NextVersionIdMarker"];
  }
  EXPECT_THAT(seen, ElementsAre("a/1", "a/2", "b", "b", "b", "c/d/e", "c/f", "\xC3\xA9",
                                "\xF0\x9F\x98\x80"));
  EXPECT_EQ(s3.code("ListObjectVersions", in_bucket({{"VersionIdMarker", "null"}})),
            "InvalidArgument");
}

}  // namespace
}  // namespace cloudchamber::mock::s3

// The pure rules: names, ranges, conditions, checksums, metadata, policies, CORS.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mock-server/call/aws_error.h"
#include "mock-server/policy/conditions.h"
#include "mock-server/policy/evaluate.h"
#include "mock-server/services/s3/checksums.h"
#include "mock-server/services/s3/conditions.h"
#include "mock-server/services/s3/cors.h"
#include "mock-server/services/s3/listing.h"
#include "mock-server/services/s3/metadata_text.h"
#include "mock-server/services/s3/names.h"
#include "mock-server/services/s3/policy.h"
#include "mock-server/services/s3/ranges.h"
#include "mock-server/services/s3/tags.h"

namespace cloudchamber::mock::s3 {
namespace {

TEST(BucketNames, AreValidAsTheNamingRulesSay) {
  const struct {
    std::string name;
    bool valid;
  } rows[] = {
      {"abc", true},
      {"ab", false},
      {std::string(63, 'a'), true},
      {std::string(64, 'a'), false},
      {"a.b-c.1", true},
      {"A-bucket", false},
      {"under_score", false},
      {"-abc", false},
      {"abc-", false},
      {"abc.", false},
      {".abc", false},
      {"a..b", false},
      {"a.-b", false},
      {"a-.b", false},
      {"192.168.5.4", false},
      {"192.168.5", true},
      {"192.168.5.4.1", true},
      {"xn--abc", false},
      {"sthree-abc", false},
      {"amzn-s3-demo-abc", false},
      {"abc-s3alias", false},
      {"abc--ol-s3", false},
      {"abc--x-s3", false},
      {"abc.mrap", false},
      {"", false},
  };
  for (const auto& row : rows) EXPECT_EQ(is_valid_bucket_name(row.name), row.valid) << row.name;
}

TEST(CanonicalIds, LeadBackToTheirAccountsAndNoOthersDo) {
  const std::string id = canonical_id("123456789012");
  EXPECT_EQ(id.size(), 64U);
  EXPECT_EQ(account_of(id), "123456789012");
  EXPECT_NE(id, canonical_id("123456789013"));
  std::string forged = id;
  forged.back() = '3';
  EXPECT_EQ(account_of(forged), std::nullopt);
  EXPECT_EQ(account_of("nobody"), std::nullopt);
}

TEST(Ranges, AreThoseThatTheHeaderAsksOfAnObjectOfTenBytes) {
  const struct {
    const char* header;
    std::optional<ByteRange> range;
  } rows[] = {
      {"bytes=0-0", ByteRange{0, 1}},   {"bytes=0-9", ByteRange{0, 10}},
      {"bytes=0-10", ByteRange{0, 10}}, {"bytes=9-", ByteRange{9, 1}},
      {"bytes=-1", ByteRange{9, 1}},    {"bytes=-10", ByteRange{0, 10}},
      {"bytes=-11", ByteRange{0, 10}},  {"bytes=5-4", std::nullopt},
      {"bytes=0-1,3-4", std::nullopt},  {"lines=0-1", std::nullopt},
      {"bytes=a-b", std::nullopt},      {"bytes=-", std::nullopt},
      {"bytes=", std::nullopt},         {"bytes=99999999999999999999-", std::nullopt},
  };
  for (const auto& row : rows) EXPECT_EQ(requested_range(row.header, 10), row.range) << row.header;
}

TEST(Ranges, AreRefusedWhenNoByteOfThemIsThere) {
  for (const char* header : {"bytes=10-", "bytes=10-11", "bytes=-0"}) {
    try {
      static_cast<void>(requested_range(header, 10));
      FAIL() << header;
    } catch (const AwsError& error) {
      EXPECT_EQ(error.code(), "InvalidRange");
      EXPECT_EQ(error.status(), 416);
      EXPECT_EQ(error.headers().get("Content-Range"), "bytes */10");
    }
  }
  EXPECT_THROW(static_cast<void>(requested_range("bytes=0-", 0)), AwsError);
  EXPECT_THROW(static_cast<void>(requested_range("bytes=-5", 0)), AwsError);
}

// test_upload_part_copy_range of the recordings, for a source of ten bytes.
TEST(CopySourceRanges, AreRefusedAsRecorded) {
  const struct {
    const char* header;
    const char* code;
  } rows[] = {{"0-8", "InvalidArgument"},           {"bytes=1-0", "InvalidArgument"},
              {"bytes=-1-", "InvalidArgument"},     {"bytes=0--1", "InvalidArgument"},
              {"bytes=0-1,3-4", "InvalidArgument"}, {"bytes=-", "InvalidArgument"},
              {"bytes=1-", "InvalidArgument"},      {"bytes=-2", "InvalidArgument"},
              {"bytes=0-100", "InvalidArgument"},   {"bytes=100-200", "InvalidRequest"},
              {"bytes=0-10", "InvalidArgument"}};
  for (const auto& row : rows) {
    try {
      static_cast<void>(copy_source_range(row.header, 10));
      FAIL() << row.header;
    } catch (const AwsError& error) {
      EXPECT_EQ(error.code(), row.code) << row.header;
    }
  }
  EXPECT_EQ(copy_source_range("bytes=0-9", 10), (ByteRange{0, 10}));
}

TEST(Conditions, AreJudgedInTheOrderOfAws) {
  const TimePoint written(Seconds(1000));
  const TimePoint now(Seconds(5000));
  const TimePoint before(Seconds(999));
  const TimePoint after(Seconds(1001));
  const struct {
    const char* what;
    Conditions conditions;
    Verdict verdict;
  } rows[] = {
      {"none", {}, Verdict::kHolds},
      {"match", {.if_match = "\"tag\""}, Verdict::kHolds},
      {"match without quotes", {.if_match = "tag"}, Verdict::kHolds},
      {"match in a list", {.if_match = "\"x\", \"tag\""}, Verdict::kHolds},
      {"match of any", {.if_match = "*"}, Verdict::kHolds},
      {"no match", {.if_match = "\"x\""}, Verdict::kFails},
      {"none match", {.if_none_match = "\"x\""}, Verdict::kHolds},
      {"none match fails", {.if_none_match = "W/\"tag\""}, Verdict::kNotModified},
      {"modified", {.if_modified_since = before}, Verdict::kHolds},
      {"modified at that second", {.if_modified_since = written}, Verdict::kNotModified},
      {"not modified", {.if_modified_since = after}, Verdict::kNotModified},
      {"a time to come is ignored",
       {.if_modified_since = TimePoint(Seconds(9000))},
       Verdict::kHolds},
      {"unmodified", {.if_unmodified_since = written}, Verdict::kHolds},
      {"not unmodified", {.if_unmodified_since = before}, Verdict::kFails},
      {"a match overrides the time",
       {.if_match = "tag", .if_unmodified_since = before},
       Verdict::kHolds},
      {"a none-match overrides the time",
       {.if_none_match = "x", .if_modified_since = after},
       Verdict::kHolds},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(judge_read(row.conditions, "tag", written, now).verdict, row.verdict) << row.what;
  }
  EXPECT_EQ(judge_copy_source({.if_none_match = "tag"}, "tag", written, now).verdict,
            Verdict::kFails);
}

TEST(Checksums, OfTwoTextsInARowComeFromThoseOfEach) {
  const std::string first = "All the world's a stage, ";
  const std::string second = "and all the men and women merely players.";
  for (const ChecksumAlgorithm& algorithm : checksum_algorithms()) {
    if (!algorithm.is_crc()) continue;
    const Checksum sum = joined(digests_of(Blob(first), algorithm).checksum,
                                digests_of(Blob(second), algorithm).checksum, second.size());
    EXPECT_EQ(sum.value, digests_of(Blob(first + second), algorithm).checksum.value)
        << algorithm.name;
  }
}

TEST(Checksums, AreClaimedOnceAndInTheirLength) {
  EXPECT_FALSE(claimed_checksum(Json::object()));
  EXPECT_EQ(claimed_checksum(Json{{"ChecksumCRC32", "AAAAAA=="}}).algorithm->name, "CRC32");
  for (const Json& input : {Json{{"ChecksumCRC32", "AAAA"}}, Json{{"ChecksumSHA1", "invalid"}},
                            Json{{"ChecksumCRC32", "AAAAAA=="}, {"ChecksumCRC32C", "AAAAAA=="}}}) {
    EXPECT_THROW(static_cast<void>(claimed_checksum(input)), AwsError) << input.dump();
  }
}

// test_user_metadata_rfc2047_encoded of the recordings.
TEST(Metadata, IsWrittenAndReadInWordsAsRecorded) {
  EXPECT_EQ(encoded_metadata("ÄMÄZÕÑ S3"), "=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=");
  EXPECT_EQ(encoded_metadata("test_\u2014_file%E2%80%94_\u00e9_2?.pdf"),
            "=?UTF-8?Q?test=5F=E2=80=94=5Ffile%E2%80%94=5F=C3=A9=5F2=3F.pdf?=");
  EXPECT_EQ(encoded_metadata(std::string("\0\1\2\3", 4)), "=?UTF-8?B?AAECAw==?=");
  EXPECT_EQ(encoded_metadata("plain"), "plain");
  EXPECT_EQ(decoded_metadata("=?UTF-8?B?YWJj?="), "abc");
  EXPECT_EQ(decoded_metadata("=?UTF-8?Q?actually-ascii?="), "actually-ascii");
  EXPECT_EQ(decoded_metadata("=?UTF-8?Q?a_b=5F?="), "a b_");
  EXPECT_EQ(decoded_metadata("=?UTF-8?Q?a?= =?UTF-8?Q?b?="), "ab");
  EXPECT_EQ(decoded_metadata("=?not a word"), "=?not a word");
}

TEST(Listings, FindCommonPrefixesAndWhatStandsBehindThem) {
  EXPECT_EQ(common_prefix("a/b/c", "", "/"), "a/");
  EXPECT_EQ(common_prefix("a/b/c", "a/", "/"), "a/b/");
  EXPECT_EQ(common_prefix("a/b", "a/", "/"), std::nullopt);
  EXPECT_EQ(common_prefix("abc", "", ""), std::nullopt);
  EXPECT_EQ(successor("a/"), "a0");
  EXPECT_EQ(successor("a\xFF"), "b");
  EXPECT_EQ(successor("\xFF"), std::nullopt);
}

TEST(Wildcards, MatchInTimeThatIsNotExponential) {
  EXPECT_TRUE(matches_wildcard("arn:aws:s3:::b*/x?", "arn:aws:s3:::bucket/xy"));
  EXPECT_FALSE(matches_wildcard("a?c", "ac"));
  EXPECT_TRUE(matches_wildcard("*", ""));
  const std::string pattern = "a*a*a*a*a*a*a*a*a*a*a*a*a*a*b";
  EXPECT_FALSE(matches_wildcard(pattern, std::string(5000, 'a')));
}

TEST(PolicyConditions, HoldAsTheirOperatorsSay) {
  using Values = std::vector<std::string>;
  const struct {
    const char* operation;
    Json wanted;
    std::optional<Values> actual;
    bool holds;
  } rows[] = {
      {"StringEquals", "a", Values{"a"}, true},
      {"StringEquals", Json::array({"a", "b"}), Values{"b"}, true},
      {"StringEquals", "a", std::nullopt, false},
      {"StringEqualsIfExists", "a", std::nullopt, true},
      {"StringNotEquals", "a", std::nullopt, true},
      {"StringNotEquals", Json::array({"a", "b"}), Values{"b"}, false},
      {"StringLike", "a*", Values{"abc"}, true},
      {"StringEqualsIgnoreCase", "A", Values{"a"}, true},
      {"NumericLessThan", 10, Values{"9.5"}, true},
      {"NumericLessThan", "10", Values{"10"}, false},
      {"DateGreaterThan", "2020-01-01T00:00:00Z", Values{"2021-01-01T00:00:00Z"}, true},
      {"IpAddress", "10.0.0.0/8", Values{"10.1.2.3"}, true},
      {"NotIpAddress", "10.0.0.0/8", Values{"10.1.2.3"}, false},
      {"IpAddress", "0.0.0.0/0", Values{"1.2.3.4"}, true},
      {"Bool", true, Values{"true"}, true},
      {"Null", "true", std::nullopt, true},
      {"Null", "true", Values{"a"}, false},
      {"Null", "false", Values{"a"}, true},
      {"ForAllValues:StringEquals", Json::array({"a", "b"}), Values{"a", "c"}, false},
      {"ForAllValues:StringEquals", Json::array({"a", "b"}), std::nullopt, true},
      {"ForAnyValue:StringEquals", Json::array({"a", "b"}), Values{"a", "c"}, true},
      {"ForAnyValue:StringEquals", "a", std::nullopt, false},
      {"NoSuchOperator", "a", Values{"a"}, false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(condition_holds(row.operation, row.wanted, row.actual), row.holds)
        << row.operation << " " << row.wanted.dump();
  }
}

TEST(Policies, AreRefusedInTheWordsOfS3) {
  const std::string statement =
      R"("Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*")";
  const struct {
    std::string text;
    const char* message;
  } rows[] = {
      {"", "Policies must be valid JSON and the first byte must be '{'"},
      {"random", "Policies must be valid JSON and the first byte must be '{'"},
      {"{}", "Missing required field Statement"},
      {R"({"Statement":[{)" + statement + "}]}", "Missing required field Effect"},
      {R"({"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",)"
       R"("Resource":"arn:aws:s3:::other/*"}]})",
       "Policy has invalid resource"},
      {R"({"Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:SendMessage",)"
       R"("Resource":"arn:aws:s3:::bucket"}]})",
       "Policy has invalid action"},
      {R"({"Statement":[{"Effect":"Allow","Principal":{"AWS":"nobody"},"Action":"s3:*",)"
       R"("Resource":"arn:aws:s3:::bucket"}]})",
       "Invalid principal in policy"},
  };
  for (const auto& row : rows) {
    try {
      static_cast<void>(parsed_policy(row.text, "bucket"));
      FAIL() << row.text;
    } catch (const AwsError& error) {
      EXPECT_EQ(error.code(), "MalformedPolicy");
      EXPECT_EQ(error.message(), row.message);
    }
  }
  EXPECT_TRUE(
      is_public(parsed_policy(R"({"Statement":{"Effect":"Allow",)" + statement + "}}", "bucket")));
  const std::string deep = "{\"a\":" + std::string(5000, '[') + std::string(5000, ']') + "}";
  EXPECT_THROW(static_cast<void>(parsed_policy(deep, "bucket")), AwsError);
}

TEST(Cors, AllowsTheOriginMethodAndHeadersOfARule) {
  const Json rules = Json::array({{{"AllowedOrigins", {"https://*.example.com"}},
                                   {"AllowedMethods", {"GET", "PUT"}},
                                   {"AllowedHeaders", {"x-amz-*"}},
                                   {"ExposeHeaders", {"ETag"}},
                                   {"MaxAgeSeconds", 60}},
                                  {{"AllowedOrigins", {"*"}}, {"AllowedMethods", {"HEAD"}}}});
  const auto allowed = cors_headers(rules, "https://a.example.com", "PUT", "X-Amz-Date");
  ASSERT_TRUE(allowed);
  EXPECT_EQ(allowed->get("Access-Control-Allow-Origin"), "https://a.example.com");
  EXPECT_EQ(allowed->get("Access-Control-Allow-Methods"), "GET, PUT");
  EXPECT_EQ(allowed->get("Access-Control-Allow-Headers"), "x-amz-date");
  EXPECT_EQ(allowed->get("Access-Control-Expose-Headers"), "ETag");
  EXPECT_EQ(allowed->get("Access-Control-Max-Age"), "60");
  EXPECT_EQ(allowed->get("Access-Control-Allow-Credentials"), "true");
  EXPECT_FALSE(cors_headers(rules, "https://a.example.org", "PUT", ""));
  EXPECT_FALSE(cors_headers(rules, "https://a.example.com", "DELETE", ""));
  EXPECT_FALSE(cors_headers(rules, "https://a.example.com", "PUT", "Authorization"));
  const auto anyone = cors_headers(rules, "anything", "HEAD", "");
  ASSERT_TRUE(anyone);
  EXPECT_EQ(anyone->get("Access-Control-Allow-Origin"), "*");
  EXPECT_FALSE(anyone->contains("Access-Control-Allow-Credentials"));
}

TEST(Tags, AreLimitedInNumberLengthAndCharacters) {
  std::string ten;
  for (int i = 0; i < 10; ++i) ten += "k" + std::to_string(i) + "=v&";
  EXPECT_EQ(tags_from_header(ten).size(), 10U);
  const struct {
    std::string header;
    const char* code;
  } rows[] = {{ten + "k10=v", "BadRequest"},
              {"a=1&a=2", "InvalidArgument"},
              {std::string(129, 'k') + "=v", "InvalidTag"},
              {"k=" + std::string(257, 'v'), "InvalidTag"},
              {"k=%7B", "InvalidTag"},
              {"aws:k=v", "InvalidTag"}};
  for (const auto& row : rows) {
    try {
      static_cast<void>(tags_from_header(row.header));
      FAIL() << row.header;
    } catch (const AwsError& error) {
      EXPECT_EQ(error.code(), row.code) << row.header;
    }
  }
  EXPECT_EQ(tags_from_header(std::string(128, 'k') + "=" + std::string(256, 'v')).size(), 1U);
}

}  // namespace
}  // namespace cloudchamber::mock::s3

#include "sdk/sign/sigv4.h"

#include <gtest/gtest.h>

#include "sdk/codec/timestamps.h"
#include "sdk/sign/canonical.h"

namespace cloudchamber {
namespace {

const Credentials kExample{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
const SigningScope kS3{"us-east-1", "s3"};
const TimePoint kMay24 = *parse_timestamp("20130524T000000Z");

HttpRequest s3_request(std::string method, std::string target) {
  return {std::move(method), "https", "examplebucket.s3.amazonaws.com", std::move(target), {}, {}};
}

bool valid(const HttpRequest& request, std::string_view secret = kExample.secret_access_key) {
  SigningKeys keys;
  const auto claim = find_claim(request);
  return claim && verify(request, *claim, secret, keys, payload_claim(request, *claim)).valid;
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
TEST(SignForS3, GivesTheSignaturesOfTheDocumentation) {
  SigningKeys keys;
  HttpRequest get = s3_request("GET", "/test.txt");
  get.headers.add("Range", "bytes=0-9");
  EXPECT_EQ(sign(get, kExample, kS3, kMay24, keys).hex,
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  EXPECT_TRUE(valid(get));

  HttpRequest put = s3_request("PUT", "/test$file.text");
  put.headers.add("Date", "Fri, 24 May 2013 00:00:00 GMT");
  put.headers.add("x-amz-storage-class", "REDUCED_REDUNDANCY");
  put.body = "Welcome to Amazon S3.";
  EXPECT_EQ(sign(put, kExample, kS3, kMay24, keys).hex,
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  EXPECT_TRUE(valid(put));

  HttpRequest lifecycle = s3_request("GET", "/?lifecycle");
  EXPECT_EQ(sign(lifecycle, kExample, kS3, kMay24, keys).hex,
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");

  HttpRequest list = s3_request("GET", "/?max-keys=2&prefix=J");
  EXPECT_EQ(sign(list, kExample, kS3, kMay24, keys).hex,
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
TEST(PresignForS3, GivesTheSignatureOfTheDocumentation) {
  SigningKeys keys;
  HttpRequest get = s3_request("GET", "/test.txt");
  EXPECT_EQ(presign(get, kExample, kS3, kMay24, Seconds(86400), keys).hex,
            "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
  EXPECT_EQ(url_of(get),
            "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&"
            "X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&"
            "X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&"
            "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
  EXPECT_TRUE(valid(get));
  get.body = "anything: the payload is not signed";
  EXPECT_TRUE(valid(get));
  get.target += "&x=1";
  EXPECT_FALSE(valid(get));
}

TEST(Presign, SignsTheHeadersThatMustBeSentAndTheSessionToken) {
  SigningKeys keys;
  Credentials temporary = kExample;
  temporary.session_token = "token/+=";
  HttpRequest put = s3_request("PUT", "/a%20b?x-id=PutObject");
  put.headers.add("x-amz-meta-colour", "blue");
  presign(put, temporary, kS3, kMay24, Seconds(60), keys);
  EXPECT_NE(put.target.find("X-Amz-SignedHeaders=host%3Bx-amz-meta-colour"), std::string::npos);
  EXPECT_NE(put.target.find("X-Amz-Security-Token=token%2F%2B%3D"), std::string::npos);
  EXPECT_TRUE(valid(put));
  put.headers.set("x-amz-meta-colour", "red");
  EXPECT_FALSE(valid(put));
}

TEST(Presign, SignsTheBodyForOtherServices) {
  SigningKeys keys;
  HttpRequest request{"GET", "https", "sts.amazonaws.com", "/?Action=GetCallerIdentity", {}, {}};
  presign(request, kExample, {"us-east-1", "sts"}, kMay24, Seconds(60), keys);
  EXPECT_TRUE(valid(request));
  request.body = "x";
  EXPECT_FALSE(valid(request));
}

TEST(Sign, ReplacesWhatAnEarlierSigningLeft) {
  SigningKeys keys;
  HttpRequest request{"POST", "https", "sqs.us-east-1.amazonaws.com", "/", {}, "{}"};
  sign(request, kExample, {"us-east-1", "sqs"}, kMay24, keys);
  sign(request, kExample, {"us-east-1", "sqs"}, kMay24 + Seconds(1), keys);
  EXPECT_EQ(request.headers.size(), 2U);
  EXPECT_TRUE(valid(request));
  EXPECT_FALSE(request.headers.contains("X-Amz-Content-SHA256"));
}

TEST(Sign, PutsTheGivenPayloadInPlaceOfTheHash) {
  SigningKeys keys;
  HttpRequest request = s3_request("PUT", "/key");
  request.body = "body";
  const Signature signature = sign(request, kExample, kS3, kMay24, keys, kUnsignedPayload);
  EXPECT_EQ(request.headers.get("x-amz-content-sha256"), "UNSIGNED-PAYLOAD");
  EXPECT_TRUE(signature.canonical_request.ends_with("\nUNSIGNED-PAYLOAD"));
  request.body = "other";
  EXPECT_TRUE(valid(request));
}

TEST(Verify, TakesHeadersThatIntermediariesRewroteHarmlessly) {
  SigningKeys keys;
  HttpRequest request{"POST", "https", "dynamodb.us-east-1.amazonaws.com", "/", {}, "{}"};
  request.headers.add("Content-Type", "application/x-amz-json-1.0");
  request.headers.add("Meerkat", "Hello world");
  sign(request, kExample, {"us-east-1", "dynamodb"}, kMay24, keys);
  Headers rewritten;
  for (const auto& [name, value] : request.headers)
    rewritten.add(name == "Content-Type" ? "cOnTeNt-tYpE" : name,
                  name == "Meerkat" ? "  Hello \t  world " : value);
  rewritten.add("User-Agent", "a proxy's");
  request.headers = rewritten;
  EXPECT_TRUE(valid(request));
}

TEST(Verify, KnowsTheLengthThatTheTransportWrites) {
  SigningKeys keys;
  HttpRequest request = s3_request("PUT", "/key");
  request.body = "four";
  request.headers.add("Content-Length", "4");
  sign(request, kExample, kS3, kMay24, keys);
  request.headers.erase("Content-Length");
  EXPECT_TRUE(valid(request));
}

TEST(Verify, AcceptsEveryEscapingOfTheSamePathAndQueryForS3) {
  SigningKeys keys;
  HttpRequest request = s3_request("GET", "/a%28b%29//c/../d%20e?prefix=x%2Fy&marker=%2B");
  sign(request, kExample, kS3, kMay24, keys);
  EXPECT_TRUE(valid(request));
  request.target = "/a(b)//c/../d%20e?marker=%2b&prefix=x/y";
  EXPECT_TRUE(valid(request));
  request.target = "/a(b)/c/../d%20e?marker=%2b&prefix=x/y";
  EXPECT_FALSE(valid(request));
}

TEST(Verify, ExplainsTheUsualMistakes) {
  SigningKeys keys;
  const auto explanation = [&](const HttpRequest& request) {
    const auto claim = find_claim(request);
    const Verification result =
        verify(request, *claim, kExample.secret_access_key, keys, payload_claim(request, *claim));
    EXPECT_FALSE(result.valid);
    return result.explanation;
  };
  const auto signed_as = [&](HttpRequest seen, auto change) {
    sign(seen, kExample, kS3, kMay24, keys);
    change(seen);
    return seen;
  };
  HttpRequest request = s3_request("GET", "/key?acl");
  request.host = "127.0.0.1";
  EXPECT_NE(explanation(signed_as(request, [](HttpRequest& r) { r.host = "127.0.0.1:4566"; }))
                .find("port"),
            std::string::npos);
  EXPECT_NE(
      explanation(signed_as(request, [](HttpRequest& r) { r.method = "HEAD"; })).find("method"),
      std::string::npos);
  EXPECT_NE(explanation(
                signed_as(s3_request("GET", "/key"), [](HttpRequest& r) { r.target = "/key?acl"; }))
                .find("query"),
            std::string::npos);
  EXPECT_NE(explanation(signed_as(request,
                                  [](HttpRequest& r) {
                                    r.headers.set("X-Amz-Content-SHA256", std::string(64, 'a'));
                                  })),
            "nonsense");
  EXPECT_EQ(explanation(signed_as(request, [](HttpRequest& r) { r.target = "/another"; })), "");
}

TEST(FindClaim, ReadsBothFormsAndIsNotConfusedByOthers) {
  HttpRequest request = s3_request("GET", "/");
  EXPECT_FALSE(find_claim(request).has_value());
  request.headers.add("Authorization", "Basic dXNlcjpwYXNz");
  EXPECT_FALSE(find_claim(request).has_value());
  request.headers.set(
      "Authorization",
      "AWS4-HMAC-SHA256 Credential=a/b/20150830/r/s/aws4_request,SignedHeaders=host,"
      "Signature=abc");
  request.headers.add("Date", "Fri, 24 May 2013 00:00:00 GMT");
  const auto claim = find_claim(request);
  ASSERT_TRUE(claim.has_value());
  EXPECT_EQ(claim->parts()->access_key_id, "a/b");
  EXPECT_EQ(claim->parts()->region, "r");
  EXPECT_EQ(claim->signed_headers, "host");
  EXPECT_EQ(claim->signature, "abc");
  EXPECT_EQ(claim->timestamp, "Fri, 24 May 2013 00:00:00 GMT");
  request.headers.set("Authorization", "AWS4-HMAC-SHA256 Credential=x, nonsense, Signature=");
  EXPECT_EQ(find_claim(request)->malformed, "nonsense");
  EXPECT_FALSE(find_claim(request)->parts().has_value());
  request.headers.erase("Authorization");
  request.target = "/?X-Amz-Credential=a%2F1%2F2%2F3%2F4&X-Amz-Expires=10";
  EXPECT_EQ(find_claim(request)->parts()->terminator, "4");
  EXPECT_EQ(find_claim(request)->expires, "10");
}

TEST(CanonicalPath, IsNormalisedButForS3) {
  const struct {
    const char *path, *normal, *s3;
  } rows[] = {{"", "/", "/"},
              {"/", "/", "/"},
              {"/a/./b", "/a/b", "/a/./b"},
              {"/a/../b/", "/b/", "/a/../b/"},
              {"/../..", "/", "/../.."},
              {"//a//", "/a/", "//a//"},
              {"/a%20b", "/a%2520b", "/a%20b"},
              {"/a b", "/a%20b", "/a%20b"},
              {"/a+b", "/a%2Bb", "/a%2Bb"},
              {"/\xe1\x88\xb4", "/%E1%88%B4", "/%E1%88%B4"}};
  for (const auto& row : rows) {
    EXPECT_EQ(canonical_path(row.path, false), row.normal) << row.path;
    EXPECT_EQ(canonical_path(row.path, true), row.s3) << row.path;
  }
}

TEST(SigningKeys, GiveTheSameKeyWithinAndBeyondTheirCapacity) {
  SigningKeys keys(2);
  const std::string first = signing_key("secret", "20150830", "us-east-1", "iam");
  for (int round = 0; round < 3; ++round)
    for (const char* day : {"20150830", "20150831", "20150901"})
      EXPECT_EQ(keys.key("secret", day, "us-east-1", "iam"),
                signing_key("secret", day, "us-east-1", "iam"));
  EXPECT_EQ(keys.key("secret", "20150830", "us-east-1", "iam"), first);
  EXPECT_NE(keys.key("Secret", "20150830", "us-east-1", "iam"), first);
}

}  // namespace
}  // namespace cloudchamber

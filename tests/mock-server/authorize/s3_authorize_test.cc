// What only S3 asks of a signature, and its older forms.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mock-server/authorize/refusals.h"
#include "mock-server/authorize/request_signatures.h"
#include "sdk/codec/timestamps.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber::mock {
namespace {

const TimePoint kNow = *parse_timestamp("20150830T123600Z");
const Credentials kFred{"AKIAFRED", "fred's secret"};
const SigningScope kScope{"us-east-1", "s3"};

struct Refusal {
  std::string code, message;
  int status = 0;
  Json members;
};

Refusal refusal(const HttpRequest& request, bool active = true) {
  KnownCredentials known;
  known.by_access_key_id.put(
      "AKIAFRED", {"fred's secret", "", "111111111111", "arn:fred", "AIDAFRED", {}, active});
  try {
    const Signer got = RequestSignatures().check(
        {.request = request, .service = *find_model("s3"), .known = known, .now = kNow});
    return {"accepted", got.principal.account, 0, {}};
  } catch (const AwsError& error) {
    return {error.code(), error.message(), error.status(), error.members()};
  }
}

HttpRequest plain() { return {"PUT", "http", "127.0.0.1:4566", "/bucket/key", {}, "body"}; }

HttpRequest with_header(const std::string& name, const std::string& value) {
  HttpRequest request = plain();
  request.headers.add(name, value);
  return request;
}

HttpRequest signed_request(HttpRequest request = plain()) {
  SigningKeys keys;
  sign(request, kFred, kScope, kNow, keys);
  return request;
}

HttpRequest presigned(HttpRequest request = plain(), Seconds expires_in = Seconds(60),
                      TimePoint at = kNow) {
  SigningKeys keys;
  presign(request, kFred, kScope, at, expires_in, keys);
  return request;
}

HttpRequest replaced(HttpRequest request, std::string_view what, std::string_view by) {
  std::string text(request.headers.get("Authorization"));
  std::string& where = text.empty() ? request.target : text;
  const std::size_t at = where.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  where.replace(at, what.size(), by);
  if (!text.empty()) request.headers.set("Authorization", text);
  return request;
}

void expect_refused(const Refusal& got, const std::string& code, int status,
                    const std::string& message) {
  EXPECT_EQ(got.code, code);
  EXPECT_EQ(got.status, status) << got.code;
  EXPECT_EQ(got.message, message);
}

TEST(S3Authorization, RefusesAMalformedHeader) {
  const HttpRequest good = signed_request();
  EXPECT_EQ(refusal(good).code, "accepted");
  const char kMalformed[] = "AuthorizationHeaderMalformed";
  const std::string start = "The authorization header is malformed; ";
  expect_refused(refusal(replaced(good, "Signature=", "Sig=")), kMalformed, 400,
                 start +
                     "the authorization header requires three components: Credential, "
                     "SignedHeaders, and Signature.");
  expect_refused(refusal(replaced(good, "/aws4_request", "")), kMalformed, 400,
                 start +
                     "the Credential is mal-formed; expecting "
                     "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
  expect_refused(refusal(replaced(good, "20150830", "2015-08-30")), kMalformed, 400,
                 start +
                     "incorrect date format \"2015-08-30\". This date in the credential must "
                     "be in the format \"yyyyMMdd\".");
  expect_refused(refusal(replaced(good, "/s3/", "/ec2/")), kMalformed, 400,
                 start + "incorrect service \"ec2\". This endpoint belongs to \"s3\".");
  expect_refused(
      refusal(replaced(good, "aws4_request", "aws_request")), kMalformed, 400,
      start + "incorrect terminal \"aws_request\". This endpoint uses \"aws4_request\".");
  expect_refused(refusal(replaced(good, "us-east-1", "aws-global")), kMalformed, 400,
                 start + "the region 'aws-global' is wrong; expecting 'us-east-1'");
  expect_refused(refusal(replaced(good, "20150830", "20150829")), kMalformed, 400,
                 start +
                     "Invalid credential date \"20150829\". This date is not the same as "
                     "X-Amz-Date: \"20150830\".");
}

TEST(S3Authorization, RefusesOtherKindsOfAuthorization) {
  expect_refused(refusal(with_header("Authorization", "Bearer x")), "InvalidArgument", 400,
                 "Unsupported Authorization Type");
  expect_refused(refusal(with_header("Authorization", "AWS HAHAHA")), "InvalidArgument", 400,
                 "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature");
  expect_refused(refusal(with_header("Authorization", "AWS4-ECDSA-P256-SHA256 Credential=x")),
                 "InvalidRequest", 400,
                 "The authorization mechanism you have provided is not supported. Please use "
                 "AWS4-HMAC-SHA256.");
  HttpRequest both = signed_request();
  both.target += "?X-Amz-Signature=x";
  const Refusal two = refusal(both);
  EXPECT_EQ(two.code, "InvalidArgument");
  EXPECT_TRUE(two.message.starts_with("Only one auth mechanism allowed;"));
}

TEST(S3Authorization, NeedsADateAndAContentHash) {
  HttpRequest undated = signed_request();
  undated.headers.erase("X-Amz-Date");
  expect_refused(refusal(undated), "AccessDenied", 403,
                 "AWS authentication requires a valid Date or x-amz-date header");
  HttpRequest without = signed_request();
  without.headers.erase("X-Amz-Content-SHA256");
  expect_refused(refusal(without), "InvalidRequest", 400,
                 "Missing required header for this request: x-amz-content-sha256");
  HttpRequest nonsense = signed_request();
  nonsense.headers.set("X-Amz-Content-SHA256", "nonsense");
  EXPECT_EQ(refusal(nonsense).code, "InvalidArgument");
  EXPECT_EQ(refusal(nonsense).members["ArgumentValue"], "nonsense");
}

TEST(S3Authorization, ComparesTheBodyWithItsSignedHash) {
  HttpRequest changed = signed_request();
  changed.body = "other";
  const Refusal refused = refusal(changed);
  expect_refused(refused, "XAmzContentSHA256Mismatch", 400,
                 "The provided 'x-amz-content-sha256' header does not match what was computed.");
  EXPECT_EQ(refused.members["ClientComputedContentSHA256"],
            changed.headers.get("x-amz-content-sha256"));
  EXPECT_NE(refused.members["S3ComputedContentSHA256"],
            refused.members["ClientComputedContentSHA256"]);
}

TEST(S3Authorization, RefusesAmzHeadersThatWereNotSigned) {
  HttpRequest added = signed_request();
  added.headers.add("x-amz-meta-wrong", "1");
  added.headers.add("X-Amz-Acl", "private");
  const Refusal refused = refusal(added);
  expect_refused(refused, "AccessDenied", 403,
                 "There were headers present in the request which were not signed");
  EXPECT_EQ(refused.members["HeadersNotSigned"], "x-amz-acl, x-amz-meta-wrong");
  HttpRequest url = presigned();
  url.headers.add("x-amz-meta-wrong", "1");
  EXPECT_EQ(refusal(url).members["HeadersNotSigned"], "x-amz-meta-wrong");
}

// The SDK for JavaScript puts headers that it signs into the query.
TEST(S3Authorization, TakesSignedHeadersFromTheQuery) {
  HttpRequest request = with_header("x-amz-server-side-encryption", "AES256");
  request.target += "?x-amz-server-side-encryption=AES256";
  HttpRequest url = presigned(request);
  url.headers.erase("x-amz-server-side-encryption");
  EXPECT_EQ(refusal(url).code, "accepted");
  EXPECT_EQ(refusal(replaced(url, "=AES256", "=aws:kms")).code, "SignatureDoesNotMatch");
}

TEST(S3Authorization, RefusesAMalformedPresignedUrl) {
  const HttpRequest good = presigned();
  EXPECT_EQ(refusal(good).code, "accepted");
  const char kError[] = "AuthorizationQueryParametersError";
  const std::string start = "Error parsing the X-Amz-Credential parameter; ";
  const std::string missing =
      "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
      "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.";
  for (const char* name : {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date",
                           "X-Amz-SignedHeaders", "X-Amz-Expires"})
    expect_refused(refusal(replaced(good, name, "x")), kError, 400, missing);
  expect_refused(refusal(replaced(good, "=AWS4-HMAC-SHA256", "=AWS4")), kError, 400,
                 "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"");
  expect_refused(refusal(replaced(good, "AKIAFRED%2F", "AKIAFRED%252F")), kError, 400,
                 start +
                     "the Credential is mal-formed; expecting "
                     "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
  expect_refused(refusal(replaced(good, "us-east-1", "s3")), kError, 400,
                 start + "the region 's3' is wrong; expecting 'us-east-1'");
  expect_refused(refusal(replaced(good, "Date=20150830T123600Z", "Date=2015-08-30T12:36:00Z")),
                 kError, 400,
                 "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  expect_refused(refusal(replaced(good, "FRED%2F20150830", "FRED%2F20150829")), kError, 400,
                 "Invalid credential date \"20150829\". This date is not the same as X-Amz-Date: "
                 "\"20150830\".");
  expect_refused(refusal(replaced(good, "Expires=60", "Expires=6o")), kError, 400,
                 "X-Amz-Expires should be a number");
  expect_refused(refusal(replaced(good, "Expires=60", "Expires=-1")), kError, 400,
                 "X-Amz-Expires must be non-negative");
  for (const char* expires : {"Expires=604801", "Expires=99999999999999999999"})
    expect_refused(refusal(replaced(good, "Expires=60", expires)), kError, 400,
                   "X-Amz-Expires must be less than a week (in seconds); that is, the given "
                   "X-Amz-Expires must be less than 604800 seconds");
}

TEST(S3Authorization, RefusesAPresignedUrlOutsideItsTime) {
  EXPECT_EQ(refusal(presigned(plain(), Seconds(604'800))).code, "accepted");
  EXPECT_EQ(refusal(presigned(plain(), Seconds(60), kNow - Seconds(60))).code, "accepted");
  const Refusal late = refusal(presigned(plain(), Seconds(60), kNow - Seconds(61)));
  expect_refused(late, "AccessDenied", 403, "Request has expired");
  EXPECT_EQ(late.members["X-Amz-Expires"], "60");
  EXPECT_EQ(late.members["Expires"], "2015-08-30T12:35:59Z");
  EXPECT_EQ(late.members["ServerTime"], "2015-08-30T12:36:00Z");
  EXPECT_EQ(refusal(presigned(plain(), Seconds(60), kNow + Seconds(900))).code, "accepted");
  expect_refused(refusal(presigned(plain(), Seconds(60), kNow + Seconds(901))), "AccessDenied", 403,
                 "Request is not yet valid");
}

TEST(S3Authorization, BelievesUnknownKeysOfSignatureVersion2) {
  HttpRequest header = with_header("Authorization", "AWS 111122223333:c2lnbmF0dXJl");
  header.headers.add("Date", rfc822(kNow));
  EXPECT_EQ(refusal(header).message, "111122223333");
  for (const char* date : {"Bad Date", "", "Tue, 07 Jul 1950 21:53:04 GMT"}) {
    HttpRequest bad = header;
    bad.headers.add("x-amz-date", date);
    expect_refused(refusal(bad), "AccessDenied", 403,
                   "AWS authentication requires a valid Date or x-amz-date header");
  }
  for (const char* date : {"Tue, 07 Jul 2010 21:53:04 GMT", "Tue, 07 Jul 9999 21:53:04 GMT"}) {
    HttpRequest bad = header;
    bad.headers.add("x-amz-date", date);
    EXPECT_EQ(refusal(bad).code, "RequestTimeTooSkewed");
  }
  HttpRequest url = plain();
  url.target += "?AWSAccessKeyId=111122223333&Signature=x%3D&Expires=" +
                std::to_string(kNow.time_since_epoch().count() / 1000);
  EXPECT_EQ(refusal(url).message, "111122223333");
  url.target = "/bucket/key?AWSAccessKeyId=111122223333&Signature=x&Expires=1";
  expect_refused(refusal(url), "AccessDenied", 403, "Request has expired");
  url.target = "/bucket/key?AWSAccessKeyId=111122223333&Expires=1";
  expect_refused(refusal(url), "AccessDenied", 403,
                 "Query-string authentication requires the Signature, Expires and AWSAccessKeyId "
                 "parameters");
}

// Made by botocore 1.43 (HmacV1Auth, HmacV1QueryAuth) with the key of kFred.
TEST(S3Authorization, VerifiesVersion2SignaturesOfAKnownKey) {
  struct Row {
    const char* name;
    std::string host;
    std::string target;
    Headers headers;
  };
  const Row rows[] = {
      {"in the header",
       "127.0.0.1:4566",
       "/bucket/key%20one",
       {{"Content-Type", "text/plain"},
        {"x-amz-meta-b", "two"},
        {"x-amz-meta-a", " one "},
        {"Date", "Sun, 30 Aug 2015 12:36:00 GMT"},
        {"Authorization", "AWS AKIAFRED:AltCtmI2Xpt5LPmYlkZ8qcHcrt8="}}},
      {"of a sub-resource",
       "127.0.0.1:4566",
       "/bucket/key?uploadId=a%2Fb&partNumber=2&x-id=UploadPart",
       {{"Content-MD5", "hBotaJrKa9FhFEdFPCLG/A=="},
        {"Date", "Sun, 30 Aug 2015 12:36:00 GMT"},
        {"Authorization", "AWS AKIAFRED:SEz8SDVFOqDx85RcrAF5Y1ZmBaQ="}}},
      {"of a virtual host",
       "bucket.s3.localhost:4566",
       "/key?acl",
       {{"Date", "Sun, 30 Aug 2015 12:36:00 GMT"},
        {"Authorization", "AWS AKIAFRED:S23zxmjABv4dOq1dASCpnI2D2bw="}}},
      {"of a bucket",
       "127.0.0.1:4566",
       "/bucket?acl",
       {{"Date", "Sun, 30 Aug 2015 12:36:00 GMT"},
        {"Authorization", "AWS AKIAFRED:mFoJMV4KV+ccBjGCS5mclQj34+I="}}},
      {"in the query",
       "127.0.0.1:4566",
       "/bucket/"
       "key?AWSAccessKeyId=AKIAFRED&Signature=Xpy188vOdljkrBTgtW8qdLfk9gI%3D&Expires=1440941760",
       {}},
      {"with a header of the query",
       "127.0.0.1:4566",
       "/bucket/"
       "key?response-content-type=text%2Fplain&AWSAccessKeyId=AKIAFRED&Signature="
       "fXH6ZTU3VBMHZJ4lAqW7vjh79Tg%3D&x-amz-acl=private&content-type=text%2Fplain&Expires="
       "1440941760",
       {{"Content-Type", "text/plain"}}},
  };
  for (const Row& row : rows) {
    HttpRequest request{"PUT", "http", row.host, row.target, row.headers, "body"};
    EXPECT_EQ(refusal(request).message, "111111111111") << row.name;
    EXPECT_EQ(refusal(request, false).code, "InvalidAccessKeyId") << row.name;
    request.method = "POST";
    const Refusal other = refusal(request);
    EXPECT_EQ(other.code, "SignatureDoesNotMatch") << row.name;
    EXPECT_TRUE(other.members.contains("StringToSign")) << row.name;
  }
}

TEST(S3Authorization, DoesNotKnowAnInactiveKey) {
  EXPECT_EQ(refusal(signed_request(), false).code, "InvalidAccessKeyId");
  EXPECT_EQ(refusal(presigned(), false).code, "InvalidAccessKeyId");
}

TEST(WrongRegion, NamesBothRegionsAndThatOfTheBucket) {
  const AwsError error = wrong_region(signed_request(), "eu-west-1");
  EXPECT_EQ(error.code(), "AuthorizationHeaderMalformed");
  EXPECT_EQ(error.message(),
            "The authorization header is malformed; the region 'us-east-1' is wrong; expecting "
            "'eu-west-1'");
  EXPECT_EQ(error.members()["Region"], "eu-west-1");
  EXPECT_EQ(wrong_region(presigned(), "eu-west-1").code(), "AuthorizationQueryParametersError");
}

}  // namespace
}  // namespace cloudchamber::mock

#include "mock-server/authorize/authorize.h"

#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "mock-server/authorize/request_signatures.h"
#include "sdk/codec/timestamps.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber::mock {
namespace {

const TimePoint kNow = *parse_timestamp("20150830T123600Z");
const Credentials kFred{"AKIAFRED", "fred's secret"};
const Credentials kRole{"ASIAROLE", "the role's secret", "the role's token"};

KnownCredentials known() {
  KnownCredentials table;
  table.by_access_key_id.put(
      "AKIAFRED",
      {"fred's secret", "", "111111111111", "arn:aws:iam::111111111111:user/fred", "AIDAFRED", {}});
  table.by_access_key_id.put("ASIAROLE", {"the role's secret", "the role's token", "111111111111",
                                          "arn:aws:sts::111111111111:assumed-role/role/session",
                                          "AROAROLE:session", kNow + Seconds(900)});
  return table;
}

// A service as far as authorization sees it, and a request that suits it.
struct Spoken {
  const char* model;
  SigningScope scope;
  HttpRequest request;
};

Spoken dynamodb() {
  HttpRequest request{"POST", "http", "127.0.0.1:4566", "/", {}, "{}"};
  request.headers.add("Content-Type", "application/x-amz-json-1.0");
  request.headers.add("X-Amz-Target", "DynamoDB_20120810.ListTables");
  return {"dynamodb", {"us-east-1", "dynamodb"}, request};
}
Spoken sts() {
  return {
      "sts",
      {"us-east-1", "sts"},
      {"POST", "http", "127.0.0.1:4566", "/", {}, "Action=GetCallerIdentity&Version=2011-06-15"}};
}
Spoken sqs() {
  return {"sqs", {"us-east-1", "sqs"}, {"POST", "http", "127.0.0.1:4566", "/", {}, "{}"}};
}
Spoken s3() {
  return {"s3", {"us-east-1", "s3"}, {"PUT", "http", "127.0.0.1:4566", "/bucket/key", {}, "body"}};
}

HttpRequest signed_by(const Credentials& credentials, const Spoken& spoken, TimePoint at = kNow) {
  SigningKeys keys;
  HttpRequest request = spoken.request;
  sign(request, credentials, spoken.scope, at, keys);
  return request;
}

HttpRequest presigned_by(const Credentials& credentials, const Spoken& spoken, TimePoint at = kNow,
                         Seconds expires_in = Seconds(60)) {
  SigningKeys keys;
  HttpRequest request = spoken.request;
  presign(request, credentials, spoken.scope, at, expires_in, keys);
  return request;
}

Signer authorize(const Spoken& spoken, const HttpRequest& request, bool strict = false) {
  return RequestSignatures(strict).check(
      {.request = request, .service = *find_model(spoken.model), .known = known(), .now = kNow});
}

struct Refusal {
  std::string code, message;
  int status = 0;
  Json members;
};

Refusal refusal(const Spoken& spoken, const HttpRequest& request, bool strict = false) {
  try {
    const Signer got = authorize(spoken, request, strict);
    return {"accepted", got.principal.arn, 0, {}};
  } catch (const AwsError& error) {
    return {error.code(), error.message(), error.status(), error.members()};
  }
}

HttpRequest replaced(HttpRequest request, std::string_view in_authorization, std::string_view by) {
  std::string text(request.headers.get("Authorization"));
  const std::size_t at = text.find(in_authorization);
  EXPECT_NE(at, std::string::npos) << in_authorization;
  text.replace(at, in_authorization.size(), by);
  request.headers.set("Authorization", text);
  return request;
}

void expect_refused(const Refusal& got, const std::string& code, int status,
                    const std::string& message) {
  EXPECT_EQ(got.code, code);
  EXPECT_EQ(got.status, status) << got.code;
  EXPECT_EQ(got.message, message);
}

TEST(Authorize, GivesThePrincipalOfAKnownKey) {
  for (const Spoken& spoken : {dynamodb(), sts(), sqs(), s3()}) {
    for (const HttpRequest& request : {signed_by(kFred, spoken), presigned_by(kFred, spoken)}) {
      const Signer got = authorize(spoken, request, true);
      EXPECT_EQ(got.principal.account, "111111111111");
      EXPECT_EQ(got.principal.arn, "arn:aws:iam::111111111111:user/fred");
      EXPECT_EQ(got.principal.user_id, "AIDAFRED");
      EXPECT_EQ(got.principal.access_key_id, "AKIAFRED");
      EXPECT_FALSE(got.principal.anonymous);
    }
    EXPECT_EQ(authorize(spoken, signed_by(kRole, spoken)).principal.user_id, "AROAROLE:session");
  }
}

TEST(Authorize, BelievesAnUnknownKeyUnlessStrict) {
  Spoken spoken = dynamodb();
  spoken.scope.region = "eu-central-1";
  const Signer got = authorize(spoken, signed_by({"test", "test"}, spoken));
  EXPECT_EQ(got.principal.account, "123456789012");
  EXPECT_EQ(got.principal.arn, "arn:aws:iam::123456789012:root");
  const HttpRequest request = signed_by({"222222222222", "x", "any token"}, spoken);
  EXPECT_EQ(authorize(spoken, request).principal.account, "222222222222");
  EXPECT_EQ(authorize(spoken, signed_by({"22222222222x", "x"}, spoken)).principal.account,
            "123456789012");

  expect_refused(refusal(dynamodb(), signed_by({"test", "test"}, dynamodb()), true),
                 "UnrecognizedClientException", 400,
                 "The security token included in the request is invalid.");
  expect_refused(refusal(sts(), signed_by({"test", "test"}, sts()), true), "InvalidClientTokenId",
                 403, "The security token included in the request is invalid.");
  expect_refused(refusal(sqs(), signed_by({"test", "test"}, sqs()), true),
                 "UnrecognizedClientException", 403,
                 "The security token included in the request is invalid.");
  const Refusal unknown = refusal(s3(), signed_by({"test", "test"}, s3()), true);
  expect_refused(unknown, "InvalidAccessKeyId", 403,
                 "The AWS Access Key Id you provided does not exist in our records.");
  EXPECT_EQ(unknown.members["AWSAccessKeyId"], "test");
}

TEST(Authorize, TakesUnsignedRequestsWhereAwsDoes) {
  EXPECT_TRUE(authorize(s3(), s3().request).principal.anonymous);
  HttpRequest empty = s3().request;
  empty.headers.add("Authorization", "");
  EXPECT_TRUE(authorize(s3(), empty).principal.anonymous);
  expect_refused(refusal(dynamodb(), dynamodb().request), "MissingAuthenticationTokenException",
                 400, "Request is missing Authentication Token");
  expect_refused(refusal(sts(), sts().request), "MissingAuthenticationToken", 403,
                 "Request is missing Authentication Token");
  const auto model = find_model("sts");
  const Signer anyone =
      RequestSignatures().check({.request = sts().request,
                                 .service = *model,
                                 .operation = model->find_operation("AssumeRoleWithWebIdentity"),
                                 .known = known(),
                                 .now = kNow});
  EXPECT_TRUE(anyone.principal.anonymous);
  const Spoken old_sqs{"sqs.query", {"us-east-1", "sqs"}, sqs().request};
  expect_refused(refusal(old_sqs, old_sqs.request), "AccessDenied", 403,
                 "Access to the resource http://127.0.0.1:4566/ is denied.");
}

TEST(Authorize, RefusesAWrongSignatureAndSaysWhatShouldHaveBeenSigned) {
  const Refusal json = refusal(dynamodb(), signed_by({"AKIAFRED", "guess"}, dynamodb()));
  EXPECT_EQ(json.code, "InvalidSignatureException");
  EXPECT_EQ(json.status, 400);
  EXPECT_TRUE(json.message.starts_with(
      "The request signature we calculated does not match the signature you provided. Check your "
      "AWS Secret Access Key and signing method. Consult the service documentation for details."))
      << json.message;
  EXPECT_NE(json.message.find("The Canonical String for this request should have been\n'POST\n/\n"),
            std::string::npos);
  const Refusal query = refusal(sts(), signed_by({"AKIAFRED", "guess"}, sts()));
  EXPECT_EQ(query.code, "SignatureDoesNotMatch");
  EXPECT_EQ(query.status, 403);
  const Refusal rest = refusal(s3(), signed_by({"AKIAFRED", "guess"}, s3()));
  expect_refused(rest, "SignatureDoesNotMatch", 403,
                 "The request signature we calculated does not match the signature you provided. "
                 "Check your key and signing method.");
  EXPECT_EQ(rest.members["AWSAccessKeyId"], "AKIAFRED");
  EXPECT_TRUE(
      rest.members["StringToSign"].get<std::string>().starts_with("AWS4-HMAC-SHA256\n2015"));
  EXPECT_TRUE(rest.members["StringToSignBytes"].get<std::string>().starts_with("41 57 53 34 2d"));
  EXPECT_TRUE(
      rest.members["CanonicalRequest"].get<std::string>().starts_with("PUT\n/bucket/key\n"));
  EXPECT_EQ(rest.members["SignatureProvided"].get<std::string>().size(), 64U);
}

TEST(Authorize, ExplainsAMistakeInTheSigningInAHeader) {
  HttpRequest request = s3().request;
  request.host = "127.0.0.1";
  SigningKeys keys;
  sign(request, kFred, s3().scope, kNow, keys);
  request.host = "127.0.0.1:4566";
  try {
    static_cast<void>(authorize(s3(), request));
    FAIL();
  } catch (const AwsError& error) {
    EXPECT_EQ(error.headers().get("x-chamber-explanation"),
              "header host: it was signed without its port");
  }
}

TEST(Authorize, ChecksTheSessionTokenOfATemporaryKey) {
  const Credentials without{"ASIAROLE", "the role's secret"};
  const Credentials wrong{"ASIAROLE", "the role's secret", "another token"};
  for (const Credentials& credentials : {without, wrong}) {
    expect_refused(refusal(dynamodb(), signed_by(credentials, dynamodb())),
                   "UnrecognizedClientException", 400,
                   "The security token included in the request is invalid.");
  }
  EXPECT_EQ(refusal(s3(), signed_by(without, s3())).code, "InvalidAccessKeyId");
  expect_refused(refusal(s3(), signed_by(wrong, s3())), "InvalidToken", 400,
                 "The provided token is malformed or otherwise invalid.");
}

TEST(Authorize, RefusesAnExpiredKeyFromTheMomentItExpires) {
  const auto code_at = [](const Spoken& spoken, TimePoint time) {
    try {
      static_cast<void>(RequestSignatures().check({.request = signed_by(kRole, spoken, time),
                                                   .service = *find_model(spoken.model),
                                                   .known = known(),
                                                   .now = time}));
      return std::string("accepted");
    } catch (const AwsError& error) {
      return error.code() + ": " + error.message();
    }
  };
  for (const Spoken& spoken : {dynamodb(), sts(), s3()})
    EXPECT_EQ(code_at(spoken, kNow + Seconds(899)), "accepted");
  EXPECT_EQ(code_at(dynamodb(), kNow + Seconds(900)),
            "ExpiredTokenException: The security token included in the request is expired");
  EXPECT_EQ(code_at(sts(), kNow + Seconds(900)),
            "ExpiredToken: The security token included in the request is expired");
  EXPECT_EQ(code_at(s3(), kNow + Seconds(900)), "ExpiredToken: The provided token has expired.");
}

TEST(Authorize, AllowsClocksToDifferByFifteenMinutes) {
  const Seconds quarter(900);
  EXPECT_EQ(refusal(dynamodb(), signed_by(kFred, dynamodb(), kNow - quarter)).code, "accepted");
  EXPECT_EQ(refusal(dynamodb(), signed_by(kFred, dynamodb(), kNow + quarter)).code, "accepted");
  expect_refused(refusal(dynamodb(), signed_by(kFred, dynamodb(), kNow - quarter - Seconds(1))),
                 "InvalidSignatureException", 400,
                 "Signature expired: 20150830T122059Z is now earlier than 20150830T122100Z "
                 "(20150830T123600Z - 15 min.)");
  expect_refused(refusal(sts(), signed_by(kFred, sts(), kNow + quarter + Seconds(1))),
                 "SignatureDoesNotMatch", 403,
                 "Signature not yet current: 20150830T125101Z is still later than "
                 "20150830T125100Z (20150830T123600Z + 15 min.)");
  expect_refused(refusal(sqs(), signed_by(kFred, sqs(), kNow - Seconds(301))),
                 "InvalidSignatureException", 403,
                 "Signature expired: 20150830T123059Z is now earlier than 20150830T123100Z "
                 "(20150830T123600Z - 5 min.)");
  EXPECT_EQ(refusal(s3(), signed_by(kFred, s3(), kNow - quarter)).code, "accepted");
  for (const Seconds off : {-quarter - Seconds(1), quarter + Seconds(1)}) {
    const Refusal skewed = refusal(s3(), signed_by(kFred, s3(), kNow + off));
    expect_refused(skewed, "RequestTimeTooSkewed", 403,
                   "The difference between the request time and the current time is too large.");
    EXPECT_EQ(skewed.members["ServerTime"], "2015-08-30T12:36:00Z");
    EXPECT_EQ(skewed.members["MaxAllowedSkewMilliseconds"], "900000");
  }
}

TEST(Authorize, TakesSignaturesByTheClockOutsideTheWorldToo) {
  const auto accepted = [](TimePoint signed_at) {
    try {
      static_cast<void>(RequestSignatures().check({.request = signed_by(kFred, s3(), signed_at),
                                                   .service = *find_model("s3"),
                                                   .known = known(),
                                                   .now = kNow + std::chrono::hours(24),
                                                   .signers_now = kNow}));
      return true;
    } catch (const AwsError&) {
      return false;
    }
  };
  EXPECT_TRUE(accepted(kNow));
  EXPECT_TRUE(accepted(kNow + std::chrono::hours(24)));
  EXPECT_FALSE(accepted(kNow + std::chrono::hours(12)));
  EXPECT_FALSE(accepted(kNow + std::chrono::hours(25)));
}

TEST(Authorize, RefusesAMalformedSignatureInTheOrderOfDynamoDB) {
  const HttpRequest good = signed_by(kFred, dynamodb());
  const auto with_authorization = [&](const std::string& value) {
    HttpRequest request = good;
    request.headers.set("Authorization", value);
    return refusal(dynamodb(), request);
  };
  HttpRequest both = good;
  both.target = "/?X-Amz-Algorithm=x";
  expect_refused(refusal(dynamodb(), both), "InvalidSignatureException", 400,
                 "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP "
                 "header.");
  expect_refused(with_authorization("Bearer x"), "MissingAuthenticationTokenException", 400,
                 "Request is missing Authentication Token");
  expect_refused(
      with_authorization("AWS4-HMAC-SHA256 Credential= key/2015/r/s/t, SignedHeaders=host"),
      "IncompleteSignatureException", 400,
      "'key/2015/r/s/t' not a valid key=value pair (missing equal-sign) in Authorization header: "
      "'AWS4-HMAC-SHA256 Credential= key/2015/r/s/t, SignedHeaders=host'.");
  expect_refused(with_authorization("AWS4-HMAC-SHA256 SignedHeaders=host"),
                 "IncompleteSignatureException", 400,
                 "Authorization header requires 'Credential' parameter. Authorization header "
                 "requires 'Signature' parameter. Authorization=AWS4-HMAC-SHA256 "
                 "SignedHeaders=host");
  HttpRequest undated = good;
  undated.headers.erase("X-Amz-Date");
  EXPECT_EQ(refusal(dynamodb(), undated).message,
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
            "Authorization=" +
                std::string(good.headers.get("Authorization")));
  HttpRequest misdated = good;
  misdated.headers.set("X-Amz-Date", "201");
  expect_refused(refusal(dynamodb(), misdated), "IncompleteSignatureException", 400,
                 "Date must be in ISO-8601 'basic format'. Got '201'. See "
                 "http://en.wikipedia.org/wiki/ISO_8601");
  expect_refused(refusal(dynamodb(), replaced(good, "content-type;host;", "content-type;")),
                 "InvalidSignatureException", 400,
                 "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  expect_refused(refusal(dynamodb(), replaced(good, "content-type;host;", "accept;host;")),
                 "IncompleteSignatureException", 400,
                 "'accept' is named as a SignedHeader, but it does not exist in the HTTP request.");
  expect_refused(
      refusal(dynamodb(), replaced(good, "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA25")),
      "IncompleteSignatureException", 400,
      "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA25' (only AWS4-HMAC-SHA256 for now). ");
  expect_refused(refusal(dynamodb(), replaced(good, "/aws4_request", "")),
                 "IncompleteSignatureException", 400,
                 "Credential must have exactly 5 slash-delimited elements, e.g. "
                 "keyid/date/region/service/term, got 'AKIAFRED/20150830/us-east-1/dynamodb'");
  expect_refused(
      refusal(dynamodb(),
              replaced(good, "20150830/us-east-1/dynamodb/aws4_request", "b/us-east-1/sqs/e")),
      "InvalidSignatureException", 400,
      "Credential should be scoped to correct service: 'dynamodb'. Credential should be "
      "scoped with a valid terminator: 'aws4_request', not 'e'. Date in Credential scope "
      "does not match YYYYMMDD from ISO-8601 version of date from HTTP: 'b' != "
      "'20150830', from '20150830T123600Z'. ");
  HttpRequest bare = dynamodb().request;
  bare.target = "/?X-Amz-Credential=x&X-Amz-Date=20150830T123600Z";
  expect_refused(refusal(dynamodb(), bare), "IncompleteSignatureException", 400,
                 "AWS query-string parameters must include 'X-Amz-Algorithm'. AWS query-string "
                 "parameters must include 'X-Amz-Signature'. AWS query-string parameters must "
                 "include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters.");
}

// As Scylla's test suite for DynamoDB sends it: the times are looked at before the key.
TEST(Authorize, SeesTheTimesOfAnUnknownKeysSignature) {
  HttpRequest request = dynamodb().request;
  request.headers.add("Authorization",
                      "AWS4-HMAC-SHA256 Credential=cassandra/2/3/4/aws4_request "
                      "SignedHeaders=x-amz-date;host Signature=123");
  request.headers.add("X-Amz-Date", "20110101T010101Z");
  const Refusal expired = refusal(dynamodb(), request);
  EXPECT_EQ(expired.code, "InvalidSignatureException");
  EXPECT_TRUE(expired.message.starts_with("Signature expired: 20110101T010101Z is now earlier"));
  request.headers.set("X-Amz-Date", "30200101T010101Z");
  EXPECT_TRUE(refusal(dynamodb(), request).message.starts_with("Signature not yet current"));
}

TEST(Authorize, TakesADateHeaderInPlaceOfXAmzDate) {
  // What another signer would have signed: the Date header, not X-Amz-Date.
  HttpRequest other = dynamodb().request;
  other.headers.add("Date", "Sun, 30 Aug 2015 12:36:00 GMT");
  const auto claim = [&](const std::string& signature) {
    return "AWS4-HMAC-SHA256 Credential=AKIAFRED/20150830/us-east-1/dynamodb/aws4_request, "
           "SignedHeaders=date;host, Signature=" +
           signature;
  };
  other.headers.add("Authorization", claim("0"));
  SigningKeys keys;
  const Verification wanted = verify(other, *find_claim(other), kFred.secret_access_key, keys,
                                     payload_claim(other, *find_claim(other)));
  EXPECT_NE(wanted.expected.string_to_sign.find("\n20150830T123600Z\n"), std::string::npos);
  other.headers.set("Authorization", claim(wanted.expected.hex));
  EXPECT_EQ(refusal(dynamodb(), other).code, "accepted");
}

TEST(RegionOf, IsThatOfTheSignatureElseOfTheHost) {
  Spoken spoken = s3();
  spoken.scope.region = "eu-west-3";
  EXPECT_EQ(region_of(signed_by(kFred, spoken)), "eu-west-3");
  EXPECT_EQ(region_of(presigned_by(kFred, spoken)), "eu-west-3");
  HttpRequest unsigned_one = s3().request;
  EXPECT_EQ(region_of(unsigned_one), "us-east-1");
  unsigned_one.host = "sqs.ap-southeast-2.amazonaws.com";
  EXPECT_EQ(region_of(unsigned_one), "ap-southeast-2");
}

// A clock that stands still.
class StoppedClock : public Clock {
 public:
  explicit StoppedClock(TimePoint now) : now_(now) {}
  [[nodiscard]] TimePoint now() const override { return now_; }
  bool wait_until(TimePoint, Signal*) override { return false; }

 private:
  TimePoint now_;
};

TEST(Authorizer, KnowsTheKeysOfItsWorldAndTakesTheFramingOff) {
  World world(std::make_shared<StoppedClock>(kNow), 1);
  Transaction transaction = world.begin();
  transaction.write<KnownCredentials>({}, {}) = known();
  transaction.commit();
  const auto model = find_model("s3");
  const Operation& put_object = *model->find_operation("PutObject");
  HttpRequest request = s3().request;
  request.headers.add("X-Amz-Decoded-Content-Length", "4");
  SigningKeys keys;
  ChunkSigner chunks(sign(request, kFred, s3().scope, kNow, keys, kStreamingPayload));
  request.body = encode_aws_chunked(Blob("body"), &chunks);

  const Authorizer authorizer(world);
  HttpRequest head = request;
  head.body = Blob();
  EXPECT_EQ(authorizer.authorize_head(head, *model, put_object, kNow).user_id, "AIDAFRED");
  HttpRequest forged = request;
  forged.body = "4;chunk-signature=00\r\nbody\r\n0;chunk-signature=00\r\n\r\n";
  EXPECT_THROW(static_cast<void>(authorizer.authorize(forged, *model, put_object, kNow)), AwsError);
  EXPECT_EQ(authorizer.authorize(request, *model, put_object, kNow).user_id, "AIDAFRED");
  EXPECT_EQ(request.body, Blob("body"));
}

TEST(AuthorizeHead, ChecksWhatTheBodyDoesNotSign) {
  const auto head_of = [](HttpRequest request) {
    request.body = Blob();
    return request;
  };
  const auto accepted = [](const Spoken& spoken, const HttpRequest& head) {
    try {
      static_cast<void>(RequestSignatures().check({.request = head,
                                                   .service = *find_model(spoken.model),
                                                   .known = known(),
                                                   .now = kNow,
                                                   .with_body = false}));
      return true;
    } catch (const AwsError&) {
      return false;
    }
  };
  const Credentials guess{"AKIAFRED", "guess"};
  EXPECT_TRUE(accepted(s3(), head_of(signed_by(kFred, s3()))));
  EXPECT_FALSE(accepted(s3(), head_of(signed_by(guess, s3()))));
  // The others' signature is over the body.
  EXPECT_TRUE(accepted(dynamodb(), head_of(signed_by(kFred, dynamodb()))));
  EXPECT_TRUE(accepted(dynamodb(), head_of(signed_by(guess, dynamodb()))));
  EXPECT_FALSE(accepted(dynamodb(), head_of(signed_by(kFred, dynamodb(), kNow - Seconds(901)))));
  // A signed length that the transport has not handed on can't be checked.
  Spoken with_length = s3();
  with_length.request.headers.add("Content-Length", "4");
  HttpRequest head = head_of(signed_by(kFred, with_length));
  EXPECT_TRUE(accepted(s3(), head));
  head.headers.erase("Content-Length");
  EXPECT_TRUE(accepted(s3(), head));
}

}  // namespace
}  // namespace cloudchamber::mock

// Browsers' uploads, preflights and CORS headers.
#include "mock-server/services/s3/hooks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock-server/services/s3/bucket.h"
#include "mock-server/services/s3/form_data.h"
#include "mock-server/services/s3/post_policy.h"
#include "mock-server/state/credentials.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "tests/mock-server/services/s3/s3_world.h"

namespace cloudchamber::mock::s3 {
namespace {

constexpr const char* kKeyId = "AKIDEXAMPLE";
constexpr const char* kSecret = "secret";

std::string form(const Pairs& fields, const std::string& file = "content") {
  std::string body;
  for (const auto& [name, value] : fields) {
    body +=
        "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }
  return body +
         "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
         "Content-Type: text/plain\r\n\r\n" +
         file + "\r\n--XX--\r\n";
}

TEST(FormData, HasFieldsAndAFile) {
  const FormData data = parse_form(Blob(form({{"Key", "k"}, {"b", "1\r\n2"}}, "x--XXy")), "XX");
  EXPECT_EQ(*data.find("key"), "k");
  EXPECT_EQ(*data.find("b"), "1\r\n2");
  EXPECT_EQ(data.file.to_string(), "x--XXy");
  EXPECT_EQ(data.file_name, "a.txt");
  EXPECT_EQ(form_boundary("multipart/form-data; boundary=XX"), "XX");
  EXPECT_EQ(form_boundary("multipart/form-data; boundary=\"X X\""), "X X");
  EXPECT_EQ(form_boundary("application/x-www-form-urlencoded"), std::nullopt);
}

TEST(FormData, ThatIsMalformedIsRefused) {
  for (const char* body : {"", "--XX", "--XX\r\n", "--XX\r\nno colon\r\n\r\nx\r\n--XX--", "--YY--",
                           "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end"}) {
    EXPECT_THROW(static_cast<void>(parse_form(Blob(body), "XX")), AwsError) << body;
  }
  const std::string big = form({{"a", std::string(21 * 1024, 'x')}});
  EXPECT_THROW(static_cast<void>(parse_form(Blob(big), "XX")), AwsError);
}

TEST(PostPolicy, MustBeMetByEveryField) {
  const FormData data =
      parse_form(Blob(form({{"key", "user/a"}, {"Content-Type", "text/plain"}})), "XX");
  const TimePoint now(Seconds(1'767'225'600));
  const std::string in_time = R"("expiration":"2026-01-02T00:00:00Z")";
  const std::string rest = R"(["starts-with","$Content-Type","text/"])";
  const struct {
    std::string policy;
    const char* code;
  } rows[] = {
      {"{" + in_time + R"(,"conditions":[{"bucket":"b"},["eq","$key","user/a"],)" + rest + "]}",
       ""},
      {"{" + in_time + R"(,"conditions":[["starts-with","$key",""],)" + rest + "]}", ""},
      {"{" + in_time + R"(,"conditions":[["starts-with","$key","other/"],)" + rest + "]}",
       "AccessDenied"},
      {"{" + in_time + R"(,"conditions":[["eq","$key","user/a"]]})", "AccessDenied"},
      {"{" + in_time + R"(,"conditions":[{"bucket":"c"},["eq","$key","user/a"],)" + rest + "]}",
       "AccessDenied"},
      {"{" + in_time + R"(,"conditions":[["content-length-range",8,9],)" + rest + "]}",
       "EntityTooSmall"},
      {"{" + in_time + R"(,"conditions":[["content-length-range",0,6],)" + rest + "]}",
       "EntityTooLarge"},
      {"{" + in_time + R"(,"conditions":[["content-length-range",7,7],["eq","$key","user/a"],)" +
           rest + "]}",
       ""},
      {"{" + in_time + R"(,"conditions":[["content-length-range",0]]})", "InvalidPolicyDocument"},
      {R"({"expiration":"2026-01-01T00:00:00Z","conditions":[]})", "AccessDenied"},
      {R"({"conditions":[]})", "InvalidPolicyDocument"},
      {"{" + in_time + "}", "InvalidPolicyDocument"},
      {"{" + in_time + R"(,"conditions":[{}]})", "InvalidPolicyDocument"},
      {"not JSON", "InvalidPolicyDocument"},
  };
  for (const auto& row : rows) {
    std::string code;
    try {
      check_post_policy(base64_encode(row.policy), data, "b", now);
    } catch (const AwsError& error) {
      code = error.code();
    }
    EXPECT_EQ(code, row.code) << row.policy;
  }
}

class Hooks : public ::testing::Test {
 protected:
  Hooks() {
    s3.make_bucket();
    Transaction transaction = s3.world().begin();
    transaction.write<KnownCredentials>(kOwner, "")
        .by_access_key_id.put(kKeyId, Credential{.secret_access_key = kSecret,
                                                 .account = kOwner,
                                                 .arn = "arn:aws:iam::111111111111:root",
                                                 .user_id = kOwner});
    transaction.commit();
  }
  ServiceHooks::Exchange exchange(const HttpRequest& request) {
    return {.request = request,
            .target = request.target,
            .operation = nullptr,
            .region = region_,
            .request_id = request_id_,
            .world = s3.world(),
            .dispatcher = s3.dispatcher(),
            .strict = true};
  }
  HttpResponse post(const Pairs& fields) {
    const HttpRequest request{.method = "POST",
                              .host = "h",
                              .target = "/bucket",
                              .headers = {{"Content-Type", "multipart/form-data; boundary=XX"}},
                              .body = form(fields)};
    return hooks_.answer(exchange(request)).value();
  }
  S3World s3{{.legacy_acls = true}};
  const ServiceHooks hooks_ = make_hooks();
  const std::string region_ = "us-east-1";
  const std::string request_id_ = "REQUEST";
};
using PostObject = Hooks;
using Preflight = Hooks;

TEST_F(PostObject, PutsAFileThatASignedPolicyAllows) {
  const std::string policy = base64_encode(
      R"({"expiration":"2026-01-02T00:00:00Z","conditions":[["starts-with","$key","up/"],)"
      R"(["starts-with","$success_action_status",""]]})");
  Pairs fields = {{"key", "up/${filename}"},
                  {"AWSAccessKeyId", kKeyId},
                  {"policy", policy},
                  {"signature", base64_encode(hmac_sha1(kSecret, policy))},
                  {"success_action_status", "201"}};
  const HttpResponse created = post(fields);
  EXPECT_EQ(created.status, 201);
  EXPECT_THAT(created.body.to_string(), ::testing::HasSubstr("<Key>up/a.txt</Key>"));
  EXPECT_EQ(s3.get("up/a.txt"), "content");
  fields[3].second = "wrong";
  EXPECT_THROW(static_cast<void>(post(fields)), AwsError);
  fields[1].second = "AKIDNOBODY";
  EXPECT_THROW(static_cast<void>(post(fields)), AwsError);
}

TEST_F(PostObject, OfNobodyNeedsABucketThatLetsHim) {
  EXPECT_THROW(static_cast<void>(post({{"key", "a"}})), AwsError);
  s3("PutBucketAcl", {{"Bucket", "bucket"}, {"ACL", "public-read-write"}});
  const HttpResponse put = post({{"key", "a"}});
  EXPECT_EQ(put.status, 204);
  EXPECT_EQ(put.headers.get("Location"), "https://h/bucket/a");
}

TEST_F(Preflight, IsAnsweredByTheRulesOfTheBucket) {
  const auto options = [&](Headers headers, const char* target = "/bucket/key") {
    const HttpRequest request{.method = "OPTIONS", .target = target, .headers = std::move(headers)};
    return hooks_.answer(exchange(request)).value();
  };
  const auto code = [&](Headers headers, const char* target = "/bucket/key") {
    try {
      return std::to_string(options(std::move(headers), target).status);
    } catch (const AwsError& error) {
      return error.code();
    }
  };
  const Headers asks = {{"Origin", "a.example"}, {"Access-Control-Request-Method", "PUT"}};
  EXPECT_EQ(code({}), "BadRequest");
  EXPECT_EQ(code(asks), "AccessForbidden");
  EXPECT_EQ(code(asks, "/nowhere"), "AccessForbidden");
  s3("PutBucketCors",
     {{"Bucket", "bucket"},
      {"CORSConfiguration",
       {{"CORSRules",
         Json::array({{{"AllowedOrigins", {"*.example"}}, {"AllowedMethods", {"PUT"}}}})}}}});
  EXPECT_EQ(options(asks).headers.get("Access-Control-Allow-Origin"), "a.example");
  EXPECT_EQ(code({{"Origin", "a.example"}}), "BadRequest");
  EXPECT_EQ(code({{"Origin", "other"}, {"Access-Control-Request-Method", "PUT"}}),
            "AccessForbidden");

  const HttpRequest put{
      .method = "PUT", .target = "/bucket/key", .headers = {{"Origin", "b.example"}}};
  HttpResponse response;
  hooks_.finish(exchange(put), response);
  EXPECT_EQ(response.headers.get("Access-Control-Allow-Origin"), "b.example");
}

}  // namespace
}  // namespace cloudchamber::mock::s3

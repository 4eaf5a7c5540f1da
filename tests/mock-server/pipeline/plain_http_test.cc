#include "mock-server/plain_http.h"

#include <gtest/gtest.h>

#include <string>

namespace cloudchamber::mock {
namespace {

HttpRequest request_of(const std::string& method, const std::string& target, Headers headers = {}) {
  HttpRequest request;
  request.method = method;
  request.host = "localhost:4566";
  request.target = target;
  request.headers = std::move(headers);
  return request;
}

TEST(Health, IsToldToWhoAsksPlainly) {
  const auto answer = answer_plainly(request_of("GET", "/"));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body.to_string(), "healthy: localhost:4566\n");
}

TEST(Health, IsNotWhatSdksAskFor) {
  EXPECT_FALSE(answer_plainly(request_of("GET", "/", {{"amz-sdk-invocation-id", "x"}})));
  EXPECT_FALSE(answer_plainly(request_of("GET", "/", {{"Authorization", "AWS4-HMAC-SHA256 x"}})));
  EXPECT_FALSE(answer_plainly(request_of("GET", "/?Action=ListQueues")));
  EXPECT_FALSE(answer_plainly(request_of("GET", "/abc")));
  EXPECT_FALSE(answer_plainly(request_of("POST", "/")));
  HttpRequest bucket = request_of("GET", "/");
  bucket.host = "bucket.s3.localhost:4566";
  EXPECT_FALSE(answer_plainly(bucket));
}

TEST(Cors, AllowsEveryOriginWhatItAsksFor) {
  const auto answer =
      answer_plainly(request_of("OPTIONS", "/",
                                {{"Origin", "http://example.com"},
                                 {"Access-Control-Request-Method", "dog"},
                                 {"Access-Control-Request-Headers", "cat, mouse"}}));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->headers.get("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(answer->headers.get("Access-Control-Allow-Methods"), "dog");
  EXPECT_EQ(answer->headers.get("Access-Control-Allow-Headers"), "cat, mouse");
  EXPECT_EQ(answer->headers.get("Access-Control-Max-Age"), "172800");
}

TEST(Cors, IsSilentWhereNoOriginAsks) {
  const auto answer = answer_plainly(request_of("OPTIONS", "/"));
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->headers.empty());
}

TEST(Cors, IsLeftToTheBucketsOfS3) {
  EXPECT_FALSE(answer_plainly(request_of("OPTIONS", "/bucket/key", {{"Origin", "x"}})));
}

}  // namespace
}  // namespace cloudchamber::mock

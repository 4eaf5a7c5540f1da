#include "recordings/bind/resend.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "recordings/bind/bindings.h"

namespace cloudchamber::recordings {
namespace {

HttpRequest resent(const std::string& target) {
  const HttpRequest recorded{"PUT", "https", "b.s3.amazonaws.com", target, {}, Blob("content")};
  const std::optional<Understood> call = Understanding().understood(recorded);
  EXPECT_TRUE(call) << target;
  return Resender("123456789012").resend(recorded, *call, Bindings(), TimePoint());
}

// Recorders take away the signature, the credential, or both.
TEST(Resender, SignsASignedUrlAnewWhateverIsLeftOfItsSignature) {
  for (const char* const left :
       {"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=CLEARED&X-Amz-SignedHeaders=host",
        "X-Amz-Signature=s", "AWSAccessKeyId=A&Signature=s"}) {
    const HttpRequest request = resent(std::string("/k?") + left + "&x-id=PutObject");
    EXPECT_EQ(request.target, "/k?x-id=PutObject");
    EXPECT_TRUE(request.headers.contains("Authorization")) << left;
  }
  EXPECT_FALSE(resent("/k?x-id=PutObject").headers.contains("Authorization"));
}

TEST(Resender, SendsAsHeadersWhatASignedUrlHasInTheirPlace) {
  const HttpRequest request = resent("/k?X-Amz-Signature=s&X-Amz-Acl=private");
  EXPECT_EQ(request.headers.get("x-amz-acl"), "private");
}

}  // namespace
}  // namespace cloudchamber::recordings

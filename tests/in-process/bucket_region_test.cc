// Where S3 says in which region a bucket is: go-cloud's s3-2026 and cloud-custodian's recordings.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "cloudchamber/client.h"
#include "cloudchamber/session.h"
#include "mock-server/mock_aws.h"

namespace cloudchamber {
namespace {

class BucketRegion : public testing::Test {
 protected:
  BucketRegion() {
    ClientOptions options;
    options.region_name = "us-west-2";
    aws_.session()
        .client("s3", options)
        .call("CreateBucket",
              {{"Bucket", "films"},
               {"CreateBucketConfiguration", {{"LocationConstraint", "us-west-2"}}}});
  }

  // Not signed.
  [[nodiscard]] HttpResponse send(const std::string& method, const std::string& host,
                                  const std::string& target) const {
    HttpRequest request;
    request.method = method;
    request.host = host;
    request.target = target;
    return aws_.handle(request);
  }

  mock::MockAws aws_;
};

TEST_F(BucketRegion, IsToldByListings) {
  const Client s3 = aws_.session().client("s3");
  for (const char* operation : {"ListObjects", "ListObjectsV2"}) {
    const Json result = s3.call(operation, {{"Bucket", "films"}});
    const Json& headers = result.at("ResponseMetadata").at("HTTPHeaders");
    EXPECT_EQ(headers.value("x-amz-bucket-region", ""), "us-west-2") << operation;
  }
}

TEST_F(BucketRegion, IsToldEvenToWhomIsRefused) {
  const HttpResponse refused = send("HEAD", "s3.us-west-2.amazonaws.com", "/films");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.headers.get("x-amz-bucket-region"), "us-west-2");
  const HttpResponse listing = send("GET", "s3.us-west-2.amazonaws.com", "/films");
  EXPECT_EQ(listing.status, 403);
  EXPECT_FALSE(listing.headers.contains("x-amz-bucket-region"));
  EXPECT_FALSE(send("HEAD", "s3.amazonaws.com", "/none").headers.contains("x-amz-bucket-region"));
}

TEST_F(BucketRegion, IsWhereAnUnsignedRequestToAnotherEndpointIsSent) {
  for (const char* host : {"s3.amazonaws.com", "s3.eu-west-1.amazonaws.com"}) {
    const HttpResponse elsewhere = send("HEAD", host, "/films");
    EXPECT_EQ(elsewhere.status, 301) << host;
    EXPECT_EQ(elsewhere.headers.get("x-amz-bucket-region"), "us-west-2");
    EXPECT_TRUE(elsewhere.body.empty());
  }
  EXPECT_EQ(send("HEAD", "127.0.0.1:4566", "/films").status, 403);
}

}  // namespace
}  // namespace cloudchamber

#include "cloudchamber/errors.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace cloudchamber {
namespace {

ClientError::Details no_such_bucket() {
  ClientError::Details details;
  details.code = "NoSuchBucket";
  details.message = "The specified bucket does not exist";
  details.status = 404;
  details.request_id = "REQ1";
  details.operation = "GetObject";
  return details;
}

TEST(ClientError, ReadsLikeBoto3s) {
  const ClientError error(no_such_bucket(), Json::object());
  EXPECT_STREQ(error.what(),
               "An error occurred (NoSuchBucket) when calling the GetObject operation: "
               "The specified bucket does not exist");
}

TEST(ClientError, SaysWhenAllAttemptsWereUsed) {
  ClientError::Details details = no_such_bucket();
  details.code = "SlowDown";
  details.message = "";
  details.retry_attempts = 2;
  const ClientError error(details, {{"ResponseMetadata", {{"MaxAttemptsReached", true}}}});
  EXPECT_STREQ(error.what(),
               "An error occurred (SlowDown) when calling the GetObject operation "
               "(reached max retries: 2): Unknown");
}

TEST(ClientError, KeepsCodeStatusRequestIdAndResponseInCopies) {
  const Json response = {{"Error", {{"Code", "NoSuchBucket"}}}};
  const ClientError copy = ClientError(no_such_bucket(), response);
  EXPECT_EQ(copy.code(), "NoSuchBucket");
  EXPECT_EQ(copy.status(), 404);
  EXPECT_EQ(copy.request_id(), "REQ1");
  EXPECT_EQ(copy.operation(), "GetObject");
  EXPECT_EQ(copy.response(), response);
}

TEST(WaiterError, NamesWaiterAndReasonAndKeepsTheLastResponse) {
  const WaiterError error("BucketExists", "Max attempts exceeded", {{"A", 1}});
  EXPECT_STREQ(error.what(), "Waiter BucketExists failed: Max attempts exceeded");
  EXPECT_EQ(error.reason(), "Max attempts exceeded");
  EXPECT_EQ(error.last_response(), Json({{"A", 1}}));
}

}  // namespace
}  // namespace cloudchamber

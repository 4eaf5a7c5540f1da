// Signature Version 2, with which S3's clients still sign: boto3 presigns URLs of us-east-1 with it
// unless it is told otherwise.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html
//
// AWS takes it for buckets made before 24 June 2020 only; here it is verified for every bucket,
// since whoever tests with it has such buckets. Private to authorize/; pure functions.
#pragma once

#include <optional>
#include <string>

#include "cloudchamber/http.h"
#include "mock-server/authorize/checks.h"

namespace cloudchamber::mock {

// What such a request says of itself.
struct Version2Claim {
  std::string access_key_id;
  std::string signature;       // base64
  std::string security_token;  // "" when there is none
  bool in_query = false;
  std::string
      date;  // the line that stands for the time: Expires, the Date header, "" for x-amz-date
};

// The claim of "Authorization: AWS key:signature" or of AWSAccessKeyId in the query, its form and
// time checked; nothing when the request is not signed so. Throws AwsError (InvalidArgument,
// AccessDenied, RequestTimeTooSkewed).
[[nodiscard]] std::optional<Version2Claim> find_version_2_claim(const HttpRequest& request,
                                                                const Times& times);

// What the signature is made of: method, three headers, x-amz- headers, resource. Of a bucket,
// clients sign "/bucket" as they send it, or "/bucket/" as a virtual host's path is read.
enum class BucketPath { kAsSent, kWithSlash };
[[nodiscard]] std::string version_2_string_to_sign(const HttpRequest& request,
                                                   const Version2Claim& claim, BucketPath form);

[[nodiscard]] std::string version_2_signature(const std::string& secret_access_key,
                                              const std::string& string_to_sign);

}  // namespace cloudchamber::mock

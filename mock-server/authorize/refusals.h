// Refusals: how each family of services words it that a caller is not who he says he is.
//
// The same fault has another code, status and text in DynamoDB's JSON, in the query services, in
// EC2 and in S3. https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html,
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html,
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html.
#pragma once

#include <string>
#include <string_view>

#include "mock-server/call/aws_error.h"
#include "sdk/model/service_model.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber::mock {

enum class Family { kJson, kQuery, kEc2, kS3 };

class Refusals {
 public:
  explicit Refusals(const ServiceModel& service);

  [[nodiscard]] Family family() const { return family_; }

  [[nodiscard]] AwsError missing_token(const HttpRequest& request) const;  // unsigned
  [[nodiscard]] AwsError incomplete(const std::string& message) const;
  [[nodiscard]] AwsError invalid(const std::string& message) const;
  [[nodiscard]] AwsError unknown_key(const std::string& access_key_id) const;
  // Tells what the canonical request should have been, in AWS's places for it; the header
  // x-chamber-explanation says which line was signed differently, where that can be found out.
  [[nodiscard]] AwsError wrong_signature(const std::string& access_key_id,
                                         const SignatureClaim& claim,
                                         const Verification& verification) const;
  // S3's for Signature Version 2.
  [[nodiscard]] AwsError wrong_version_2_signature(const std::string& access_key_id,
                                                   const std::string& string_to_sign,
                                                   const std::string& provided) const;
  [[nodiscard]] AwsError wrong_token(const std::string& session_token) const;
  [[nodiscard]] AwsError expired_token() const;

 private:
  [[nodiscard]] AwsError make(const char* json, const char* query, int query_status,
                              const std::string& message) const;
  Family family_;
  bool is_sqs_;
  bool query_statuses_;  // of a JSON service that was a query service once
};

// S3's words for what is not the family's.
[[nodiscard]] AwsError header_malformed(const std::string& message);  // 400
[[nodiscard]] AwsError query_malformed(const std::string& message);   // 400
// A request signed for another region than that of its bucket.
[[nodiscard]] AwsError wrong_region(const HttpRequest& request, const std::string& expected);

}  // namespace cloudchamber::mock

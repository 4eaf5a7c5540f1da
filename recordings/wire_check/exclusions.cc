#include "recordings/wire_check/exclusions.h"

#include <vector>

namespace cloudchamber::recordings {
namespace {

// Each text must stand in what it is named after; "" stands in all.
struct Exclusion {
  Half half;
  const char* operation;
  const char* where;
  const char* difference;
  const char* reason;
};

const std::vector<Exclusion>& exclusions() {
  static const std::vector<Exclusion> all = {
      {Half::kEncode, "", "", "$.x-amz-bucket-region: missing",
       "the service sends the bucket's region with listings and errors, no model knows it there"},
      {Half::kEncode, "GetObject", "", "$.expires: expected \"1",
       "MinIO gives back an object's Expires as the number that its client sent"},
      {Half::kEncode, "", "", "$.accept-ranges: missing",
       "MinIO says of every answer that parts of it can be asked for"},
      {Half::kDecode, "", "", "$.ChecksumAlgorithm: not expected",
       "the SDK adds the checksum; the recorded parameters are the caller's"},
      {Half::kDecode, "", "", "$.ChecksumCRC32: not expected",
       "the SDK adds the checksum; the recorded parameters are the caller's"},
      {Half::kDecode, "", "", "$.ChecksumMode: not expected",
       "the SDK adds the checksum; the recorded parameters are the caller's"},
      {Half::kEncode, "AssumeRole", "web_identity_token_source_profile", "RequestId",
       "the recording's authors changed the id in one of two places"},
      {Half::kEncode, "AssumeRole", "retry_on_error", "expected null",
       "a 503 that a front end of AWS's sent, without a body"},
      {Half::kEncode, "ListObjectsV2", "three-retries_and-then-success", "$.Error.Type: missing",
       "made by hand: S3's errors have no Type"},
      {Half::kEncode, "DescribeNetworkInterfaces", "", ".natEnabled: missing",
       "natEnabled stands in no model"},
      {Half::kEncode, "AuthorizeSecurityGroupIngress", "create-group.yml",
       "$.content-type: not expected", "an error of 2014 came without a Content-Type"},
      {Half::kEncode, "PutItem", "json/errors/dynamodb-put-item", "v20111205",
       "the API's version of 2011"},
      {Half::kParse, "", "botocore-response-parsing", "'YYYY-MM-DDTHH:MM:SS.000Z'",
       "a sample of documentation, with letters for a time"},
      {Half::kEncode, "ListSigningCertificates", "botocore-response-parsing", ".UserName: missing",
       "a sample of documentation, with a member that the model lacks"},
      {Half::kEncode, "ListInstanceProfiles", "botocore-response-parsing", ".Id: missing",
       "a sample of documentation, with a member that the model lacks"},
  };
  return all;
}

}  // namespace

std::string reason_for(const Finding& finding) {
  for (const Exclusion& one : exclusions()) {
    if (one.half == finding.half && finding.operation.find(one.operation) != std::string::npos &&
        finding.where.find(one.where) != std::string::npos &&
        finding.difference.find(one.difference) != std::string::npos)
      return one.reason;
  }
  return "";
}

}  // namespace cloudchamber::recordings

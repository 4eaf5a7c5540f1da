#include "mock-server/authorize/signature_v2.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "mock-server/route/host.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"
#include "sdk/sign/canonical.h"

namespace cloudchamber::mock {
namespace {

// The parameters that name a resource or shape its response; all others are not signed.
constexpr std::array kSignedParameters = {"accelerate",
                                          "acl",
                                          "analytics",
                                          "cors",
                                          "defaultObjectAcl",
                                          "delete",
                                          "inventory",
                                          "lifecycle",
                                          "location",
                                          "logging",
                                          "metrics",
                                          "notification",
                                          "object-lock",
                                          "partNumber",
                                          "policy",
                                          "replication",
                                          "requestPayment",
                                          "response-cache-control",
                                          "response-content-disposition",
                                          "response-content-encoding",
                                          "response-content-language",
                                          "response-content-type",
                                          "response-expires",
                                          "restore",
                                          "select",
                                          "select-type",
                                          "storageClass",
                                          "tagging",
                                          "torrent",
                                          "uploadId",
                                          "uploads",
                                          "versionId",
                                          "versioning",
                                          "versions",
                                          "website"};

using Parameters = std::vector<std::pair<std::string, std::string>>;

Version2Claim claim_of_header(const HttpRequest& request, std::string_view authorization,
                              const Times& times) {
  const std::string_view pair = authorization.substr(4);
  const std::size_t colon = pair.rfind(':');
  if (colon == std::string_view::npos || colon == 0)
    throw invalid_argument(
        "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature", "Authorization",
        std::string(authorization));
  const std::string* const amz_date = request.headers.find("x-amz-date");
  const std::string* const stated = amz_date != nullptr ? amz_date : request.headers.find("date");
  check_stated_time(stated, times);
  return {.access_key_id = std::string(pair.substr(0, colon)),
          .signature = std::string(pair.substr(colon + 1)),
          .security_token = std::string(request.headers.get("x-amz-security-token")),
          .in_query = false,
          .date = amz_date != nullptr ? std::string() : *stated};
}

std::optional<Version2Claim> claim_of_query(const HttpRequest& request, const Times& times) {
  Version2Claim claim{.in_query = true};
  for (auto& [name, value] : parse_query(request.query())) {
    if (name == "AWSAccessKeyId")
      claim.access_key_id = std::move(value);
    else if (name == "Signature")
      claim.signature = std::move(value);
    else if (name == "Expires")
      claim.date = std::move(value);
    else if (name == "x-amz-security-token")
      claim.security_token = std::move(value);
  }
  if (claim.access_key_id.empty() && claim.signature.empty()) return std::nullopt;
  if (claim.access_key_id.empty() || claim.signature.empty() || claim.date.empty())
    throw AwsError("AccessDenied",
                   "Query-string authentication requires the Signature, Expires and AWSAccessKeyId "
                   "parameters",
                   403);
  check_expiry(claim.date, times);
  return claim;
}

// A header of the request; a presigned URL may give it as a parameter instead.
std::string header_or_parameter(const HttpRequest& request, const Parameters& parameters,
                                std::string_view lower_name) {
  bool present = false;
  std::string value = canonical_header(request, lower_name, &present);
  if (present) return value;
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const auto& pair) { return pair.first == lower_name; });
  return found == parameters.end() ? std::string() : found->second;
}

std::string amz_headers(const HttpRequest& request, const Parameters& parameters) {
  std::map<std::string, std::string> headers;
  for (const auto& [name, value] : parameters) {
    const std::string lower = lowered(name);
    if (lower.starts_with("x-amz-")) headers.insert_or_assign(lower, value);
  }
  for (const auto& [name, value] : request.headers) {
    const std::string lower = lowered(name);
    if (lower.starts_with("x-amz-"))
      headers.insert_or_assign(lower, canonical_header(request, lower));
  }
  std::string lines;
  for (const auto& [name, value] : headers) lines += name + ":" + value + "\n";
  return lines;
}

// "/bucket/key?acl", the bucket also where the host names it.
std::string resource(const HttpRequest& request, Parameters parameters, BucketPath form) {
  const std::string bucket = understand_host(request.host).bucket;
  std::string text = (bucket.empty() ? "" : "/" + bucket) + std::string(request.path());
  if (form == BucketPath::kWithSlash && text.find('/', 1) == std::string::npos) text += '/';
  std::erase_if(parameters, [](const auto& pair) {
    return std::find(kSignedParameters.begin(), kSignedParameters.end(), pair.first) ==
           kSignedParameters.end();
  });
  std::stable_sort(parameters.begin(), parameters.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  char separator = '?';
  for (const auto& [name, value] : parameters) {
    text += separator + name + (value.empty() ? "" : "=" + value);
    separator = '&';
  }
  return text;
}

}  // namespace

std::optional<Version2Claim> find_version_2_claim(const HttpRequest& request, const Times& times) {
  const std::string_view authorization = request.headers.get("authorization");
  if (authorization.starts_with("AWS ")) return claim_of_header(request, authorization, times);
  const std::string_view query = request.query();
  if (query.find("AWSAccessKeyId=") == std::string_view::npos &&
      query.find("Signature=") == std::string_view::npos)
    return std::nullopt;
  return claim_of_query(request, times);
}

std::string version_2_string_to_sign(const HttpRequest& request, const Version2Claim& claim,
                                     BucketPath form) {
  const Parameters parameters = parse_query(request.query());
  const Parameters& in_query = claim.in_query ? parameters : Parameters();
  return request.method + "\n" + header_or_parameter(request, in_query, "content-md5") + "\n" +
         header_or_parameter(request, in_query, "content-type") + "\n" + claim.date + "\n" +
         amz_headers(request, in_query) + resource(request, parameters, form);
}

std::string version_2_signature(const std::string& secret_access_key,
                                const std::string& string_to_sign) {
  return base64_encode(hmac_sha1(secret_access_key, string_to_sign));
}

}  // namespace cloudchamber::mock

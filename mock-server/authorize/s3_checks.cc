#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <vector>

#include "mock-server/authorize/checks.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"
#include "sdk/sign/canonical.h"

namespace cloudchamber::mock {
namespace {

constexpr std::chrono::minutes kMaxAllowedSkew{15};
constexpr long long kLongestExpiry = 604'800;  // a week

AwsError date_required() {
  return {"AccessDenied", "AWS authentication requires a valid Date or x-amz-date header", 403};
}

void check_skew(const std::string& stated, TimePoint time, const Times& times) {
  if (times.are_near(time, kMaxAllowedSkew)) return;
  AwsError error("RequestTimeTooSkewed",
                 "The difference between the request time and the current time is too large.", 403);
  error.with("RequestTime", stated)
      .with("ServerTime", iso8601(std::chrono::floor<Seconds>(times.signers_now)))
      .with("MaxAllowedSkewMilliseconds", "900000");
  throw error;
}

AwsError expired(TimePoint end, const Times& times, const std::string& expires) {
  AwsError error("AccessDenied", "Request has expired", 403);
  if (!expires.empty()) error.with("X-Amz-Expires", expires);
  error.with("Expires", iso8601(end))
      .with("ServerTime", iso8601(std::chrono::floor<Seconds>(times.now)));
  return error;
}

bool is_day(std::string_view text) {
  return text.size() == 8 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "us-east-1", "us-gov-west-1": enough to tell a region from "aws-global", "us_east_1" or "s3".
bool is_region(std::string_view text) {
  const std::size_t last = text.rfind('-');
  return last != std::string_view::npos && last + 1 < text.size() && text.find('-') < last &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(last) + 1, text.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

// The parts of the credential, each as it must be. `fail` words what is wrong with it.
template <class Fail>
SignatureClaim::Parts check_credential(const HttpRequest& request, const SignatureClaim& claim,
                                       Fail fail) {
  auto parts = claim.parts();
  if (!parts || parts->access_key_id.empty())
    throw fail(
        "the Credential is mal-formed; expecting "
        "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
  if (!is_day(parts->day))
    throw fail("incorrect date format \"" + parts->day +
               "\". This date in the credential must be in the format \"yyyyMMdd\".");
  if (!signs_like_s3(parts->service))
    throw fail("incorrect service \"" + parts->service + "\". This endpoint belongs to \"s3\".");
  if (parts->terminator != "aws4_request")
    throw fail("incorrect terminal \"" + parts->terminator +
               "\". This endpoint uses \"aws4_request\".");
  if (!is_region(parts->region)) throw wrong_region(request, "us-east-1");
  return *std::move(parts);
}

SignatureClaim::Parts check_presigned(const HttpRequest& request, const SignatureClaim& claim,
                                      const Times& times) {
  for (const std::string* needed : {&claim.algorithm, &claim.credential, &claim.signature,
                                    &claim.timestamp, &claim.signed_headers, &claim.expires})
    if (needed->empty())
      throw query_malformed(
          "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
          "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
  if (claim.algorithm != "AWS4-HMAC-SHA256")
    throw query_malformed(
        "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"");
  auto parts = check_credential(request, claim, [](const std::string& what) {
    return query_malformed("Error parsing the X-Amz-Credential parameter; " + what);
  });
  const auto time = basic_time(claim.timestamp);
  if (!time)
    throw query_malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  if (claim.timestamp.compare(0, 8, parts.day) != 0)
    throw query_malformed("Invalid credential date \"" + parts.day +
                          "\". This date is not the same as X-Amz-Date: \"" +
                          claim.timestamp.substr(0, 8) + "\".");
  long long seconds = 0;
  const char* const stop = claim.expires.data() + claim.expires.size();
  const auto [end, error] = std::from_chars(claim.expires.data(), stop, seconds);
  if (error == std::errc::invalid_argument || end != stop)
    throw query_malformed("X-Amz-Expires should be a number");
  if (error == std::errc() && seconds < 0)
    throw query_malformed("X-Amz-Expires must be non-negative");
  if (error != std::errc() || seconds > kLongestExpiry)
    throw query_malformed(
        "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires "
        "must be less than 604800 seconds");
  const TimePoint until = *time + Seconds(seconds);
  if (times.are_before(*time, kMaxAllowedSkew)) {
    AwsError refusal("AccessDenied", "Request is not yet valid", 403);
    refusal.with("X-Amz-Date", std::to_string(time->time_since_epoch().count()))
        .with("Expires", iso8601(until))
        .with("ServerTime", iso8601(std::chrono::floor<Seconds>(times.signers_now)));
    throw refusal;
  }
  if (times.now > until) throw expired(until, times, claim.expires);
  return parts;
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

void check_content_sha256(const HttpRequest& request) {
  const std::string* const header = request.headers.find("x-amz-content-sha256");
  if (header == nullptr)
    throw AwsError("InvalidRequest",
                   "Missing required header for this request: x-amz-content-sha256", 400);
  if (*header == kUnsignedPayload || *header == kStreamingPayload ||
      *header == kStreamingPayloadTrailer || *header == kStreamingUnsignedTrailer ||
      is_sha256(*header))
    return;
  throw invalid_argument(
      "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
      "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, "
      "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, "
      "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
      "x-amz-content-sha256", *header);
}

}  // namespace

AwsError invalid_argument(const std::string& message, const std::string& name,
                          const std::string& value) {
  AwsError error("InvalidArgument", message, 400);
  error.with("ArgumentName", name).with("ArgumentValue", value);
  return error;
}

void check_one_mechanism(const HttpRequest& request) {
  const std::string_view authorization = request.headers.get("authorization");
  if (authorization.empty()) return;
  const std::string_view query = request.query();
  if (query.find("X-Amz-Algorithm=") != std::string_view::npos ||
      query.find("X-Amz-Signature=") != std::string_view::npos)
    throw invalid_argument(
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature "
        "query string parameter or the Authorization header should be specified",
        "Authorization", std::string(authorization));
  if (!authorization.starts_with("AWS4-") && !authorization.starts_with("AWS "))
    throw invalid_argument("Unsupported Authorization Type", "Authorization",
                           std::string(authorization));
  if (authorization.starts_with("AWS4-") && !authorization.starts_with("AWS4-HMAC-SHA256"))
    throw version_2_not_supported();
}

AwsError version_2_not_supported() {
  return {"InvalidRequest",
          "The authorization mechanism you have provided is not supported. Please use "
          "AWS4-HMAC-SHA256.",
          400};
}

void check_stated_time(const std::string* stated, const Times& times) {
  const auto time = stated == nullptr ? std::nullopt : parse_timestamp(*stated);
  if (!time || *time < TimePoint()) throw date_required();
  check_skew(*stated, *time, times);
}

void check_expiry(const std::string& expires, const Times& times) {
  const auto end = parse_timestamp(expires);
  if (!end || expires.find_first_not_of("0123456789") != std::string::npos)
    throw AwsError("AccessDenied", "Invalid date (should be seconds since epoch): " + expires, 403);
  if (times.now > *end) throw expired(*end, times, {});
}

SignatureClaim::Parts check_s3_claim(const HttpRequest& request, const SignatureClaim& claim,
                                     const Times& times) {
  if (claim.in_query) return check_presigned(request, claim, times);
  if (claim.credential.empty() || claim.signed_headers.empty() || claim.signature.empty())
    throw header_malformed(
        "the authorization header requires three components: Credential, SignedHeaders, and "
        "Signature.");
  auto parts = check_credential(request, claim,
                                [](const std::string& what) { return header_malformed(what); });
  const auto time = parse_timestamp(claim.timestamp);
  if (!time) throw date_required();
  check_skew(claim.timestamp, *time, times);
  const std::string day = iso8601_basic(*time).substr(0, 8);
  if (parts.day != day)
    throw header_malformed("Invalid credential date \"" + parts.day +
                           "\". This date is not the same as X-Amz-Date: \"" + day + "\".");
  check_content_sha256(request);
  return parts;
}

void check_all_amz_headers_signed(const HttpRequest& request, const SignatureClaim& claim) {
  std::vector<std::string> missing;
  if (!is_signed(claim, "host")) missing.emplace_back("host");
  for (const auto& [name, value] : request.headers) {
    std::string lower_name = lowered(name);
    if (lower_name.starts_with("x-amz-") && !is_signed(claim, lower_name))
      missing.push_back(std::move(lower_name));
  }
  if (missing.empty()) return;
  std::sort(missing.begin(), missing.end());
  std::string names;
  for (const std::string& name : missing) names += (names.empty() ? "" : ", ") + name;
  AwsError error("AccessDenied", "There were headers present in the request which were not signed",
                 403);
  error.with("HeadersNotSigned", names);
  throw error;
}

void check_payload_hash(const HttpRequest& request, const std::string& payload) {
  if (!is_sha256(payload)) return;
  const std::string computed = payload_hash_of(request.body);
  if (std::equal(payload.begin(), payload.end(), computed.begin(), computed.end(),
                 [](char a, char b) { return (a >= 'A' && a <= 'F' ? a - 'A' + 'a' : a) == b; }))
    return;
  AwsError error("XAmzContentSHA256Mismatch",
                 "The provided 'x-amz-content-sha256' header does not match what was computed.",
                 400);
  error.with("ClientComputedContentSHA256", payload).with("S3ComputedContentSHA256", computed);
  throw error;
}

}  // namespace cloudchamber::mock

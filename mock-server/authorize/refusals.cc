#include "mock-server/authorize/refusals.h"

#include <nlohmann/json.hpp>
#include <optional>

namespace cloudchamber::mock {
namespace {

constexpr char kSignatureDiffers[] =
    "The request signature we calculated does not match the signature you provided. Check your AWS "
    "Secret Access Key and signing method. Consult the service documentation for details.";
constexpr char kS3SignatureDiffers[] =
    "The request signature we calculated does not match the signature you provided. Check your key "
    "and signing method.";

Family family_of(Protocol protocol) {
  switch (protocol) {
    case Protocol::kQuery:
      return Family::kQuery;
    case Protocol::kEc2:
      return Family::kEc2;
    case Protocol::kRestXml:
      return Family::kS3;
    default:
      return Family::kJson;
  }
}

// "47 45 54 0a", as S3 spells out the bytes of what it hashed.
std::string spelled_out(std::string_view text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string bytes;
  bytes.reserve(text.size() * 3);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (!bytes.empty()) bytes += ' ';
    bytes += kDigits[byte >> 4];
    bytes += kDigits[byte & 15];
  }
  return bytes;
}

AwsError not_validated() {
  return {"AuthFailure", "AWS was not able to validate the provided access credentials", 401};
}

}  // namespace

Refusals::Refusals(const ServiceModel& service)
    : family_(family_of(service.protocol)),
      is_sqs_(service.signing_name == "sqs"),
      query_statuses_(service.query_compatible) {}

AwsError Refusals::make(const char* json, const char* query, int query_status,
                        const std::string& message) const {
  if (family_ == Family::kJson) return {json, message, query_statuses_ ? query_status : 400};
  return {query, message, query_status};
}

AwsError Refusals::missing_token(const HttpRequest& request) const {
  // A queue's policy may allow everyone: SQS has no other word for who is not allowed.
  if (is_sqs_ && family_ == Family::kQuery)
    return {"AccessDenied",
            "Access to the resource " + request.scheme + "://" + request.host +
                std::string(request.path()) + " is denied.",
            403};
  if (family_ == Family::kEc2)
    return {"MissingParameter", "The request must contain the parameter AWSAccessKeyId", 400};
  return make("MissingAuthenticationTokenException", "MissingAuthenticationToken", 403,
              "Request is missing Authentication Token");
}

AwsError Refusals::incomplete(const std::string& message) const {
  return make("IncompleteSignatureException", "IncompleteSignature", 400, message);
}

AwsError Refusals::invalid(const std::string& message) const {
  if (family_ == Family::kEc2) return not_validated();
  return make("InvalidSignatureException", "SignatureDoesNotMatch", 403, message);
}

AwsError Refusals::unknown_key(const std::string& access_key_id) const {
  if (family_ == Family::kEc2) return not_validated();
  if (family_ == Family::kS3) {
    AwsError error("InvalidAccessKeyId",
                   "The AWS Access Key Id you provided does not exist in our records.", 403);
    error.with("AWSAccessKeyId", access_key_id);
    return error;
  }
  return make("UnrecognizedClientException", "InvalidClientTokenId", 403,
              "The security token included in the request is invalid.");
}

AwsError Refusals::wrong_signature(const std::string& access_key_id, const SignatureClaim& claim,
                                   const Verification& verification) const {
  const Signature& expected = verification.expected;
  std::optional<AwsError> error;
  if (family_ == Family::kS3) {
    error.emplace(
        wrong_version_2_signature(access_key_id, expected.string_to_sign, claim.signature));
    error->with("CanonicalRequest", expected.canonical_request)
        .with("CanonicalRequestBytes", spelled_out(expected.canonical_request));
  } else {
    error.emplace(invalid(kSignatureDiffers +
                          ("\n\nThe Canonical String for this request should "
                           "have been\n'" +
                           expected.canonical_request) +
                          "'\n\nThe String-to-Sign should have been\n'" + expected.string_to_sign +
                          "'\n"));
  }
  if (!verification.explanation.empty())
    error->with_header("x-chamber-explanation", verification.explanation);
  return *error;
}

AwsError Refusals::wrong_version_2_signature(const std::string& access_key_id,
                                             const std::string& string_to_sign,
                                             const std::string& provided) const {
  AwsError error("SignatureDoesNotMatch", kS3SignatureDiffers, 403);
  error.with("AWSAccessKeyId", access_key_id)
      .with("StringToSign", string_to_sign)
      .with("SignatureProvided", provided)
      .with("StringToSignBytes", spelled_out(string_to_sign));
  return error;
}

AwsError Refusals::wrong_token(const std::string& session_token) const {
  if (family_ == Family::kS3) {
    // A temporary key is not known without its token.
    if (session_token.empty())
      return {"InvalidAccessKeyId",
              "The AWS Access Key Id you provided does not exist in our records.", 403};
    AwsError error("InvalidToken", "The provided token is malformed or otherwise invalid.", 400);
    error.with("Token-0", session_token);
    return error;
  }
  return unknown_key({});
}

AwsError Refusals::expired_token() const {
  if (family_ == Family::kEc2) return {"RequestExpired", "Request has expired.", 400};
  if (family_ == Family::kS3) return {"ExpiredToken", "The provided token has expired.", 400};
  return make("ExpiredTokenException", "ExpiredToken", 403,
              "The security token included in the request is expired");
}

AwsError header_malformed(const std::string& message) {
  return {"AuthorizationHeaderMalformed", "The authorization header is malformed; " + message, 400};
}

AwsError query_malformed(const std::string& message) {
  return {"AuthorizationQueryParametersError", message, 400};
}

AwsError wrong_region(const HttpRequest& request, const std::string& expected) {
  const auto claim = find_claim(request);
  const auto parts = claim ? claim->parts() : std::nullopt;
  const std::string what = "the region '" + (parts ? parts->region : std::string()) +
                           "' is wrong; expecting '" + expected + "'";
  AwsError error = claim && claim->in_query
                       ? query_malformed("Error parsing the X-Amz-Credential parameter; " + what)
                       : header_malformed(what);
  error.with("Region", expected).with_header("x-amz-bucket-region", expected);
  return error;
}

}  // namespace cloudchamber::mock

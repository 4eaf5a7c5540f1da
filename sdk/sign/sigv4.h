// SigV4, both ways: the SDK signs requests, the server verifies them.
//
//   canonical request -> string to sign -> signature -> Authorization header, or X-Amz-Signature in
//   the URL
//
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html. Pure
// functions but for the SigningKeys they are given, which is thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/clock.h"
#include "cloudchamber/credentials.h"
#include "cloudchamber/http.h"
#include "sdk/sign/signing_keys.h"

namespace cloudchamber {

// What stands in place of the payload's hash where the payload is not signed as one.
inline constexpr std::string_view kUnsignedPayload = "UNSIGNED-PAYLOAD";
inline constexpr std::string_view kStreamingPayload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
inline constexpr std::string_view kStreamingPayloadTrailer =
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
inline constexpr std::string_view kStreamingUnsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

// A signature with how it came about. Chunks of a streaming body (aws_chunked.h) go on from it.
struct Signature {
  std::string canonical_request;
  std::string string_to_sign;
  std::string signing_key;
  std::string timestamp;  // "20150830T123600Z"
  std::string scope;      // "20150830/us-east-1/service/aws4_request"
  std::string hex;        // the signature itself
};

// Signs the request in its headers: sets X-Amz-Date, X-Amz-Security-Token where the credentials
// have one, X-Amz-Content-SHA256 for S3 and wherever `payload` is given, and Authorization; earlier
// ones are replaced, so that a retry signs anew. `payload` "" signs the body's hash; otherwise it
// is the hash, or one of the constants above.
Signature sign(HttpRequest& request, const Credentials& credentials, const SigningScope& scope,
               TimePoint now, SigningKeys& keys, std::string_view payload = {});

// Signs the request in its query: appends X-Amz-Algorithm, -Credential, -Date, -Expires,
// -SignedHeaders, -Security-Token and -Signature to its target. All its headers are signed, so
// whoever uses the URL must send them. `payload` "" is UNSIGNED-PAYLOAD for S3, else the body's
// hash.
Signature presign(HttpRequest& request, const Credentials& credentials, const SigningScope& scope,
                  TimePoint now, Seconds expires_in, SigningKeys& keys,
                  std::string_view payload = {});

// "https://host/path?query".
[[nodiscard]] std::string url_of(const HttpRequest& request);

// What a request claims of its signature, as it stands there: nothing is checked.
struct SignatureClaim {
  bool in_query = false;
  std::string algorithm;       // "AWS4-HMAC-SHA256"
  std::string credential;      // "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request"
  std::string signed_headers;  // "host;x-amz-date"
  std::string signature;
  std::string timestamp;      // X-Amz-Date, else the Date header as it is; "" when there is none
  std::string session_token;  // "" when there is none
  std::string expires;        // X-Amz-Expires, of a presigned request
  std::string malformed;  // the first piece of the header that is no key=value pair; "" when none

  // The five parts of `credential`; nothing when there are not five. The access key id may hold
  // slashes.
  struct Parts {
    std::string access_key_id, day, region, service, terminator;
  };
  [[nodiscard]] std::optional<Parts> parts() const;
};

// The claim in the request's Authorization header ("AWS4-..."), else in its query; nothing when
// neither has one. For bytes that strangers send: linear, and never throws.
[[nodiscard]] std::optional<SignatureClaim> find_claim(const HttpRequest& request);

// Is it one of the parameters that sign a URL ("X-Amz-Credential")? In any case.
[[nodiscard]] bool is_signature_parameter(std::string_view name);

struct Verification {
  bool valid = false;
  Signature expected;
  // Where it is invalid: which line of the canonical request the signer wrote differently, if one
  // of the usual mistakes explains the signature; "" when none does. For people.
  std::string explanation;
};

// Would `secret` have given this signature for this request? `payload` is what the signer put in
// place of the payload's hash: see payload_claim(). The claim must have its parts(). The times are
// the caller's to check.
[[nodiscard]] Verification verify(const HttpRequest& request, const SignatureClaim& claim,
                                  std::string_view secret, SigningKeys& keys,
                                  std::string_view payload);

// What the signer must have put in place of the payload's hash. For S3: the X-Amz-Content-SHA256
// header, which is then still to be compared with the body; in a presigned request that parameter,
// else UNSIGNED-PAYLOAD. For other services: the body's own hash.
[[nodiscard]] std::string payload_claim(const HttpRequest& request, const SignatureClaim& claim);

}  // namespace cloudchamber

#include "sdk/sign/sigv4.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "sdk/codec/digests.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"
#include "sdk/sign/canonical.h"

namespace cloudchamber {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += ';';
    text += name;
  }
  return text;
}

std::string string_to_sign(const Signature& signature) {
  std::string text;
  text.reserve(192);
  text += kAlgorithm;
  text += '\n';
  text += signature.timestamp;
  text += '\n';
  text += signature.scope;
  text += '\n';
  text += hex(sha256(signature.canonical_request));
  return text;
}

// The recipe from the canonical request on, the same for who signs and who verifies.
void complete(Signature& signature, std::string_view secret, std::string_view day,
              std::string_view region, std::string_view service, SigningKeys& keys) {
  signature.string_to_sign = string_to_sign(signature);
  signature.signing_key = keys.key(secret, day, region, service);
  signature.hex = hex(hmac_sha256(signature.signing_key, signature.string_to_sign));
}

std::string scope_text(std::string_view day, const SigningScope& scope) {
  std::string text(day);
  text += '/';
  text += scope.region;
  text += '/';
  text += scope.service;
  text += "/aws4_request";
  return text;
}

void append_parameter(std::string& target, std::string_view name, std::string_view value) {
  target += target.find('?') == std::string::npos ? '?' : '&';
  target += name;
  target += '=';
  target += uri_encode(value);
}

}  // namespace

Signature sign(HttpRequest& request, const Credentials& credentials, const SigningScope& scope,
               TimePoint now, SigningKeys& keys, std::string_view payload) {
  const bool s3 = signs_like_s3(scope.service);
  const std::string payload_hash =
      payload.empty() ? payload_hash_of(request.body) : std::string(payload);

  Signature signature;
  signature.timestamp = iso8601_basic(now);
  const std::string_view day = std::string_view(signature.timestamp).substr(0, 8);
  signature.scope = scope_text(day, scope);

  request.headers.set("X-Amz-Date", signature.timestamp);
  if (s3 || !payload.empty()) request.headers.set("X-Amz-Content-SHA256", payload_hash);
  if (!credentials.session_token.empty())
    request.headers.set("X-Amz-Security-Token", credentials.session_token);

  const std::string signed_headers = joined(headers_to_sign(request));
  signature.canonical_request = canonical_request(request, signed_headers, payload_hash, s3);
  complete(signature, credentials.secret_access_key, day, scope.region, scope.service, keys);

  std::string authorization;
  authorization.reserve(256);
  authorization += kAlgorithm;
  authorization += " Credential=";
  authorization += credentials.access_key_id;
  authorization += '/';
  authorization += signature.scope;
  authorization += ", SignedHeaders=";
  authorization += signed_headers;
  authorization += ", Signature=";
  authorization += signature.hex;
  request.headers.set("Authorization", std::move(authorization));
  return signature;
}

Signature presign(HttpRequest& request, const Credentials& credentials, const SigningScope& scope,
                  TimePoint now, Seconds expires_in, SigningKeys& keys, std::string_view payload) {
  const bool s3 = signs_like_s3(scope.service);
  if (payload.empty() && s3) payload = kUnsignedPayload;
  const std::string payload_hash =
      payload.empty() ? payload_hash_of(request.body) : std::string(payload);

  Signature signature;
  signature.timestamp = iso8601_basic(now);
  const std::string_view day = std::string_view(signature.timestamp).substr(0, 8);
  signature.scope = scope_text(day, scope);
  const std::string signed_headers = joined(headers_to_sign(request));

  std::string& target = request.target;
  append_parameter(target, "X-Amz-Algorithm", kAlgorithm);
  append_parameter(target, "X-Amz-Credential", credentials.access_key_id + "/" + signature.scope);
  append_parameter(target, "X-Amz-Date", signature.timestamp);
  append_parameter(target, "X-Amz-Expires", std::to_string(expires_in.count()));
  append_parameter(target, "X-Amz-SignedHeaders", signed_headers);
  if (!credentials.session_token.empty())
    append_parameter(target, "X-Amz-Security-Token", credentials.session_token);

  signature.canonical_request = canonical_request(request, signed_headers, payload_hash, s3);
  complete(signature, credentials.secret_access_key, day, scope.region, scope.service, keys);
  append_parameter(target, "X-Amz-Signature", signature.hex);
  return signature;
}

std::string url_of(const HttpRequest& request) {
  return request.scheme + "://" + request.host + request.target;
}

Verification verify(const HttpRequest& request, const SignatureClaim& claim,
                    std::string_view secret, SigningKeys& keys, std::string_view payload) {
  const SignatureClaim::Parts parts = claim.parts().value_or(SignatureClaim::Parts{});
  const bool s3 = signs_like_s3(parts.service);
  // A Date header is signed as the time that it means.
  std::string timestamp = claim.timestamp;
  if (timestamp.size() != 16)
    if (const auto time = parse_timestamp(timestamp)) timestamp = iso8601_basic(*time);
  const auto signature_of = [&](const HttpRequest& seen, std::string_view payload_hash,
                                bool by_rules_of_s3, std::string_view key_secret) {
    Signature signature;
    signature.timestamp = timestamp;
    signature.scope = parts.day + "/" + parts.region + "/" + parts.service + "/" + parts.terminator;
    signature.canonical_request =
        canonical_request(seen, claim.signed_headers, payload_hash, by_rules_of_s3);
    complete(signature, key_secret, parts.day, parts.region, parts.service, keys);
    return signature;
  };

  Verification result;
  result.expected = signature_of(request, payload, s3, secret);
  result.valid = result.expected.hex == claim.signature;
  if (result.valid) return result;

  // The signer's canonical request is not known, but the usual mistakes can be made again to see
  // which of them gives his signature.
  const auto explains = [&](const HttpRequest& seen, std::string_view payload_hash,
                            bool by_rules_of_s3, std::string_view key_secret) {
    return signature_of(seen, payload_hash, by_rules_of_s3, key_secret).hex == claim.signature;
  };
  const auto with = [&](auto change) {
    HttpRequest changed = request;
    change(changed);
    return explains(changed, payload, s3, secret);
  };
  const std::string_view path = request.path();
  if (explains(request, payload, !s3, secret)) {
    result.explanation = s3 ? "line 2, the path: S3's is signed as it is, neither normalised nor "
                              "encoded a second time"
                            : "line 2, the path: it is to be normalised and encoded a second time";
  } else if (explains(request, kUnsignedPayload, s3, secret) ||
             explains(request, payload_hash_of({}), s3, secret) ||
             explains(request, payload_hash_of(request.body), s3, secret)) {
    result.explanation =
        "the last line, the payload: another hash was signed than the request states";
  } else if (with([](HttpRequest& r) { r.host = r.host.substr(0, r.host.rfind(':')); })) {
    result.explanation = "header host: it was signed without its port";
  } else if (with([&](HttpRequest& r) { r.target = std::string(path); })) {
    result.explanation = "line 3, the query: it was not signed";
  } else if (with([](HttpRequest& r) { r.method = r.method == "GET" ? "HEAD" : "GET"; })) {
    result.explanation = "line 1, the method: another one was signed";
  } else if (with([&](HttpRequest& r) { r.target += r.query().empty() ? "/" : ""; }) ||
             with([&](HttpRequest& r) {
               if (path.size() > 1 && path.ends_with('/')) r.target.erase(path.size() - 1, 1);
             })) {
    result.explanation = "line 2, the path: it was signed with another end";
  }
  return result;
}

std::string payload_claim(const HttpRequest& request, const SignatureClaim& claim) {
  const auto parts = claim.parts();
  const std::string* const header = request.headers.find("x-amz-content-sha256");
  if (!parts || !signs_like_s3(parts->service)) {
    if (header != nullptr && *header == kUnsignedPayload) return *header;
    return payload_hash_of(request.body);
  }
  const bool header_counts =
      !claim.in_query || claim.signed_headers.find("x-amz-content-sha256") != std::string::npos;
  if (header != nullptr && header_counts) return *header;
  if (!claim.in_query) return payload_hash_of(request.body);
  for (auto& [name, value] : parse_query(request.query()))
    if (name == "X-Amz-Content-Sha256") return std::move(value);
  return std::string(kUnsignedPayload);
}

}  // namespace cloudchamber

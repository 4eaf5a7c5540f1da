#include "mock-server/authorize/request_signatures.h"

#include <algorithm>
#include <utility>

#include "mock-server/authorize/checks.h"
#include "mock-server/authorize/refusals.h"
#include "mock-server/authorize/signature_v2.h"
#include "sdk/sign/canonical.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber::mock {
namespace {

constexpr std::string_view kDefaultAccount = "123456789012";

Principal principal_of(const std::string& access_key_id, const Credential& credential) {
  return {.account = credential.account,
          .arn = credential.arn,
          .user_id = credential.user_id,
          .access_key_id = access_key_id,
          .anonymous = false};
}

Principal root_of(const std::string& account, const std::string& access_key_id) {
  return {.account = account,
          .arn = "arn:aws:iam::" + account + ":root",
          .user_id = account,
          .access_key_id = access_key_id,
          .anonymous = false};
}

bool may_be_anonymous(const Refusals& refuse, const Operation* operation) {
  return refuse.family() == Family::kS3 || (operation != nullptr && operation->no_auth);
}

bool is_streaming(std::string_view payload) { return payload.starts_with("STREAMING-AWS4-HMAC"); }

// S3 signs a header that says what the body is; the others sign the body itself.
bool is_signed_without_body(const Refusals& refuse, const HttpRequest& request,
                            const SignatureClaim& claim) {
  return refuse.family() == Family::kS3 &&
         (request.headers.contains("content-length") || !is_signed(claim, "content-length"));
}

// What temporary credentials need besides a signature.
void check_session(const Refusals& refuse, const Credential& credential,
                   const std::string& session_token, TimePoint now) {
  if (session_token != credential.session_token) throw refuse.wrong_token(session_token);
  if (credential.expires && *credential.expires <= now) throw refuse.expired_token();
}

}  // namespace

Principal RequestSignatures::check_version_2(const Look& look, const Refusals& refuse,
                                             const Version2Claim& claim) const {
  const Credential* const credential = look.known.by_access_key_id.find(claim.access_key_id);
  if (credential == nullptr) {
    if (strict_) throw refuse.unknown_key(claim.access_key_id);
    return root_of(account_of_unknown_key(claim.access_key_id), claim.access_key_id);
  }
  if (!credential->active) throw refuse.unknown_key(claim.access_key_id);
  const auto is_right = [&](const std::string& string_to_sign) {
    return claim.signature == version_2_signature(credential->secret_access_key, string_to_sign);
  };
  const std::string as_sent = version_2_string_to_sign(look.request, claim, BucketPath::kAsSent);
  if (!is_right(as_sent) &&
      !is_right(version_2_string_to_sign(look.request, claim, BucketPath::kWithSlash)))
    throw refuse.wrong_version_2_signature(claim.access_key_id, as_sent, claim.signature);
  check_session(refuse, *credential, claim.security_token, look.now);
  return principal_of(claim.access_key_id, *credential);
}

Signer RequestSignatures::check(const Look& look) const {
  const HttpRequest& request = look.request;
  const Refusals refuse(look.service);
  const Times times{look.now, look.signers_now.value_or(look.now)};
  Signer result;

  if (refuse.family() == Family::kS3) {
    check_one_mechanism(request);
    if (const auto claim = find_version_2_claim(request, times)) {
      result.principal = check_version_2(look, refuse, *claim);
      return result;
    }
  } else {
    check_one_signature(refuse, request);
  }

  const std::optional<SignatureClaim> claim = find_claim(request);
  if (!claim) {
    if (!may_be_anonymous(refuse, look.operation)) throw refuse.missing_token(request);
    result.principal.anonymous = true;
    return result;
  }

  // What can be seen without the key.
  const SignatureClaim::Parts parts =
      refuse.family() == Family::kS3 ? check_s3_claim(request, *claim, times)
                                     : check_claim(refuse, request, *claim, look.service, times);

  const Credential* const credential = look.known.by_access_key_id.find(parts.access_key_id);
  if (credential == nullptr) {
    if (strict_) throw refuse.unknown_key(parts.access_key_id);
    result.principal = root_of(account_of_unknown_key(parts.access_key_id), parts.access_key_id);
    if (refuse.family() == Family::kS3 && look.with_body)
      check_payload_hash(request, payload_claim(request, *claim));
    return result;
  }

  if (!credential->active) throw refuse.unknown_key(parts.access_key_id);

  // What needs it.
  if (refuse.family() == Family::kS3) check_all_amz_headers_signed(request, *claim);
  result.principal = principal_of(parts.access_key_id, *credential);
  if (!look.with_body && !is_signed_without_body(refuse, request, *claim)) return result;
  const std::string payload = payload_claim(request, *claim);
  const Verification verification =
      verify(request, *claim, credential->secret_access_key, keys_, payload);
  if (!verification.valid) throw refuse.wrong_signature(parts.access_key_id, *claim, verification);
  check_session(refuse, *credential, claim->session_token, look.now);
  if (refuse.family() == Family::kS3 && look.with_body) check_payload_hash(request, payload);
  if (is_streaming(payload)) result.chunks.emplace(verification.expected);
  return result;
}

std::string account_of_unknown_key(std::string_view access_key_id) {
  const bool is_account =
      access_key_id.size() == 12 && std::all_of(access_key_id.begin(), access_key_id.end(),
                                                [](char c) { return c >= '0' && c <= '9'; });
  return std::string(is_account ? access_key_id : kDefaultAccount);
}

}  // namespace cloudchamber::mock

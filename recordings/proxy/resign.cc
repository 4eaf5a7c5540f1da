#include "recordings/proxy/resign.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "mock-server/authorize/unwrap_body.h"
#include "mock-server/call/aws_error.h"
#include "mock-server/route/credential_scope.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/uri.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber::recordings {
namespace {

// Of the connection and of the signature.
constexpr std::array<std::string_view, 17> kDropped = {"authorization",
                                                       "connection",
                                                       "content-length",
                                                       "date",
                                                       "expect",
                                                       "keep-alive",
                                                       "proxy-authenticate",
                                                       "proxy-authorization",
                                                       "proxy-connection",
                                                       "te",
                                                       "trailer",
                                                       "transfer-encoding",
                                                       "upgrade",
                                                       "x-amz-date",
                                                       "x-amz-security-token",
                                                       "x-forwarded-for",
                                                       "x-forwarded-host"};

// Of the payload and how it is framed.
constexpr std::array<std::string_view, 3> kFraming = {
    "x-amz-content-sha256", "x-amz-decoded-content-length", "x-amz-trailer"};

template <std::size_t kSize>
bool is_one_of(const std::array<std::string_view, kSize>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// "AWS AKID:signature" and "?AWSAccessKeyId=...&Signature=...&Expires=...": S3's old signature.
bool is_version_2(const HttpRequest& request) {
  return request.headers.get("Authorization").starts_with("AWS ") ||
         request.query().find("AWSAccessKeyId=") != std::string_view::npos;
}

std::string without_parameters(const std::string& target, bool version_2) {
  const std::size_t question = target.find('?');
  if (question == std::string::npos) return target;
  std::string result = target.substr(0, question);
  char separator = '?';
  std::string_view rest = std::string_view(target).substr(question + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const std::string name = lowered(uri_decode(pair.substr(0, pair.find('='))));
    if (is_signature_parameter(name)) continue;
    if (version_2 && (name == "awsaccesskeyid" || name == "signature" || name == "expires"))
      continue;
    result.append(1, separator).append(pair);
    separator = '&';
  }
  return result;
}

}  // namespace

std::optional<ClaimedSignature> claimed_signature(const HttpRequest& request) {
  if (const std::optional<SignatureClaim> claim = find_claim(request)) {
    const auto parts = claim->parts();
    if (!parts) return ClaimedSignature{};
    const std::string_view payload = request.headers.get("x-amz-content-sha256");
    return ClaimedSignature{.access_key_id = parts->access_key_id,
                            .region = parts->region,
                            .service = parts->service,
                            .covers_payload = payload != kUnsignedPayload &&
                                              payload != kStreamingUnsignedTrailer &&
                                              !(claim->in_query && parts->service == "s3")};
  }
  if (!is_version_2(request)) return std::nullopt;
  std::string_view key = request.headers.get("Authorization");
  key.remove_prefix(std::min<std::size_t>(key.size(), 4));
  return ClaimedSignature{.access_key_id = std::string(key.substr(0, key.find(':'))),
                          .service = "s3"};
}

void take_framing_off(HttpRequest& request) {
  try {
    if (request.headers.get("x-amz-decoded-content-length") != std::to_string(request.body.size()))
      mock::unwrap_body(request, std::nullopt);
  } catch (const mock::AwsError&) {
    return;
  }
  for (const std::string_view name : kFraming) request.headers.erase(name);
}

HttpRequest head_alone(HttpRequest request) {
  for (const std::string_view name : kFraming) request.headers.erase(name);
  return request;
}

std::string payload_of_passing_body(const HttpRequest& request) {
  const std::string_view payload = request.headers.get("x-amz-content-sha256");
  return std::string(payload.empty() ? kUnsignedPayload : payload);
}

HttpRequest without_signature(const HttpRequest& request, const std::optional<Understood>& call,
                              bool keeps_host, BodyForm body) {
  HttpRequest plain = request;
  // Badly framed, it goes on as it is, and whoever it is for says so.
  if (body == BodyForm::kWhole) take_framing_off(plain);
  if (call && !keeps_host) plain.target = call->request.target;
  plain.target = without_parameters(plain.target, is_version_2(request));
  Headers kept;
  for (const auto& [name, value] : plain.headers) {
    const std::string lower = lowered(name);
    const bool is_date_of_signature = lower != "date" || request.headers.contains("Authorization");
    if (is_one_of(kDropped, lower) && is_date_of_signature) continue;
    if (body == BodyForm::kWhole && is_one_of(kFraming, lower)) continue;
    kept.add(name, value);
  }
  plain.headers = std::move(kept);
  return plain;
}

}  // namespace cloudchamber::recordings

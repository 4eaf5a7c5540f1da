#include "recordings/bind/resend.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "mock-server/decode/signed_url.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/uri.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kMaxTranslated = std::size_t{4} << 20;  // bytes of a body

bool is_form(const HttpRequest& request) {
  return request.headers.get("Content-Type").starts_with("application/x-www-form-urlencoded");
}

// What signs a request in its parameters, by SigV4 or by Signature Version 2.
bool signs(std::string_view name) {
  constexpr std::array<std::string_view, 6> kVersion2 = {"AWSAccessKeyId",   "Signature",
                                                         "SignatureMethod",  "SecurityToken",
                                                         "SignatureVersion", "Timestamp"};
  return is_signature_parameter(name) ||
         std::find(kVersion2.begin(), kVersion2.end(), name) != kVersion2.end();
}

// Names and values, without what signs them where `take_signature`, and with the values of the
// other world. What needs no change keeps its bytes.
std::string translated_parameters(std::string_view text, const Bindings& bindings,
                                  bool take_signature) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = text.find('&');
    const std::string_view parameter = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const std::size_t equals = parameter.find('=');
    const std::string_view name = parameter.substr(0, equals);
    if (take_signature && signs(uri_decode(name, true))) continue;
    if (!result.empty()) result += '&';
    if (equals == std::string_view::npos) {
      result += parameter;
      continue;
    }
    const std::string value = uri_decode(parameter.substr(equals + 1), true);
    std::string translated = bindings.translate(value);
    result += name;
    result += '=';
    result +=
        translated == value ? std::string(parameter.substr(equals + 1)) : uri_encode(translated);
  }
  return result;
}

std::string translated_path(std::string_view path, const Bindings& bindings) {
  std::string result;
  for (;;) {
    const std::size_t end = path.find('/');
    const std::string_view segment = path.substr(0, end);
    const std::string value = uri_decode(segment);
    const std::string translated = bindings.translate(value);
    result += translated == value ? std::string(segment) : uri_encode(translated);
    if (end == std::string_view::npos) return result;
    result += '/';
    path.remove_prefix(end + 1);
  }
}

bool is_signed_in_query(std::string_view query) {
  // A recorder may have taken the signature itself away.
  return query.find("Signature=") != std::string_view::npos ||
         query.find("X-Amz-Algorithm=") != std::string_view::npos ||
         query.find("X-Amz-SignedHeaders=") != std::string_view::npos;
}

void translate_body(HttpRequest& request, const Understood& call, const Bindings& bindings) {
  const Member* stream = call.operation->streaming_input();
  if ((stream != nullptr && stream->streaming) || request.body.size() > kMaxTranslated ||
      request.headers.contains("Content-Encoding"))
    return;
  const std::string body = request.body.to_string();
  std::string translated = body;
  if (is_form(request)) {
    const bool version_2 = body.find("SignatureVersion=2") != std::string::npos;
    translated = translated_parameters(body, bindings, version_2);
  } else if (!bindings.empty()) {
    Json document = Json::parse(body, nullptr, false);
    if (document.is_structured()) {
      if (bindings.translate(document)) translated = document.dump();
    } else {
      translated = bindings.translate(body);
    }
  }
  if (translated == body) return;
  std::vector<std::string> checksums;
  for (const auto& [name, value] : request.headers)
    if (lowered(name).starts_with("x-amz-checksum-")) checksums.push_back(name);
  for (const std::string& name : checksums) request.headers.erase(name);
  if (request.headers.contains("Content-MD5") || !checksums.empty())
    request.headers.set("Content-MD5", base64_encode(md5(translated)));
  if (request.headers.contains("Content-Length"))
    request.headers.set("Content-Length", std::to_string(translated.size()));
  request.body = Blob(std::move(translated));
}

// What is signed in place of the body's hash; "" for the hash itself.
std::string_view payload_of(const HttpRequest& request) {
  const std::string_view claimed = request.headers.get("x-amz-content-sha256");
  return claimed.starts_with("STREAMING-") || claimed == kUnsignedPayload ? claimed
                                                                          : std::string_view();
}

}  // namespace

bool was_signed(const HttpRequest& recorded, const Understood& call) {
  if (call.model->signing_name != "s3" && !call.operation->no_auth) return true;
  if (recorded.headers.contains("Authorization") || is_signed_in_query(recorded.query()))
    return true;
  return recorded.headers.contains("x-amz-date") ||
         recorded.headers.contains("x-amz-content-sha256") ||
         (recorded.body.size() < kMaxTranslated &&
          recorded.body.to_string().find("SignatureVersion=2") != std::string::npos);
}

void AccountSearch::look_at(const Json& value) {
  if (value.is_structured()) {
    for (const Json& part : value) look_at(part);
    return;
  }
  if (!value.is_string()) return;
  const auto& text = value.get_ref<const std::string&>();
  if (text.size() > 2048) return;
  const bool names_accounts = text.size() == 12 || text.starts_with("arn:aws") ||
                              text.find("amazonaws.com/") != std::string::npos;
  if (!names_accounts) return;
  for (const TextPiece& piece : pieces_of(text)) {
    const auto kind = generated(piece.text);
    if (kind && kind->kind == Kind::kAccount) ++counts_[std::string(piece.text)];
  }
}

std::string AccountSearch::most_named() const {
  const auto most =
      std::max_element(counts_.begin(), counts_.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts_.end() ? std::string() : most->first;
}

HttpRequest Resender::resend(const HttpRequest& recorded, const Understood& call,
                             const Bindings& bindings, TimePoint now) {
  HttpRequest request = recorded;
  // Some recorders leave it out; it was found again while the request was understood.
  if (const std::string* type = call.request.headers.find("Content-Type");
      type != nullptr && !request.headers.contains("Content-Type"))
    request.headers.set("Content-Type", *type);
  // What the signer of a URL put into it counts no more once the URL is not signed.
  if (std::optional<Headers> of_url = mock::headers_of_signed_url(request))
    request.headers = *std::move(of_url);
  const std::string query =
      translated_parameters(request.query(), bindings, is_signed_in_query(request.query()));
  request.target = translated_path(request.path(), bindings);
  if (!query.empty()) request.target += '?' + query;

  if (!bindings.empty()) {
    Headers headers;
    for (const auto& [name, value] : request.headers) headers.add(name, bindings.translate(value));
    request.headers = std::move(headers);
  }
  translate_body(request, call, bindings);

  const bool is_signed = was_signed(recorded, call);
  for (const char* name : {"Authorization", "X-Amz-Security-Token", "X-Amz-Date", "Date"})
    request.headers.erase(name);
  if (!is_signed) return request;
  const std::string payload(payload_of(request));
  const Credentials root{.access_key_id = account_, .secret_access_key = "of the recording"};
  sign(request, root, {.region = call.region, .service = call.model->signing_name}, now, keys_,
       payload);
  return request;
}

}  // namespace cloudchamber::recordings

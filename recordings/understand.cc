#include "recordings/understand.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "mock-server/authorize/unwrap_body.h"
#include "mock-server/call/aws_error.h"
#include "mock-server/decode/decoder.h"
#include "mock-server/route/credential_scope.h"
#include "mock-server/route/host.h"
#include "mock-server/route/known_services.h"
#include "recordings/masked.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/compression.h"
#include "sdk/parse/parser.h"
#include "sdk/sign/canonical.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kMaxUnpacked = std::size_t{64} << 20;
constexpr std::size_t kLookedAt = 4096;  // of a body, to see of what kind it is

bool is_of_aws(std::string_view host) {
  return mock::is_host_of_aws(host) || lowered(host.substr(0, host.rfind(':'))).ends_with(".aws") ||
         host.starts_with("169.254.");  // the metadata of EC2 and ECS
}

bool is_of_this_machine(std::string_view host) {
  return host.starts_with("127.0.0.1") || host.starts_with("localhost") ||
         host.starts_with("[::1]");
}

bool has_header_of_aws(const Headers& headers) {
  return std::any_of(headers.begin(), headers.end(), [](const auto& field) {
    // Of IAM Identity Center, which is none of ours, on whatever host.
    return equal_ignoring_case(std::string_view(field.first).substr(0, 6), "x-amz-") &&
           !equal_ignoring_case(field.first, "x-amz-sso_bearer_token");
  });
}

// The router takes whatever says nothing for a request to S3, as a server must that is reached
// under one name. A recording also holds requests to other services and to any web site.
bool is_for_a_service_of_ours(const HttpRequest& request) {
  const mock::CredentialScope scope = mock::read_scope(request);
  if (!scope.service.empty())
    return signs_like_s3(scope.service) || mock::service_signed_as(scope.service) != nullptr;
  const mock::HostMeaning host = mock::understand_host(request.host);
  if (!host.service.empty()) return true;
  if (is_of_aws(request.host)) return request.headers.contains("X-Amz-Target");
  return has_header_of_aws(request.headers) || is_of_this_machine(request.host) ||
         request.body.slice(0, kLookedAt).to_string().find("Action=") != std::string::npos;
}

// Several recorders leave the header out.
void restore_form_type(HttpRequest& request) {
  if (request.headers.contains("Content-Type") || request.body.empty()) return;
  const std::string begin = request.body.slice(0, kLookedAt).to_string();
  if (begin.starts_with("Action=") || begin.find("&Action=") != std::string::npos)
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
}

// A recorder may have taken the framing off already and left the header.
bool is_framed(const HttpRequest& request) {
  return request.headers.get("x-amz-decoded-content-length") != std::to_string(request.body.size());
}

// Does nothing where the body is not packed as the header says: browsers' HAR files keep bodies
// unpacked, with the header as it was. False where it is broken or unpacks to too much.
bool take_coding_off(Headers& headers, Blob& body) {
  const std::string_view coding = headers.get("Content-Encoding");
  const std::string begin = body.slice(0, 2).to_string();
  const bool gzip = equal_ignoring_case(coding, "gzip") && begin == "\x1f\x8b";
  const bool deflate = equal_ignoring_case(coding, "deflate") && begin.starts_with('\x78');
  if (!gzip && !deflate) return true;
  Decompressed unpacked = decompress(gzip ? Coding::kGzip : Coding::kDeflate, body, kMaxUnpacked);
  if (unpacked.outcome != Decompressed::kDone) return false;
  body = Blob(std::move(unpacked.bytes));
  headers.erase("Content-Encoding");
  return true;
}

void take_masks_off(Blob& body) {
  if (body.size() > kMaxUnpacked || !body.slice(0, 1).to_string().starts_with('<')) return;
  std::string scratch;
  const std::string_view text = body.flat(scratch);
  if (looks_masked(text)) body = Blob(unmasked_xml(text));
}

// "CLEARED", "<body>", "REDACTED".
bool is_word(const Blob& body) {
  constexpr std::size_t kLongest = 64;
  if (body.empty() || body.size() > kLongest) return false;
  std::string text = body.to_string();
  if (text.size() > 2 && text.front() == '<' && text.back() == '>')
    text = text.substr(1, text.size() - 2);
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-' || c == '*';
  });
}

bool streams(const Member* member) { return member != nullptr && member->streaming; }

// "<?xml ...?> <Error>" with status 200: S3's answer to a copy or a completed upload that failed
// after the connection had to be kept alive.
bool is_late_error(const HttpResponse& response) {
  if (response.status != 200) return false;
  const std::string begin = response.body.slice(0, kLookedAt).to_string();
  std::size_t at = begin.find_first_not_of(" \t\r\n");
  if (at != std::string::npos && begin.compare(at, 5, "<?xml") == 0) {
    at = begin.find("?>", at);
    if (at != std::string::npos) at = begin.find_first_not_of(" \t\r\n", at + 2);
  }
  return at != std::string::npos &&
         (begin.compare(at, 7, "<Error>") == 0 || begin.compare(at, 7, "<Error ") == 0);
}

Meaning meaning_without_object(const Understood& call) {
  return {.service = call.model->name,
          .operation = call.operation->name,
          .region = call.region,
          .parameters = call.parameters};
}

Meaning meaning_of(const Understood& call) {
  Meaning meaning = meaning_without_object(call);
  const Member* stream = call.operation->streaming_input();
  if (streams(stream) && !stream->shape->event_stream && !call.request.body.empty()) {
    std::string scratch;
    meaning.parameters[stream->name] = binary(call.request.body.flat(scratch));
  }
  return meaning;
}

}  // namespace

HttpResponse plain_response(const Operation& operation, const HttpResponse& response) {
  HttpResponse plain = response;
  if (streams(operation.streaming_output())) return plain;
  // A body that can't be unpacked can't be parsed either, which is where it is reported.
  (void)take_coding_off(plain.headers, plain.body);
  take_masks_off(plain.body);
  if (operation.output != nullptr && is_late_error(plain)) plain.status = 500;
  return plain;
}

// Here and not in the header, so that a constant one can be made.
Understanding::Understanding() = default;

std::optional<Understood> Understanding::understood(const HttpRequest& recorded) const {
  Understood call;
  call.request = recorded;
  HttpRequest& request = call.request;
  restore_form_type(request);
  if (!is_for_a_service_of_ours(request)) return std::nullopt;
  try {
    mock::Route route;
    router_.find(request, route);
    if (route.operation == nullptr) return std::nullopt;
    if (is_framed(request)) mock::unwrap_body(request, std::nullopt);
    if (!streams(route.operation->streaming_input()) &&
        !take_coding_off(request.headers, request.body))
      return std::nullopt;
    if (!route.decoded_target.empty()) request.target = route.decoded_target;
    call.parameters = mock::decode(*route.model, *route.operation, request);
    if (!route.queue_path.empty() && !call.parameters.contains("QueueUrl"))
      call.parameters["QueueUrl"] = request.scheme + "://" + request.host + route.queue_path;
    call.model = std::move(route.model);
    call.operation = route.operation;
    call.region = std::move(route.region);
    return call;
  } catch (const mock::AwsError&) {
    return std::nullopt;  // nothing that a service would take for a call
  }
}

std::optional<Understood> Understanding::scrubbed(const HttpRequest& recorded) const {
  if (!is_word(recorded.body) || !is_for_a_service_of_ours(recorded)) return std::nullopt;
  try {
    mock::Route route;
    router_.find(recorded, route);
    if (route.operation == nullptr || streams(route.operation->streaming_input()))
      return std::nullopt;
    return Understood{.model = std::move(route.model),
                      .operation = route.operation,
                      .region = std::move(route.region),
                      .request = recorded,
                      .parameters = Json::object()};
  } catch (const mock::AwsError&) {
    return std::nullopt;
  }
}

std::optional<Meaning> Understanding::meaning_of_request(const HttpRequest& request) const {
  const std::optional<Understood> call = understood(request);
  if (!call) return std::nullopt;
  return recordings::meaning_of(*call);
}

std::optional<Meaning> Understanding::meaning_of(const Exchange& exchange) const {
  const std::optional<Understood> call = understood(exchange.request);
  if (!call) return std::nullopt;
  return with_answer(*call, recordings::meaning_of(*call), exchange.response);
}

std::optional<Meaning> Understanding::meaning_without_object(const Exchange& exchange) const {
  const std::optional<Understood> call = understood(exchange.request);
  if (!call) return std::nullopt;
  return with_answer(*call, recordings::meaning_without_object(*call), exchange.response);
}

std::optional<Meaning> Understanding::with_answer(const Understood& call, Meaning meaning,
                                                  const HttpResponse& answer) const {
  const HttpResponse response = plain_response(*call.operation, answer);
  if (response.status < 300) {
    try {
      meaning.result = parse_output(*call.model, *call.operation, response);
    } catch (const ResponseParserError&) {
      return std::nullopt;
    }
    return meaning;
  }
  ParsedError error = parse_error(*call.model, *call.operation, response);
  meaning.error_code = std::move(error.query_code.empty() ? error.code : error.query_code);
  meaning.error_message = std::move(error.message);
  return meaning;
}

}  // namespace cloudchamber::recordings

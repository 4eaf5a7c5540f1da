#include "mock-server/pipeline.h"

#include <exception>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "mock-server/content_coding.h"
#include "mock-server/decode/decoder.h"
#include "mock-server/encode/encoder.h"
#include "mock-server/http_faults.h"
#include "mock-server/plain_http.h"
#include "mock-server/route/credential_scope.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock {
namespace {

constexpr std::uint64_t kMaxDocument = std::uint64_t{16} << 20;  // DynamoDB's limit of a request
constexpr std::uint64_t kMaxUpload = std::uint64_t{5} << 30;     // S3's, of one PUT

// Under what the caller reached us, for URLs in results.
std::string endpoint_of(const HttpRequest& request) {
  return request.scheme + "://" + request.host;
}

// A path that stands for a parameter: requests to a queue's own URL.
void add_what_the_path_says(const Route& route, const std::string& endpoint, Json& input) {
  if (!route.queue_path.empty() && !input.contains("QueueUrl"))
    input["QueueUrl"] = endpoint + route.queue_path;
}

void apply(const Reply& reply, HttpResponse& response) {
  if (reply.status != 0) response.status = reply.status;
  for (const auto& [name, value] : reply.headers) response.headers.set(name, value);
}

bool is_dynamodb(const Route& route) {
  return route.model != nullptr && route.model->signing_name == "dynamodb";
}

std::string checksum_of(const Blob& body) {
  const std::string bytes = digest_of(Digest::kCrc32, body);
  std::uint32_t crc = 0;
  for (const char byte : bytes) crc = crc << 8 | static_cast<unsigned char>(byte);
  return std::to_string(crc);
}

// In what to answer where nothing could be told of the request.
Protocol protocol_of(const Route& route) {
  return route.model == nullptr ? Protocol::kRestXml : route.model->protocol;
}

}  // namespace

HttpResponse Pipeline::handle(HttpRequest request) const {
  if (std::optional<HttpResponse> told = parts_.control.answer(request)) return *std::move(told);
  if (std::optional<HttpResponse> plain = answer_plainly(request)) return *std::move(plain);

  Route route;
  std::string request_id;
  HttpResponse response;
  try {
    response = perform(request, route, request_id);
  } catch (const AwsError& error) {
    response = refuse(route, error, request_id);
  } catch (const std::exception& failure) {
    response = refuse(route, internal_failure(protocol_of(route), failure.what()), request_id);
  }
  finish(request, route, request_id, response);
  return response;
}

HttpResponse Pipeline::perform(HttpRequest& request, Route& route, std::string& request_id) const {
  const TimePoint received = parts_.world.clock().now();
  try {
    parts_.router.find(request, route);
    request_id = new_request_id(route);
  } catch (const AwsError&) {
    request_id = new_request_id(route);
    const ServiceHooks* hooks = hooks_of(route);
    if (hooks == nullptr || !hooks->answer) throw;
    if (std::optional<HttpResponse> answered =
            hooks->answer(exchange_of(request, route, request_id)))
      return *answered;
    throw;
  }
  const Principal principal =
      parts_.authorizer.authorize(request, *route.model, *route.operation, received);
  take_coding_off(*route.model, request, kMaxDocument);
  if (!route.decoded_target.empty()) request.target = route.decoded_target;

  Json input = decode(*route.model, *route.operation, request);
  const std::string endpoint = endpoint_of(request);
  add_what_the_path_says(route, endpoint, input);

  const Reply reply = parts_.dispatcher.run({.service = *route.model,
                                             .operation = *route.operation,
                                             .input = input,
                                             .request = request,
                                             .principal = principal,
                                             .region = route.region,
                                             .request_id = request_id,
                                             .endpoint = endpoint,
                                             .received = received,
                                             .now = received,
                                             .ids = parts_.world.ids(),
                                             .strict = parts_.strict,
                                             .transition_time = parts_.transition_time});
  HttpResponse response =
      encode_output(*route.model, *route.operation, reply.output, reply.body, request_id);
  apply(reply, response);
  return response;
}

HttpResponse Pipeline::refuse(const Route& route, const AwsError& error,
                              const std::string& request_id) const {
  const std::shared_ptr<const ServiceModel> model =
      route.model != nullptr ? route.model : find_model("s3");
  return encode_error(*model, route.operation, error, request_id);
}

const ServiceHooks* Pipeline::hooks_of(const Route& route) const {
  const Service* service =
      route.model == nullptr ? nullptr : parts_.dispatcher.find(route.model->name);
  return service == nullptr ? nullptr : &service->hooks();
}

ServiceHooks::Exchange Pipeline::exchange_of(const HttpRequest& request, const Route& route,
                                             const std::string& request_id) const {
  return {.request = request,
          .target = route.decoded_target.empty() ? request.target : route.decoded_target,
          .operation = route.operation,
          .region = route.region,
          .request_id = request_id,
          .world = parts_.world,
          .dispatcher = parts_.dispatcher,
          .strict = parts_.strict};
}

// Each kind of service has its own look of them, and clients log them.
std::string Pipeline::new_request_id(const Route& route) const {
  Ids& ids = parts_.world.ids();
  if (protocol_of(route) == Protocol::kRestXml) return ids.letters_and_digits(16);
  if (is_dynamodb(route)) return ids.letters_and_digits(52);
  return ids.uuid();
}

void Pipeline::finish(const HttpRequest& request, const Route& route, const std::string& request_id,
                      HttpResponse& response) const {
  response.headers.set("Server", route.is("s3") ? "AmazonS3" : "Server");
  response.headers.set("Date", rfc822(parts_.world.clock().now()));
  if (is_dynamodb(route)) {
    put_coding_on(request.headers.get("Accept-Encoding"), response);
    response.headers.set("x-amz-crc32", checksum_of(response.body));
  }
  if (!route.is("s3") || !names_a_resource(request)) allow_origin(request, response);
  const ServiceHooks* hooks = hooks_of(route);
  if (hooks != nullptr && hooks->finish)
    hooks->finish(exchange_of(request, route, request_id), response);
}

std::uint64_t Pipeline::body_limit(const HttpRequest& head) const {
  const std::string_view type = head.headers.get("Content-Type");
  const bool document = head.headers.contains("X-Amz-Target") ||
                        type.starts_with("application/x-www-form-urlencoded");
  // A form may be an object's content too: then it is signed for S3.
  return document && read_scope(head).service != "s3" ? kMaxDocument : kMaxUpload;
}

std::optional<HttpResponse> Pipeline::refusal(const HttpRequest& head) const {
  Route route;
  std::string request_id;
  try {
    parts_.router.find(head, route);
    request_id = new_request_id(route);
    const ServiceHooks* hooks = hooks_of(route);
    if (hooks == nullptr || !hooks->before_body) return std::nullopt;
    const Principal principal = parts_.authorizer.authorize_head(
        head, *route.model, *route.operation, parts_.world.clock().now());
    hooks->before_body(exchange_of(head, route, request_id), principal);
    return std::nullopt;
  } catch (const AwsError& error) {
    if (route.operation == nullptr) return std::nullopt;  // its body may say more
    HttpResponse response = refuse(route, error, request_id);
    finish(head, route, request_id, response);
    return response;
  }
}

HttpResponse Pipeline::answer_fault(const HttpRequest& head, HttpFault fault) const {
  Route route;
  try {
    parts_.router.find(head, route);
  } catch (const AwsError&) {
    // The fault came first.
  }
  const std::string request_id = new_request_id(route);
  HttpResponse response = refuse(route, error_of(fault, protocol_of(route)), request_id);
  finish(head, route, request_id, response);
  return response;
}

}  // namespace cloudchamber::mock

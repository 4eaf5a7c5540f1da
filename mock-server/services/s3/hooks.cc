#include "mock-server/services/s3/hooks.h"

#include <nlohmann/json.hpp>
#include <string>

#include "mock-server/call/dispatch.h"
#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/bucket.h"
#include "mock-server/services/s3/cors.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/post_object.h"
#include "sdk/codec/uri.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber::mock::s3 {
namespace {

// What "/bucket/key?..." names.
struct Resource {
  std::string bucket;
  std::string key;
};

Resource resource_of(std::string_view target) {
  target = target.substr(0, target.find('?'));
  if (target.starts_with('/')) target.remove_prefix(1);
  const std::size_t slash = target.find('/');
  Resource resource{uri_decode(target.substr(0, slash)), ""};
  if (slash != std::string_view::npos) resource.key = uri_decode(target.substr(slash + 1));
  return resource;
}

AwsError forbidden(const std::string& why, std::string_view method, const Resource& resource) {
  AwsError error("AccessForbidden", "CORSResponse: " + why, 403);
  error.with("Method", std::string(method))
      .with("ResourceType", resource.key.empty() ? "BUCKET" : "OBJECT");
  return error;
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html
HttpResponse preflight(const ServiceHooks::Exchange& exchange) {
  const Resource resource = resource_of(exchange.target);
  const Headers& headers = exchange.request.headers;
  const std::string* origin = headers.find("Origin");
  if (origin == nullptr) {
    throw AwsError("BadRequest", "Insufficient information. Origin request header needed.", 400);
  }
  const std::string* method = headers.find("Access-Control-Request-Method");
  const std::string_view shown_method =
      method != nullptr ? std::string_view(*method) : std::string_view("OPTIONS");
  Transaction transaction = exchange.world.begin();
  const Bucket* bucket = transaction.read<Buckets>("", "").table.find(resource.bucket);
  if (bucket == nullptr) throw forbidden("Bucket not found", shown_method, resource);
  const Json* rules = bucket->configuration("Cors");
  if (rules == nullptr) {
    if (method == nullptr && resource.key.empty()) {
      throw forbidden("CORS is not enabled for this bucket.", "OPTIONS", resource);
    }
    throw forbidden("CORS is not enabled for this bucket.", shown_method, resource);
  }
  if (method == nullptr) {
    throw AwsError("BadRequest", "Invalid Access-Control-Request-Method: null", 400);
  }
  const auto allowed =
      cors_headers(*rules, *origin, *method, headers.get("Access-Control-Request-Headers"));
  if (!allowed) {
    throw forbidden(
        "This CORS request is not allowed. This is usually because the evalution of Origin, "
        "request "
        "method / Access-Control-Request-Method or Access-Control-Request-Headers are not "
        "whitelisted by the resource's CORS spec.",
        *method, resource);
  }
  HttpResponse response;
  for (const auto& [name, value] : *allowed) response.headers.add(name, value);
  return response;
}

std::optional<HttpResponse> answer(const ServiceHooks::Exchange& exchange) {
  if (exchange.request.method == "OPTIONS") return preflight(exchange);
  const Resource resource = resource_of(exchange.target);
  const bool to_bucket = !resource.bucket.empty() && resource.key.empty();
  if (exchange.request.method == "POST" && to_bucket &&
      exchange.target.find('?') == std::string_view::npos) {
    return post_object(exchange, resource.bucket);
  }
  return std::nullopt;
}

void add_cors_headers(const ServiceHooks::Exchange& exchange, HttpResponse& response) {
  const HttpRequest& request = exchange.request;
  const std::string* origin = request.headers.find("Origin");
  if (origin == nullptr || request.method == "OPTIONS") return;
  Transaction transaction = exchange.world.begin();
  const Bucket* bucket =
      transaction.read<Buckets>("", "").table.find(resource_of(exchange.target).bucket);
  const Json* rules = bucket == nullptr ? nullptr : bucket->configuration("Cors");
  if (rules == nullptr) return;
  const std::string* asked = request.headers.find("Access-Control-Request-Method");
  const auto allowed =
      cors_headers(*rules, *origin, asked != nullptr ? *asked : request.method, "");
  if (!allowed) return;
  for (const auto& [name, value] : *allowed) response.headers.set(name, value);
}

// Headers of listings and of HeadBucket say where the bucket is, of HeadBucket even when it is
// refused (go-cloud's s3-2026 and cloud-custodian's test_output recordings). A request that nobody
// signed, to another region's endpoint, is sent there (its test_s3/replication_filter_count).
void tell_region(const ServiceHooks::Exchange& exchange, HttpResponse& response) {
  if (exchange.operation == nullptr) return;
  const std::string& operation = exchange.operation->name;
  const bool is_head = operation == "HeadBucket";
  const bool is_listing = operation == "ListObjects" || operation == "ListObjectsV2";
  if (!is_head && !(is_listing && response.status < 300)) return;
  Transaction transaction = exchange.world.begin();
  const Bucket* bucket =
      transaction.read<Buckets>("", "").table.find(resource_of(exchange.target).bucket);
  if (bucket == nullptr) return;
  response.headers.set("x-amz-bucket-region", bucket->region);
  const HttpRequest& request = exchange.request;
  const bool is_regional = request.host.ends_with(".amazonaws.com") &&
                           exchange.target == request.target;  // no bucket in the host
  if (is_head && is_regional && !find_claim(request) && bucket->region != exchange.region)
    response.status = 301;
}

void finish(const ServiceHooks::Exchange& exchange, HttpResponse& response) {
  add_cors_headers(exchange, response);
  tell_region(exchange, response);
}

// An upload that will be refused is refused before its body is sent.
void check_before_body(const ServiceHooks::Exchange& exchange, const Principal& principal) {
  if (exchange.operation == nullptr || exchange.operation->name != "PutObject") return;
  const Resource resource = resource_of(exchange.target);
  const Json input = {{"Bucket", resource.bucket}, {"Key", resource.key}};
  const std::shared_ptr<const ServiceModel> model = find_model("s3");
  const TimePoint now = exchange.world.clock().now();
  const Call::Context context{.service = *model,
                              .operation = *exchange.operation,
                              .input = input,
                              .request = exchange.request,
                              .principal = principal,
                              .region = exchange.region,
                              .request_id = exchange.request_id,
                              .endpoint = "",
                              .received = now,
                              .now = now,
                              .ids = exchange.world.ids()};
  const Call call(context);
  Transaction transaction = exchange.world.begin();
  const Bucket& bucket = bucket_of(call, transaction.read<Buckets>("", ""));
  // A policy may look at tags that are not read here; what is refused for sure is refused.
  if (bucket.configuration("Policy") != nullptr) return;
  authorize(call, bucket, {.action = "s3:PutObject", .key = resource.key});
}

}  // namespace

ServiceHooks make_hooks() {
  return {.answer = answer, .before_body = check_before_body, .finish = finish};
}

}  // namespace cloudchamber::mock::s3

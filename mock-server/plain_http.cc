#include "mock-server/plain_http.h"

#include <algorithm>
#include <string>

#include "mock-server/route/credential_scope.h"
#include "mock-server/route/host.h"

namespace cloudchamber::mock {
namespace {

// An SDK's request, even one that it does not sign: asking S3 for its buckets looks like asking
// DynamoDB for its health.
bool is_from_sdk(const HttpRequest& request) {
  return std::any_of(request.headers.begin(), request.headers.end(), [](const auto& field) {
    const std::string_view name = field.first;
    return name.size() > 4 && (name[3] == '-') && (name[0] == 'a' || name[0] == 'A') &&
           (name[1] == 'm' || name[1] == 'M') && (name[2] == 'z' || name[2] == 'Z');
  });
}

bool is_health_question(const HttpRequest& request) {
  if ((request.method != "GET" && request.method != "HEAD") || request.target != "/") return false;
  if (request.headers.contains("Authorization") || is_from_sdk(request)) return false;
  if (request.headers.contains("x-amz-date") || request.headers.contains("x-amz-target"))
    return false;
  const HostMeaning host = understand_host(request.host);
  return host.bucket.empty() && host.service != "s3";
}

}  // namespace

bool names_a_resource(const HttpRequest& request) {
  return request.path().size() > 1 || !understand_host(request.host).bucket.empty();
}

std::optional<HttpResponse> answer_plainly(const HttpRequest& request) {
  HttpResponse response;
  if (is_health_question(request)) {
    response.headers.add("Content-Type", "text/plain");
    response.body = "healthy: " + request.host + "\n";
  } else if (request.method != "OPTIONS" || names_a_resource(request)) {
    return std::nullopt;
  }
  allow_origin(request, response);
  return response;
}

void allow_origin(const HttpRequest& request, HttpResponse& response) {
  if (!request.headers.contains("Origin")) return;
  response.headers.set("Access-Control-Allow-Origin", "*");
  response.headers.set("Access-Control-Expose-Headers",
                       "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,"
                       "x-amzn-ErrorMessage,Date");
  if (request.method != "OPTIONS") return;
  response.headers.set("Access-Control-Max-Age", "172800");
  if (const std::string* method = request.headers.find("Access-Control-Request-Method"))
    response.headers.set("Access-Control-Allow-Methods", *method);
  if (const std::string* headers = request.headers.find("Access-Control-Request-Headers"))
    response.headers.set("Access-Control-Allow-Headers", *headers);
}

}  // namespace cloudchamber::mock

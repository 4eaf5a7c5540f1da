#include "mock-server/route/router.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "mock-server/route/credential_scope.h"
#include "mock-server/route/host.h"
#include "mock-server/route/known_services.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock {
namespace {

std::shared_ptr<const ServiceModel> model_of(std::string_view name) { return find_model(name); }

// A parameter of a form or a query, decoded; nothing when it is absent. Looks no further than
// AWS's SDKs put it: a form with a large document in it is not decoded for its sake.
std::optional<std::string> parameter(std::string_view form, std::string_view name) {
  for (std::size_t at = 0; at < form.size();) {
    const std::size_t end = std::min(form.find('&', at), form.size());
    const std::string_view piece = form.substr(at, end - at);
    if (piece.size() > name.size() && piece.starts_with(name) && piece[name.size()] == '=')
      return uri_decode(piece.substr(name.size() + 1), true);
    at = end + 1;
  }
  return std::nullopt;
}

bool is_form(const HttpRequest& request) {
  constexpr std::string_view kForm = "application/x-www-form-urlencoded";
  const std::string_view type = request.headers.get("Content-Type");
  return type.substr(0, type.find(';')) == kForm;
}

// "/123456789012/name".
bool is_queue_path(std::string_view path) {
  if (path.size() < 15 || path[0] != '/' || path[13] != '/') return false;
  const std::string_view account = path.substr(1, 12);
  return std::all_of(account.begin(), account.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         path.find('/', 14) == std::string_view::npos;
}

AwsError unknown_action(const ServiceModel& model, const std::string& action,
                        const std::string& version) {
  if (model.name == "sqs")
    return {"InvalidAction", "The action " + action + " is not valid for this endpoint."};
  if (model.protocol == Protocol::kEc2)
    return {"InvalidAction", "The action " + action + " is not valid for this web service."};
  return {"InvalidAction", "Could not find operation " + action + " for version " +
                               (version.empty() ? model.api_version : version)};
}

// The message is empty, as AWS sends it.
AwsError unknown_operation(int status = 400) { return {"UnknownOperationException", "", status}; }

AwsError unknown_service(std::string_view name) {
  return not_implemented("The service " + std::string(name));
}

bool speaks_json(const HttpRequest& request) {
  return request.headers.get("Content-Type").find("json") != std::string_view::npos;
}

AwsError method_not_allowed(const HttpRequest& request, std::string_view path) {
  const std::size_t key = path.find('/', 1);
  const bool has_key = key != std::string_view::npos && key + 1 < path.size();
  AwsError error("MethodNotAllowed", "The specified method is not allowed against this resource.",
                 405);
  error.with("Method", request.method);
  error.with("ResourceType", path.size() <= 1 ? "SERVICE" : has_key ? "OBJECT" : "BUCKET");
  return error;
}

}  // namespace

void Router::find(const HttpRequest& request, Route& route) const {
  const CredentialScope scope = read_scope(request);
  const HostMeaning host = understand_host(request.host);
  const std::string_view hint = scope.service.empty() ? host.service : scope.service;
  if (!scope.region.empty())
    route.region = scope.region;
  else if (!host.region.empty())
    route.region = host.region;

  // The handle of a wait condition is a URL without operation; CloudFormation answers it.
  if (request.path().starts_with("/cloudformation-waitcondition-")) {
    route.model = model_of("cloudformation");
    throw unknown_operation(404);
  }
  if (by_target(request, hint, route)) return;
  if (by_rpc_path(request, route)) return;
  if (by_action(request, hint, route)) return;

  const KnownService* known = service_signed_as(hint);
  const bool is_s3 = hint.empty() || hint.starts_with("s3");
  if (is_s3) return by_path(request, host.bucket, route);
  if (known == nullptr) {
    route.model = model_of(speaks_json(request) ? "dynamodb" : "s3");
    throw unknown_service(hint);
  }
  // Signed for a service that is told what to do by header or form, and told nothing.
  route.model = model_of(known->query_model.empty() || speaks_json(request) ? known->model
                                                                            : known->query_model);
  if (route.model->protocol == Protocol::kJson) throw unknown_operation(404);
  throw AwsError("MissingAction", "The request is missing an action or a required parameter.");
}

bool Router::by_target(const HttpRequest& request, std::string_view hint, Route& route) const {
  const std::string* target = request.headers.find("X-Amz-Target");
  if (target == nullptr) return false;
  const std::size_t dot = target->rfind('.');
  const std::string_view prefix = std::string_view(*target).substr(0, dot);
  const std::string_view name =
      dot == std::string::npos ? std::string_view() : std::string_view(*target).substr(dot + 1);
  for (const KnownService& service : kKnownServices) {
    if (service.target_prefix.empty() || service.target_prefix != prefix) continue;
    route.model = model_of(service.model);
    route.operation = route.model->find_operation(name);
    if (route.operation == nullptr) throw unknown_operation();
    return true;
  }
  const KnownService* known = service_signed_as(hint);
  const bool takes_targets = known != nullptr && !known->target_prefix.empty();
  route.model = model_of(takes_targets ? known->model : "dynamodb");
  if (takes_targets || prefix.empty()) throw unknown_operation();
  throw unknown_service("of the target " + std::string(prefix));
}

// "/service/Name/operation/Name", with the protocol in a header.
bool Router::by_rpc_path(const HttpRequest& request, Route& route) const {
  if (request.headers.get("smithy-protocol") != "rpc-v2-cbor") return false;
  const std::string_view path = request.path();
  const std::size_t begin = path.find("/service/");
  const std::size_t middle = path.find("/operation/");
  if (begin == std::string_view::npos || middle == std::string_view::npos || middle < begin + 9)
    return false;
  const std::string_view service_name = path.substr(begin + 9, middle - begin - 9);
  const std::string_view operation_name = path.substr(middle + 11);
  for (const KnownService& service : kKnownServices) {
    if (service.target_prefix.empty() || service.target_prefix != service_name) continue;
    route.model = model_of(service.model);
    if (route.model->protocol != Protocol::kRpcV2Cbor) break;
    route.operation = route.model->find_operation(operation_name);
    if (route.operation == nullptr) throw unknown_operation();
    return true;
  }
  if (route.model == nullptr) route.model = model_of("dynamodb");
  throw not_implemented("RPC v2 for the service " + std::string(service_name));
}

bool Router::by_action(const HttpRequest& request, std::string_view hint, Route& route) const {
  std::string scratch;
  std::string_view form = request.query();
  std::optional<std::string> action = parameter(form, "Action");
  if (!action && is_form(request)) {
    form = request.body.flat(scratch);
    action = parameter(form, "Action");
  }
  if (!action) return false;
  const std::string version = parameter(form, "Version").value_or("");
  const std::string_view path = request.path();

  const KnownService* service = nullptr;
  for (const KnownService& candidate : kKnownServices) {
    if (candidate.query_model.empty()) continue;
    if (candidate.signing_name == hint || (hint.empty() && candidate.api_version == version)) {
      service = &candidate;
      break;
    }
  }
  // An object may be asked for with such a parameter too; DynamoDB knows none.
  if (service == nullptr && (hint.starts_with("s3") || service_signed_as(hint) != nullptr))
    return false;
  if (service == nullptr && hint.empty() && is_queue_path(path)) service = service_signed_as("sqs");
  if (service == nullptr && hint.empty()) {
    for (const KnownService& candidate : kKnownServices) {
      if (candidate.query_model.empty()) continue;
      if (model_of(candidate.query_model)->find_operation(*action) == nullptr) continue;
      service = &candidate;
      break;
    }
  }
  if (service == nullptr) {
    if (hint.empty() && !is_form(request)) return false;
    route.model = model_of("sts");
    if (!hint.empty()) throw unknown_service(hint);
    throw unknown_action(*route.model, *action, version);
  }
  route.model = model_of(service->query_model);
  route.operation = route.model->find_operation(*action);
  if (route.operation == nullptr) throw unknown_action(*route.model, *action, version);
  if (route.model->name == "sqs" && is_queue_path(path)) route.queue_path = path;
  return true;
}

void Router::by_path(const HttpRequest& request, std::string_view bucket, Route& route) const {
  route.model = model_of("s3");
  std::call_once(s3_once_, [&] { s3_ = std::make_unique<const RestTable>(*route.model); });
  std::string_view target = request.target;
  if (!bucket.empty()) {
    route.decoded_target.reserve(1 + bucket.size() + target.size());
    route.decoded_target.append("/").append(bucket).append(target);
    target = route.decoded_target;
  }
  route.operation = s3_->find(request.method, target, request.headers);
  if (route.operation == nullptr)
    throw method_not_allowed(request, target.substr(0, target.find('?')));
}

}  // namespace cloudchamber::mock

#include "sdk/client/call_endpoint.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "sdk/codec/jmespath.h"
#include "sdk/codec/uri.h"

namespace cloudchamber {
namespace {

// The members that the model binds to parameters of the rules, and the operation's own flags.
EndpointRules::Parameters context_of(const OutgoingCall& call) {
  EndpointRules::Parameters context;
  for (const auto& [name, value] : call.operation.endpoint_flags) context[name] = value;
  if (call.operation.input == nullptr || !call.parameters().is_object()) return context;
  for (const Member& member : call.operation.input->members) {
    if (member.context_param.empty()) continue;
    const auto found = call.parameters().find(member.name);
    if (found != call.parameters().end() && found->is_string())
      context[member.context_param] = found->get<std::string>();
  }
  for (const auto& [name, path] : call.operation.endpoint_paths) {
    const Json found = JmesPath(path).search(call.parameters());
    if (found.is_string()) context[name] = found.get<std::string>();
    if (!found.is_array()) continue;
    std::vector<std::string> texts;
    for (const Json& value : found)
      if (value.is_string()) texts.push_back(value.get<std::string>());
    context[name] = std::move(texts);
  }
  return context;
}

std::string bucket_in(const EndpointRules::Parameters& context) {
  const auto found = context.find("Bucket");
  return found == context.end() ? std::string() : text_of(found->second);
}

// Serialized, the target begins with the bucket; the endpoint says it instead.
void take_bucket_off(HttpRequest& request, const std::string& bucket) {
  const std::string first = "/" + uri_encode(bucket);
  if (!std::string_view(request.target).starts_with(first)) return;
  request.target.erase(0, first.size());
  if (request.target.empty() || request.target.front() != '/') request.target.insert(0, "/");
}

// A target of "/" alone behind a path would be another resource: "/bucket", not "/bucket/".
void join_to_path(HttpRequest& request, const Endpoint& endpoint) {
  if (endpoint.base_path.empty()) return;
  if (request.target == "/" || request.target.starts_with("/?")) request.target.erase(0, 1);
}

std::optional<Endpoint> endpoint_with_account(const OutgoingCall& call,
                                              EndpointRules::Parameters context) {
  const EndpointSettings& settings = call.client.endpoint_settings;
  if (settings.account_id_mode == "disabled") return std::nullopt;
  const bool names_account = std::any_of(context.begin(), context.end(), [](const auto& parameter) {
    const auto* const list = std::get_if<std::vector<std::string>>(&parameter.second);
    const auto is_arn = [](std::string_view text) { return text.starts_with("arn:"); };
    return list == nullptr ? is_arn(text_of(parameter.second))
                           : std::any_of(list->begin(), list->end(), is_arn);
  });
  if (call.client.is_signed && call.client.credentials != nullptr) {
    const auto credentials = call.client.credentials->credentials();
    if (credentials != nullptr && !credentials->account_id.empty())
      context["AccountId"] = credentials->account_id;
  }
  if (!names_account && !context.contains("AccountId") && settings.account_id_mode != "required")
    return std::nullopt;
  return resolve_endpoint(call.client.service(), call.client.endpoint_rules.get(), settings,
                          context);
}

}  // namespace

std::optional<Endpoint> endpoint_of(OutgoingCall& call) {
  const Client::State& client = call.client;
  if (client.endpoint_rules == nullptr) return std::nullopt;
  if (client.endpoint_rules->has_parameter("AccountIdEndpointMode"))
    return endpoint_with_account(call, context_of(call));
  if (!client.is_s3) return std::nullopt;
  const EndpointRules::Parameters context = context_of(call);
  if (context.empty()) return std::nullopt;
  EndpointSettings settings = client.endpoint_settings;
  const std::string bucket = bucket_in(context);
  // Asked at a host of its own region only, GetBucketLocation could not be asked at all.
  if (call.operation.name == "GetBucketLocation") settings.s3_force_path_style = true;
  if (bucket.starts_with("arn:")) settings.s3_force_path_style = false;
  Endpoint endpoint =
      resolve_endpoint(client.service(), client.endpoint_rules.get(), settings, context);
  if (!bucket.empty()) {
    take_bucket_off(call.request, bucket);
    join_to_path(call.request, endpoint);
  }
  return endpoint;
}

}  // namespace cloudchamber

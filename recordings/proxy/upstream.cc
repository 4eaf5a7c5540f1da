#include "recordings/proxy/upstream.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "cloudchamber/curl_transport.h"
#include "cloudchamber/errors.h"
#include "cloudchamber/session.h"
#include "mock-server/route/host.h"
#include "recordings/proxy/resign_chunks.h"
#include "sdk/client/credentials_of_session.h"
#include "sdk/client/settings.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kMaxGivenOut = 10'000;
constexpr std::size_t kMaxLookedAt = 64 * 1024;  // of an answer, for credentials in it

std::optional<Endpoint> fixed_endpoint(const std::optional<std::string>& url) {
  if (!url) return std::nullopt;
  return parse_endpoint_url(*url);
}

// Every pair of a key and its secret below this value.
template <class Visit>
void for_each_credential(const Json& value, const Visit& visit) {
  if (!value.is_structured()) return;
  if (value.is_object() && value.contains("AccessKeyId") && value.contains("SecretAccessKey") &&
      value["AccessKeyId"].is_string() && value["SecretAccessKey"].is_string())
    visit(value);
  for (const Json& part : value) for_each_credential(part, visit);
}

}  // namespace

Upstream::Upstream(Options options)
    : options_(std::move(options)), fixed_(fixed_endpoint(options_.url)) {}

Upstream::Options Upstream::of_this_machine(const std::string& url) {
  SessionOptions session;
  session.environment = process_environment();
  // The role of a profile is asked for at AWS's own STS: the endpoint that clients are told of,
  // this proxy, is none for it.
  session.environment = [environment = session.environment](const std::string& name) {
    return name.starts_with("AWS_ENDPOINT_URL") ? std::nullopt : environment(name);
  };
  const auto clock = real_clock();
  // libcurl's own look at HTTPS_PROXY would lead back here.
  const auto transport = make_curl_transport({.proxies = {{"none", ""}}});
  session.transport = transport;
  return {.url = url.empty() ? std::nullopt : std::optional<std::string>(url),
          .credentials = credentials_of_session(session, look_around(session), clock),
          .transport = transport,
          .clock = clock};
}

Upstream::Destination Upstream::destination(const HttpRequest& request,
                                            const std::optional<Understood>& call,
                                            const std::optional<ClaimedSignature>& claim) const {
  if (fixed_) return {.endpoint = *fixed_};
  if (mock::is_host_of_aws(request.host)) {
    Endpoint endpoint;
    endpoint.host = request.host.substr(0, request.host.rfind(':'));
    return {.endpoint = endpoint, .keeps_host = true};
  }
  const std::string service = call ? call->model->name : claim ? claim->service : "";
  const auto model = call ? call->model : find_model(service);
  const std::string region = claim && !claim->region.empty() ? claim->region
                             : call                          ? call->region
                                                             : "us-east-1";
  if (model == nullptr) {
    if (service.empty())
      throw ConfigError("A request that names no service of AWS's has nowhere to go: " +
                        request.method + " " + request.host + request.target);
    Endpoint endpoint;
    endpoint.host = service + "." + region + ".amazonaws.com";
    return {.endpoint = endpoint};
  }
  const auto rules = find_endpoint_rules(model->name);
  return {.endpoint = resolve_endpoint(*model, rules.get(),
                                       {.region = region,
                                        .s3_global_us_east_1 = false,
                                        .s3_force_path_style = true,
                                        .account_id_mode = "disabled"})};
}

Signature Upstream::sign(HttpRequest& request, const Endpoint& endpoint,
                         const ClaimedSignature& claim, const std::string& payload) {
  std::optional<Credentials> credentials;
  {
    const std::lock_guard lock(mutex_);
    const auto found = given_out_.find(claim.access_key_id);
    if (found != given_out_.end()) credentials = found->second;
  }
  if (!credentials && options_.credentials != nullptr) {
    if (const auto own = options_.credentials->credentials()) credentials = *own;
  }
  if (!credentials)
    throw NoCredentialsError(
        "Unable to locate credentials to sign with for AWS: the recorder looks where every SDK "
        "does, in the environment and in ~/.aws");
  const std::string region = !claim.region.empty()              ? claim.region
                             : !endpoint.signing_region.empty() ? endpoint.signing_region
                                                                : "us-east-1";
  return cloudchamber::sign(request, *credentials, {region, claim.service}, options_.clock->now(),
                            keys_, payload);
}

Exchange Upstream::exchange(const HttpRequest& request, const SendOptions& passing) {
  const bool goes_by = static_cast<bool>(passing.body.read);
  const std::optional<Understood> call =
      understanding_.understood(goes_by ? head_alone(request) : request);
  const std::optional<ClaimedSignature> claim = claimed_signature(request);
  const Destination to = destination(request, call, claim);
  Exchange exchange{.request = without_signature(request, call, to.keeps_host,
                                                 goes_by ? BodyForm::kGoesBy : BodyForm::kWhole),
                    .started = options_.clock->now()};
  exchange.request.scheme = to.endpoint.scheme;
  exchange.request.host = to.endpoint.host;
  exchange.request.target.insert(0, to.endpoint.base_path);
  SendOptions options = passing;
  std::string passed;  // of the answer: its beginning
  if (passing.sink)
    options.sink = [&](std::string_view piece) {
      passed += piece.substr(0, kMaxLookedAt + 1 - passed.size());
      passing.sink(piece);
    };
  if (claim) {
    std::string payload;
    if (goes_by)
      payload = payload_of_passing_body(request);
    else if (!claim->covers_payload && to.endpoint.scheme == "https")
      payload = kUnsignedPayload;
    const Signature seed = sign(exchange.request, to.endpoint, *claim, payload);
    if (goes_by && payload.starts_with(kStreamingPayload))
      options.body.read = [chunks = ResignedChunks(passing.body, ChunkSigner(seed))](
                              char* to_fill, std::size_t size) mutable {
        return chunks.read(to_fill, size);
      };
  }
  exchange.response = options_.transport->send(exchange.request, options);
  exchange.took = options_.clock->now() - exchange.started;
  remember(exchange, passed.empty() ? exchange.response.body : Blob(std::move(passed)));
  return exchange;
}

void Upstream::remember(const Exchange& exchange, const Blob& answer) {
  const std::string_view type = exchange.response.headers.get("Content-Type");
  // Only small documents give credentials out; objects are not looked into.
  if (exchange.response.status >= 300 || answer.size() > kMaxLookedAt ||
      type.find("xml") == std::string_view::npos)
    return;
  std::string scratch;
  if (answer.flat(scratch).find("<SecretAccessKey>") == std::string_view::npos) return;
  Exchange whole = exchange;
  whole.response.body = answer;
  const std::optional<Meaning> meaning = understanding_.meaning_of(whole);
  if (!meaning || (meaning->service != "sts" && meaning->service != "iam")) return;
  for_each_credential(meaning->result, [&](const Json& found) {
    const std::lock_guard lock(mutex_);
    if (given_out_.size() >= kMaxGivenOut) return;
    given_out_[found["AccessKeyId"].get<std::string>()] = {
        .access_key_id = found["AccessKeyId"].get<std::string>(),
        .secret_access_key = found["SecretAccessKey"].get<std::string>(),
        .session_token = found.value("SessionToken", ""),
        .method = "given-out"};
  });
}

}  // namespace cloudchamber::recordings

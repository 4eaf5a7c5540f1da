#include "cloudchamber/session.h"

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "cloudchamber/curl_transport.h"
#include "sdk/client/client_state.h"
#include "sdk/client/credentials_of_session.h"
#include "sdk/client/endpoint.h"
#include "sdk/client/random.h"
#include "sdk/client/settings.h"
#include "sdk/endpoint/partitions.h"
#include "sdk/model/service_model.h"
#include "sdk/sign/signing_keys.h"
#include "sdk/validate/did_you_mean.h"

namespace cloudchamber {

struct Session::State {
  SessionOptions options;
  Surroundings around;
  std::shared_ptr<Clock> clock;
  RandomSource random;
  std::shared_ptr<SigningKeys> signing_keys = std::make_shared<SigningKeys>();
  std::shared_ptr<CredentialsProvider> credentials;

  [[nodiscard]] std::shared_ptr<const ServiceModel> model(
      std::string_view service, const std::optional<std::string>& api_version) const;
  [[nodiscard]] std::shared_ptr<const EndpointRules> endpoint_rules(
      const ServiceModel& model) const;
  [[nodiscard]] std::shared_ptr<Transport> transport(const Settings& settings) const;

 private:
  using TransportKey =
      std::tuple<bool, std::string, std::map<std::string, std::string>, std::string, bool>;
  mutable std::mutex mutex_;
  mutable std::map<TransportKey, std::shared_ptr<Transport>> transports_;
  mutable std::map<std::string, std::shared_ptr<const ServiceModel>, std::less<>> loaded_models_;
  mutable std::map<const ServiceModel*, std::shared_ptr<const EndpointRules>> loaded_rules_;
};

std::shared_ptr<const ServiceModel> Session::State::model(
    std::string_view service, const std::optional<std::string>& api_version) const {
  auto compiled_in = find_model(service);
  if (compiled_in != nullptr && (!api_version || *api_version == compiled_in->api_version))
    return compiled_in;
  std::optional<std::filesystem::path> directory = options.data_path;
  if (!directory) {
    const auto stated = around.variable("AWS_DATA_PATH");
    const auto from_profile = stated ? stated : around.setting("data_path");
    if (from_profile) directory = *from_profile;
  }
  const bool is_name = service.find_first_of("/\\.") == std::string_view::npos && !service.empty();
  if (directory && is_name && std::filesystem::is_directory(*directory / service)) {
    const std::string key = std::string(service) + "/" + api_version.value_or("");
    const std::lock_guard lock(mutex_);
    auto& loaded = loaded_models_[key];
    if (loaded == nullptr) loaded = load_model(*directory, service, api_version.value_or(""));
    return loaded;
  }
  if (compiled_in != nullptr) {
    throw UnknownServiceError("There is no model of version " + *api_version + " of the service " +
                              std::string(service) + ", only of " + compiled_in->api_version);
  }
  std::string names;
  for (const std::string& name : model_names()) names += (names.empty() ? "" : ", ") + name;
  throw UnknownServiceError("Unknown service: '" + std::string(service) +
                            "'. Valid service names are: " + names +
                            did_you_mean(service, {model_names().begin(), model_names().end()}));
}

std::shared_ptr<const EndpointRules> Session::State::endpoint_rules(
    const ServiceModel& model) const {
  if (model.endpoint_rules.empty()) return find_endpoint_rules(model.name);
  const std::lock_guard lock(mutex_);
  auto& rules = loaded_rules_[&model];
  if (rules == nullptr) rules = EndpointRules::from_text(model.endpoint_rules);
  return rules;
}

std::shared_ptr<Transport> Session::State::transport(const Settings& settings) const {
  if (options.transport != nullptr) return options.transport;
  CurlOptions curl;
  curl.verify = settings.verify;
  curl.proxies = settings.config.proxies;
  curl.client_cert = settings.config.client_cert.value_or("");
  curl.tcp_keepalive = *settings.config.tcp_keepalive;
  const TransportKey key(curl.verify.enabled(), curl.verify.ca_bundle(), curl.proxies,
                         curl.client_cert, curl.tcp_keepalive);
  const std::lock_guard lock(mutex_);
  auto& transport = transports_[key];
  if (transport == nullptr) transport = make_curl_transport(curl);
  return transport;
}

Session::Session() : Session(SessionOptions()) {}

Session::Session(SessionOptions options) {
  auto state = std::make_shared<State>();
  state->around = look_around(options);
  state->clock = options.clock ? options.clock : real_clock();
  state->random = options.random ? options.random : system_random();
  state->options = std::move(options);
  state->credentials = credentials_of_session(state->options, state->around, state->clock);
  state_ = std::move(state);
}

namespace {

std::string user_agent_of(const Config& config) {
  std::string text = config.user_agent.value_or(
      "cloudchamber/0.1.0 ua/2.1 lang/c++ cfg/retry-mode#" + *config.retries.mode);
  if (!config.user_agent_appid->empty()) text += " app/" + *config.user_agent_appid;
  if (config.user_agent_extra) text += " " + *config.user_agent_extra;
  return text;
}

}  // namespace

Client Session::client(std::string_view service, const ClientOptions& options,
                       RaiseFunction raise) const {
  return client(service, options, raise, nullptr);
}

Client Session::client(std::string_view service, const ClientOptions& options, RaiseFunction raise,
                       const CallTransformation* transformation) const {
  auto client = std::make_shared<Client::State>();
  client->meta.service_model = state_->model(service, options.api_version);
  const ServiceModel& model = *client->meta.service_model;
  Settings settings = resolve_settings(model, state_->options, options, state_->around);
  if (settings.region.empty()) {
    if (!is_global_service(model) && model.endpoint_prefix != "s3")
      throw NoRegionError("You must specify a region.");
    settings.region = "aws-global";
  }
  const Config& config = settings.config;

  EndpointSettings endpoint;
  endpoint.region = settings.region;
  endpoint.endpoint_url = settings.endpoint_url;
  endpoint.use_ssl = options.use_ssl;
  endpoint.dual_stack = *config.use_dualstack_endpoint;
  endpoint.fips = *config.use_fips_endpoint;
  endpoint.s3_global_us_east_1 = *config.s3.us_east_1_regional_endpoint == "legacy";
  endpoint.s3_accelerate = *config.s3.use_accelerate_endpoint;
  endpoint.s3_use_arn_region = *config.s3.use_arn_region;
  // boto3 takes a custom endpoint for one that knows no virtual hosts unless told otherwise. What
  // is accelerated is not at such an endpoint.
  const std::string& style = *config.s3.addressing_style;
  endpoint.s3_force_path_style =
      !endpoint.s3_accelerate &&
      (style == "path" || (style != "virtual" && settings.endpoint_url.has_value()));
  client->endpoint_rules = state_->endpoint_rules(model);
  client->endpoint = resolve_endpoint(model, client->endpoint_rules.get(), endpoint);
  // Known only when a call is made and its credentials tell the account.
  endpoint.account_id_mode = *config.account_id_endpoint_mode;
  client->endpoint_settings = std::move(endpoint);

  client->is_s3 = model.endpoint_prefix == "s3";
  client->is_signed = config.signature_version.value_or("") != "unsigned";
  client->checks_parameters = *config.parameter_validation;
  client->adds_checksums = *config.request_checksum_calculation == "when_supported";
  client->checks_responses = *config.response_checksum_validation == "when_supported";
  client->injects_host_prefix = *config.inject_host_prefix;
  client->max_attempts = settings.max_attempts;
  client->connect_timeout = *config.connect_timeout;
  client->read_timeout = *config.read_timeout;
  client->user_agent = user_agent_of(config);
  client->raise = raise;
  client->transformation = transformation;
  client->transport = state_->transport(settings);
  client->clock = state_->clock;
  client->credentials = credentials_of_client(options, state_->credentials);
  client->random = state_->random;
  client->signing_keys = state_->signing_keys;

  client->meta.service_name = service;
  client->meta.region_name = settings.region;
  client->meta.partition = partition_of(settings.region).id;
  client->meta.endpoint_url = client->endpoint.url();
  client->meta.config = std::move(settings.config);
  return Client(std::move(client));
}

std::optional<std::string> Session::region_name() const {
  return resolve_region(state_->options, state_->around);
}

std::string Session::profile_name() const { return state_->around.profile_name; }

std::vector<std::string> Session::available_profiles() const {
  return state_->around.profiles.names();
}

std::vector<std::string> Session::get_available_services() const { return model_names(); }

std::shared_ptr<const Credentials> Session::get_credentials() const {
  return state_->credentials->credentials();
}

}  // namespace cloudchamber

#include "sdk/client/endpoint.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber {
namespace {

// Services with one endpoint a partition. Their models say so nowhere but in the endpoint rules.
constexpr std::array<std::string_view, 10> kGlobalServices = {
    "budgets", "ce",     "cloudfront", "globalaccelerator", "iam", "importexport", "organizations",
    "route53", "shield", "waf"};

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "aws-global" is no region that anything could be signed for.
std::string signing_region_of(const std::string& region) {
  return region.ends_with("-global") ? partition_of(region).global_region : region;
}

// SERVICE[-fips].REGION.SUFFIX, where there are no rules.
Endpoint usual_endpoint(const ServiceModel& service, const EndpointSettings& settings) {
  Endpoint endpoint;
  if (settings.endpoint_url) {
    endpoint = parse_endpoint_url(*settings.endpoint_url);
  } else {
    const Partition& partition = partition_of(settings.region);
    const std::string prefix = service.endpoint_prefix + (settings.fips ? "-fips" : "");
    const std::string& suffix =
        settings.dual_stack ? partition.dual_stack_dns_suffix : partition.dns_suffix;
    endpoint.host = is_global_service(service)
                        ? prefix + "." + suffix
                        : prefix + "." + signing_region_of(settings.region) + "." + suffix;
  }
  return endpoint;
}

// What a client's settings are in the words of the rules.
EndpointRules::Parameters parameters_of(const ServiceModel& service,
                                        const EndpointSettings& settings) {
  EndpointRules::Parameters parameters = {{"Region", settings.region},
                                          {"UseFIPS", settings.fips},
                                          {"UseDualStack", settings.dual_stack}};
  if (service.endpoint_prefix == "s3") {
    parameters["UseGlobalEndpoint"] = settings.s3_global_us_east_1;
    parameters["Accelerate"] = settings.s3_accelerate;
    parameters["UseArnRegion"] = settings.s3_use_arn_region;
    parameters["ForcePathStyle"] = settings.s3_force_path_style;
  }
  if (settings.endpoint_url) parameters["Endpoint"] = *settings.endpoint_url;
  if (!settings.account_id_mode.empty())
    parameters["AccountIdEndpointMode"] = settings.account_id_mode;
  return parameters;
}

// The first scheme is what the rules prefer; Version 4 is what we know.
void apply_schemes(const Json& properties, Endpoint& endpoint) {
  const auto schemes = properties.find("authSchemes");
  if (schemes == properties.end() || schemes->empty()) return;
  for (const Json& scheme : *schemes) {
    if (scheme.value("name", "") != "sigv4") continue;
    if (scheme.contains("signingRegion")) endpoint.signing_region = scheme.at("signingRegion");
    if (scheme.contains("signingName")) endpoint.signing_name = scheme.at("signingName");
    return;
  }
  throw ConfigError("The endpoint " + endpoint.host + " wants signatures of " +
                    schemes->at(0).value("name", "another kind") +
                    ", which this client can't make");
}

}  // namespace

bool is_global_service(const ServiceModel& service) {
  return std::find(kGlobalServices.begin(), kGlobalServices.end(), service.endpoint_prefix) !=
         kGlobalServices.end();
}

Endpoint parse_endpoint_url(const std::string& url) {
  const auto invalid = [&] { return ConfigError("Invalid endpoint: " + url); };
  Endpoint endpoint;
  const std::size_t colon = url.find("://");
  if (colon == std::string::npos) throw invalid();
  endpoint.scheme = lowered(std::string_view(url).substr(0, colon));
  if (endpoint.scheme != "http" && endpoint.scheme != "https") throw invalid();
  const std::size_t begin = colon + 3;
  const std::size_t slash = url.find_first_of("/?#", begin);
  endpoint.host = lowered(std::string_view(url).substr(begin, slash - begin));
  if (slash != std::string::npos) {
    if (url.find_first_of("?#", slash) != std::string::npos) throw invalid();
    endpoint.base_path = url.substr(slash);
  }
  while (!endpoint.base_path.empty() && endpoint.base_path.back() == '/')
    endpoint.base_path.pop_back();
  const auto plain = [](char c) {
    return c > ' ' && c < 0x7F &&
           std::string_view("@\\\"<>^`{|}").find(c) == std::string_view::npos;
  };
  if (!std::all_of(url.begin(), url.end(), plain)) throw invalid();

  std::string& host = endpoint.host;
  const std::size_t port = host.rfind(':');
  const bool has_port = port != std::string::npos && host.find(']', port) == std::string::npos;
  if (has_port) {
    const std::string number = host.substr(port + 1);
    if (!is_digits(number) || number.size() > 5 || std::stoi(number) > 65535) throw invalid();
    if (number == (endpoint.scheme == "https" ? "443" : "80")) host.erase(port);
  }
  if (host.empty() || host.front() == ':' || host.front() == '.') throw invalid();
  return endpoint;
}

Endpoint resolve_endpoint(const ServiceModel& service, const EndpointRules* rules,
                          const EndpointSettings& settings,
                          const EndpointRules::Parameters& of_the_call) {
  if (settings.endpoint_url) static_cast<void>(parse_endpoint_url(*settings.endpoint_url));
  Endpoint endpoint;
  Json properties = Json::object();
  if (rules == nullptr) {
    endpoint = usual_endpoint(service, settings);
  } else {
    EndpointRules::Parameters parameters = parameters_of(service, settings);
    for (const auto& [name, value] : of_the_call) parameters.insert_or_assign(name, value);
    EndpointRules::Result result = rules->resolve(parameters);
    endpoint = parse_endpoint_url(result.url);
    properties = std::move(result.properties);
  }
  endpoint.signing_name = service.signing_name;
  endpoint.signing_region = signing_region_of(settings.region);
  apply_schemes(properties, endpoint);
  if (!settings.endpoint_url && !settings.use_ssl) endpoint.scheme = "http";
  return endpoint;
}

}  // namespace cloudchamber

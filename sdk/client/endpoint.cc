#include "sdk/client/endpoint.h"

#include <algorithm>
#include <array>

#include "cloudchamber/errors.h"

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

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

Endpoint iam_endpoint(const EndpointSettings& settings, const Partition& partition) {
  Endpoint endpoint;
  endpoint.signing_region = partition.global_region;
  const std::string fips = settings.fips ? "-fips" : "";
  const std::string suffix(partition.dns_suffix);
  if (partition.id == "aws") {
    endpoint.host =
        settings.dual_stack ? "iam" + fips + ".global.api.aws" : "iam" + fips + "." + suffix;
  } else if (partition.id == "aws-cn") {
    endpoint.signing_region = "cn-north-1";
    endpoint.host = settings.dual_stack ? "iam" + fips + (settings.fips ? "." : ".global.") +
                                              std::string(partition.dual_stack_dns_suffix)
                                        : "iam.cn-north-1." + suffix;
  } else if (partition.id == "aws-us-gov") {
    endpoint.host = settings.dual_stack ? "iam.us-gov.api.aws" : "iam.us-gov.amazonaws.com";
  } else if (partition.id == "aws-iso-f" && settings.fips) {
    endpoint.host = "iam-fips." + suffix;
  } else {
    endpoint.host = "iam" + fips + "." + endpoint.signing_region + "." + suffix;
  }
  return endpoint;
}

Endpoint s3_endpoint(const EndpointSettings& settings, const Partition& partition) {
  Endpoint endpoint;
  const bool no_region = settings.region.ends_with("-global");
  endpoint.signing_region = no_region ? std::string(partition.global_region) : settings.region;
  const std::string fips = settings.fips ? "-fips" : "";
  const std::string suffix(partition.dns_suffix);
  if (settings.dual_stack) {
    endpoint.host = "s3" + fips + ".dualstack." + endpoint.signing_region + "." + suffix;
  } else if (!settings.fips &&
             (no_region || (settings.region == "us-east-1" && settings.s3_global_us_east_1))) {
    endpoint.host = "s3." + suffix;
  } else {
    endpoint.host = "s3" + fips + "." + endpoint.signing_region + "." + suffix;
  }
  return endpoint;
}

// SERVICE[-fips].REGION.SUFFIX, and the few that are named otherwise.
Endpoint regional_endpoint(const ServiceModel& service, const EndpointSettings& settings,
                           const Partition& partition) {
  Endpoint endpoint;
  std::string prefix = service.endpoint_prefix;
  endpoint.signing_region =
      settings.region.ends_with("-global") ? std::string(partition.global_region) : settings.region;
  const bool gov = partition.id == "aws-us-gov";
  const bool gov_is_fips =  // GovCloud's ordinary endpoints are the FIPS ones
      gov && !settings.dual_stack &&
      (prefix == "ec2" || prefix == "dynamodb" || prefix == "streams.dynamodb" || prefix == "sqs" ||
       prefix == "sts" || prefix == "cloudformation");
  if (prefix == "streams.dynamodb" && settings.dual_stack) prefix = "streams-dynamodb";
  const std::string region = endpoint.signing_region;
  if (settings.fips && !gov_is_fips) {
    prefix = prefix == "streams.dynamodb" ? "streams.dynamodb-fips" : prefix + "-fips";
  }
  const std::string_view suffix =
      settings.dual_stack ? partition.dual_stack_dns_suffix : partition.dns_suffix;
  if (prefix == "sts" && settings.region == "aws-global" && !settings.dual_stack) {
    endpoint.host = "sts." + std::string(suffix);
  } else {
    endpoint.host = prefix + "." + region + "." + std::string(suffix);
  }
  return endpoint;
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
  endpoint.scheme = lower(std::string_view(url).substr(0, colon));
  if (endpoint.scheme != "http" && endpoint.scheme != "https") throw invalid();
  const std::size_t begin = colon + 3;
  const std::size_t slash = url.find_first_of("/?#", begin);
  endpoint.host = lower(std::string_view(url).substr(begin, slash - begin));
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

Endpoint resolve_endpoint(const ServiceModel& service, const EndpointSettings& settings) {
  const Partition& partition = partition_of(settings.region);
  Endpoint endpoint;
  if (settings.endpoint_url) {
    if (settings.fips)
      throw ConfigError("Invalid Configuration: FIPS and custom endpoint are not supported");
    if (settings.dual_stack)
      throw ConfigError("Invalid Configuration: Dualstack and custom endpoint are not supported");
    endpoint = parse_endpoint_url(*settings.endpoint_url);
    endpoint.signing_region = settings.region.ends_with("-global")
                                  ? std::string(partition.global_region)
                                  : settings.region;
    if (is_global_service(service) && partition.id == "aws") endpoint.signing_region = "us-east-1";
  } else {
    endpoint = service.endpoint_prefix == "iam"  ? iam_endpoint(settings, partition)
               : service.endpoint_prefix == "s3" ? s3_endpoint(settings, partition)
                                                 : regional_endpoint(service, settings, partition);
    if (is_global_service(service) && service.endpoint_prefix != "iam") {
      endpoint.host = service.endpoint_prefix + "." + std::string(partition.dns_suffix);
      endpoint.signing_region = partition.global_region;
    }
    if (!settings.use_ssl) endpoint.scheme = "http";
  }
  endpoint.signing_name = service.signing_name;
  return endpoint;
}

}  // namespace cloudchamber

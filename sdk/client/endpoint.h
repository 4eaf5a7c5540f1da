// Endpoint: where a service answers, and for which region and name its requests are signed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sdk/client/partition.h"
#include "sdk/model/service_model.h"

namespace cloudchamber {

struct Endpoint {
  std::string scheme = "https";
  std::string host;       // authority, without a scheme's own port
  std::string base_path;  // "" or "/prefix": stands before every request's path
  std::string signing_region;
  std::string signing_name;

  [[nodiscard]] std::string url() const { return scheme + "://" + host + base_path; }
};

struct EndpointSettings {
  std::string region;  // "us-east-1", "aws-global"
  std::optional<std::string> endpoint_url;
  bool use_ssl = true;
  bool dual_stack = false;
  bool fips = false;
  bool s3_global_us_east_1 = true;  // s3.amazonaws.com rather than s3.us-east-1.amazonaws.com
};

// Is the service one for a whole partition (iam), so that a client needs no region?
[[nodiscard]] bool is_global_service(const ServiceModel& service);

// Throws ConfigError for an endpoint URL or a combination that can't be used.
[[nodiscard]] Endpoint resolve_endpoint(const ServiceModel& service,
                                        const EndpointSettings& settings);

// "https://host:port/path" in its parts; throws ConfigError when it is not one.
[[nodiscard]] Endpoint parse_endpoint_url(const std::string& url);

}  // namespace cloudchamber

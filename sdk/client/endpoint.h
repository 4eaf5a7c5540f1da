// Endpoint: where a service answers, and for which region and name its requests are signed: what
// AWS's endpoint rules (sdk/endpoint) make of a client's settings and a call's parameters.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sdk/endpoint/endpoint_rules.h"
#include "sdk/endpoint/partitions.h"
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
  bool s3_accelerate = false;
  bool s3_use_arn_region = true;  // of an access point rather than the client's
  bool s3_force_path_style = false;
  std::string account_id_mode;  // "preferred", "required", "disabled"
};

// Is the service one for a whole partition (iam), so that a client needs no region?
[[nodiscard]] bool is_global_service(const ServiceModel& service);

// By the service's rules, which may be null: then as most services are named. `of_the_call` are
// parameters that a call adds to the settings, such as Bucket. Throws ConfigError for an endpoint
// URL or a combination that can't be used.
[[nodiscard]] Endpoint resolve_endpoint(const ServiceModel& service, const EndpointRules* rules,
                                        const EndpointSettings& settings,
                                        const EndpointRules::Parameters& of_the_call = {});

// "https://host:port/path" in its parts; throws ConfigError when it is not one.
[[nodiscard]] Endpoint parse_endpoint_url(const std::string& url);

}  // namespace cloudchamber

// Config: the finer settings of a client, boto3's botocore.config.Config. What is left out is taken
// from the environment, then from the profile in the config file, then from AWS's defaults, each
// setting for itself.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "cloudchamber/clock.h"

namespace cloudchamber {

// Whether the server's certificate is checked, and against which authorities: `true` (the
// system's), `false`, or the path of a bundle.
class Verify {
 public:
  Verify(bool enabled) : enabled_(enabled) {}  // NOLINT(google-explicit-constructor): as in boto3
  Verify(std::string ca_bundle) : ca_bundle_(std::move(ca_bundle)) {}  // NOLINT: as in boto3
  Verify(const char* ca_bundle) : ca_bundle_(ca_bundle) {}             // NOLINT: as in boto3

  [[nodiscard]] bool enabled() const { return enabled_; }
  [[nodiscard]] const std::string& ca_bundle() const { return ca_bundle_; }  // "" for the system's

 private:
  bool enabled_ = true;
  std::string ca_bundle_;
};

struct S3Config {
  // "auto" (virtual-hosted at AWS where the bucket's name allows it, path style at a custom
  // endpoint), "virtual" or "path".
  std::optional<std::string> addressing_style;
  std::optional<bool> use_accelerate_endpoint;
  std::optional<bool> payload_signing_enabled;
  std::optional<std::string> us_east_1_regional_endpoint;  // "legacy" or "regional"
  std::optional<bool> use_arn_region;
};

struct RetryConfig {
  std::optional<int> total_max_attempts;  // the first attempt counts: 1 is no retry. Wins.
  std::optional<int> max_attempts;        // retries after the first attempt
  std::optional<std::string> mode;        // "standard"; "legacy" and "adaptive" act like it
};

struct Config {
  std::optional<std::string> region_name;
  std::optional<std::string> signature_version;  // "unsigned" sends requests without a signature
  std::optional<std::string> user_agent;         // instead of ours
  std::optional<std::string> user_agent_extra;   // appended
  std::optional<std::string> user_agent_appid;
  std::optional<Milliseconds> connect_timeout;  // default 60 s
  std::optional<Milliseconds> read_timeout;     // default 60 s, between two pieces of a response
  std::optional<bool> parameter_validation;     // default true
  std::optional<bool> inject_host_prefix;       // default true
  std::optional<bool> use_dualstack_endpoint;
  std::optional<bool> use_fips_endpoint;
  // Whether the account's id goes into the host where the service knows such hosts (DynamoDB) and
  // the credentials tell it: "preferred" (the default), "required", "disabled".
  std::optional<std::string> account_id_endpoint_mode;
  std::optional<bool> ignore_configured_endpoint_urls;
  std::optional<bool> tcp_keepalive;
  std::optional<std::string> request_checksum_calculation;  // "when_supported", "when_required"
  std::optional<std::string> response_checksum_validation;  // "when_supported", "when_required"
  std::map<std::string, std::string> proxies;  // scheme -> URL; else libcurl's own look
  std::optional<std::string> client_cert;      // path of a PEM with certificate and key
  RetryConfig retries;
  S3Config s3;
};

// `over` with what it leaves out taken from `under`: boto3's Config.merge.
[[nodiscard]] Config merged(const Config& under, const Config& over);

}  // namespace cloudchamber

#include "cloudchamber/config.h"

namespace cloudchamber {
namespace {

template <class Value>
void take(std::optional<Value>& value, const std::optional<Value>& under) {
  if (!value) value = under;
}

}  // namespace

Config merged(const Config& under, const Config& over) {
  Config config = over;
  take(config.region_name, under.region_name);
  take(config.signature_version, under.signature_version);
  take(config.user_agent, under.user_agent);
  take(config.user_agent_extra, under.user_agent_extra);
  take(config.user_agent_appid, under.user_agent_appid);
  take(config.connect_timeout, under.connect_timeout);
  take(config.read_timeout, under.read_timeout);
  take(config.parameter_validation, under.parameter_validation);
  take(config.inject_host_prefix, under.inject_host_prefix);
  take(config.use_dualstack_endpoint, under.use_dualstack_endpoint);
  take(config.use_fips_endpoint, under.use_fips_endpoint);
  take(config.account_id_endpoint_mode, under.account_id_endpoint_mode);
  take(config.ignore_configured_endpoint_urls, under.ignore_configured_endpoint_urls);
  take(config.tcp_keepalive, under.tcp_keepalive);
  take(config.request_checksum_calculation, under.request_checksum_calculation);
  take(config.response_checksum_validation, under.response_checksum_validation);
  if (config.proxies.empty()) config.proxies = under.proxies;
  take(config.client_cert, under.client_cert);
  if (!config.retries.total_max_attempts && !config.retries.max_attempts) {
    config.retries.total_max_attempts = under.retries.total_max_attempts;
    config.retries.max_attempts = under.retries.max_attempts;
  }
  take(config.retries.mode, under.retries.mode);
  take(config.s3.addressing_style, under.s3.addressing_style);
  take(config.s3.use_accelerate_endpoint, under.s3.use_accelerate_endpoint);
  take(config.s3.payload_signing_enabled, under.s3.payload_signing_enabled);
  take(config.s3.us_east_1_regional_endpoint, under.s3.us_east_1_regional_endpoint);
  take(config.s3.use_arn_region, under.s3.use_arn_region);
  return config;
}

}  // namespace cloudchamber

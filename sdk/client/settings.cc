#include "sdk/client/settings.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <utility>

#include "cloudchamber/errors.h"
#include "sdk/codec/ascii.h"
#include "sdk/endpoint/partitions.h"

namespace cloudchamber {
namespace {

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

// The first place that has a value. `places` are asked in order, and only as far as needed.
using Place = std::function<std::optional<std::string>()>;
std::optional<std::string> first_of(std::initializer_list<Place> places) {
  for (const Place& place : places)
    if (auto value = place()) return value;
  return std::nullopt;
}

bool to_bool(const std::string& text) { return lowered(text) == "true"; }

int to_positive(const std::string& what, const std::string& text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number < 1)
    throw ConfigError("Invalid value for " + what + ": \"" + text + "\" is no positive number");
  return number;
}

void check_word(const std::string& what, const std::string& value,
                std::initializer_list<std::string_view> valid) {
  if (std::find(valid.begin(), valid.end(), value) != valid.end()) return;
  std::string names;
  for (const std::string_view word : valid)
    names += (names.empty() ? "" : ", ") + std::string(word);
  throw ConfigError("Invalid value for " + what + ": \"" + value + "\", must be one of: " + names);
}

class Resolver {
 public:
  Resolver(const ServiceModel& service, const Surroundings& surroundings)
      : service_(service), around_(surroundings) {}

  void fill(std::optional<std::string>& value, const std::string& variable, std::string_view key,
            const char* fallback) const {
    if (!value)
      value = first_of(
          {[&] { return around_.variable(variable); }, [&] { return around_.setting(key); }});
    if (!value && fallback != nullptr) value = fallback;
  }
  void fill(std::optional<bool>& value, const std::string& variable, std::string_view key,
            bool fallback) const {
    if (value) return;
    const auto text = first_of(
        {[&] { return around_.variable(variable); }, [&] { return around_.setting(key); }});
    value = text ? to_bool(*text) : fallback;
  }

  void s3(S3Config& config) const {
    const auto from_profile = [&](std::string_view key) { return around_.setting("s3", key); };
    if (!config.addressing_style)
      config.addressing_style = from_profile("addressing_style").value_or("auto");
    check_word("s3 addressing_style", *config.addressing_style, {"auto", "virtual", "path"});
    if (!config.use_accelerate_endpoint)
      config.use_accelerate_endpoint =
          to_bool(from_profile("use_accelerate_endpoint").value_or("false"));
    if (!config.payload_signing_enabled) {
      if (const auto text = from_profile("payload_signing_enabled"))
        config.payload_signing_enabled = to_bool(*text);
    }
    if (!config.us_east_1_regional_endpoint) {
      config.us_east_1_regional_endpoint =
          first_of({[&] { return around_.variable("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT"); },
                    [&] { return around_.setting("s3_us_east_1_regional_endpoint"); },
                    [&] { return from_profile("us_east_1_regional_endpoint"); }})
              .value_or("legacy");
    }
    check_word("s3 us_east_1_regional_endpoint", *config.us_east_1_regional_endpoint,
               {"legacy", "regional"});
    if (!config.use_arn_region) {
      config.use_arn_region =
          to_bool(first_of({[&] { return around_.variable("AWS_S3_USE_ARN_REGION"); },
                            [&] { return around_.setting("s3_use_arn_region"); },
                            [&] { return from_profile("use_arn_region"); }})
                      .value_or("true"));
    }
  }

  int attempts(RetryConfig& retries) const {
    fill(retries.mode, "AWS_RETRY_MODE", "retry_mode", "standard");
    check_word("retry mode", *retries.mode, {"legacy", "standard", "adaptive"});
    if (!retries.total_max_attempts && retries.max_attempts) {
      if (*retries.max_attempts < 0)
        throw ConfigError("Invalid value for max_attempts: it must not be negative");
      retries.total_max_attempts = *retries.max_attempts + 1;
    }
    if (!retries.total_max_attempts) {
      std::optional<std::string> text;
      fill(text, "AWS_MAX_ATTEMPTS", "max_attempts", "3");
      retries.total_max_attempts = to_positive("max_attempts", *text);
    }
    if (*retries.total_max_attempts < 1)
      throw ConfigError("Invalid value for total_max_attempts: it must be at least 1");
    retries.max_attempts = *retries.total_max_attempts - 1;
    return *retries.total_max_attempts;
  }

  // "DynamoDB Streams" -> "dynamodb_streams".
  [[nodiscard]] std::optional<std::string> endpoint_url(const Config& config) const {
    if (*config.ignore_configured_endpoint_urls) return std::nullopt;
    std::string id = service_.service_id.empty() ? service_.name : service_.service_id;
    std::replace_if(
        id.begin(), id.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
    return first_of({
        [&] { return around_.variable("AWS_ENDPOINT_URL_" + upper(id)); },
        [&] { return around_.variable("AWS_ENDPOINT_URL"); },
        [&]() -> std::optional<std::string> {
          const auto name = around_.setting("services");
          const ConfigSection* services = name ? around_.profiles.services(*name) : nullptr;
          const std::string* url =
              services == nullptr ? nullptr : services->find(lowered(id), "endpoint_url");
          return url == nullptr ? std::nullopt : std::optional(*url);
        },
        [&] { return around_.setting("endpoint_url"); },
    });
  }

 private:
  const ServiceModel& service_;
  const Surroundings& around_;
};

}  // namespace

std::optional<std::string> Surroundings::variable(const std::string& name) const {
  auto value = environment(name);
  if (value && value->empty()) value.reset();
  return value;
}

std::optional<std::string> Surroundings::setting(std::string_view key) const {
  const ConfigSection* section = profile();
  const std::string* value = section == nullptr ? nullptr : section->find(key);
  return value == nullptr || value->empty() ? std::nullopt : std::optional(*value);
}

std::optional<std::string> Surroundings::setting(std::string_view outer,
                                                 std::string_view key) const {
  const ConfigSection* section = profile();
  const std::string* value = section == nullptr ? nullptr : section->find(outer, key);
  return value == nullptr || value->empty() ? std::nullopt : std::optional(*value);
}

Surroundings look_around(const SessionOptions& options) {
  Surroundings around;
  around.environment = options.environment ? options.environment : process_environment();
  around.profiles =
      Profiles(options.config_file ? *options.config_file : config_file_path(around.environment),
               options.shared_credentials_file ? *options.shared_credentials_file
                                               : shared_credentials_file_path(around.environment));
  const auto chosen = first_of({[&] { return options.profile_name; },
                                [&] { return around.variable("AWS_DEFAULT_PROFILE"); },
                                [&] { return around.variable("AWS_PROFILE"); }});
  around.profile_name = chosen.value_or("default");
  if (chosen && around.profile() == nullptr && *chosen != "default")
    throw ConfigError("The config profile (" + *chosen + ") could not be found");
  return around;
}

std::optional<std::string> resolve_region(const SessionOptions& session,
                                          const Surroundings& surroundings) {
  return first_of({[&] { return session.region_name; }, [&] { return session.config.region_name; },
                   [&] { return surroundings.variable("AWS_REGION"); },
                   [&] { return surroundings.variable("AWS_DEFAULT_REGION"); },
                   [&] { return surroundings.setting("region"); }});
}

Settings resolve_settings(const ServiceModel& service, const SessionOptions& session,
                          const ClientOptions& client, const Surroundings& surroundings) {
  const Resolver resolver(service, surroundings);
  Settings settings;
  Config& config = settings.config;
  config = merged(session.config, client.config);

  settings.region =
      first_of({[&] { return client.region_name; }, [&] { return client.config.region_name; },
                [&] { return resolve_region(session, surroundings); }})
          .value_or("");
  if (!settings.region.empty() && !is_host_label(settings.region))
    throw ConfigError("Provided region_name '" + settings.region +
                      "' doesn't match a supported format.");

  resolver.fill(config.ignore_configured_endpoint_urls, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
                "ignore_configured_endpoint_urls", false);
  settings.endpoint_url =
      first_of({[&] { return client.endpoint_url; }, [&] { return session.endpoint_url; },
                [&] { return resolver.endpoint_url(config); }});

  if (client.verify) {
    settings.verify = *client.verify;
  } else {
    std::optional<std::string> bundle;
    resolver.fill(bundle, "AWS_CA_BUNDLE", "ca_bundle", nullptr);
    if (bundle) settings.verify = Verify(*bundle);
  }

  settings.max_attempts = resolver.attempts(config.retries);
  resolver.s3(config.s3);
  resolver.fill(config.use_dualstack_endpoint, "AWS_USE_DUALSTACK_ENDPOINT",
                "use_dualstack_endpoint", false);
  resolver.fill(config.use_fips_endpoint, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint", false);
  resolver.fill(config.account_id_endpoint_mode, "AWS_ACCOUNT_ID_ENDPOINT_MODE",
                "account_id_endpoint_mode", "preferred");
  check_word("account_id_endpoint_mode", *config.account_id_endpoint_mode,
             {"preferred", "required", "disabled"});
  resolver.fill(config.request_checksum_calculation, "AWS_REQUEST_CHECKSUM_CALCULATION",
                "request_checksum_calculation", "when_supported");
  resolver.fill(config.response_checksum_validation, "AWS_RESPONSE_CHECKSUM_VALIDATION",
                "response_checksum_validation", "when_supported");
  for (auto* word : {&config.request_checksum_calculation, &config.response_checksum_validation}) {
    *word = lowered(**word);
    check_word("checksum setting", **word, {"when_supported", "when_required"});
  }
  resolver.fill(config.user_agent_appid, "AWS_SDK_UA_APP_ID", "sdk_ua_app_id", "");
  if (!config.tcp_keepalive)
    config.tcp_keepalive = to_bool(surroundings.setting("tcp_keepalive").value_or("false"));
  if (!config.parameter_validation)
    config.parameter_validation =
        to_bool(surroundings.setting("parameter_validation").value_or("true"));
  if (!config.inject_host_prefix) {
    const auto disabled =
        first_of({[&] { return surroundings.variable("AWS_DISABLE_HOST_PREFIX_INJECTION"); },
                  [&] { return surroundings.setting("disable_host_prefix_injection"); }});
    config.inject_host_prefix = !to_bool(disabled.value_or("false"));
  }
  if (!config.connect_timeout) config.connect_timeout = Milliseconds(60'000);
  if (!config.read_timeout) config.read_timeout = Milliseconds(60'000);
  if (!settings.region.empty()) config.region_name = settings.region;
  return settings;
}

}  // namespace cloudchamber

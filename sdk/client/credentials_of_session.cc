#include "sdk/client/credentials_of_session.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "cloudchamber/client.h"
#include "cloudchamber/errors.h"
#include "sdk/codec/timestamps.h"
#include "sdk/sign/credentials.h"

namespace cloudchamber {
namespace {

class FixedCredentials final : public CredentialsProvider {
 public:
  explicit FixedCredentials(std::shared_ptr<const Credentials> credentials)
      : credentials_(std::move(credentials)) {}
  std::shared_ptr<const Credentials> credentials() override { return credentials_; }

 private:
  std::shared_ptr<const Credentials> credentials_;
};

// Null when nothing is stated.
std::shared_ptr<CredentialsProvider> explicit_credentials(const std::optional<std::string>& id,
                                                          const std::optional<std::string>& secret,
                                                          const std::optional<std::string>& token) {
  if (!id && !secret && !token) return nullptr;
  if (!id || !secret) {
    throw ConfigError(std::string("Partial credentials found in explicit, missing: ") +
                      (id ? "aws_secret_access_key" : "aws_access_key_id"));
  }
  auto credentials = std::make_shared<Credentials>();
  credentials->access_key_id = *id;
  credentials->secret_access_key = *secret;
  credentials->session_token = token.value_or("");
  credentials->method = "explicit";
  return std::make_shared<FixedCredentials>(std::move(credentials));
}

// Asks STS with a session like the user's, but for its credentials.
Credentials assume_role(SessionOptions options, const std::optional<std::string>& session_region,
                        TimePoint now, const AssumeRoleRequest& request) {
  options.aws_access_key_id = request.source.access_key_id;
  options.aws_secret_access_key = request.source.secret_access_key;
  options.aws_session_token.reset();
  if (!request.source.session_token.empty())
    options.aws_session_token = request.source.session_token;
  options.region_name =
      request.region.empty() ? session_region.value_or("us-east-1") : request.region;
  const std::string session_name =
      request.role_session_name.empty()
          ? "cloudchamber-session-" + std::to_string(now.time_since_epoch().count() / 1000)
          : request.role_session_name;
  Json parameters = {{"RoleArn", request.role_arn}, {"RoleSessionName", session_name}};
  if (!request.external_id.empty()) parameters["ExternalId"] = request.external_id;
  if (!request.duration_seconds.empty()) {
    try {
      parameters["DurationSeconds"] = std::stoi(request.duration_seconds);
    } catch (const std::exception&) {
      throw ConfigError("Invalid value for duration_seconds: \"" + request.duration_seconds + "\"");
    }
  }
  const Json result = Session(std::move(options)).client("sts").call("AssumeRole", parameters);
  const Json given = result.value("Credentials", Json::object());
  Credentials credentials;
  credentials.access_key_id = given.value("AccessKeyId", "");
  credentials.secret_access_key = given.value("SecretAccessKey", "");
  credentials.session_token = given.value("SessionToken", "");
  credentials.expires_at = parse_timestamp(given.value("Expiration", ""));
  credentials.method = "assume-role";
  return credentials;
}

}  // namespace

std::shared_ptr<CredentialsProvider> credentials_of_session(const SessionOptions& options,
                                                            const Surroundings& around,
                                                            const std::shared_ptr<Clock>& clock) {
  if (auto stated = explicit_credentials(options.aws_access_key_id, options.aws_secret_access_key,
                                         options.aws_session_token)) {
    return stated;
  }
  if (options.credentials != nullptr) return options.credentials;
  CredentialsSources sources;
  sources.environment = around.environment;
  sources.profiles = around.profiles;
  sources.profile_name = around.profile_name;
  sources.profile_is_explicit = options.profile_name.has_value();
  sources.clock = clock;
  sources.assume_role = [options, region = resolve_region(options, around),
                         clock](const AssumeRoleRequest& request) {
    return assume_role(options, region, clock->now(), request);
  };
  return credentials_chain(std::move(sources));
}

std::shared_ptr<CredentialsProvider> credentials_of_client(
    const ClientOptions& options, const std::shared_ptr<CredentialsProvider>& session) {
  auto stated = explicit_credentials(options.aws_access_key_id, options.aws_secret_access_key,
                                     options.aws_session_token);
  return stated != nullptr ? stated : session;
}

}  // namespace cloudchamber

#include "sdk/sign/credentials.h"

#include <array>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "cloudchamber/errors.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber {
namespace {

using Found = std::optional<Credentials>;

constexpr std::chrono::minutes kRefreshBefore{15};

ConfigError partial(const std::string& where, const std::string& missing) {
  return ConfigError("Partial credentials found in " + where + ", missing: " + missing);
}

std::string value_of(const ConfigSection& section, std::string_view name) {
  const std::string* value = section.find(name);
  return value == nullptr ? std::string() : *value;
}

Found from_environment(const Environment& environment) {
  const auto variable = [&](const char* name) { return environment(name).value_or(""); };
  Credentials found;
  found.access_key_id = variable("AWS_ACCESS_KEY_ID");
  if (found.access_key_id.empty()) return std::nullopt;
  found.secret_access_key = variable("AWS_SECRET_ACCESS_KEY");
  if (found.secret_access_key.empty()) throw partial("env", "AWS_SECRET_ACCESS_KEY");
  found.session_token = variable("AWS_SESSION_TOKEN");
  if (found.session_token.empty()) found.session_token = variable("AWS_SECURITY_TOKEN");
  found.account_id = variable("AWS_ACCOUNT_ID");
  const std::string expiration = variable("AWS_CREDENTIAL_EXPIRATION");
  if (!expiration.empty()) {
    found.expires_at = parse_timestamp(expiration);
    if (!found.expires_at)
      throw ConfigError("AWS_CREDENTIAL_EXPIRATION is not a time: " + expiration);
  }
  found.method = "env";
  return found;
}

Found from_section(const ConfigSection* section, const char* method) {
  if (section == nullptr) return std::nullopt;
  Credentials found;
  found.access_key_id = value_of(*section, "aws_access_key_id");
  if (found.access_key_id.empty()) return std::nullopt;
  found.secret_access_key = value_of(*section, "aws_secret_access_key");
  if (found.secret_access_key.empty()) throw partial(method, "aws_secret_access_key");
  found.session_token = value_of(*section, "aws_session_token");
  if (found.session_token.empty()) found.session_token = value_of(*section, "aws_security_token");
  found.account_id = value_of(*section, "aws_account_id");
  found.method = method;
  return found;
}

Found stated_in_files(const Profiles& profiles, const std::string& profile) {
  if (Found found = from_section(profiles.credentials_profile(profile), "shared-credentials-file"))
    return found;
  return from_section(profiles.config_profile(profile), "config-file");
}

class Chain final : public CredentialsProvider {
 public:
  explicit Chain(CredentialsSources sources) : sources_(std::move(sources)) {}

  [[nodiscard]] std::shared_ptr<const Credentials> credentials() override {
    const std::lock_guard lock(mutex_);
    if (current_ != nullptr && !is_stale(*current_)) return current_;
    if (Found found = find()) {
      current_ = std::make_shared<const Credentials>(*std::move(found));
      return current_;
    }
    for (const auto& provider : sources_.further)
      if (auto found = provider->credentials()) return found;  // which keeps its own fresh
    return nullptr;
  }

 private:
  [[nodiscard]] bool is_stale(const Credentials& credentials) const {
    return credentials.expires_at &&
           *credentials.expires_at - kRefreshBefore <= sources_.clock->now();
  }

  Found find() {
    if (!sources_.profile_is_explicit)
      if (Found found = from_environment(sources_.environment)) return found;
    std::set<std::string> visited;
    if (Found found = assumed_role(sources_.profile_name, visited)) return found;
    if (Found found = from_section(sources_.profiles.credentials_profile(sources_.profile_name),
                                   "shared-credentials-file")) {
      return found;
    }
    refuse_unsupported();
    return from_section(sources_.profiles.config_profile(sources_.profile_name), "config-file");
  }

  void refuse_unsupported() const {
    static constexpr std::array<std::string_view, 5> kUnsupported = {
        "web_identity_token_file", "sso_session", "sso_start_url", "login_session",
        "credential_process"};
    const ConfigSection* profile = sources_.profiles.profile(sources_.profile_name);
    if (profile == nullptr) return;
    for (const std::string_view setting : kUnsupported)
      if (profile->find(setting) != nullptr)
        throw ConfigError("The profile \"" + sources_.profile_name +
                          "\" takes its credentials by " + std::string(setting) +
                          ", which is not supported");
  }

  // What the role of a profile gives; nothing when it has none. A role may be assumed with another
  // role's credentials, and so on.
  Found assumed_role(const std::string& name, std::set<std::string>& visited) {
    const ConfigSection* const profile = sources_.profiles.profile(name);
    if (profile == nullptr || profile->find("role_arn") == nullptr) return std::nullopt;
    if (profile->find("web_identity_token_file") != nullptr) return std::nullopt;
    if (!sources_.assume_role)
      throw ConfigError("The profile \"" + name + "\" assumes a role, which is not supported here");
    visited.insert(name);
    AssumeRoleRequest request;
    request.source = source_of(name, *profile, visited);
    request.role_arn = value_of(*profile, "role_arn");
    request.role_session_name = value_of(*profile, "role_session_name");
    request.external_id = value_of(*profile, "external_id");
    request.duration_seconds = value_of(*profile, "duration_seconds");
    request.region = value_of(*profile, "region");
    Credentials assumed = sources_.assume_role(request);
    assumed.method = "assume-role";
    return assumed;
  }

  Credentials source_of(const std::string& name, const ConfigSection& profile,
                        std::set<std::string>& visited) {
    const std::string source = value_of(profile, "source_profile");
    const std::string kind = value_of(profile, "credential_source");
    if (source.empty() == kind.empty())
      throw ConfigError("The profile \"" + name + "\" must specify either source_profile or " +
                        "credential_source" + (source.empty() ? "" : ", but not both"));
    if (!kind.empty()) {
      if (kind == "Environment")
        if (Found found = from_environment(sources_.environment)) return *std::move(found);
      throw ConfigError("The credential_source \"" + kind + "\" of the profile \"" + name +
                        "\" has no credentials");
    }
    if (sources_.profiles.profile(source) == nullptr)
      throw ConfigError("The source_profile \"" + source + "\" referenced in the profile \"" +
                        name + "\" does not exist");
    // A profile with keys of its own may be its own source.
    if (source == name || visited.contains(source)) {
      if (Found found = stated_in_files(sources_.profiles, source)) return *std::move(found);
      throw ConfigError("The profile \"" + source + "\" refers to itself by source_profile");
    }
    if (Found found = assumed_role(source, visited)) return *std::move(found);
    if (Found found = stated_in_files(sources_.profiles, source)) return *std::move(found);
    throw ConfigError("The source_profile \"" + source + "\" of the profile \"" + name +
                      "\" has no credentials");
  }

  CredentialsSources sources_;
  std::mutex mutex_;
  std::shared_ptr<const Credentials> current_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> credentials_chain(CredentialsSources sources) {
  if (sources.clock == nullptr) sources.clock = real_clock();
  return std::make_shared<Chain>(std::move(sources));
}

}  // namespace cloudchamber

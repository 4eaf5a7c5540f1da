#include "sdk/client/credentials_of_session.h"

#include <optional>
#include <string>
#include <utility>

#include "cloudchamber/errors.h"

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

std::shared_ptr<CredentialsProvider> fixed(const std::optional<std::string>& id,
                                           const std::optional<std::string>& secret,
                                           const std::optional<std::string>& token,
                                           const char* method) {
  if (!id && !secret && !token) return nullptr;
  if (!id || !secret) {
    throw ConfigError(std::string("Partial credentials found in ") + method +
                      ", missing: " + (id ? "aws_secret_access_key" : "aws_access_key_id"));
  }
  auto credentials = std::make_shared<Credentials>();
  credentials->access_key_id = *id;
  credentials->secret_access_key = *secret;
  credentials->session_token = token.value_or("");
  credentials->method = method;
  return std::make_shared<FixedCredentials>(std::move(credentials));
}

}  // namespace

std::shared_ptr<CredentialsProvider> credentials_of_session(const SessionOptions& options,
                                                            const Surroundings& around,
                                                            const std::shared_ptr<Clock>& clock) {
  if (auto stated = fixed(options.aws_access_key_id, options.aws_secret_access_key,
                          options.aws_session_token, "explicit")) {
    return stated;
  }
  if (options.credentials != nullptr) return options.credentials;
  static_cast<void>(clock);
  if (!options.profile_name && around.variable("AWS_ACCESS_KEY_ID")) {
    return fixed(around.variable("AWS_ACCESS_KEY_ID"), around.variable("AWS_SECRET_ACCESS_KEY"),
                 around.variable("AWS_SESSION_TOKEN"), "env");
  }
  if (auto stated =
          fixed(around.setting("aws_access_key_id"), around.setting("aws_secret_access_key"),
                around.setting("aws_session_token"), "shared-credentials-file")) {
    return stated;
  }
  return std::make_shared<FixedCredentials>(nullptr);
}

std::shared_ptr<CredentialsProvider> credentials_of_client(
    const ClientOptions& options, const std::shared_ptr<CredentialsProvider>& session) {
  auto stated = fixed(options.aws_access_key_id, options.aws_secret_access_key,
                      options.aws_session_token, "explicit");
  return stated != nullptr ? stated : session;
}

}  // namespace cloudchamber
